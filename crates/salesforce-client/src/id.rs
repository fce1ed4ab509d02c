//! Salesforce record ids, one type per object, so that a profile cannot be taken for a user.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU8;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Text that is not an id of the wanted object.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is not {what}: it has 15 or 18 letters and digits and begins with {prefix}")]
pub struct InvalidId {
    /// What was found.
    pub text: String,
    /// What it should have been, with its article.
    pub what: &'static str,
    /// The key prefix of the object.
    pub prefix: &'static str,
}

/// Whether `text` has the shape of a record id with that key prefix.
fn is_id(text: &str, prefix: &str) -> bool {
    matches!(text.len(), 15 | 18)
        && text.starts_with(prefix)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The 15 or 18 characters of an id, kept in place: there are thousands of them.
#[derive(Clone, Copy)]
struct Characters {
    all: [u8; 18],
    // Never zero, so that an id that may be absent is no larger.
    number: NonZeroU8,
}

impl Characters {
    /// Those of a text that has the shape of an id.
    fn of(text: &str) -> Option<Self> {
        let mut all = [0; 18];
        all.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { all, number: NonZeroU8::new(u8::try_from(text.len()).ok()?)? })
    }

    /// The 15 that decide which record it is.
    fn deciding(&self) -> &[u8; 15] {
        self.all.first_chunk().unwrap_or(&[0; 15])
    }

    fn as_str(&self) -> &str {
        let all = &self.all[..usize::from(self.number.get())];
        // They are letters and digits.
        str::from_utf8(all).unwrap_or_default()
    }
}

impl fmt::Debug for Characters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(formatter)
    }
}

/// The last three of 18 characters: which of the first 15 are capitals, five a letter.
fn checksum(short: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    short
        .as_bytes()
        .chunks(5)
        .map(|five| {
            let capitals = five
                .iter()
                .enumerate()
                .filter(|(_, byte)| byte.is_ascii_uppercase())
                .map(|(place, _)| 1 << place)
                .sum::<usize>();
            char::from(LETTERS[capitals])
        })
        .collect()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal, $what:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// Two spellings of one id, with 15 and with 18 characters, are equal.
        #[derive(Debug, Clone, Copy, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Characters);

        impl $name {
            /// Reads an id of 15 or 18 characters.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let characters = if is_id(text, $prefix) { Characters::of(text) } else { None };
                let invalid =
                    || InvalidId { text: text.to_owned(), what: $what, prefix: $prefix };
                characters.map(Self).ok_or_else(invalid)
            }

            /// The id as it was read.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The id with 18 characters, which stays itself where case does not count.
            pub fn long(&self) -> String {
                format!("{}{}", self.short(), checksum(self.short()))
            }

            /// The 15 characters that decide which record it is.
            pub fn short(&self) -> &str {
                &self.0.as_str()[..15]
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.deciding() == other.0.deciding()
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.deciding().hash(state);
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.deciding().cmp(other.0.deciding())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.0.as_str())
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_str().to_owned()
            }
        }
    )*};
}

ids! {
    /// An `Organization`.
    OrgId, "00D", "the id of an org";
    /// A `User`.
    UserId, "005", "the id of a user";
    /// A `Profile`.
    ProfileId, "00e", "the id of a profile";
    /// A `PermissionSet`.
    PermissionSetId, "0PS", "the id of a permission set";
    /// A page layout.
    LayoutId, "00h", "the id of a page layout";
    /// A `RecordType`.
    RecordTypeId, "012", "the id of a record type";
    /// A `CallCenter`.
    CallCenterId, "04v", "the id of a call center";
    /// A subscriber package version, the `04t` of an install link.
    PackageVersionId, "04t", "the id of a package version";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_id_are_equal() {
        let short = PackageVersionId::parse("04tUl000000VK45").unwrap();
        let long = PackageVersionId::parse("04tUl000000VK45IAG").unwrap();
        assert_eq!(short, long);
        assert_ne!(short, PackageVersionId::parse("04tul000000VK45").unwrap(), "case decides");
    }

    #[test]
    fn a_short_id_is_made_long() {
        let short = PackageVersionId::parse("04tUl000000VK45").unwrap();
        assert_eq!(short.long(), "04tUl000000VK45IAG");
    }

    #[test]
    fn another_object_or_shape_is_refused() {
        for text in
            ["", "04t", "033Ul000000VK45", "04tUl000000VK4", "04tUl000000VK4é", "04tUl00000 VK45"]
        {
            assert!(PackageVersionId::parse(text).is_err(), "{text}");
        }
    }
}
