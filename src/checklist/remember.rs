//! What is kept of a value before it is changed: what an uninstall goes by.

use super::users::is_ours;
use super::{Change, Item, Kept};
use crate::model::{BaselineEntry, Before, Desired};

/// The baseline entry of a change that is about to be made.
pub fn baseline_entry(change: &Change, desired: &Desired, run: &str) -> BaselineEntry {
    BaselineEntry {
        item: change.item.id().to_owned(),
        subject: change.subject.clone(),
        field: change.field.clone(),
        before: before(change, desired),
        ours: ours(change, desired),
        run: run.to_owned(),
    }
}

/// The baseline entry of a value that already was the connector's when it was first seen.
pub fn unknown_entry(kept: Kept, run: &str) -> BaselineEntry {
    BaselineEntry {
        item: kept.item.id().to_owned(),
        subject: kept.subject,
        field: kept.field.to_owned(),
        before: Before::Unknown,
        ours: Some(kept.value),
        run: run.to_owned(),
    }
}

/// What is about to be set, as the org will tell it: people are shown more words for some.
fn ours(change: &Change, desired: &Desired) -> Option<String> {
    match change.item {
        Item::Package => Some(desired.package.version.to_string()),
        _ => change.known_after().flatten().map(str::to_owned),
    }
}

/// What was there before us. A value that already is the connector's says nothing of what was
/// there before the connector.
fn before(change: &Change, desired: &Desired) -> Before {
    let is_connectors = |value: &str| match change.item {
        Item::Users => is_ours(&desired.recipe, value),
        Item::TaskLayout => value.starts_with(&format!("{}__", desired.recipe.namespace)),
        _ => false,
    };
    match &change.before {
        Some(value) if is_connectors(value) => Before::Unknown,
        value => Before::Known(value.clone()),
    }
}
