//! One record as a row.

use serde::Serialize;
use serde_json::Value;

use crate::soql::catalog::Row;

/// A struct's JSON as a row.
pub(super) fn row(record: &impl Serialize) -> Row {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields.into_iter().collect(),
        _ => Row::new(),
    }
}
