//! The target `kept_files`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("kept_files", bytes));
