//! Every parser of foreign bytes, for a fuzzer to try.
//!
//! A target is a function of `parsers`, by its name. The tests of the program have them read changed bytes, too
//! (`tests/integration/mutations`), so that they are compiled and tried wherever the tests are.

mod parsers;

/// Hands bytes to the target of that name.
///
/// # Panics
///
/// Where there is no such target, and where what must hold does not.
pub fn read(target: &str, bytes: &[u8]) {
    parsers::read(target, bytes);
}
