//! The target `sealed_vault`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read("sealed_vault", bytes));
