//! The target `exported_baseline`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("exported_baseline", bytes));
