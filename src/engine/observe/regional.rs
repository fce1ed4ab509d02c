//! The region's values in the package's custom metadata: found by reading all of it once, then
//! asked for by name together with everything else.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::metadata::{self, Metadata};
use salesforce_client::soql::Name;
use salesforce_client::{Answers, Batch, Soql};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::journal::CustomMetadataHints;
use crate::model::{
    CustomMetadata, CustomMetadataPlace, CustomMetadataRecord, Desired, LockedPlace, Seen,
};

/// Answers are named by this and the type.
const ANSWER: &str = "custom_metadata:";

/// One query for each type in which a remembered place is.
pub(super) fn queries(mut batch: Batch, known: &CustomMetadata) -> Batch {
    for (kind, fields) in by_type(known) {
        let fields: Option<Vec<Name>> = fields.into_iter().map(Name::parse).collect();
        // A name that is none is not asked for, and so it is not found.
        let (Some(object), Some(fields)) = (Name::parse(kind), fields) else { continue };
        let soql = Soql::new("SELECT DeveloperName, NamespacePrefix, ")
            .names(&fields)
            .text(" FROM ")
            .name(&object);
        batch = batch.query(format!("{ANSWER}{kind}"), soql);
    }
    batch
}

fn by_type(known: &CustomMetadata) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut types: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for place in known.remembered.values() {
        types.entry(&place.kind).or_default().insert(&place.field);
    }
    types
}

/// Takes in the values at the remembered places. When one of them is not there any more, all that
/// was remembered is forgotten.
pub(super) fn take_remembered(
    known: &mut CustomMetadata,
    answers: &Answers,
) -> Result<(), Failure> {
    if !answers.iter().any(|(name, _)| name.starts_with(ANSWER)) {
        return Ok(());
    }
    let mut values = Vec::new();
    for place in known.remembered.values() {
        let Some(value) = value(answers, place)? else {
            forget(known);
            return Ok(());
        };
        values.push((place.clone(), value));
    }
    if known.seen != Seen::Everything {
        known.seen = Seen::Remembered;
        known.records.clear();
    }
    for (place, value) in values {
        put(&mut known.records, place, text(value));
    }
    Ok(())
}

/// What was remembered contradicts the org. What the org refused in this run stays refused.
fn forget(known: &mut CustomMetadata) {
    let locked = match known.seen {
        Seen::Everything => std::mem::take(&mut known.locked),
        Seen::Nothing | Seen::Remembered => Vec::new(),
    };
    *known = CustomMetadata { locked, ..CustomMetadata::default() };
}

/// What a place holds; `None` where the org shows no such type, record or field.
fn value(answers: &Answers, place: &CustomMetadataPlace) -> Result<Option<Value>, Failure> {
    let name = format!("{ANSWER}{}", place.kind);
    match answers.get(&name) {
        None => return Ok(None),
        Some(Err(error)) if !error.is_session_expired() && !error.is_limit() => return Ok(None),
        Some(_) => {}
    }
    let rows: Vec<Map<String, Value>> = answers.records(&name)?;
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

/// Reads every record of a package's types that shows. Records that people of the org made are
/// among them.
pub(super) async fn read(
    metadata: Metadata<'_>,
    namespace: &str,
) -> Result<Vec<CustomMetadataRecord>, Failure> {
    let prefix = format!("{namespace}__").to_ascii_lowercase();
    let listed = metadata.list("CustomMetadata").await?;
    let names: Vec<String> = listed
        .into_iter()
        .map(|file| file.full_name)
        .filter(|name| name.to_ascii_lowercase().starts_with(&prefix))
        .collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let records = metadata.read_custom_metadata(&names).await?;
    Ok(records.into_iter().filter_map(record).collect())
}

fn record(read: metadata::CustomMetadataRecord) -> Option<CustomMetadataRecord> {
    let (kind, name) = read.full_name.split_once('.')?;
    Some(CustomMetadataRecord {
        kind: format!("{kind}__mdt"),
        name: name.to_owned(),
        label: read.label,
        protected: read.protected,
        values: read.values.into_iter().map(|value| (value.field, value.value)).collect(),
    })
}

/// Takes in every record.
pub(super) fn take_everything(known: &mut CustomMetadata, records: Vec<CustomMetadataRecord>) {
    known.seen = Seen::Everything;
    known.records = records;
}

/// What the next run may begin with.
pub(super) fn hints(known: &CustomMetadata, desired: &Desired) -> CustomMetadataHints {
    // Another refusal than that of a managed value may be of its day: the next run tries again.
    let managed = |locked: &&LockedPlace| locked.words.to_lowercase().contains("managed");
    let locked: Vec<LockedPlace> = known.locked.iter().filter(managed).cloned().collect();
    let nothing = known.remembered.is_empty() && locked.is_empty();
    CustomMetadataHints {
        package_version: (!nothing).then(|| desired.package.version.clone()),
        places: known.remembered.clone(),
        locked,
    }
}
