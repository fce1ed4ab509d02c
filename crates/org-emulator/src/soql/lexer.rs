//! Cuts a query into tokens that know their place.

use super::error::SoqlError;

/// A token and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Byte offset in the query.
    pub(super) at: usize,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or a name.
    Word(String),
    /// What begins like a number: numbers, dates, datetimes.
    Numeric(String),
    /// Text between quotes, escapes untouched.
    Text(String),
    /// One of `( ) , . :` or a comparison.
    Symbol(&'static str),
    /// The end of the query.
    End,
}

impl Kind {
    /// How an error message names the token.
    pub(super) fn shown(&self) -> &str {
        match self {
            Self::Word(text) | Self::Numeric(text) | Self::Text(text) => text,
            Self::Symbol(text) => text,
            Self::End => "<EOF>",
        }
    }
}

/// Longest first, so that `<=` is not read as `<`.
const SYMBOLS: [&str; 12] = ["<=", ">=", "!=", "<>", "=", "<", ">", "(", ")", ",", ".", ":"];

/// Cuts the whole query; the last token is [`Kind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SoqlError> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at = text.len() - rest.len();
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (kind, length) = token(text, rest, at)?;
        found.push(Token { kind, at });
        rest = &rest[length..];
    }
    found.push(Token { kind: Kind::End, at: text.len() });
    Ok(found)
}

/// The token that `rest` begins with, and its length in bytes.
fn token(text: &str, rest: &str, at: usize) -> Result<(Kind, usize), SoqlError> {
    let first = rest.chars().next().unwrap_or_default();
    let second = rest.chars().nth(1).unwrap_or_default();
    if first.is_ascii_alphabetic() || first == '_' {
        let length = prefix(rest, |c| c.is_ascii_alphanumeric() || c == '_');
        return Ok((Kind::Word(rest[..length].to_owned()), length));
    }
    if first.is_ascii_digit() || (matches!(first, '-' | '+' | '.') && second.is_ascii_digit()) {
        let length = prefix(rest, |c| c.is_ascii_alphanumeric() || "-+.:".contains(c));
        return Ok((Kind::Numeric(rest[..length].to_owned()), length));
    }
    if first == '\'' {
        return string(text, rest, at);
    }
    if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
        return Ok((Kind::Symbol(symbol), symbol.len()));
    }
    Err(SoqlError::at("MALFORMED_QUERY", text, at, format!("unexpected token: '{first}'")))
}

/// Text between quotes: ends at the first quote that no backslash precedes.
fn string(text: &str, rest: &str, at: usize) -> Result<(Kind, usize), SoqlError> {
    let mut escaped = false;
    for (index, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' | '\r' => {
                let message = "Line breaks not allowed in string literals";
                return Err(SoqlError::at("MALFORMED_QUERY", text, at + index, message));
            }
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' => return Ok((Kind::Text(rest[1..index].to_owned()), index + 1)),
            _ => {}
        }
    }
    let message = "mismatched character '<EOF>' expecting '''";
    Err(SoqlError::at("MALFORMED_QUERY", text, text.len(), message))
}

/// How many bytes at the beginning satisfy a condition.
fn prefix(rest: &str, wanted: impl Fn(char) -> bool) -> usize {
    rest.find(|letter| !wanted(letter)).unwrap_or(rest.len())
}
