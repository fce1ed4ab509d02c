//! One source for every target: a binary's name is that of its parser.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(env!("CARGO_BIN_NAME"), bytes));
