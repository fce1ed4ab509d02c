//! Values of records: from a request's JSON to the form they are kept in.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::World;
use super::refusal::Refusal;
use crate::ids::Id;
use crate::schema::{Field, Kind, SObject};
use crate::soql::catalog::Row;

/// Fields of a record by name.
pub(super) type Fields = Map<String, Value>;

/// Fields with their real spelling and their values in the form they are kept in.
pub(super) fn checked(
    object: &SObject,
    fields: &Fields,
    allowed: impl Fn(&Field) -> bool,
) -> Result<Fields, Refusal> {
    let mut given = Fields::new();
    for (name, value) in fields {
        if name == "attributes" {
            continue;
        }
        let field = object.field(name).ok_or_else(|| Refusal::no_column(&object.name, name))?;
        if !allowed(field) {
            return Err(Refusal::new(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                format!(
                    "Unable to create/update fields: {}. Please check the security settings of \
                     this field and verify that it is read/write for your profile or permission \
                     set.",
                    field.name
                ),
            )
            .about(&field.name));
        }
        given.insert(field.name.clone(), coerced(field, value)?);
    }
    Ok(given)
}

/// A value in the form it is kept in: real clients send numbers and booleans as text too.
fn coerced(field: &Field, value: &Value) -> Result<Value, Refusal> {
    let wrong = |shown: &str| {
        let (kind, label) = (field.type_name(), &field.name);
        Refusal::new(
            "JSON_PARSER_ERROR",
            format!("Cannot deserialize instance of {kind} from VALUE_STRING value {shown} or request may be missing a required field: {label}"),
        )
        .about(&field.name)
    };
    match (field.kind, value) {
        (Kind::Boolean, Value::Null) => Ok(false.into()),
        (_, Value::Null) => Ok(Value::Null),
        (Kind::Boolean, Value::Bool(_))
        | (Kind::Int | Kind::Double, Value::Number(_))
        | (Kind::Complex, _) => Ok(value.clone()),
        (Kind::Boolean, Value::String(text)) => {
            text.to_ascii_lowercase().parse::<bool>().map(Value::from).map_err(|_| wrong(text))
        }
        (Kind::Int, Value::String(text)) => {
            text.parse::<i64>().map(Value::from).map_err(|_| wrong(text))
        }
        (Kind::Double, Value::String(text)) => {
            text.parse::<f64>().map(Value::from).map_err(|_| wrong(text))
        }
        (Kind::Id | Kind::Reference, Value::String(text)) if text.is_empty() => Ok(Value::Null),
        (Kind::Id | Kind::Reference, Value::String(text)) => {
            Id::parse(text).map(|id| id.as_str().into()).ok_or_else(|| {
                Refusal::new(
                    "MALFORMED_ID",
                    format!("{}: id value of incorrect type: {text}", field.label),
                )
                .about(&field.name)
            })
        }
        (_, Value::String(text)) if text.is_empty() => Ok(Value::Null),
        (_, Value::String(text)) => {
            let length = text.chars().count();
            let limit = usize::try_from(field.length).unwrap_or(usize::MAX);
            if limit > 0 && length > limit {
                return Err(Refusal::new(
                    "STRING_TOO_LONG",
                    format!("{}: data value too large: {text} (max length={limit})", field.label),
                )
                .about(&field.name));
            }
            Ok(value.clone())
        }
        (_, other) => Err(wrong(&other.to_string())),
    }
}

/// Puts the given fields over a record.
pub(super) fn change<T: Serialize + DeserializeOwned>(
    records: &mut [T],
    id_of: impl Fn(&T) -> &Id,
    id: &Id,
    given: &Fields,
) -> Result<(), Refusal> {
    let Some(record) = records.iter_mut().find(|record| id_of(record) == id) else {
        return Err(Refusal::not_found());
    };
    let mut whole = serde_json::to_value(&*record).map_err(|error| unreadable(&error))?;
    if let Value::Object(fields) = &mut whole {
        fields.extend(given.clone());
    }
    *record = serde_json::from_value(whole).map_err(|error| unreadable(&error))?;
    Ok(())
}

/// A new record; fields that were not given are null.
pub(super) fn filled<T: DeserializeOwned>(object: &SObject, given: Fields) -> Result<T, Refusal> {
    // Fields that the object derives are no fields of the record.
    const DERIVED: [&str; 9] = [
        "Name",
        "IsCustom",
        "IsOwnedByProfile",
        "Type",
        "CreatedDate",
        "CreatedById",
        "LastModifiedDate",
        "LastModifiedById",
        "SystemModstamp",
    ];
    let mut whole = Fields::new();
    for field in &object.fields {
        let derived =
            DERIVED.contains(&field.name.as_str()) || field.name.starts_with("Permissions");
        if !derived {
            whole.insert(field.name.clone(), Value::Null);
        }
    }
    whole.extend(given);
    if object.name == "PermissionSetAssignment" {
        whole.remove("IsActive");
    }
    serde_json::from_value(whole.into()).map_err(|error| unreadable(&error))
}

/// `PermissionsX: true` becomes a member of the set's permissions.
pub(super) fn permissions_folded(world: &World, id: &Id, given: Fields) -> Fields {
    let known = world.permission_sets.iter().find(|set| set.id == *id);
    let mut permissions = known.map(|set| set.permissions.clone()).unwrap_or_default();
    let mut folded = Fields::new();
    for (name, value) in given {
        match name.strip_prefix("Permissions") {
            Some(permission) if value == Value::Bool(true) => {
                permissions.insert(permission.to_owned());
            }
            Some(permission) => {
                permissions.remove(permission);
            }
            None => {
                folded.insert(name, value);
            }
        }
    }
    let list: Vec<Value> = permissions.into_iter().map(Value::from).collect();
    folded.insert("Permissions".to_owned(), list.into());
    folded
}

/// Fields that follow from others.
pub(super) fn derive(object: &str, row: &mut Row) {
    let text = |row: &Row, name: &str| {
        row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    match object {
        "Contact" | "Lead" => {
            let name = format!("{} {}", text(row, "FirstName"), text(row, "LastName"));
            row.insert("Name".to_owned(), name.trim().into());
        }
        "Task" => {
            row.entry("Status".to_owned()).or_insert("Not Started".into());
            row.entry("Priority".to_owned()).or_insert("Normal".into());
            row.entry("TaskSubtype".to_owned()).or_insert("Task".into());
            let closed = text(row, "Status") == "Completed";
            row.insert("IsClosed".to_owned(), closed.into());
            let high = text(row, "Priority") == "High";
            row.insert("IsHighPriority".to_owned(), high.into());
        }
        "Case" => {
            row.entry("Status".to_owned()).or_insert("New".into());
            let closed = text(row, "Status") == "Closed";
            row.insert("IsClosed".to_owned(), closed.into());
            row.entry("IsEscalated".to_owned()).or_insert(false.into());
        }
        // The name of a custom object's record is a number of its own.
        custom if custom.ends_with("__c") => {
            let id = text(row, "Id");
            let number = id.get(10..15).unwrap_or_default().to_owned();
            row.entry("Name".to_owned()).or_insert(number.into());
        }
        _ => {}
    }
}

fn unreadable(error: &serde_json::Error) -> Refusal {
    Refusal::new("FIELD_INTEGRITY_EXCEPTION", error.to_string())
}
