//! The pairs of a query or a form.

use super::answer::{Answer, Result};

/// The pairs of a query.
pub(crate) type Query = [(String, String)];

/// The value of that name in a query or a form.
pub(crate) fn value<'a>(pairs: &'a Query, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A number of the query, at least so large.
pub(super) fn number(query: &Query, name: &str, least: usize) -> Result<Option<usize>> {
    let Some(text) = value(query, name).filter(|text| !text.is_empty()) else { return Ok(None) };
    let number = text.parse::<u32>().ok().and_then(|number| usize::try_from(number).ok());
    match number.filter(|number| *number >= least) {
        Some(number) => Ok(Some(number)),
        None => {
            Err(Answer::refused(400, &format!("{name} must be a whole number of at least {least}")))
        }
    }
}
