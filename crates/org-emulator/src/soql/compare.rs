//! How values compare: text without regard to case, ids by their first 15 characters.

use std::cmp::Ordering;
use std::mem::discriminant;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::ast::Operator;
use super::catalog::FieldKind;

/// A value in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Key {
    /// No value, or empty text, which SOQL does not tell apart.
    Null,
    /// `false` before `true`.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A date and time.
    Time(Timestamp),
    /// Text in lower case, or a short id.
    Text(String),
}

impl Key {
    /// The key of a record's value.
    pub(super) fn of(kind: FieldKind, value: &Value) -> Self {
        match (kind, value) {
            (_, Value::Null) => Self::Null,
            (_, Value::String(text)) if text.is_empty() => Self::Null,
            (FieldKind::Id, Value::String(id)) => Self::Text(short_id(id).to_owned()),
            (FieldKind::DateTime, Value::String(text)) => {
                time(text).map_or_else(|| Self::text(text), Self::Time)
            }
            (_, Value::String(text)) => Self::text(text),
            (_, Value::Bool(flag)) => Self::Boolean(*flag),
            (_, Value::Number(number)) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            (_, Value::Array(_) | Value::Object(_)) => Self::text(&value.to_string()),
        }
    }

    /// The key of some text.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_lowercase()) }
    }

    /// Whether an operator holds between this value and another. Null equals only null and is
    /// neither less nor greater than anything.
    pub(super) fn satisfies(&self, operator: Operator, other: &Self) -> bool {
        let comparable = *self != Self::Null && discriminant(self) == discriminant(other);
        let order = self.partial_cmp(other).filter(|_| comparable);
        match operator {
            Operator::Equal => self == other,
            Operator::NotEqual => self != other,
            Operator::Less => order == Some(Ordering::Less),
            Operator::LessOrEqual => order.is_some_and(Ordering::is_le),
            Operator::Greater => order == Some(Ordering::Greater),
            Operator::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
            // Patterns are compared by `like`.
            Operator::Like => false,
        }
    }
}

/// The first 15 characters of an 18-character id; anything else as it is.
pub(super) fn short_id(id: &str) -> &str {
    let long = id.len() == 18 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if long { &id[..15] } else { id }
}

/// Reads the service's own format, `2026-11-22T12:00:00.000+0000`, RFC 3339 and plain dates.
fn time(text: &str) -> Option<Timestamp> {
    let own = || strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text).ok()?.to_timestamp().ok();
    let midnight = || Some(text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp());
    text.parse().ok().or_else(own).or_else(midnight)
}
