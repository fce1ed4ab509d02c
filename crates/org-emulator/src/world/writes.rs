//! Records that the data API creates, changes and deletes, and who may.

use serde_json::Value;

use super::World;
use super::refusal::Refusal;
use super::values::{Fields, change, checked, derive, filled, permissions_folded};
use crate::clock::{Millis, rest_time};
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::schema::{self, Api, SObject};
use crate::soql::catalog::Row;

/// Who writes, and when.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pub(crate) user: Id,
    pub(crate) now: Millis,
    pub(crate) guesses: Guesses,
}

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
        let mut given = checked(&object, fields, |field| field.createable)?;
        if object.name == "PermissionSetAssignment" {
            self.stand_in_for_group(&mut given);
        }
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
        self.check_references(&object, &given)?;
        self.check_user(writer, &object, None, &given)?;
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
        check_prefix(&object, id)?;
        let given = checked(&object, fields, |field| field.updateable)?;
        self.check_exists(&object.name, id)?;
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
        self.check_references(&object, &given)?;
        self.check_user(writer, &object, Some(id), &given)?;
        self.check_unique(writer, &object, Some(id), &given)?;
        match object.name.as_str() {
            "User" => {
                // Ids grow, so users stand in their order.
                let place = self.users.binary_search_by(|user| user.id.cmp(id));
                let users = match place {
                    Ok(place) => &mut self.users[place..=place],
                    Err(_) => &mut self.users[..],
                };
                change(users, |it| &it.id, id, &given)
            }
            "UserLogin" => {
                let frozen = given.get("IsFrozen").and_then(Value::as_bool);
                let user = self.users.iter_mut().find(|it| it.id.as_kind("0Yw") == *id);
                if let (Some(user), Some(frozen)) = (user, frozen) {
                    user.is_frozen = frozen;
                }
                Ok(())
            }
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
        check_prefix(&object, id)?;
        self.check_exists(&object.name, id)?;
        self.check_rights(writer, &object)?;
        match object.name.as_str() {
            "PermissionSet" => {
                let managed = self.permission_sets.iter().any(|set| {
                    set.id == *id && (set.namespace_prefix.is_some() || set.profile_id.is_some())
                });
                if managed {
                    return Err(Refusal::no_access());
                }
                let assigned =
                    self.permission_set_assignments.iter().any(|it| it.permission_set_id == *id);
                if assigned {
                    return Err(Refusal::new(
                        "DELETE_FAILED",
                        "Your attempt to delete the permission set could not be completed \
                         because it is assigned to users.",
                    ));
                }
                self.permission_sets.retain(|set| set.id != *id);
                self.setup_entity_access.retain(|access| access.parent_id != *id);
            }
            "PermissionSetAssignment" => {
                self.permission_set_assignments.retain(|it| it.id != *id);
            }
            "SetupEntityAccess" => self.setup_entity_access.retain(|it| it.id != *id),
            "UserPackageLicense" => self.user_package_licenses.retain(|it| it.id != *id),
            name => {
                let id: Value = id.as_str().into();
                let mut rows = self.records.get_mut(name).into_iter().flatten();
                if let Some(row) = rows.find(|row| row.get("Id") == Some(&id)) {
                    row.insert("IsDeleted".to_owned(), true.into());
                }
            }
        }
        Ok(())
    }

    /// Who is given a group is assigned the set that the group owns.
    fn stand_in_for_group(&self, given: &mut Fields) {
        let group = given.get("PermissionSetGroupId").and_then(Value::as_str).and_then(Id::parse);
        if let Some(set) = group.and_then(|group| self.group_set(&group)) {
            given.insert("PermissionSetId".to_owned(), set.id.as_str().into());
        }
    }

    fn writable(&self, name: &str, allowed: impl Fn(&SObject) -> bool) -> Result<SObject, Refusal> {
        let object = schema::object(self, Api::Data, name).ok_or_else(Refusal::not_found)?;
        if allowed(&object) {
            return Ok(object);
        }
        Err(Refusal::new(
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            format!("entity type {} does not support this operation", object.name),
        ))
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
                    Some("0N5") => "ServicePresenceStatus",
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
                row.entry("OwnerId".to_owned()).or_insert(writer.user.as_str().into());
                derive(name, &mut row);
                self.records.entry(name.to_owned()).or_default().push(row);
            }
        }
        Ok(id)
    }
}

fn check_prefix(object: &SObject, id: &Id) -> Result<(), Refusal> {
    if object.key_prefix.as_deref() == Some(id.prefix()) {
        return Ok(());
    }
    Err(Refusal::new(
        "NOT_FOUND",
        format!("Provided external ID field does not exist or is not accessible: {id}"),
    ))
}
