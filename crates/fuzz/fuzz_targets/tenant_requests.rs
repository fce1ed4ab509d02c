//! The target `tenant_requests`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("tenant_requests", bytes));
