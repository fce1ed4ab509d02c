//! Reading answers into types, with the place of a mistake in the error.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Error;

/// Reads a value; an error names the operation and the path to what is wrong.
pub(crate) fn value<T: DeserializeOwned>(
    operation: &'static str,
    value: &Value,
) -> Result<T, Error> {
    serde_path_to_error::deserialize(value).map_err(|error| failure(operation, &error))
}

/// Reads a body.
pub(crate) fn bytes<T: DeserializeOwned>(
    operation: &'static str,
    bytes: &[u8],
) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut json).map_err(|error| failure(operation, &error))
}

fn failure(
    operation: &'static str,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> Error {
    let path = match error.path().to_string() {
        path if path == "." => "its beginning".to_owned(),
        path => path,
    };
    let reason = wire::redact(&error.inner().to_string());
    Error::Decode { operation, path, reason }
}
