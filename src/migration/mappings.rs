//! Mappings: JSON rows of Version 1 become pairs of Version 2, as far as a row is one.

use crate::model::{Mapping, MappingRow};

/// What became of a mapping.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// The text that Version 2 keeps.
    pub(super) text: String,
    /// Rows that have no counterpart, each with the reason.
    pub(super) lost: Vec<String>,
}

/// The pairs of a mapping with JSON rows.
pub(super) fn convert(mapping: &Mapping, text: &str) -> Pairs {
    let rows = match mapping.read(text) {
        Ok(rows) => rows,
        Err(mistakes) => {
            let said = mistakes.into_iter().map(|mistake| mistake.message);
            let said = said.collect::<Vec<_>>().join(" ");
            let lost = vec![format!("All of it: it cannot be read. {said}")];
            return Pairs { lost, ..Pairs::default() };
        }
    };
    let pairs = Mapping::Pairs { object: None };
    let mut found = Pairs::default();
    for (place, row) in rows.iter().enumerate() {
        let number = place + 1;
        let pair = format!("{}={{{}}}", row.field.trim(), row.variable.trim());
        match reason(row) {
            Some(reason) => found.lost.push(format!("Row {number}, {reason}.")),
            // Names that would end a pair or its braces cannot be in one.
            None if pairs.read(&pair).is_ok_and(|read| read.len() == 1) => {
                if !found.text.is_empty() {
                    found.text.push(',');
                }
                found.text.push_str(&pair);
            }
            None => found.lost.push(format!(
                "Row {number}, `{}` to `{}`: such names cannot stand in a mapping of Version 2.",
                row.variable, row.field
            )),
        }
    }
    found
}

/// Why a row has no counterpart.
fn reason(row: &MappingRow) -> Option<String> {
    if let Some(constant) = &row.constant {
        let text = if constant.is_empty() { &row.variable } else { constant };
        return Some(format!("the constant `{text}` for `{}`: there are none", row.field));
    }
    row.conditional
        .then(|| format!("`{}` by conditions on `{}`: there are none", row.field, row.variable))
}

/// Rows of a conditional mapping, none of which has a counterpart.
pub(super) fn conditions(mapping: &Mapping, text: &str) -> Vec<String> {
    let Ok(rows) = mapping.table_rows(text) else {
        return vec![format!("All of it, which cannot be read: {text}")];
    };
    let row = |place: usize, row: &serde_json::Map<String, serde_json::Value>| {
        let cell = |short: &str| {
            let column = mapping.columns().iter().find(|column| column.short == short);
            let value = column.and_then(|column| row.get(column.name));
            value.and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
        };
        format!(
            "Row {}, `{}` where `{}` is `{}`: there are no conditions.",
            place + 1,
            cell("value"),
            cell("variable"),
            cell("equals")
        )
    };
    rows.iter().enumerate().map(|(place, it)| row(place, it)).collect()
}
