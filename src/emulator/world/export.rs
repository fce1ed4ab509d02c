//! The world for people and tests: sorted, keyed by names, without ids, moments and jobs.
//!
//! It walks the world's own JSON, so a value that is added to the world is in the export without
//! anybody thinking of it. Only what is left out has to be named.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::World;

/// Parts of the world that are no settings.
pub(crate) const LEFT_OUT: [&str; 4] = ["born", "ids", "jobs", "sessions"];

/// Fields of records that are no settings: their ids, and when and by whom they were written.
pub(crate) const LEFT_OUT_FIELDS: [&str; 6] = [
    "CreatedById",
    "CreatedDate",
    "Id",
    "LastModifiedById",
    "LastModifiedDate",
    "SystemModstamp",
];

/// What names a record, first choice first.
const NAMES: [&str; 12] = [
    "Username",
    "FullName",
    "InternalName",
    "DeveloperName",
    "SiteName",
    "Name",
    "name",
    "match_type",
    "entity_api_name",
    "Subject",
    "CaseNumber",
    "NamespacePrefix",
];

impl World {
    /// Everything that can be set in this org.
    pub(crate) fn export(&self) -> Value {
        // The world is made of maps with text keys, numbers and text: it always has a JSON form.
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(parts) = &mut whole {
            parts.retain(|part, _| !LEFT_OUT.contains(&part.as_str()));
        }
        let mut names = BTreeMap::new();
        collect_names(&whole, &mut names);
        exported(&whole, &names)
    }
}

/// Learns what each id is called.
fn collect_names(value: &Value, names: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_names(value, names)),
        Value::Object(fields) => {
            if let Some(Value::String(id)) = fields.get("Id")
                && let Some(name) = name_of(fields)
            {
                names.insert(id.clone(), name);
            }
            if let (Some(Value::String(id)), Some(Value::String(name))) =
                (fields.get("SubscriberPackageId"), fields.get("PackageName"))
            {
                names.insert(id.clone(), name.clone());
            }
            fields
                .values()
                .for_each(|value| collect_names(value, names));
        }
        _ => {}
    }
}

/// A record's name with its namespace and what it belongs to, as far as it has them.
fn name_of(fields: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    if let (Some(package), Some(version)) = (text("PackageName"), fields.get("MajorVersion")) {
        let part = |name: &str| fields.get(name).map(Value::to_string).unwrap_or_default();
        let numbers = [
            part("MinorVersion"),
            part("PatchVersion"),
            part("BuildNumber"),
        ];
        return Some(format!("{package} {version}.{}", numbers.join(".")));
    }
    let name = NAMES.iter().find_map(|field| text(field))?;
    let namespace = text("NamespacePrefix").filter(|namespace| *namespace != name);
    let name = namespace.map_or_else(|| name.to_owned(), |prefix| format!("{prefix}__{name}"));
    let owner = ["SobjectType", "TableEnumOrId", "Object"]
        .iter()
        .find_map(|field| text(field));
    Some(owner.map_or(name.clone(), |owner| format!("{owner}.{name}")))
}

fn exported(value: &Value, names: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => names
            .get(text)
            .map_or_else(|| value.clone(), |name| name.clone().into()),
        Value::Array(values) => list(values, names),
        Value::Object(fields) => {
            let mut kept: Vec<(String, Value)> = fields
                .iter()
                .filter(|(field, _)| !LEFT_OUT_FIELDS.contains(&field.as_str()))
                .map(|(field, value)| (field.clone(), exported(value, names)))
                .collect();
            kept.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(kept.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// Named records become an object of names; others, and lists whose order counts, stay a list.
fn list(values: &[Value], names: &BTreeMap<String, String>) -> Value {
    let records: Option<Vec<&Map<String, Value>>> = values.iter().map(Value::as_object).collect();
    let Some(records) = records.filter(|records| !records.is_empty()) else {
        return values.iter().map(|value| exported(value, names)).collect();
    };
    let has_id = records.iter().all(|fields| fields.contains_key("Id"));
    if !has_id {
        // Sections and items of a call center, call types of a softphone: their order counts.
        return values.iter().map(|value| exported(value, names)).collect();
    }
    let keys: Option<Vec<String>> = records.iter().map(|fields| name_of(fields)).collect();
    let unique = keys.filter(|keys| {
        let mut sorted = keys.clone();
        sorted.sort();
        sorted.dedup();
        sorted.len() == keys.len()
    });
    let mut rows: Vec<Value> = values.iter().map(|value| exported(value, names)).collect();
    if let Some(keys) = unique {
        let mut named: Vec<(String, Value)> = keys.into_iter().zip(rows).collect();
        named.sort_by(|one, other| one.0.cmp(&other.0));
        return Value::Object(named.into_iter().collect());
    }
    rows.sort_by_cached_key(ToString::to_string);
    rows.into()
}
