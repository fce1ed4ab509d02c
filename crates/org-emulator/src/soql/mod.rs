//! SOQL: text in, records out.
//!
//! A pure function of the query and a [`Catalog`]: nothing here knows HTTP or the world. What the
//! grammar does not cover is an error and never ignored, so that a query which works here works in
//! an org. Error codes and texts are those of the real service where they are known.
//!
//! The stages, one file each: `lexer` → `parser` (`ast`) → `resolve` and `filter` (names and
//! literals against the catalog, `restrict` for what may not be asked) → `evaluate` → `project`.

pub(crate) mod catalog;

mod ast;
mod compare;
mod condition;
mod dates;
mod error;
mod evaluate;
mod filter;
mod lexer;
mod like;
mod literal;
mod parser;
mod project;
mod resolve;
mod resolved;
mod restrict;
#[cfg(test)]
mod tests;

use serde_json::Value;

use catalog::{Catalog, FieldKind};
pub(crate) use error::SoqlError;

/// What a query brought.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// The object of FROM in its real spelling.
    pub(crate) object: String,
    /// Every record, in order; paging is the caller's. Empty for `SELECT COUNT()`.
    pub(crate) records: Vec<Value>,
    /// Whether the query was `SELECT COUNT()`, whose answer is `total` alone.
    pub(crate) count_only: bool,
    /// `totalSize` of the answer.
    pub(crate) total: usize,
    /// The selected columns, in order and in their real spelling.
    pub(crate) columns: Vec<Column>,
}

/// A selected column, e.g. `Profile.Name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Relationship names and the field's name, e.g. `["Profile", "Name"]`.
    pub(crate) path: Vec<String>,
    /// What the field holds.
    pub(crate) kind: FieldKind,
}

/// Runs a query. `base` is the path that `attributes.url` begins with, e.g. `/services/data/v66.0`
/// or `/services/data/v66.0/tooling`: the URL of a record is `{base}/sobjects/{object}/{id}`, left
/// out for a record that has neither `Id` nor `DurableId`.
pub(crate) fn run(text: &str, catalog: &dyn Catalog, base: &str) -> Result<Answer, SoqlError> {
    let query = parser::parse(text)?;
    let resolved = resolve::resolve(text, &query, catalog)?;
    let tables = evaluate::Tables::new(catalog);
    let mut rows = evaluate::matching(&resolved, &tables, crate::clock::today());
    rows.truncate(restrict::most_rows(&resolved));
    let columns = resolved.columns.iter().map(resolved::ResolvedPath::describe).collect();
    let object = resolved.object.name.clone();
    if resolved.count_only {
        let total = rows.len();
        return Ok(Answer { object, records: Vec::new(), count_only: true, total, columns });
    }
    restrict::check_result(&resolved, rows.len())?;
    let records: Vec<Value> =
        rows.iter().map(|row| project::record(&resolved, row, &tables, base)).collect();
    Ok(Answer { object, total: records.len(), records, count_only: false, columns })
}
