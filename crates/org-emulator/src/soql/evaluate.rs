//! Runs a resolved query over the catalog's records.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use jiff::Timestamp;
use serde_json::Value;

use super::ast::Operator;
use super::catalog::{Catalog, FieldKind, Row};
use super::compare::{Key, short_id};
use super::dates;
use super::resolved::{Resolved, ResolvedPath, Step, Test};

/// Records of one object by their short id.
type ById = HashMap<String, Rc<Row>>;

/// The catalog's records, those that references lead to indexed once per query.
pub(super) struct Tables<'c> {
    catalog: &'c dyn Catalog,
    indexed: RefCell<HashMap<String, Rc<ById>>>,
}

impl<'c> Tables<'c> {
    /// Nothing is read yet.
    pub(super) fn new(catalog: &'c dyn Catalog) -> Self {
        Self { catalog, indexed: RefCell::default() }
    }

    /// The record that a reference of another record leads to.
    pub(super) fn parent(&self, row: &Row, step: &Step) -> Option<Rc<Row>> {
        let id = row.get(&step.reference)?.as_str()?;
        let known = self.indexed.borrow().get(&step.object.name).cloned();
        let table = known.unwrap_or_else(|| self.index(&step.object.name));
        table.get(short_id(id)).cloned()
    }

    /// Indexes an object's records.
    fn index(&self, object: &str) -> Rc<ById> {
        let rows = self.catalog.rows(object).into_iter();
        let table: ById = rows
            .filter_map(|row| Some((id(&row).map(short_id)?.to_owned(), Rc::new(row))))
            .collect();
        let table = Rc::new(table);
        self.indexed.borrow_mut().insert(object.to_owned(), Rc::clone(&table));
        table
    }

    /// The value that a path leads to; null where a reference on the way is empty.
    fn value(&self, path: &ResolvedPath, row: &Row) -> Value {
        let mut current: Option<Rc<Row>> = None;
        for step in &path.steps {
            let Some(next) = self.parent(current.as_deref().unwrap_or(row), step) else {
                return Value::Null;
            };
            current = Some(next);
        }
        let row = current.as_deref().unwrap_or(row);
        row.get(&path.field.name).cloned().unwrap_or_default()
    }

    /// The value that a path leads to, in the form in which it is compared.
    fn key(&self, path: &ResolvedPath, row: &Row) -> Key {
        Key::of(path.field.kind, &self.value(path, row))
    }
}

/// What identifies a record: its `Id`, or the `DurableId` of virtual objects.
pub(super) fn id(row: &Row) -> Option<&str> {
    row.get("Id").or_else(|| row.get("DurableId"))?.as_str()
}

/// The records that a query selects, in its order.
pub(super) fn matching(query: &Resolved, tables: &Tables<'_>, now: Timestamp) -> Vec<Row> {
    let mut rows = tables.catalog.rows(&query.object.name);
    if let Some(test) = &query.test {
        let prepared = prepare(test, tables, now);
        rows.retain(|row| holds(&prepared, row, tables));
    }
    if !query.order.is_empty() {
        rows.sort_by_cached_key(|row| {
            let keys = query.order.iter().map(|(path, descending, nulls_last)| SortKey {
                key: tables.key(path, row),
                descending: *descending,
                nulls_last: *nulls_last,
            });
            keys.collect::<Vec<_>>()
        });
    }
    let limit = query.limit.unwrap_or(usize::MAX);
    rows.into_iter().skip(query.offset).take(limit).collect()
}

/// One field's part in the order of records.
#[derive(PartialEq)]
struct SortKey {
    key: Key,
    descending: bool,
    nulls_last: bool,
}

impl Eq for SortKey {}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let null = |key: &Key| *key == Key::Null;
        match (null(&self.key), null(&other.key)) {
            (true, true) => Ordering::Equal,
            (true, false) if self.nulls_last => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, true) if self.nulls_last => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                let order = self.key.partial_cmp(&other.key).unwrap_or(Ordering::Equal);
                if self.descending { order.reverse() } else { order }
            }
        }
    }
}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A test whose inner queries and date literals are worked out, once for all records.
enum Prepared<'t> {
    All(Vec<Prepared<'t>>),
    Any(Vec<Prepared<'t>>),
    Not(Box<Prepared<'t>>),
    Within(&'t ResolvedPath, bool, Vec<Key>),
    Period(&'t ResolvedPath, Operator, Option<dates::Period>),
    Plain(&'t Test),
}

/// Works out what does not depend on the record.
fn prepare<'t>(test: &'t Test, tables: &Tables<'_>, now: Timestamp) -> Prepared<'t> {
    let all = |tests: &'t [Test]| tests.iter().map(|test| prepare(test, tables, now)).collect();
    match test {
        Test::All(tests) => Prepared::All(all(tests)),
        Test::Any(tests) => Prepared::Any(all(tests)),
        Test::Not(test) => Prepared::Not(Box::new(prepare(test, tables, now))),
        Test::Period(path, operator, word, days) => {
            Prepared::Period(path, *operator, dates::period(word, *days, now))
        }
        Test::Join(path, negated, query) => {
            let rows = matching(query, tables, now);
            let keys = query.columns.iter().flat_map(|column| {
                rows.iter().map(|row| tables.key(column, row)).collect::<Vec<_>>()
            });
            let mut keys: Vec<Key> = keys.filter(|key| *key != Key::Null).collect();
            keys.sort_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal));
            Prepared::Within(path, *negated, keys)
        }
        Test::Within(path, negated, keys) => {
            let mut keys = keys.clone();
            keys.sort_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal));
            Prepared::Within(path, *negated, keys)
        }
        Test::Compare(..) | Test::Like(..) | Test::InstallationKey(_) => Prepared::Plain(test),
    }
}

/// Whether a record passes.
fn holds(condition: &Prepared<'_>, row: &Row, tables: &Tables<'_>) -> bool {
    match condition {
        Prepared::All(tests) => tests.iter().all(|test| holds(test, row, tables)),
        Prepared::Any(tests) => tests.iter().any(|test| holds(test, row, tables)),
        Prepared::Not(test) => !holds(test, row, tables),
        Prepared::Within(path, negated, sorted) => {
            let key = tables.key(path, row);
            let order = |known: &Key| known.partial_cmp(&key).unwrap_or(Ordering::Less);
            sorted.binary_search_by(order).is_ok() != *negated
        }
        Prepared::Period(path, operator, period) => {
            let Some((from, to)) = period else {
                return false;
            };
            in_period(&tables.key(path, row), *operator, *from, *to)
        }
        Prepared::Plain(Test::Compare(path, operator, key)) => {
            tables.key(path, row).satisfies(*operator, key)
        }
        Prepared::Plain(Test::Like(path, pattern)) => match tables.value(path, row) {
            Value::String(text) if path.field.kind == FieldKind::Text => {
                pattern.matches(&text.to_lowercase())
            }
            _ => false,
        },
        Prepared::Plain(Test::InstallationKey(given)) => match row.get("InstallationKey") {
            Some(Value::String(wanted)) => wanted == given,
            _ => true,
        },
        // Every other test was prepared above.
        Prepared::Plain(_) => false,
    }
}

/// A date literal is a span: before, within and after it are the questions.
fn in_period(key: &Key, operator: Operator, from: Timestamp, to: Timestamp) -> bool {
    let Key::Time(time) = key else {
        return operator == Operator::NotEqual;
    };
    let within = from <= *time && *time < to;
    match operator {
        Operator::Equal => within,
        Operator::NotEqual => !within,
        Operator::Less => *time < from,
        Operator::LessOrEqual => *time < to,
        Operator::Greater => *time >= to,
        Operator::GreaterOrEqual => *time >= from,
        Operator::Like => false,
    }
}
