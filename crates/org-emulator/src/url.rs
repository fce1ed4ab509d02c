//! Paths and queries of requests, decoded.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The path and the query of a request, decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Target {
    /// API version of the path, e.g. `68.0`.
    pub(crate) version: String,
    /// Segments after the version; a trailing slash is no segment.
    pub(crate) path: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
}

impl Target {
    /// Reads `/services/data/vXX.X/…?…`; `None` where it is not such a path.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("/services/data/v").or_else(|| {
            // Inside a batch the URL may begin with the version.
            let relative = url.strip_prefix('/').unwrap_or(url);
            let relative = relative.strip_prefix("services/data/").unwrap_or(relative);
            relative.strip_prefix('v')
        })?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut segments = path.split('/').map(|segment| decoded(segment, false));
        let version = segments.next()?;
        let plausible = version.len() <= 5
            && version.split_once('.').is_some_and(|(major, minor)| {
                !major.is_empty() && major.bytes().all(|byte| byte.is_ascii_digit()) && minor == "0"
            });
        if !plausible {
            return None;
        }
        let mut path: Vec<String> = segments.collect();
        if path.last().is_some_and(String::is_empty) {
            path.pop();
        }
        Some(Self { version, path, query: pairs(query) })
    }

    /// The first value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The parameters of a query string.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name, true), decoded(value, true))
        })
        .collect()
}

/// All but letters, digits and the four signs that no address gives a meaning to.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Text as part of a query: everything but letters, digits and `-._~` in percent codes.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Percent codes, and in queries `+` for a blank; what is no code stays as it is.
pub(crate) fn decoded(text: &str, plus_is_blank: bool) -> String {
    let blanks = if plus_is_blank { text.replace('+', " ").into() } else { Cow::Borrowed(text) };
    percent_decode_str(&blanks).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        let target = Target::parse("/services/data/v68.0/query/?q=SELECT+Id%20FROM+User").unwrap();
        assert_eq!(target.version, "68.0");
        assert_eq!(target.path, ["query"]);
        assert_eq!(target.parameter("q"), Some("SELECT Id FROM User"));
        let target = Target::parse("v66.0/sobjects/Call%20Center").unwrap();
        assert_eq!(target.path, ["sobjects", "Call Center"]);
        assert_eq!(Target::parse("/services/data/v68.0").unwrap().path.len(), 0);
        assert_eq!(Target::parse("/services/data/"), None);
        assert_eq!(Target::parse("/services/data/vNext/query"), None);
        assert_eq!(Target::parse("/services/data/v68/query"), None);
    }

    #[test]
    fn percent_codes_that_are_none_stay() {
        assert_eq!(decoded("100%&%zz%D0%AE", true), "100%&%zzЮ");
        assert_eq!(decoded("a+b", false), "a+b");
        assert_eq!(encoded("a+b/ü~"), "a%2Bb%2F%C3%BC~");
    }
}
