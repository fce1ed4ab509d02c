//! A record as REST shows it: `attributes`, fields in select order, parents nested or null.

use serde_json::{Map, Value, json};

use super::catalog::Row;
use super::evaluate::{Tables, id};
use super::resolved::{Resolved, ResolvedPath, Step};

/// The selected columns of one record.
pub(super) fn record(query: &Resolved, row: &Row, tables: &Tables<'_>, base: &str) -> Value {
    let columns: Vec<Remaining<'_>> = query.columns.iter().map(Remaining::new).collect();
    object(&query.object.name, row, &columns, tables, base)
}

/// A column, and how many of its references are already followed.
#[derive(Clone, Copy)]
struct Remaining<'q> {
    column: &'q ResolvedPath,
    followed: usize,
}

impl<'q> Remaining<'q> {
    /// None is followed yet.
    fn new(column: &'q ResolvedPath) -> Self {
        Self { column, followed: 0 }
    }

    /// The next reference to follow.
    fn step(self) -> Option<&'q Step> {
        self.column.steps.get(self.followed)
    }
}

/// One record and, nested, those that its selected references lead to.
fn object(
    name: &str,
    row: &Row,
    columns: &[Remaining<'_>],
    tables: &Tables<'_>,
    base: &str,
) -> Value {
    let mut fields = Map::new();
    fields.insert("attributes".to_owned(), attributes(name, row, base));
    for column in columns {
        let Some(step) = column.step() else {
            let field = &column.column.field.name;
            fields.insert(field.clone(), row.get(field).cloned().unwrap_or_default());
            continue;
        };
        // All columns of one parent are shown together, where the first of them stands.
        if fields.contains_key(&step.relationship) {
            continue;
        }
        let parent = tables.parent(row, step).map_or(Value::Null, |parent| {
            let same = columns.iter().filter(|other| {
                other.step().is_some_and(|other| other.relationship == step.relationship)
            });
            let nested: Vec<Remaining<'_>> =
                same.map(|column| Remaining { followed: column.followed + 1, ..*column }).collect();
            object(&step.object.name, &parent, &nested, tables, base)
        });
        fields.insert(step.relationship.clone(), parent);
    }
    Value::Object(fields)
}

/// Type and address of a record.
fn attributes(name: &str, row: &Row, base: &str) -> Value {
    match id(row) {
        Some(id) => json!({ "type": name, "url": format!("{base}/sobjects/{name}/{id}") }),
        None => json!({ "type": name }),
    }
}
