//! How large answers are at most, by their kind: so much memory can one cost that nobody expected.
//!
//! A call says which kind its answer is of ([`Call::at_most`](crate::Call::at_most)); without a word it is a
//! [`PAGE`]. Whatever passes its limit is not read to the end, and told. Texts and the values that are made of
//! them differ: an answer of small elements takes twenty times its own room and more, so that elements are
//! limited, too ([`MOST_VALUES`], [`MOST_NODES`]).

use std::fmt;

/// Who is calling, a token, a link, the id of something new: in bytes.
pub const WORD: usize = 64 * 1024;
/// One record with its longest texts, or what became of some records that were written.
pub const RECORD: usize = 4 * 1024 * 1024;
/// A document of XML: layouts and call centers take kilobytes.
pub const XML: usize = 8 * 1024 * 1024;
/// What became of a job with a word on each of its components, or how an object is described.
pub const REPORT: usize = 16 * 1024 * 1024;
/// A page of a list, or some pages in one answer.
pub const PAGE: usize = 32 * 1024 * 1024;
/// A page of what people have written: records with texts of any length.
pub const TEXTS: usize = 64 * 1024 * 1024;
/// So much of a refusal is read. Whoever refuses says why at the beginning; the rest is for nobody.
pub const REFUSAL: usize = 256 * 1024;

/// The most values that a JSON answer holds: twice as many as 25 full pages of users have.
pub const MOST_VALUES: usize = 1_000_000;
/// The most nodes that an XML answer holds: a list of ten thousand components has fewer.
pub const MOST_NODES: u32 = 500_000;

/// A number of bytes as people read it: `32 MB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bytes(pub(super) usize);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(1024 * 1024, "MB"), (1024, "KB")];
        match units.iter().find(|(size, _)| self.0 >= *size && self.0.is_multiple_of(*size)) {
            Some((size, unit)) => write!(f, "{} {unit}", self.0 / size),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_written_as_people_read_them() {
        for (bytes, shown) in
            [(PAGE, "32 MB"), (WORD, "64 KB"), (4000, "4000 bytes"), (1025 * 1024, "1025 KB")]
        {
            assert_eq!(Bytes(bytes).to_string(), shown);
        }
    }
}
