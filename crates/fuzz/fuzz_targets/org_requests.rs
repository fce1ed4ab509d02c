//! The target `org_requests`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("org_requests", bytes));
