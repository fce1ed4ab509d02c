//! Values before and after a change, in the room there is.

use super::tenant_words;
use super::text::clean;
use crate::checklist::{After, ChangeRow, ItemId};

/// What a change puts there and what it takes away, ready to be shown.
pub(super) struct Shown {
    pub(super) before: Option<String>,
    pub(super) after: String,
    /// Said behind the value: `(once installed)`.
    pub(super) remark: Option<String>,
}

/// How a change's values read. What is created has no value before.
pub(super) fn shown(change: &ChangeRow) -> Shown {
    let created = change.action == crate::checklist::Action::Create && change.before.is_none();
    let value_of = |text: Option<&str>| match tenant_words::value(change, text) {
        Some(words) => words.to_owned(),
        None => value(text),
    };
    let before = (!created).then(|| value_of(change.before.as_deref()));
    match &change.after {
        After::Known(after) => {
            let default = change.default_value();
            let remark = default.map(|default| format!("(default {})", value(Some(default))));
            Shown { before, after: value_of(after.as_deref()), remark }
        }
        After::KnownAfter { item, expected } => {
            let remark = match *item {
                ItemId::PACKAGE => "(once installed)".to_owned(),
                item => format!("(once {} is there)", item.title()),
            };
            Shown { before, after: value(Some(expected)), remark: Some(remark) }
        }
    }
}

pub(super) fn value(text: Option<&str>) -> String {
    match text {
        None => "(none)".to_owned(),
        Some("") => "\"\"".to_owned(),
        Some(text) => clean(text),
    }
}
