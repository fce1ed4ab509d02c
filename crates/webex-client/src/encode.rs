//! Percent-encoding for addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but letters, digits and the four signs that no address gives a meaning to (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes text for one segment of a path or one value of a query; `+` and spaces too, which the
/// service would take for each other.
pub(crate) fn component(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_plus_and_quotes_are_encoded() {
        assert_eq!(super::component("a+b \"é\"/~"), "a%2Bb%20%22%C3%A9%22%2F~");
    }
}
