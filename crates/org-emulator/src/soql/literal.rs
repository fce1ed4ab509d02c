//! Values as they are written in a query: strings with escapes, numbers, dates.

use jiff::Timestamp;
use jiff::civil::Date;

use super::ast::Literal;
use super::error::SoqlError;

/// What the escapes of a string stand for.
pub(super) fn unescape(raw: &str) -> Result<String, SoqlError> {
    let mut plain = String::with_capacity(raw.len());
    let mut letters = raw.chars();
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { escape(letters.next(), raw)? } else { letter });
    }
    Ok(plain)
}

/// The letter that a backslash and `letter` stand for.
pub(super) fn escape(letter: Option<char>, raw: &str) -> Result<char, SoqlError> {
    match letter {
        Some('n' | 'N') => Ok('\n'),
        Some('r' | 'R') => Ok('\r'),
        Some('t' | 'T') => Ok('\t'),
        Some('b' | 'B') => Ok('\u{8}'),
        Some('f' | 'F') => Ok('\u{c}'),
        Some(same @ ('"' | '\'' | '\\' | '_' | '%')) => Ok(same),
        other => Err(SoqlError::malformed(format!(
            "Invalid string literal '{raw}'. Illegal character sequence '\\{}' in string literal.",
            other.map(String::from).unwrap_or_default()
        ))),
    }
}

/// A number, date or datetime; `None` where it is none of them.
pub(super) fn numeric(text: &str) -> Option<Literal> {
    if text.contains('T') {
        return text.parse::<Timestamp>().ok().map(Literal::DateTime);
    }
    if text.len() == 10 && text.as_bytes()[4] == b'-' {
        return text.parse::<Date>().ok().map(Literal::Date);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.') {
        return None;
    }
    text.parse().ok().map(Literal::Number)
}
