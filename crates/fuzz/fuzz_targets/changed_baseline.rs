//! The target `changed_baseline`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("changed_baseline", bytes));
