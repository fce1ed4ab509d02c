//! Percent-encoding for addresses.

use std::fmt::Write as _;

/// Encodes text for one segment of a path or one value of a query.
pub(super) fn component(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_but_the_plainest_characters_are_encoded() {
        assert_eq!(super::component("a b+c'é/~"), "a%20b%2Bc%27%C3%A9%2F~");
    }
}
