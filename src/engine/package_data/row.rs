//! One record as a row of a table.

use serde_json::{Map, Value};

use crate::model::{DataTable, Extent};

/// A record as the org sends it.
pub(super) type Record = Map<String, Value>;

/// The record's cells, in the table's order.
pub(super) fn cells<'a>(
    table: &'a DataTable,
    record: &'a Record,
) -> impl Iterator<Item = String> + 'a {
    table.columns.iter().map(|column| cell(record.get(column).unwrap_or(&Value::Null)))
}

/// Whether the record holds something that goes.
pub(super) fn holds_something(table: &DataTable, record: &Record) -> bool {
    let Extent::Fields(fields) = &table.extent else { return true };
    fields.iter().any(|field| match record.get(&field.name) {
        None | Some(Value::Null) => false,
        Some(Value::Bool(ticked)) if field.checkbox => *ticked,
        Some(Value::String(text)) => !text.is_empty(),
        Some(_) => true,
    })
}

/// A value's text. No value and empty text are the same to an org, and look the same here.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
