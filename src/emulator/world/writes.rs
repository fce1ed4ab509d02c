//! Records that the data API creates, changes and deletes, and who may.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::World;
use super::refusal::Refusal;
use crate::emulator::clock::{Millis, rest_time};
use crate::emulator::guesses::Guesses;
use crate::emulator::ids::Id;
use crate::emulator::schema::{self, Api, Field, Kind, SObject};
use crate::emulator::soql::catalog::Row;

/// Who writes, and when.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pub(crate) user: Id,
    pub(crate) now: Millis,
    pub(crate) guesses: Guesses,
}

type Fields = Map<String, Value>;

impl World {
    /// Creates a record and returns its id.
    pub(crate) fn create(
        &mut self,
        writer: &Writer,
        object: &str,
        fields: &Fields,
    ) -> Result<Id, Refusal> {
        let object = self.writable(object, |object| object.createable)?;
        self.check_rights(writer, &object)?;
        let given = checked(&object, fields, |field| field.createable)?;
        let missing: Vec<&str> = object
            .fields
            .iter()
            .filter(|field| field.required && given.get(&field.name).is_none_or(Value::is_null))
            .map(|field| field.name.as_str())
            .collect();
        if !missing.is_empty() {
            let list = missing.join(", ");
            let mut refusal = Refusal::new(
                "REQUIRED_FIELD_MISSING",
                format!("Required fields are missing: [{list}]"),
            );
            refusal.fields = missing.into_iter().map(str::to_owned).collect();
            return Err(refusal);
        }
        self.check_references(writer, &object, &given)?;
        self.check_unique(writer, &object, None, &given)?;
        // Objects without a prefix are never createable.
        let id = self.new_id(object.key_prefix.as_deref().unwrap_or("000"));
        self.add(writer, &object, id, given)
    }

    /// Changes a record.
    pub(crate) fn update(
        &mut self,
        writer: &Writer,
        object: &str,
        id: &Id,
        fields: &Fields,
    ) -> Result<(), Refusal> {
        let object = self.writable(object, |object| object.updateable)?;
        self.check_prefix(&object, id)?;
        let given = checked(&object, fields, |field| field.updateable)?;
        if !self.exists(&object.name, id) {
            return Err(deleted_or_missing());
        }
        self.check_rights(writer, &object)?;
        let nulled = object
            .fields
            .iter()
            .find(|field| !field.nillable && given.get(&field.name).is_some_and(Value::is_null));
        if let Some(field) = nulled {
            return Err(Refusal::new(
                "REQUIRED_FIELD_MISSING",
                format!("Required fields are missing: [{}]", field.name),
            )
            .about(&field.name));
        }
        self.check_references(writer, &object, &given)?;
        self.check_unique(writer, &object, Some(id), &given)?;
        match object.name.as_str() {
            "User" => change(&mut self.users, |it| &it.id, id, &given),
            "PermissionSet" => {
                let given = permissions_folded(self, id, given);
                change(&mut self.permission_sets, |it| &it.id, id, &given)
            }
            name => {
                let rows = self.records.entry(name.to_owned()).or_default();
                let id: Value = id.as_str().into();
                if let Some(row) = rows.iter_mut().find(|row| row.get("Id") == Some(&id)) {
                    row.extend(given);
                    let now: Value = rest_time(writer.now).into();
                    row.insert("LastModifiedDate".to_owned(), now.clone());
                    row.insert("SystemModstamp".to_owned(), now);
                    derive(name, row);
                }
                Ok(())
            }
        }
    }

    /// Deletes a record.
    pub(crate) fn delete(&mut self, writer: &Writer, object: &str, id: &Id) -> Result<(), Refusal> {
        let object = self.writable(object, |object| object.deletable)?;
        self.check_prefix(&object, id)?;
        if !self.exists(&object.name, id) {
            return Err(deleted_or_missing());
        }
        self.check_rights(writer, &object)?;
        match object.name.as_str() {
            "PermissionSet" => {
                let managed = self.permission_sets.iter().any(|set| {
                    set.id == *id && (set.namespace_prefix.is_some() || set.profile_id.is_some())
                });
                if managed {
                    return Err(Refusal::no_access());
                }
                let assigned = self
                    .permission_set_assignments
                    .iter()
                    .any(|it| it.permission_set_id == *id);
                if assigned {
                    return Err(Refusal::new(
                        "DELETE_FAILED",
                        "Your attempt to delete the permission set could not be completed \
                         because it is assigned to users.",
                    ));
                }
                self.permission_sets.retain(|set| set.id != *id);
                self.setup_entity_access
                    .retain(|access| access.parent_id != *id);
            }
            "PermissionSetAssignment" => {
                self.permission_set_assignments.retain(|it| it.id != *id);
            }
            "SetupEntityAccess" => self.setup_entity_access.retain(|it| it.id != *id),
            "UserPackageLicense" => self.user_package_licenses.retain(|it| it.id != *id),
            name => {
                let id: Value = id.as_str().into();
                if let Some(rows) = self.records.get_mut(name) {
                    rows.retain(|row| row.get("Id") != Some(&id));
                }
            }
        }
        Ok(())
    }

    fn writable(&self, name: &str, allowed: impl Fn(&SObject) -> bool) -> Result<SObject, Refusal> {
        let object = schema::object(self, Api::Data, name).ok_or_else(Refusal::not_found)?;
        if allowed(&object) {
            return Ok(object);
        }
        Err(Refusal::new(
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            format!(
                "entity type {} does not support this operation",
                object.name
            ),
        ))
    }

    fn check_prefix(&self, object: &SObject, id: &Id) -> Result<(), Refusal> {
        if object.key_prefix.as_deref() == Some(id.prefix()) {
            return Ok(());
        }
        Err(Refusal::new(
            "NOT_FOUND",
            format!("Provided external ID field does not exist or is not accessible: {id}"),
        ))
    }

    fn check_rights(&self, writer: &Writer, object: &SObject) -> Result<(), Refusal> {
        let needed = match object.name.as_str() {
            "User" | "PermissionSetAssignment" | "UserPackageLicense" => "ManageUsers",
            "PermissionSet" | "SetupEntityAccess" => "CustomizeApplication",
            "CallCenter" => "ManageCallCenters",
            _ => "ApiEnabled",
        };
        if self.permits(&writer.user, needed) {
            Ok(())
        } else {
            Err(Refusal::no_access())
        }
    }

    /// Whether a record of that object has this id.
    pub(crate) fn exists(&self, object: &str, id: &Id) -> bool {
        match object {
            "User" => self.users.iter().any(|it| it.id == *id),
            "Profile" => self.profiles.iter().any(|it| it.id == *id && !it.hidden),
            "CallCenter" => self.call_centers.iter().any(|it| it.id == *id),
            "PermissionSet" => self.permission_sets.iter().any(|it| it.id == *id),
            "PermissionSetAssignment" => self
                .permission_set_assignments
                .iter()
                .any(|it| it.id == *id),
            "SetupEntityAccess" => self.setup_entity_access.iter().any(|it| it.id == *id),
            "ApexClass" => {
                self.apex_classes.iter().any(|it| it.id == *id)
                    || self.apps.iter().any(|it| it.id == *id)
            }
            "RecordType" => self.record_types.iter().any(|it| it.id == *id),
            "PackageLicense" => self.package_licenses.iter().any(|it| it.id == *id),
            "UserPackageLicense" => self.user_package_licenses.iter().any(|it| it.id == *id),
            _ => {
                let id: Value = id.as_str().into();
                let rows = self.records.get(object);
                rows.is_some_and(|rows| rows.iter().any(|row| row.get("Id") == Some(&id)))
            }
        }
    }

    fn check_references(
        &self,
        writer: &Writer,
        object: &SObject,
        given: &Fields,
    ) -> Result<(), Refusal> {
        for (name, value) in given {
            let Some(field) = object
                .field(name)
                .filter(|field| field.kind == Kind::Reference)
            else {
                continue;
            };
            let Some(id) = value.as_str().and_then(Id::parse) else {
                continue;
            };
            if !field
                .reference_to
                .iter()
                .any(|target| self.exists(target, &id))
            {
                return Err(Refusal::invalid_reference(name));
            }
        }
        if object.name == "User"
            && !writer.guesses.inactive_users_take_call_center
            && given.get("CallCenterId").is_some_and(Value::is_string)
            && given.get("IsActive") == Some(&Value::Bool(false))
        {
            return Err(Refusal::new(
                "FIELD_INTEGRITY_EXCEPTION",
                "Inactive users can't be assigned to a call center",
            )
            .about("CallCenterId"));
        }
        Ok(())
    }

    fn check_unique(
        &self,
        writer: &Writer,
        object: &SObject,
        own: Option<&Id>,
        given: &Fields,
    ) -> Result<(), Refusal> {
        let text = |name: &str| given.get(name).and_then(Value::as_str);
        match object.name.as_str() {
            "User" => {
                let taken = text("Username").is_some_and(|wanted| {
                    self.users.iter().any(|user| {
                        user.username.eq_ignore_ascii_case(wanted) && Some(&user.id) != own
                    })
                });
                if taken {
                    return Err(Refusal::new(
                        "DUPLICATE_USERNAME",
                        "Duplicate Username.The username already exists in this or another \
                         Salesforce organization. Usernames must be unique across all Salesforce \
                         organizations.",
                    )
                    .about("Username"));
                }
            }
            "PermissionSetAssignment" if writer.guesses.duplicate_assignment_refused => {
                let (user, set) = (text("AssigneeId"), text("PermissionSetId"));
                let known = self.permission_set_assignments.iter().find(|it| {
                    Some(it.assignee_id.as_str()) == user
                        && Some(it.permission_set_id.as_str()) == set
                });
                if let Some(known) = known {
                    return Err(duplicate("PermissionSetAssignment", &known.id));
                }
            }
            "CallCenter" => {
                let known = text("InternalName").and_then(|name| self.call_center(name));
                if let Some(known) = known {
                    return Err(duplicate("CallCenter", &known.id));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn add(
        &mut self,
        writer: &Writer,
        object: &SObject,
        id: Id,
        mut given: Fields,
    ) -> Result<Id, Refusal> {
        given.insert("Id".to_owned(), id.as_str().into());
        match object.name.as_str() {
            "User" => {
                given.entry("IsActive").or_insert(true.into());
                given.insert("UserType".to_owned(), "Standard".into());
                self.users.push(filled(object, given)?);
            }
            "PermissionSet" => {
                let given = permissions_folded(self, &id, given);
                self.permission_sets.push(filled(object, given)?);
            }
            "PermissionSetAssignment" => {
                self.permission_set_assignments.push(filled(object, given)?);
            }
            "SetupEntityAccess" => {
                let entity = given.get("SetupEntityId").and_then(Value::as_str);
                let kind = match entity.and_then(|id| id.get(..3)) {
                    Some("02u") => "TabSet",
                    _ => "ApexClass",
                };
                given.insert("SetupEntityType".to_owned(), kind.into());
                self.setup_entity_access.push(filled(object, given)?);
            }
            "UserPackageLicense" => {
                self.check_seats(&given)?;
                self.user_package_licenses.push(filled(object, given)?);
            }
            "CallCenter" => {
                given.insert("DisplayNameLabel".to_owned(), "Display Name".into());
                given.insert("InternalNameLabel".to_owned(), "Internal Name".into());
                given.insert("Sections".to_owned(), Value::Array(Vec::new()));
                self.call_centers.push(filled(object, given)?);
            }
            name => {
                let mut row: Row = given.into_iter().collect();
                let now: Value = rest_time(writer.now).into();
                for field in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
                    row.insert(field.to_owned(), now.clone());
                }
                for field in ["CreatedById", "LastModifiedById"] {
                    row.insert(field.to_owned(), writer.user.as_str().into());
                }
                row.entry("OwnerId".to_owned())
                    .or_insert(writer.user.as_str().into());
                derive(name, &mut row);
                self.records.entry(name.to_owned()).or_default().push(row);
            }
        }
        Ok(id)
    }

    fn check_seats(&self, given: &Fields) -> Result<(), Refusal> {
        let wanted = given
            .get("PackageLicenseId")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let license = self
            .package_licenses
            .iter()
            .find(|it| it.id.as_str() == wanted);
        let used = self
            .user_package_licenses
            .iter()
            .filter(|seat| seat.package_license_id.as_str() == wanted)
            .count();
        let allowed = license.map_or(0, |license| license.allowed_licenses);
        if allowed < 0 || i64::try_from(used).is_ok_and(|used| used < allowed) {
            return Ok(());
        }
        Err(Refusal::new(
            "LICENSE_LIMIT_EXCEEDED",
            "license limit exceeded",
        ))
    }
}

/// Fields with their real spelling and their values in the form they are kept in.
fn checked(
    object: &SObject,
    fields: &Fields,
    allowed: impl Fn(&Field) -> bool,
) -> Result<Fields, Refusal> {
    let mut given = Fields::new();
    for (name, value) in fields {
        if name == "attributes" {
            continue;
        }
        let field = object
            .field(name)
            .ok_or_else(|| Refusal::no_column(&object.name, name))?;
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
        (Kind::Boolean, Value::String(text)) => text
            .to_ascii_lowercase()
            .parse::<bool>()
            .map(Value::from)
            .map_err(|_| wrong(text)),
        (Kind::Int | Kind::Double, Value::String(text)) => text
            .parse::<f64>()
            .map(Value::from)
            .map_err(|_| wrong(text)),
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
                    format!(
                        "{}: data value too large: {text} (max length={limit})",
                        field.label
                    ),
                )
                .about(&field.name));
            }
            Ok(value.clone())
        }
        (_, other) => Err(wrong(&other.to_string())),
    }
}

/// Puts the given fields over a record.
fn change<T: Serialize + DeserializeOwned>(
    records: &mut [T],
    id_of: impl Fn(&T) -> &Id,
    id: &Id,
    given: &Fields,
) -> Result<(), Refusal> {
    let Some(record) = records.iter_mut().find(|record| id_of(record) == id) else {
        return Err(deleted_or_missing());
    };
    let mut whole = serde_json::to_value(&*record).map_err(|error| unreadable(&error))?;
    if let Value::Object(fields) = &mut whole {
        fields.extend(given.clone());
    }
    *record = serde_json::from_value(whole).map_err(|error| unreadable(&error))?;
    Ok(())
}

/// A new record; fields that were not given are null.
fn filled<T: DeserializeOwned>(object: &SObject, given: Fields) -> Result<T, Refusal> {
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
fn permissions_folded(world: &World, id: &Id, given: Fields) -> Fields {
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
fn derive(object: &str, row: &mut Row) {
    let text = |row: &Row, name: &str| {
        row.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    match object {
        "Contact" | "Lead" => {
            let name = format!("{} {}", text(row, "FirstName"), text(row, "LastName"));
            row.insert("Name".to_owned(), name.trim().into());
        }
        "Task" => {
            row.entry("Status".to_owned())
                .or_insert("Not Started".into());
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
        _ => {}
    }
}

fn deleted_or_missing() -> Refusal {
    Refusal::not_found()
}

fn duplicate(object: &str, id: &Id) -> Refusal {
    Refusal::new(
        "DUPLICATE_VALUE",
        format!(
            "duplicate value found: {object} duplicates value on record with id: {}",
            id.short()
        ),
    )
}

fn unreadable(error: &serde_json::Error) -> Refusal {
    Refusal::new("FIELD_INTEGRITY_EXCEPTION", error.to_string())
}
