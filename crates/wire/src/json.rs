//! Reading answers into types, with the place of a mistake in the error.

use serde::Deserializer;
use serde::de::DeserializeOwned;

use crate::redact;

/// An answer is not as it was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexpected {
    /// Where in it: `records[0].Id`, or `its beginning`.
    pub path: String,
    /// What is wrong there, without secrets.
    pub reason: String,
}

/// Reads a value, such as a [`serde_json::Value`] or a reference to one.
pub fn from_value<'de, T, D>(value: D) -> Result<T, Unexpected>
where
    T: DeserializeOwned,
    D: Deserializer<'de, Error = serde_json::Error>,
{
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = match error.path().to_string() {
            path if path == "." => "its beginning".to_owned(),
            path => path,
        };
        Unexpected { path, reason: redact(&error.inner().to_string()) }
    })
}

/// Reads a body.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unexpected> {
    from_value(&mut serde_json::Deserializer::from_slice(bytes))
}
