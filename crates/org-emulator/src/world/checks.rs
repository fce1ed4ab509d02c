//! What stands in the way of writing a record: rights, references, duplicates, seats.

use serde_json::Value;

use super::World;
use super::access::Act;
use super::refusal::Refusal;
use super::values::Fields;
use super::writes::Writer;
use crate::ids::Id;
use crate::schema::{Kind, SObject};
use crate::soql::catalog::Row;

impl World {
    pub(super) fn check_rights(&self, writer: &Writer, object: &SObject) -> Result<(), Refusal> {
        let act = Act::of_record(&object.name);
        if self.may(&writer.user, act) { Ok(()) } else { Err(Refusal::no_access()) }
    }

    /// Whether a record of that object has this id.
    pub(crate) fn exists(&self, object: &str, id: &Id) -> bool {
        match object {
            "User" => self.user(id).is_some(),
            "UserLogin" => self.users.iter().any(|it| it.id.as_kind("0Yw") == *id),
            "Profile" => self.profiles.iter().any(|it| it.id == *id && !it.hidden),
            "CallCenter" => self.call_centers.iter().any(|it| it.id == *id),
            "PermissionSet" => self.permission_sets.iter().any(|it| it.id == *id),
            "PermissionSetGroup" => self.permission_set_groups.iter().any(|it| it.id == *id),
            "PermissionSetAssignment" => {
                self.permission_set_assignments.iter().any(|it| it.id == *id)
            }
            "SetupEntityAccess" => self.setup_entity_access.iter().any(|it| it.id == *id),
            "ApexClass" => {
                self.apex_classes.iter().any(|it| it.id == *id)
                    || self.apps.iter().any(|it| it.id == *id)
                    || self.presence_statuses.iter().any(|it| it.id == *id)
            }
            "RecordType" => self.record_types.iter().any(|it| it.id == *id),
            "PackageLicense" => self.package_licenses.iter().any(|it| it.id == *id),
            "UserPackageLicense" => self.user_package_licenses.iter().any(|it| it.id == *id),
            _ => {
                let id: Value = id.as_str().into();
                let rows = self.records.get(object);
                let is_it = |row: &Row| row.get("Id") == Some(&id) && !is_deleted(row);
                rows.is_some_and(|rows| rows.iter().any(is_it))
            }
        }
    }

    /// Refuses records that are not there, or only in the recycle bin.
    pub(super) fn check_exists(&self, object: &str, id: &Id) -> Result<(), Refusal> {
        let value: Value = id.as_str().into();
        let mut rows = self.records.get(object).into_iter().flatten();
        if rows.any(|row| row.get("Id") == Some(&value) && is_deleted(row)) {
            return Err(Refusal::deleted());
        }
        if self.exists(object, id) { Ok(()) } else { Err(Refusal::not_found()) }
    }

    pub(super) fn check_references(&self, object: &SObject, given: &Fields) -> Result<(), Refusal> {
        for (name, value) in given {
            let Some(field) = object.field(name).filter(|field| field.kind == Kind::Reference)
            else {
                continue;
            };
            let Some(id) = value.as_str().and_then(Id::parse) else {
                continue;
            };
            if !field.reference_to.iter().any(|target| self.exists(target, &id)) {
                return Err(Refusal::invalid_reference(name));
            }
        }
        Ok(())
    }

    /// Refuses a call center for people who have left, where that is how the org is.
    pub(super) fn check_user(
        &self,
        writer: &Writer,
        object: &SObject,
        own: Option<&Id>,
        given: &Fields,
    ) -> Result<(), Refusal> {
        let gets_one = given.get("CallCenterId").is_some_and(Value::is_string);
        if object.name != "User" || !gets_one || writer.guesses.inactive_users_take_call_center {
            return Ok(());
        }
        let was = own.and_then(|id| self.user(id)).is_none_or(|user| user.is_active);
        let is_active = given.get("IsActive").and_then(Value::as_bool).unwrap_or(was);
        if is_active {
            return Ok(());
        }
        Err(Refusal::new(
            "FIELD_INTEGRITY_EXCEPTION",
            "Inactive users can't be assigned to a call center",
        )
        .about("CallCenterId"))
    }

    pub(super) fn check_unique(
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

    pub(super) fn check_seats(&self, given: &Fields) -> Result<(), Refusal> {
        let wanted = given.get("PackageLicenseId").and_then(Value::as_str).unwrap_or_default();
        let license = self.package_licenses.iter().find(|it| it.id.as_str() == wanted);
        let used = self
            .user_package_licenses
            .iter()
            .filter(|seat| seat.package_license_id.as_str() == wanted)
            .count();
        let allowed = license.map_or(0, |license| license.allowed_licenses);
        if allowed < 0 || i64::try_from(used).is_ok_and(|used| used < allowed) {
            return Ok(());
        }
        Err(Refusal::new("LICENSE_LIMIT_EXCEEDED", "license limit exceeded"))
    }
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

/// Whether a record lies in the recycle bin.
pub(crate) fn is_deleted(row: &Row) -> bool {
    row.get("IsDeleted").and_then(Value::as_bool).unwrap_or_default()
}
