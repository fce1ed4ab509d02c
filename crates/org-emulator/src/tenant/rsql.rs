//! Filters: RSQL, as far as lists understand it.

use serde_json::Value;

/// A condition on a record.
#[derive(Debug, PartialEq)]
pub(crate) enum Filter {
    /// All of them hold.
    All(Vec<Filter>),
    /// One of them holds.
    Any(Vec<Filter>),
    /// The field has one of the values, or has none of them.
    Is { field: String, values: Vec<String>, wanted: bool },
}

/// Reads a filter, or says where it breaks off.
pub(crate) fn parse(text: &str) -> Result<Filter, String> {
    let mut reader = Reader { text, at: 0 };
    let filter = reader.any(0)?;
    if reader.at < text.len() { Err(reader.stuck()) } else { Ok(filter) }
}

/// How deep parentheses may nest.
const DEEPEST: u32 = 50;

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn stuck(&self) -> String {
        format!("the filter cannot be read at position {}", self.at)
    }

    fn take(&mut self, token: &str) -> bool {
        let there = self.rest().starts_with(token);
        self.at += if there { token.len() } else { 0 };
        there
    }

    fn any(&mut self, depth: u32) -> Result<Filter, String> {
        let mut parts = vec![self.all(depth)?];
        while self.take(",") || self.take(" or ") {
            parts.push(self.all(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::Any(parts) })
    }

    fn all(&mut self, depth: u32) -> Result<Filter, String> {
        let mut parts = vec![self.one(depth)?];
        while self.take(";") || self.take(" and ") {
            parts.push(self.one(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::All(parts) })
    }

    fn one(&mut self, depth: u32) -> Result<Filter, String> {
        if depth < DEEPEST && self.take("(") {
            let inner = self.any(depth + 1)?;
            return if self.take(")") { Ok(inner) } else { Err(self.stuck()) };
        }
        let field = self.word(|c| c.is_ascii_alphanumeric() || "_.".contains(c))?;
        for (sign, many, wanted) in [
            ("==", false, true),
            ("!=", false, false),
            ("=in=", true, true),
            ("=out=", true, false),
        ] {
            if self.take(sign) {
                let values = if many { self.values()? } else { vec![self.value()?] };
                return Ok(Filter::Is { field, values, wanted });
            }
        }
        Err(self.stuck())
    }

    fn values(&mut self) -> Result<Vec<String>, String> {
        if !self.take("(") {
            return Err(self.stuck());
        }
        let mut values = vec![self.value()?];
        while self.take(",") {
            values.push(self.value()?);
        }
        if self.take(")") { Ok(values) } else { Err(self.stuck()) }
    }

    fn value(&mut self) -> Result<String, String> {
        let Some(quote) = self.rest().chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            // A bare value has no spaces and no signs.
            return self.word(|c| !c.is_whitespace() && !"\"'();,=!~<>".contains(c));
        };
        let mut value = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        while let Some((place, letter)) = letters.next() {
            if letter == quote {
                self.at += place + 1;
                return Ok(value);
            }
            let escaped = if letter == '\\' { letters.next() } else { None };
            value.push(escaped.map_or(letter, |(_, letter)| letter));
        }
        Err(self.stuck())
    }

    fn word(&mut self, part: impl Fn(char) -> bool) -> Result<String, String> {
        let length = self.rest().find(|c| !part(c)).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.stuck());
        }
        let word = self.rest()[..length].to_owned();
        self.at += length;
        Ok(word)
    }
}

impl Filter {
    /// Whether it holds. Of a field that a list cannot be filtered by, nothing holds.
    pub(crate) fn holds(&self, record: &Value) -> bool {
        match self {
            Filter::All(parts) => parts.iter().all(|part| part.holds(record)),
            Filter::Any(parts) => parts.iter().any(|part| part.holds(record)),
            Filter::Is { field, values, wanted } => {
                let text = match &record[field.as_str()] {
                    Value::String(text) => text.clone(),
                    Value::Bool(_) | Value::Number(_) => record[field.as_str()].to_string(),
                    _ => return false,
                };
                !field.ends_with("Time") && values.contains(&text) == *wanted
            }
        }
    }
}
