//! Reading answers into types; an error names the operation and the path to what is wrong.

use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::json::{self, Unexpected};

use crate::Error;

/// Reads a value.
pub(crate) fn value<T: DeserializeOwned>(
    operation: &'static str,
    value: &Value,
) -> Result<T, Error> {
    json::from_value(value).map_err(|wrong| failure(operation, wrong))
}

/// Reads a body.
pub(crate) fn bytes<T: DeserializeOwned>(
    operation: &'static str,
    bytes: &[u8],
) -> Result<T, Error> {
    json::from_slice(bytes).map_err(|wrong| failure(operation, wrong))
}

fn failure(operation: &'static str, Unexpected { path, reason }: Unexpected) -> Error {
    Error::Decode { operation, path, reason }
}
