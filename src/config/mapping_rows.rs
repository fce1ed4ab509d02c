//! Mappings as lists of tables: short names for people, the exact keys and flags for the connector.

use serde_json::{Map, Value as Json};

use crate::model::{Column, ColumnKind, Mapping};

use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::scope::unknown_key;
use super::tree::{Entry, Node, Table, Value};

/// The text of a mapping that is given as a list of tables or as JSON text.
///
/// JSON text that fits its shape is brought into the usual order; any other is kept to the letter,
/// and the rules say what is wrong with it.
pub(super) fn mapping_text(
    mapping: &Mapping,
    entry: &Entry,
    mistakes: &Mistakes,
) -> Option<String> {
    match &entry.node.value {
        Value::Array(nodes) => {
            let rows: Vec<_> = nodes
                .iter()
                .enumerate()
                .map(|(index, node)| {
                    let path = format!("{}[{index}]", entry.path);
                    read_row(mapping, &path, node, mistakes)
                })
                .collect();
            Some(mapping.write(rows.into_iter().collect::<Option<_>>()?))
        }
        Value::Text(text) => Some(mapping.canonical(text).unwrap_or_else(|| text.clone())),
        _ => None,
    }
}

fn read_row(
    mapping: &Mapping,
    path: &str,
    node: &Node,
    mistakes: &Mistakes,
) -> Option<Map<String, Json>> {
    let Value::Table(table) = &node.value else {
        let found = node.value.type_name();
        mistakes.push(
            Mistake::new(
                MistakeKind::WrongType,
                path,
                format!("`{path}` is {found}, but rows of a mapping are tables."),
            )
            .at(&node.span, format!("this is {found}"))
            .help("For example: { variable = \"queueName\", field = \"Queue__c\" }"),
        );
        return None;
    };
    let columns = mapping.columns();
    let mut row = Map::new();
    let mut sound = true;
    for (key, entry) in &table.entries {
        let column = columns.iter().find(|column| column.name == key || column.short == key);
        let Some(column) = column else {
            let known: Vec<_> = columns.iter().map(|column| column.short).collect();
            mistakes.push(unknown_key(key, entry, &known));
            sound = false;
            continue;
        };
        let value = cell(column, entry, mistakes);
        sound &= value.is_some();
        let doubled = value.and_then(|value| row.insert(column.name.to_owned(), value));
        if doubled.is_some() {
            mistakes.push(
                Mistake::new(
                    MistakeKind::TwoSources,
                    &entry.path,
                    format!(
                        "`{}` and `{}` are two names of the same key.",
                        column.short, column.name
                    ),
                )
                .at(&entry.key_span, "")
                .help("Keep one of the two."),
            );
            sound = false;
        }
    }
    if !sound {
        return None;
    }
    fill_in(columns, &mut row);
    let missing = columns.iter().filter(|column| column.required && !row.contains_key(column.name));
    for column in missing {
        mistakes.push(missing_key(column, path, node, table));
        sound = false;
    }
    sound.then_some(row)
}

fn missing_key(column: &Column, path: &str, node: &Node, table: &Table) -> Mistake {
    // The span of `[[header]]` tables is the header only, so a key of the row shows it better.
    let place = table.entries.values().map(|entry| &entry.key_span).min_by_key(|span| span.start);
    Mistake::new(
        MistakeKind::Missing,
        path,
        format!("This row of a mapping has no `{}`.", column.short),
    )
    .at(place.unwrap_or(&node.span), "")
}

fn cell(column: &Column, entry: &Entry, mistakes: &Mistakes) -> Option<Json> {
    let flag = match &entry.node.value {
        Value::Boolean(value) => Some(*value),
        Value::Text(text) if text == "true" => Some(true),
        Value::Text(text) if text == "false" => Some(false),
        _ => None,
    };
    let (value, wanted) = match (column.kind, &entry.node.value) {
        (ColumnKind::Text, Value::Text(text)) => (Some(Json::from(text.as_str())), ""),
        (ColumnKind::Text, _) => (None, "text in quotation marks"),
        (ColumnKind::TextFlag, _) => {
            (flag.map(|flag| flag.to_string().into()), "`true` or `false`")
        }
        (ColumnKind::Flag, _) => (flag.map(Json::from), "`true` or `false`"),
    };
    if value.is_none() {
        let found = entry.node.value.type_name();
        mistakes.push(
            Mistake::new(
                MistakeKind::WrongType,
                &entry.path,
                format!("`{}` is {found}, but must be {wanted}.", entry.path),
            )
            .at(&entry.node.span, format!("this is {found}")),
        );
    }
    value
}

/// Fills in the flags, and what a row with a constant need not say.
fn fill_in(columns: &[Column], row: &mut Map<String, Json>) {
    let name = |short: &str| columns.iter().find(|column| column.short == short);
    let constant = name("constant").and_then(|column| row.get(column.name).cloned());
    for column in columns {
        if row.contains_key(column.name) {
            continue;
        }
        let is_constant = column.short == "is_constant" && constant.is_some();
        let value = match column.kind {
            ColumnKind::TextFlag => Json::from(is_constant.to_string()),
            ColumnKind::Flag => Json::from(is_constant),
            ColumnKind::Text if column.short == "constant" && column.required => Json::from(""),
            // The activity mapping leaves the variable empty; the record mapping is not documented,
            // and gets the constant in both places where it may be looked for.
            ColumnKind::Text if column.short == "variable" => match &constant {
                Some(_) if columns.iter().any(|column| column.kind == ColumnKind::Flag) => {
                    Json::from("")
                }
                Some(constant) => constant.clone(),
                None => continue,
            },
            ColumnKind::Text => continue,
        };
        row.insert(column.name.to_owned(), value);
    }
}
