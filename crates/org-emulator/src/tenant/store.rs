//! The records of a tenant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::kind::Kind;

/// A record's fields by their names.
pub(crate) type Record = Map<String, Value>;

/// All records, by kind and id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Store {
    records: BTreeMap<String, Vec<Record>>,
    made: u64,
    /// What reads still show of records that were changed, and how often, where reads lag.
    #[serde(skip)]
    behind: BTreeMap<String, (Record, u32)>,
}

impl Store {
    /// All of one kind, in the order they were made.
    pub(crate) fn all(&self, kind: &str) -> &[Record] {
        self.records.get(kind).map_or(&[], Vec::as_slice)
    }

    /// One of them.
    pub(crate) fn get(&self, kind: &str, id: &str) -> Option<&Record> {
        self.all(kind).iter().find(|record| text(record, "id") == id)
    }

    /// One of them, to change.
    pub(crate) fn get_mut(&mut self, kind: &str, id: &str) -> Option<&mut Record> {
        self.records.get_mut(kind)?.iter_mut().find(|record| text(record, "id") == id)
    }

    /// All of one kind, to change.
    pub(crate) fn all_mut(&mut self, kind: &str) -> &mut Vec<Record> {
        self.records.entry(kind.to_owned()).or_default()
    }

    /// Keeps a new record, and gives it an id.
    pub(crate) fn add(&mut self, kind: &Kind, organization: &str, record: Record) -> String {
        let id = self.new_id();
        let record = stamped(kind, organization, &id, record);
        self.all_mut(kind.name).push(record);
        id
    }

    /// An id that nothing has.
    pub(crate) fn new_id(&mut self) -> String {
        self.made += 1;
        // The multiplier spreads the numbers, so that ids do not look alike.
        let spread = self.made.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        format!("{:08x}-{:04x}-4000-8000-{:012x}", spread >> 32, spread >> 16 & 0xffff, self.made)
    }

    /// Takes a record away.
    pub(crate) fn remove(&mut self, kind: &str, id: &str) {
        self.all_mut(kind).retain(|record| text(record, "id") != id);
    }

    /// Has so many reads show a record as it was.
    pub(crate) fn lag(&mut self, record: Record, reads: u32) {
        if reads > 0 {
            self.behind.insert(text(&record, "id").to_owned(), (record, reads));
        }
    }

    /// A record as a read shows it.
    pub(crate) fn shown(&mut self, kind: &str, id: &str) -> Option<Record> {
        if let Some((record, reads)) = self.behind.get_mut(id) {
            let record = record.clone();
            *reads -= 1;
            if *reads == 0 {
                self.behind.remove(id);
            }
            return Some(record);
        }
        self.get(kind, id).cloned()
    }
}

/// A new record with what the service adds.
pub(crate) fn stamped(kind: &Kind, organization: &str, id: &str, mut record: Record) -> Record {
    record.insert("organizationId".to_owned(), organization.into());
    record.insert("id".to_owned(), id.into());
    record.insert("version".to_owned(), 0.into());
    if kind.has_system_default {
        record.entry("systemDefault").or_insert(false.into());
    }
    record.insert("createdTime".to_owned(), now().into());
    record.insert("lastUpdatedTime".to_owned(), now().into());
    record
}

/// Now, in milliseconds.
pub(crate) fn now() -> i64 {
    i64::try_from(crate::clock::now()).unwrap_or(i64::MAX)
}

/// A text of a record; empty where there is none.
pub(crate) fn text<'a>(record: &'a Record, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The ids in a field, be it one or a list.
pub(crate) fn ids<'a>(record: &'a Record, field: &str) -> Vec<&'a str> {
    match record.get(field) {
        Some(Value::String(id)) if !id.is_empty() => vec![id],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
