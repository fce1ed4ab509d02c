//! Bytes in a JSON file.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Bytes that are written as base64; an array takes only its own number of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base64<T>(pub(super) T);

impl<T: AsRef<[u8]>> Serialize for Base64<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de, T: TryFrom<Vec<u8>>> Deserialize<'de> for Base64<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64_STANDARD.decode(text).map_err(de::Error::custom)?;
        let length = bytes.len();
        let wrong = |_| de::Error::custom(format!("{length} bytes are not the right number"));
        T::try_from(bytes).map(Self).map_err(wrong)
    }
}
