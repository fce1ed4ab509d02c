//! The target `desktop_layout`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("desktop_layout", bytes));
