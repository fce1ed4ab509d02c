//! Ids: of the organization, and of each kind of record, so that a team cannot be taken for a layout.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The id of a `T`, such as a [`Team`](crate::Team).
pub struct Id<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// An id as the service gives it; it is not checked.
    pub fn new(text: impl Into<String>) -> Id<T> {
        Id { text: text.into(), of: PhantomData }
    }

    /// The id as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

// Derived, these would ask the same of `T`.

impl<T> Clone for Id<T> {
    fn clone(&self) -> Id<T> {
        Id::new(self.text.clone())
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Id<T>) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Id<T> {}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Id<T>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Id<T>) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> From<&str> for Id<T> {
    fn from(text: &str) -> Id<T> {
        Id::new(text)
    }
}

impl<T> From<String> for Id<T> {
    fn from(text: String) -> Id<T> {
        Id::new(text)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id<T>, D::Error> {
        String::deserialize(deserializer).map(Id::new)
    }
}

/// The id of a Webex organization: a UUID.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganizationId(String);

/// The text is no id of an organization.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{text}\" is no id of a Webex organization: it is a UUID, as Control Hub shows it under Account"
)]
pub struct NotAnOrganizationId {
    /// What was given.
    pub text: String,
}

impl OrganizationId {
    /// Reads one: a UUID, or the longer form in which Webex's other APIs wrap it.
    pub fn parse(text: &str) -> Result<OrganizationId, NotAnOrganizationId> {
        let text = text.trim();
        let refuse = || NotAnOrganizationId { text: text.to_owned() };
        if is_uuid(text) {
            return Ok(OrganizationId(text.to_ascii_lowercase()));
        }
        let unwrapped = unwrapped(text).ok_or_else(refuse)?;
        Ok(OrganizationId(unwrapped.to_ascii_lowercase()))
    }

    /// The organization that an access token shows: the UUID after its last `_`.
    ///
    /// It finds mistakes early; whose configuration is changed, the service must say itself
    /// ([`Client::organization`](crate::Client::organization)). A partner's token shows the partner.
    pub fn in_token(token: &SecretString) -> Option<OrganizationId> {
        let (_, id) = token.expose_secret().rsplit_once('_')?;
        is_uuid(id).then(|| OrganizationId(id.to_ascii_lowercase()))
    }

    /// The UUID, in small letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The UUID in the base64 of `ciscospark://us/ORGANIZATION/UUID`.
fn unwrapped(text: &str) -> Option<String> {
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let bytes = GeneralPurpose::new(&STANDARD, lenient).decode(text).ok()?;
    let address = String::from_utf8(bytes).ok()?;
    let (kind, id) = address.strip_prefix("ciscospark://")?.rsplit_once('/')?;
    (kind.ends_with("/ORGANIZATION") && is_uuid(id)).then(|| id.to_owned())
}

impl fmt::Display for OrganizationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for OrganizationId {
    type Error = NotAnOrganizationId;

    fn try_from(text: String) -> Result<OrganizationId, NotAnOrganizationId> {
        OrganizationId::parse(&text)
    }
}

impl From<OrganizationId> for String {
    fn from(id: OrganizationId) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};

    use super::*;

    const UUID: &str = "1eb65fdf-9643-417f-9974-ad72cae0e10f";

    #[test]
    fn an_organization_is_known_in_every_form() {
        let known = OrganizationId::parse(UUID).unwrap();
        assert_eq!(OrganizationId::parse(&UUID.to_uppercase()), Ok(known.clone()));
        let address = format!("ciscospark://us/ORGANIZATION/{UUID}");
        for wrapped in [BASE64_STANDARD.encode(&address), BASE64_STANDARD_NO_PAD.encode(&address)] {
            assert_eq!(OrganizationId::parse(&wrapped), Ok(known.clone()), "{wrapped}");
        }
        let token = SecretString::from(format!("OTk2YWJj_PF84_{UUID}"));
        assert_eq!(OrganizationId::in_token(&token), Some(known));
    }

    #[test]
    fn another_text_is_refused() {
        let person = BASE64_STANDARD.encode(format!("ciscospark://us/PEOPLE/{UUID}"));
        for text in ["", "acme", "1eb65fdf9643417f9974ad72cae0e10f", person.as_str()] {
            assert!(OrganizationId::parse(text).is_err(), "{text}");
        }
        for token in ["", "abc", "abc_def", "eyJ.eyJ.x"] {
            assert_eq!(OrganizationId::in_token(&SecretString::from(token)), None, "{token}");
        }
    }
}
