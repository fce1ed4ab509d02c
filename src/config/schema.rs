//! The JSON Schema of a configuration, for editors: made from the keys and from the settings of
//! the built-in definitions, so that it cannot disagree with what is read.
//!
//! It is of draft 7, which editors of TOML know. Where the parser and a schema cannot agree, the
//! schema allows more: what an org's own table completes is not missing.

use serde_json::map::Entry;
use serde_json::{Map, Value, json};

use crate::definitions::{regions, templates};
use crate::model::{CallCenter, ColumnKind, Mapping, Setting, SettingKind};

use super::key::{Absent, Key, Shape, names};
use super::keys::ROOT;

/// The JSON Schema of `provision.toml`.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let mut properties = Map::new();
    for key in &ROOT {
        let described = describe(key);
        let is_plain = !matches!(key.shape, Shape::Table(_) | Shape::CallCenter(_));
        if is_plain {
            properties.insert(key.name.to_owned(), described);
        } else {
            properties.insert(key.name.to_owned(), reference(key.name));
            definitions.insert(key.name.to_owned(), described);
        }
    }
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "provision.toml",
        "description": "What `provision` sets up in a Salesforce org.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    // What every org's table says need not be said for all.
    schema["if"] = json!({ "not": { "required": ["orgs"] } });
    schema["then"] = required(&ROOT);
    schema["definitions"] = Value::Object(definitions);
    schema
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// The keys that must not be absent, at any depth.
fn required(keys: &'static [Key]) -> Value {
    let names: Vec<_> = keys
        .iter()
        .filter(|key| matches!(key.default, Absent::Refused))
        .map(|key| key.name)
        .collect();
    let mut required = json!({ "required": names });
    for key in keys {
        if let Shape::Table(inner) = key.shape
            && inner.iter().any(|key| matches!(key.default, Absent::Refused))
        {
            required["properties"][key.name] = self::required(inner);
        }
    }
    required
}

fn describe(key: &Key) -> Value {
    let mut schema = of_shape(&key.shape);
    schema["description"] = key.about.into();
    match key.default {
        Absent::Text(text) => schema["default"] = text.into(),
        Absent::Switch(on) => schema["default"] = on.into(),
        Absent::Said(words) if !words.is_empty() => {
            schema["description"] = format!("{} By default: {words}.", key.about).into();
        }
        Absent::Refused | Absent::Said(_) => {}
    }
    schema
}

fn of_shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Date => json!({ "type": "string", "minLength": 1 }),
        Shape::Texts => {
            json!({ "type": "array", "items": { "type": "string", "minLength": 1 } })
        }
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Words(words) => of_words(&words()),
        Shape::Table(keys) => table(keys, Map::new()),
        Shape::CallCenter(keys) => table(keys, settings()),
        Shape::Items => items(),
        Shape::Orgs(own) => json!({ "type": "object", "additionalProperties": org(own) }),
        Shape::Either(shapes) => {
            json!({ "anyOf": shapes.iter().map(of_shape).collect::<Vec<_>>() })
        }
    }
}

/// Words, of which those with a colon take a name.
fn of_words(words: &[&str]) -> Value {
    let (open, closed): (Vec<&str>, Vec<&str>) =
        words.iter().copied().partition(|word| word.ends_with(':'));
    let closed = json!({ "type": "string", "enum": closed });
    if open.is_empty() {
        return closed;
    }
    let kinds: Vec<_> = open.iter().map(|word| word.trim_end_matches(':')).collect();
    let pattern = format!("^({}):\\s*\\S", kinds.join("|"));
    json!({ "anyOf": [closed, { "type": "string", "pattern": pattern }] })
}

fn table(keys: &'static [Key], more: Map<String, Value>) -> Value {
    let mut properties: Map<_, _> =
        keys.iter().map(|key| (key.name.to_owned(), describe(key))).collect();
    properties.extend(more);
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// An org's own keys, and every key of the configuration but the orgs.
fn org(own: &'static [Key]) -> Value {
    let others = names(&ROOT).into_iter().filter(|name| *name != "orgs").map(|name| {
        let is_table = ROOT.iter().any(|key| key.name == name && !key.keys().is_empty());
        let schema = if is_table {
            reference(name)
        } else {
            json!({ "$ref": format!("#/properties/{name}") })
        };
        (name.to_owned(), schema)
    });
    table(own, others.collect())
}

/// The typed settings of every built-in definition, in their groups.
fn settings() -> Map<String, Value> {
    let mut settings = Map::new();
    for template in templates() {
        let definition = template.definition();
        for setting in &definition.settings {
            let described = of_setting(setting, &definition.call_center);
            let (group, name) = match setting.key.split_once('.') {
                Some((group, name)) => (Some(group), name),
                None => (None, setting.key.as_str()),
            };
            let place = match group {
                None => &mut settings,
                Some(group) => {
                    let group = settings.entry(group).or_insert_with(|| {
                        json!({ "type": "object", "properties": {}, "additionalProperties": false })
                    });
                    match &mut group["properties"] {
                        Value::Object(properties) => properties,
                        _ => continue,
                    }
                }
            };
            match place.entry(name) {
                Entry::Vacant(free) => drop(free.insert(described)),
                Entry::Occupied(known) => merge(known.into_mut(), &described),
            }
        }
    }
    settings
}

/// Makes a setting take what another generation takes too. Of meaning and default, those of the
/// generation that comes first are told.
fn merge(known: &mut Value, other: &Value) {
    const TOLD: [&str; 2] = ["description", "default"];
    let bare = |schema: &Value| {
        let mut bare = schema.as_object().cloned().unwrap_or_default();
        bare.retain(|key, _| !TOLD.contains(&key.as_str()));
        Value::Object(bare)
    };
    let (one, two) = (bare(known), bare(other));
    if one == two {
        return;
    }
    let mut merged = json!({ "anyOf": [one, two] });
    for key in TOLD {
        merged[key] = known[key].clone();
    }
    *known = merged;
}

fn of_setting(setting: &Setting, call_center: &CallCenter) -> Value {
    let default = call_center.item(&setting.item).map_or("", |item| item.value.trim());
    let mut schema = of_kind(&setting.kind, default);
    schema["description"] = setting.about.as_str().into();
    schema["default"] = match &setting.kind {
        SettingKind::Mapping(mapping) => default_rows(mapping, default),
        _ => typed(default),
    };
    schema
}

fn of_kind(kind: &SettingKind, default: &str) -> Value {
    match kind {
        SettingKind::Boolean => json!({ "type": "boolean" }),
        SettingKind::Integer { min } => json!({ "type": "integer", "minimum": min.unwrap_or(0) }),
        SettingKind::Choice(words) => json!({ "type": "string", "enum": words }),
        SettingKind::Constant => match typed(default) {
            Value::String(text) => json!({ "enum": [text] }),
            other => json!({ "enum": [other, default] }),
        },
        SettingKind::Prefixes => json!({ "anyOf": [
            { "type": "array", "items": { "type": "string" } },
            { "type": "string" },
        ] }),
        SettingKind::Mapping(mapping) => json!({ "anyOf": [
            { "type": "array", "items": row(mapping) },
            { "type": "string" },
        ] }),
        SettingKind::Region => {
            let names: Vec<&str> = regions().iter().map(|region| region.name.as_str()).collect();
            json!({ "type": "string", "enum": names })
        }
        SettingKind::Url => json!({ "type": "string", "pattern": "^\\s*https://" }),
        SettingKind::Text
        | SettingKind::CadVariable { .. }
        | SettingKind::Object
        | SettingKind::Field { .. }
        | SettingKind::DateFormat(_)
        | SettingKind::Host
        | SettingKind::Template
        | SettingKind::PresenceStatus
        | SettingKind::IdleCode => json!({ "type": "string" }),
    }
}

/// A default as a configuration would say it.
fn typed(text: &str) -> Value {
    match text {
        "true" => true.into(),
        "false" => false.into(),
        _ => match text.parse::<i64>() {
            // `+1` is a prefix, not a number.
            Ok(number) if number.to_string() == text => number.into(),
            _ => text.into(),
        },
    }
}

/// A row of a mapping: the short names of its keys, and those of the call center's JSON.
fn row(mapping: &Mapping) -> Value {
    let mut properties = Map::new();
    for column in mapping.columns() {
        let cell = match column.kind {
            ColumnKind::Text => json!({ "type": "string" }),
            ColumnKind::TextFlag | ColumnKind::Flag => {
                json!({ "enum": [true, false, "true", "false"] })
            }
        };
        for name in [column.short, column.name] {
            properties.insert(name.to_owned(), cell.clone());
        }
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// The rows of a default by the short names of their keys.
fn default_rows(mapping: &Mapping, text: &str) -> Value {
    let Ok(Value::Array(rows)) = serde_json::from_str(text) else {
        return text.into();
    };
    let short = |name: &str| {
        let column = mapping.columns().iter().find(|column| column.name == name);
        column.map_or(name, |column| column.short).to_owned()
    };
    rows.into_iter()
        .map(|row| match row {
            Value::Object(row) => {
                row.into_iter().map(|(name, value)| (short(&name), value)).collect::<Value>()
            }
            other => other,
        })
        .collect()
}

/// Raw values: those of the built-in definitions by name, any others for definitions from files.
fn items() -> Value {
    let scalar = ["string", "integer", "boolean"];
    let mut properties = Map::new();
    for template in templates() {
        for setting in &template.settings {
            let about = format!("{} Also: `{}`.", setting.about, setting.key);
            properties
                .entry(setting.item.to_string())
                .or_insert_with(|| json!({ "type": scalar, "description": about }));
        }
    }
    json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": { "type": scalar },
    })
}
