//! What becomes of a value that we set, once it is no longer to be ours: three-way, and never over
//! somebody else's work.

use crate::model::{BaselineEntry, Before, Value};

/// What the past says of a value as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restore<'a> {
    /// It is ours: this was there before.
    Back(Option<&'a Value>),
    /// It is ours, and nobody recorded what was there before.
    Unknown,
    /// It is as it was before.
    Nothing,
    /// Somebody has changed it since.
    Theirs,
}

/// What was there before a value that goes in any case, whoever set it last.
pub(super) fn recorded(entry: Option<&BaselineEntry>) -> &Before {
    entry.map_or(&Before::Unknown, |entry| &entry.before)
}

/// Compares what was, what we set and what is.
pub(super) fn restore<'a>(entry: &'a BaselineEntry, now: Option<&Value>) -> Restore<'a> {
    let is_now = |value: Option<&Value>| entry.target.holds_same(value, now);
    let is_ours = is_now(entry.ours.as_ref());
    match &entry.before {
        Before::Known(before) if is_now(before.as_ref()) => Restore::Nothing,
        Before::Known(before) if is_ours => Restore::Back(before.as_ref()),
        Before::Unknown if is_ours => Restore::Unknown,
        Before::Known(_) | Before::Unknown => Restore::Theirs,
    }
}
