//! The target `saved_plan`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("saved_plan", bytes));
