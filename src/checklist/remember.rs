//! What is kept of a value before it is changed: what an uninstall goes by.

use super::{Change, Kept};
use crate::model::{BaselineEntry, Before, ConnectorWish, Operation, Value};

/// The baseline entries of a change that is about to be made: one a value.
pub fn baseline_entries(change: &Change, desired: &ConnectorWish, run: &str) -> Vec<BaselineEntry> {
    let entry = |part: Operation| BaselineEntry {
        item: change.item.as_str().to_owned(),
        before: before(change, &part, desired),
        ours: if change.known_after.is_none() { part.to } else { None },
        target: part.target,
        run: run.to_owned(),
        recipe: Some(desired.recipe.name.clone()),
        giving_back: false,
    };
    change.operation.parts().into_iter().map(entry).collect()
}

/// The baseline entry of a value that already was the connector's when it was first seen.
pub fn unknown_entry(kept: Kept, desired: &ConnectorWish, run: &str) -> BaselineEntry {
    BaselineEntry {
        item: kept.item.as_str().to_owned(),
        target: kept.target,
        before: Before::Unknown,
        ours: Some(kept.value),
        run: run.to_owned(),
        recipe: Some(desired.recipe.name.clone()),
        giving_back: false,
    }
}

/// What was there before us. A value that already is the connector's says nothing of what was
/// there before the connector.
fn before(change: &Change, part: &Operation, desired: &ConnectorWish) -> Before {
    let item = change.item.item();
    let is_connectors =
        |value: &Value| item.is_some_and(|item| item.is_connectors(value, &desired.recipe));
    match &part.from {
        Some(value) if is_connectors(value) => Before::Unknown,
        value => Before::Known(value.clone()),
    }
}
