//! API versions.

use std::fmt;
use std::str::FromStr;

/// A version of the API, such as 68.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion(u16);

impl ApiVersion {
    /// The newest version that these clients were written against (Winter '27).
    pub const NEWEST_KNOWN: ApiVersion = ApiVersion(68);

    /// A version by its number.
    pub const fn new(number: u16) -> ApiVersion {
        ApiVersion(number)
    }

    /// The version's number, without the `.0`.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The version to speak with an org that offers these: its newest, but none newer than is known here.
    pub fn choose(offered: &[ApiVersion]) -> Option<ApiVersion> {
        offered.iter().max().map(|newest| ApiVersion::NEWEST_KNOWN.min(*newest))
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.0", self.0)
    }
}

/// A text that is no API version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an API version such as 68.0")]
pub struct NotAVersion(String);

impl FromStr for ApiVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.strip_prefix('v').unwrap_or(text);
        let number = number.strip_suffix(".0").unwrap_or(number);
        number.parse().map(ApiVersion).map_err(|_| NotAVersion(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_written() {
        assert_eq!("68.0".parse(), Ok(ApiVersion(68)));
        assert_eq!("v100".parse(), Ok(ApiVersion(100)));
        assert_eq!(ApiVersion(66).to_string(), "66.0");
        for bad in ["", "68.5", "x", "-1", "v"] {
            assert!(bad.parse::<ApiVersion>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_newest_that_both_sides_know_is_chosen() {
        let choose = |numbers: &[u16]| {
            ApiVersion::choose(&numbers.iter().map(|n| ApiVersion(*n)).collect::<Vec<_>>())
        };
        assert_eq!(choose(&[20, 66, 64]), Some(ApiVersion(66)));
        assert_eq!(choose(&[67, 68, 70]), Some(ApiVersion(68)));
        assert_eq!(choose(&[]), None);
    }
}
