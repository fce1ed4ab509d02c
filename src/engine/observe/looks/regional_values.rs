//! The region's values at the places where an earlier run has found them, asked for by name together
//! with everything else.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::Soql;
use salesforce_client::soql::Name;
use serde_json::{Map, Value};

use super::Fetch;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{
    CustomMetadata, CustomMetadataPlace, CustomMetadataRecord, Observed, RegionalValue, SeenRecords,
};

/// Answers are named by this and the type.
const PREFIX: &str = "custom_metadata:";

type Places = BTreeMap<RegionalValue, CustomMetadataPlace>;

pub(super) struct RegionalValues;

impl Fetch for RegionalValues {
    /// One query for each type in which a remembered place is.
    fn ask<'a>(&self, _: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        for (kind, fields) in by_type(seen.places()) {
            let fields: Option<Vec<Name>> = fields.into_iter().map(Name::parse).collect();
            // A name that is none is not asked for, and so it is not found.
            let (Some(object), Some(fields)) = (Name::parse(kind), fields) else { continue };
            let soql = Soql::new("SELECT DeveloperName, NamespacePrefix, ")
                .names(&fields)
                .text(" FROM ")
                .name(&object);
            burst.query(format!("{PREFIX}{kind}"), soql);
        }
    }

    /// When one of the places is not there any more, all that was remembered is forgotten.
    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        if !answers.data().names().any(|name| name.starts_with(PREFIX)) {
            return Ok(());
        }
        let known = &mut taking.state.custom_metadata;
        let mut values = Vec::new();
        for place in known.remembered.values() {
            let Some(value) = value(answers, place)? else {
                forget(known);
                return Ok(());
            };
            values.push((place.clone(), value));
        }
        if known.seen != Observed::Seen(SeenRecords::Everything) {
            known.seen = Observed::Seen(SeenRecords::Remembered);
            known.records.clear();
        }
        for (place, value) in values {
            put(&mut known.records, place, text(value));
        }
        Ok(())
    }
}

fn by_type(places: &Places) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut types: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for place in places.values() {
        types.entry(&place.kind).or_default().insert(&place.field);
    }
    types
}

/// What was remembered contradicts the org. What the org refused in this run stays refused.
fn forget(known: &mut CustomMetadata) {
    let locked = match known.seen {
        Observed::Seen(SeenRecords::Everything) => std::mem::take(&mut known.locked),
        _ => Vec::new(),
    };
    *known = CustomMetadata { locked, ..CustomMetadata::default() };
}

/// What a place holds; `None` where the org shows no such type, record or field.
fn value(answers: &Answers<'_>, place: &CustomMetadataPlace) -> Result<Option<Value>, Failure> {
    let name = format!("{PREFIX}{}", place.kind);
    // What cannot be read is looked for among all custom metadata, and told there.
    let Observed::Seen(rows) = answers.rows::<Map<String, Value>>(&name)? else { return Ok(None) };
    let named = |row: &&Map<String, Value>| {
        let part = |field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default();
        let (namespace, name) = (part("NamespacePrefix"), part("DeveloperName"));
        let dashes = if namespace.is_empty() { "" } else { "__" };
        format!("{namespace}{dashes}{name}").eq_ignore_ascii_case(&place.record)
    };
    let row = rows.iter().find(named);
    let is_field = |name: &str| name.eq_ignore_ascii_case(&place.field);
    let field = row.and_then(|row| row.iter().find(|(name, _)| is_field(name)));
    Ok(field.map(|(_, value)| value.clone()))
}

/// A value as the Metadata API shows it.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

fn put(records: &mut Vec<CustomMetadataRecord>, place: CustomMetadataPlace, value: Option<String>) {
    let known =
        records.iter_mut().find(|record| record.kind == place.kind && record.name == place.record);
    if let Some(record) = known {
        record.values.insert(place.field, value);
        return;
    }
    records.push(CustomMetadataRecord {
        kind: place.kind,
        name: place.record,
        values: BTreeMap::from([(place.field, value)]),
        ..CustomMetadataRecord::default()
    });
}
