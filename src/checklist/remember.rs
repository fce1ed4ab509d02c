//! What is kept of a value before it is changed: what an uninstall goes by.

use super::users::is_ours;
use super::{Change, Kept};
use crate::model::{BaselineEntry, Before, Desired, Operation, Recipe, Target, Value};

/// The baseline entries of a change that is about to be made: one a value.
pub fn baseline_entries(change: &Change, desired: &Desired, run: &str) -> Vec<BaselineEntry> {
    let entry = |part: Operation| BaselineEntry {
        item: change.item.id().to_owned(),
        before: before(&part, &desired.recipe),
        ours: if change.known_after.is_none() { part.to } else { None },
        target: part.target,
        run: run.to_owned(),
    };
    change.operation.parts().into_iter().map(entry).collect()
}

/// The baseline entry of a value that already was the connector's when it was first seen.
pub fn unknown_entry(kept: Kept, run: &str) -> BaselineEntry {
    BaselineEntry {
        item: kept.item.id().to_owned(),
        target: kept.target,
        before: Before::Unknown,
        ours: Some(kept.value),
        run: run.to_owned(),
    }
}

/// What was there before us. A value that already is the connector's says nothing of what was
/// there before the connector.
fn before(part: &Operation, recipe: &Recipe) -> Before {
    let is_connectors = |value: &Value| match (&part.target, value) {
        (Target::UserCallCenter(_), Value::CallCenter(there)) => is_ours(recipe, &there.name),
        (Target::TaskLayout { .. }, Value::Layout(there)) => {
            there.name.starts_with(&format!("{}__", recipe.namespace))
        }
        _ => false,
    };
    match &part.from {
        Some(value) if is_connectors(value) => Before::Unknown,
        value => Before::Known(value.clone()),
    }
}
