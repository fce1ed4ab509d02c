//! Reading answers into types, with the place of a mistake in the error.

use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::{Deserialize, de};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Error;
use crate::wire::json::{self, Unexpected};

/// Reads a value; an error names the operation and the path to what is wrong.
pub(super) fn value<T: DeserializeOwned>(
    operation: &'static str,
    value: Value,
) -> Result<T, Error> {
    json::from_value(value).map_err(|wrong| failure(operation, wrong))
}

/// Reads a part of a body that was kept as the text that came.
pub(super) fn raw<T: DeserializeOwned>(
    operation: &'static str,
    text: &RawValue,
) -> Result<T, Error> {
    bytes(operation, text.get().as_bytes())
}

/// Reads a body.
pub(super) fn bytes<T: DeserializeOwned>(
    operation: &'static str,
    bytes: &[u8],
) -> Result<T, Error> {
    json::from_slice(bytes).map_err(|wrong| failure(operation, wrong))
}

fn failure(operation: &'static str, Unexpected { path, reason }: Unexpected) -> Error {
    Error::Decode { operation, path, reason }
}

// The helpers below read what SOAP and the REST deploy resource make of JSON types.

/// Nothing, one thing or a list of things, as a list.
pub(super) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    d: D,
) -> Result<Vec<T>, D::Error> {
    let items = match Value::deserialize(d)? {
        Value::Null => Vec::new(),
        // An empty element carries no content to tell a list from a text.
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::Array(items) => items,
        one => vec![one],
    };
    items.into_iter().map(|item| serde_json::from_value(item).map_err(D::Error::custom)).collect()
}

/// A boolean, also as text; nothing is false.
pub(super) fn flag<'de, D: Deserializer<'de>>(d: D) -> Result<bool, D::Error> {
    match Value::deserialize(d)? {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") || text.is_empty() => Ok(false),
        other => Err(unexpected(&other, "a boolean")),
    }
}

/// A whole number, also as text or with a fraction of zero; nothing is none.
pub(super) fn number<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
    match Value::deserialize(d)? {
        Value::Null => Ok(None),
        Value::Number(number) if number.is_u64() => Ok(number.as_u64()),
        Value::Number(number) => whole(&number.to_string()).map(Some),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) => whole(&text).map(Some),
        other => Err(unexpected(&other, "a number")),
    }
}

/// The name of a record that another refers to; nothing is none.
pub(super) fn name<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    let record = Value::deserialize(d)?;
    Ok(record.get("Name").and_then(Value::as_str).map(str::to_owned))
}

/// A number that counts something; nothing is zero.
pub(super) fn count<'de, D: Deserializer<'de>>(d: D) -> Result<u64, D::Error> {
    number(d).map(Option::unwrap_or_default)
}

/// An org's words; nothing is none.
pub(super) fn words<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    let text = Option::<String>::deserialize(d)?;
    Ok(text.map(|text| wire::words::message(&text)).unwrap_or_default())
}

/// A text, where an empty one says as little as none.
pub(super) fn text<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(d)?;
    Ok(text.filter(|text| !text.is_empty()))
}

/// A value that may be null, but not left out: what was asked for and is not told is not known to be
/// nothing.
pub(super) fn present<'de, D, T>(d: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(d)
}

/// A value that may be null where its absence means the default.
pub(super) fn or_default<'de, D, T>(d: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(d).map(Option::unwrap_or_default)
}

fn whole<E: de::Error>(text: &str) -> Result<u64, E> {
    // The decimals of a count are zeros, where a client of the org has made a float of it.
    let (digits, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = if decimals.bytes().all(|digit| digit == b'0') { digits } else { text };
    digits.parse().map_err(|_| E::custom(format!("\"{text}\" is not a whole number")))
}

fn unexpected<E: de::Error>(value: &Value, wanted: &str) -> E {
    E::custom(format!("{value} is not {wanted}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Default)]
    #[serde(default)]
    struct Lenient {
        #[serde(deserialize_with = "flag")]
        flag: bool,
        #[serde(deserialize_with = "number")]
        number: Option<u64>,
        #[serde(deserialize_with = "list")]
        list: Vec<String>,
    }

    #[test]
    fn soap_and_json_spellings_are_the_same() {
        let full = Lenient { flag: true, number: Some(10), list: vec!["a".to_owned()] };
        for value in [
            json!({"flag": true, "number": 10, "list": ["a"]}),
            json!({"flag": "true", "number": "10", "list": "a"}),
            json!({"flag": "True", "number": "10.0", "list": ["a"]}),
            json!({"flag": true, "number": 10.0, "list": ["a"]}),
        ] {
            assert_eq!(super::value::<Lenient>("test", value.clone()).unwrap(), full, "{value}");
        }
        for value in
            [json!({}), json!({"flag": null, "number": null, "list": null}), json!({"list": ""})]
        {
            assert_eq!(super::value::<Lenient>("test", value).unwrap(), Lenient::default());
        }
    }

    #[test]
    fn a_mistake_names_its_place() {
        #[derive(Debug, Deserialize)]
        struct Outer {
            #[expect(dead_code, reason = "only its path matters")]
            inner: Vec<Lenient>,
        }
        let error =
            value::<Outer>("read it", json!({"inner": [{}, {"number": "many"}]})).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("read it") && text.contains("inner[1].number"), "{text}");
    }
}
