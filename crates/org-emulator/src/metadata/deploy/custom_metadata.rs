//! Records of custom metadata types, and what a subscriber may change in a managed one.

use serde_json::{Value, json};

use super::super::names::decoded;
use super::super::schema::Problem;
use super::access::missing;
use super::part::Applied;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::soap::boolean;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::custom_metadata::{
    CustomMetadataField, CustomMetadataRecord, CustomMetadataType, Manageability, qualified,
};

/// What a file says of a record.
struct Wanted {
    label: Option<String>,
    protected: Option<bool>,
    /// Field, value, and the element that both stand in.
    values: Vec<(CustomMetadataField, Value)>,
}

/// Puts a record into the world.
pub(super) fn apply(
    world: &mut World,
    guesses: Guesses,
    name: &str,
    root: &Element,
) -> Result<Applied, Problem> {
    let name = decoded(name);
    let type_name = name.split('.').next().unwrap_or_default();
    let place = world.custom_metadata_types.iter().position(|kind| {
        kind.is_visible()
            && qualified(kind.namespace_prefix.as_deref(), &kind.developer_name) == type_name
    });
    let place = place.filter(|_| name.len() > type_name.len() + 1).ok_or_else(|| {
        Problem::at(root.at, format!("No CustomObject named {type_name}__mdt found"))
    })?;
    let kind = &world.custom_metadata_types[place];
    let wanted = read(kind, root)?;
    let known = kind.records.iter().position(|record| kind.record_full_name(record) == name);
    if let Some(row) = known {
        let kind = &mut world.custom_metadata_types[place];
        return update(kind, row, wanted).map_err(|locked| locked.problem(guesses));
    }
    let record_name = &name[type_name.len() + 1..];
    if let Some((namespace, _)) = record_name.split_once("__") {
        return Err(Problem::whole(format!(
            "Cannot create a new component with the namespace: {namespace}.  Only components in \
             the same namespace as the organization can be created through the API"
        )));
    }
    let label = wanted.label.filter(|label| !label.is_empty());
    let label = label.ok_or_else(|| Problem::at(root.at, "Required field is missing: label"))?;
    let prefix = kind.key_prefix.clone();
    let id = world.new_id(&prefix);
    world.custom_metadata_types[place].records.push(CustomMetadataRecord {
        id: id.clone(),
        developer_name: record_name.to_owned(),
        namespace_prefix: None,
        master_label: label,
        protected: wanted.protected.unwrap_or_default(),
        values: wanted.values.into_iter().map(|(field, value)| (field.api_name(), value)).collect(),
    });
    Ok(Applied { id, created: true, changed: true })
}

/// Changes a record; an omitted field keeps its value.
fn update(kind: &mut CustomMetadataType, row: usize, wanted: Wanted) -> Result<Applied, Locked> {
    let record = &mut kind.records[row];
    let id = record.id.clone();
    let managed = record.namespace_prefix.is_some();
    if managed && record.protected {
        return Err(locked(&id, "Protected"));
    }
    if managed && wanted.label.as_ref().is_some_and(|label| *label != record.master_label) {
        return Err(locked(&id, "MasterLabel"));
    }
    if managed && wanted.protected.is_some_and(|protected| protected != record.protected) {
        return Err(locked(&id, "IsProtected"));
    }
    let differs = |record: &CustomMetadataRecord, field: &str, value: &Value| {
        record.values.get(field).unwrap_or(&Value::Null) != value
    };
    for (field, value) in &wanted.values {
        let free = !managed || field.manageability == Manageability::SubscriberControlled;
        if !free && differs(record, &field.api_name(), value) {
            return Err(locked(&id, &field.api_name()));
        }
    }
    let before = record.clone();
    record.master_label = wanted.label.unwrap_or_else(|| before.master_label.clone());
    record.protected = wanted.protected.unwrap_or(before.protected);
    for (field, value) in wanted.values {
        let name = field.api_name();
        if differs(record, &name, &value) {
            record.values.insert(name, value);
        }
    }
    Ok(Applied { id, created: false, changed: *record != before })
}

/// The refusal of a change that only the package's developer can make.
struct Locked {
    record: Id,
    field: String,
}

impl Locked {
    /// What the org says of it: seen of fields in these words, and of records without any.
    fn problem(&self, guesses: Guesses) -> Problem {
        if !guesses.managed_refusals_in_known_words {
            return Problem::whole("This value belongs to its publisher and stays as it is");
        }
        if !guesses.managed_refusals_name_the_field {
            return Problem::whole("FIELD_INTEGRITY_EXCEPTION");
        }
        let Self { record, field } = self;
        Problem::whole(format!(
            "Cannot modify managed object: entity=CustomMetadata, component={record}, \
             field={field}, state=installed"
        ))
    }
}

fn locked(record: &Id, field: &str) -> Locked {
    Locked { record: record.clone(), field: field.to_owned() }
}

/// Reads the file against the type's fields.
fn read(kind: &CustomMetadataType, root: &Element) -> Result<Wanted, Problem> {
    let mut values = Vec::new();
    for element in root.all("values") {
        let name = element.value("field").unwrap_or_default();
        let field = kind.fields.iter().find(|field| field.api_name() == name);
        let full = format!("{}.{name}", kind.api_name());
        let field = field.ok_or_else(|| missing(element, "field", "CustomField", &full))?;
        let value = element.child("value").map_or(Ok(Value::Null), |given| value(field, given))?;
        values.push((field.clone(), value));
    }
    Ok(Wanted {
        label: root.value("label").map(str::to_owned),
        protected: root.value("protected").map(boolean),
        values,
    })
}

/// A value as its field holds it.
fn value(field: &CustomMetadataField, given: &Element) -> Result<Value, Problem> {
    let text = given.text.trim();
    if given.nil || text.is_empty() {
        return Ok(Value::Null);
    }
    let wrong = || {
        let message = format!("'{text}' is not a valid value for the type {}", field.kind);
        Problem::at(given.at, message)
    };
    match field.kind.as_str() {
        "boolean" => match text {
            "true" | "1" => Ok(json!(true)),
            "false" | "0" => Ok(json!(false)),
            _ => Err(wrong()),
        },
        "double" => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(json!(number)),
            _ => Err(wrong()),
        },
        _ if field.length > 0 && text.chars().count() > field.length as usize => {
            let message =
                format!("{}: data value too large (max length={})", field.label, field.length);
            Err(Problem::at(given.at, message))
        }
        _ => Ok(json!(text)),
    }
}
