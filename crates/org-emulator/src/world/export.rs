//! The world for people and tests: sorted, keyed by names, without ids, moments and jobs.
//!
//! It walks the world's own JSON, so a value that is added to the world is in the export without
//! anybody thinking of it. Only what is left out has to be named.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::World;

/// Parts of the world that are no settings.
pub(crate) const LEFT_OUT: [&str; 6] =
    ["born", "ids", "jobs", "refresh_tokens", "sessions", "setup_pages"];

/// Fields of records that are no settings: their ids, and when and by whom they were written.
pub(crate) const LEFT_OUT_FIELDS: [&str; 10] = [
    "CreatedById",
    "CreatedDate",
    "DataStorageMBRemaining",
    "Id",
    "LastLoginDate",
    "LastModifiedById",
    "LastModifiedDate",
    "SubscriberPackageId",
    "SystemModstamp",
    "number",
];

/// How many records of an object are shown one by one.
const SHOWN_RECORDS: usize = 40;

/// What names a record that has no name of its own: the first group whose fields it has.
const KEYS: [&[&str]; 5] = [
    &["TableEnumOrId", "ProfileId", "RecordTypeId"],
    &["AssigneeId", "PermissionSetId"],
    &["ParentId", "SetupEntityId"],
    &["PackageLicenseId", "UserId"],
    &["SubscriberPackageId", "EnableRss"],
];

/// What names a record, first choice first.
const NAMES: [&str; 13] = [
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
    "ConsumerKey",
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
        if let Some(Value::Object(records)) = whole.get_mut("records") {
            records.values_mut().for_each(without_deleted);
        }
        let mut names = BTreeMap::new();
        collect_names(&whole, &mut names);
        let mut shown = exported(&whole, &names);
        if let Some(Value::Object(records)) = shown.get_mut("records") {
            records.retain(|_, rows| *rows != json!([]));
            records.values_mut().for_each(shortened);
        }
        shown
    }
}

/// What lies in the recycle bin is gone.
fn without_deleted(rows: &mut Value) {
    if let Value::Array(rows) = rows {
        rows.retain(|row| row["IsDeleted"] != true);
    }
}

/// Many records become their number and a digest of all their values.
fn shortened(rows: &mut Value) {
    let all: Vec<String> = match &*rows {
        Value::Object(rows) => rows.iter().map(|(name, row)| format!("{name} {row}")).collect(),
        Value::Array(rows) => rows.iter().map(ToString::to_string).collect(),
        _ => return,
    };
    if all.len() > SHOWN_RECORDS {
        *rows = json!({"count": all.len(), "digest": digest(&all)});
    }
}

/// FNV-1a over texts, which is the same on every machine and in every version.
fn digest(texts: &[String]) -> String {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([b'\n']));
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    format!("{hash:016x}")
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
            fields.values().for_each(|value| collect_names(value, names));
        }
        _ => {}
    }
}

/// A record's name with its namespace and what it belongs to, as far as it has them.
fn name_of(fields: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    if let (Some(package), Some(version)) = (text("PackageName"), fields.get("MajorVersion")) {
        let part = |name: &str| fields.get(name).map(Value::to_string).unwrap_or_default();
        let numbers = [part("MinorVersion"), part("PatchVersion"), part("BuildNumber")];
        return Some(format!("{package} {version}.{}", numbers.join(".")));
    }
    if is_own_set(fields) {
        return text("Label").map(|profile| format!("{profile} (profile)"));
    }
    let name = NAMES.iter().find_map(|field| text(field))?;
    let namespace = text("NamespacePrefix").filter(|namespace| *namespace != name);
    let name = namespace.map_or_else(|| name.to_owned(), |prefix| format!("{prefix}__{name}"));
    let owner = ["SobjectType", "TableEnumOrId", "Object"].iter().find_map(|field| text(field));
    Some(owner.map_or(name.clone(), |owner| format!("{owner}.{name}")))
}

/// Whether this is a permission set that a profile owns, whose name is made from an id.
fn is_own_set(fields: &Map<String, Value>) -> bool {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let (profile, name) = (text("ProfileId").and_then(|id| id.get(..15)), text("Name"));
    profile.zip(name).is_some_and(|(id, name)| name.strip_prefix('X') == Some(id))
}

/// The name of a record that only refers to others: their names.
fn key_of(fields: &Map<String, Value>, names: &BTreeMap<String, String>) -> Option<String> {
    let group = KEYS.iter().find(|group| group.iter().all(|name| fields.contains_key(*name)))?;
    let parts = group.iter().filter_map(|name| match fields.get(*name) {
        Some(Value::String(text)) => Some(names.get(text).unwrap_or(text).clone()),
        Some(Value::Null) => Some("-".to_owned()),
        _ => None,
    });
    Some(parts.collect::<Vec<_>>().join(" / "))
}

fn exported(value: &Value, names: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => {
            names.get(text).map_or_else(|| value.clone(), |name| name.clone().into())
        }
        Value::Array(values) => list(values, names),
        Value::Object(fields) => {
            let own_set = is_own_set(fields);
            let kept = fields.iter().filter(|(field, _)| {
                let derived = own_set && *field == "Name";
                !derived && !LEFT_OUT_FIELDS.contains(&field.as_str())
            });
            let kept = kept.map(|(field, value)| (field.clone(), exported(value, names)));
            sorted(kept.collect())
        }
        other => other.clone(),
    }
}

/// Named records become an object of names; others, and lists whose order counts, stay a list.
fn list(values: &[Value], names: &BTreeMap<String, String>) -> Value {
    let records: Option<Vec<&Map<String, Value>>> = values.iter().map(Value::as_object).collect();
    // Without ids: sections and items of a call center, call types of a softphone. Their order
    // counts.
    let has_name = |fields: &&Map<String, Value>| {
        fields.contains_key("Id") || fields.contains_key("call_types")
    };
    let records = records.filter(|records| !records.is_empty() && records.iter().all(has_name));
    let Some(records) = records else {
        return values.iter().map(|value| exported(value, names)).collect();
    };
    let name = |fields: &&Map<String, Value>| key_of(fields, names).or_else(|| name_of(fields));
    let keys: Option<Vec<String>> = records.iter().map(name).collect();
    let mut rows: Vec<Value> = values.iter().map(|value| exported(value, names)).collect();
    if let Some(keys) = keys.filter(|keys| are_different(keys)) {
        return sorted(keys.into_iter().zip(rows).collect());
    }
    rows.sort_by_cached_key(ToString::to_string);
    rows.into()
}

fn are_different(keys: &[String]) -> bool {
    let different: BTreeSet<&String> = keys.iter().collect();
    different.len() == keys.len()
}

fn sorted(mut fields: Vec<(String, Value)>) -> Value {
    fields.sort_by(|one, other| one.0.cmp(&other.0));
    Value::Object(fields.into_iter().collect())
}
