//! Names as files and members spell them: special characters as percent codes.

use percent_encoding::percent_decode_str;

/// The name behind percent codes; what is no code stays as it is.
pub(crate) fn decoded(name: &str) -> String {
    let decoded = percent_decode_str(name).decode_utf8();
    decoded.map_or_else(|_| name.to_owned(), Into::into)
}

/// Whether two spellings mean the same name.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other || decoded(one) == decoded(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read() {
        assert_eq!(decoded("Work%2Ecom 100%25 %+1"), "Work.com 100% %+1");
        assert_eq!(decoded("%E2%80%93%zz"), "–%zz");
        assert_eq!(decoded("%FF"), "%FF");
        assert!(same("Commercial %28S%29", "Commercial (S)"));
    }
}
