//! Reading answers into types, with the place of a mistake in the error.

use serde::Deserializer;
use serde::de::DeserializeOwned;

use crate::{redact, size};

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

/// Reads a body of no more values than any answer has.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unexpected> {
    if holds_more_values_than(size::MOST_VALUES, bytes) {
        let reason =
            format!("it holds more than {} values, which no answer does", size::MOST_VALUES);
        return Err(Unexpected { path: "its beginning".to_owned(), reason });
    }
    from_value(&mut serde_json::Deserializer::from_slice(bytes))
}

/// Whether a document holds more values than that, counted by what stands before each: they take many
/// times the room of their texts. How deep they stand in each other is limited by the parser.
fn holds_more_values_than(most: usize, bytes: &[u8]) -> bool {
    // Fewer bytes than two a value cannot hold so many.
    if bytes.len() / 2 < most {
        return false;
    }
    let (mut found, mut in_text, mut is_escaped) = (1_usize, false, false);
    for byte in bytes {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = in_text,
            b'"' => in_text = !in_text,
            b',' | b'[' | b'{' if !in_text => found += 1,
            _ => {}
        }
    }
    found > most
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn values_are_counted_and_texts_are_not() {
        let document = json!({"a": [1, 2, {"b": "x,y[{\\\","}], "c": null}).to_string();
        // One more for each opening bracket: its first value has no comma before it.
        for (most, passed) in [(4, true), (7, false)] {
            assert_eq!(holds_more_values_than(most, document.as_bytes()), passed, "{most}");
        }
    }

    #[test]
    fn more_values_than_any_answer_holds_are_not_read() {
        let list = |count: usize| format!("[{}1]", "1,".repeat(count - 1));
        let read = |text: String| from_slice::<Value>(text.as_bytes());
        assert!(read(list(100_000)).is_ok());
        let told = read(list(size::MOST_VALUES + 1)).unwrap_err().reason;
        assert_eq!(told, "it holds more than 1000000 values, which no answer does");
        let text = format!("[\"{}\"]", ",".repeat(3 * size::MOST_VALUES));
        assert!(read(text).is_ok(), "a long text is one value");
    }

    #[test]
    fn what_is_nested_deeper_than_any_answer_is_refused() {
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        let told = from_slice::<Value>(deep.as_bytes()).unwrap_err().reason;
        assert!(told.contains("recursion limit"), "{told}");
    }
}
