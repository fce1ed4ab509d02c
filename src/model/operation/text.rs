//! How a value is written down: one text, and an id where it is a record.

use super::ids::read;
use super::value::{Definition, DesktopLayout, Package, PermissionSet, Source, Status};
use super::{Ids, Operation, Target, Value};
use crate::model::tenant::field::{is_permission, is_reference};
use crate::model::{CallCenterId, LayoutId, PackageVersionId, TenantRecord, TenantRecordId};

/// The text of an access that is given.
const ENABLED: &str = "enabled";
/// The text of an item that a utility bar has.
const PRESENT: &str = "present";
/// The text of a permission set that a user has.
const ASSIGNED: &str = "assigned";

impl Value {
    /// The text that stands for it where people read it.
    pub fn text(&self, target: &Target) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::CallCenter(call_center) => call_center.name.clone(),
            Self::Layout(layout) => layout.name.clone(),
            Self::Package(package) => package.text(),
            Self::Definition(definition) => definition.summary.clone(),
            Self::Source(source) => source.fingerprint.clone(),
            Self::Status(status) => status.status.clone(),
            Self::PermissionSet(set) => set.label.clone(),
            Self::DesktopLayout(layout) => layout.summary.clone(),
            Self::TenantRecord(record) => record.name.clone(),
            Self::Given => given(target).to_owned(),
        }
    }

    /// The text that stands for it in a baseline: as an org tells it, for people are shown more
    /// words for some.
    pub fn recorded_text(&self, target: &Target) -> String {
        match self {
            Self::Package(Package { id: Some(id), .. }) => id.to_string(),
            Self::DesktopLayout(layout) => layout.content.clone(),
            other => other.text(target),
        }
    }

    /// Reads what is written down of a target's value.
    pub fn read(target: &Target, text: &str, id: Option<&str>) -> Self {
        let plain = || Self::Text(text.to_owned());
        match target {
            Target::Package(namespace) => match PackageVersionId::parse(text) {
                Ok(id) => Self::Package(Package {
                    id: Some(id),
                    number: None,
                    name: namespace.clone(),
                    audience: None,
                }),
                Err(_) => plain(),
            },
            Target::CallCenter(_) => {
                Self::Definition(Definition { summary: text.to_owned(), content: None })
            }
            Target::UserCallCenter(_) => Self::CallCenter(read(text, id)),
            Target::TaskLayout { .. } => Self::Layout(read(text, id)),
            Target::PermissionSet(_) => Self::PermissionSet(PermissionSet {
                label: text.to_owned(),
                description: String::new(),
                grants: Vec::new(),
            }),
            Target::ApexClass(_) => {
                Self::Source(Source { fingerprint: text.to_owned(), body: None, tested_by: None })
            }
            Target::ApexStatus(_) => {
                Self::Status(Status { status: text.to_owned(), tested_by: None })
            }
            Target::Tenant { kind: TenantRecord::DesktopLayout, field: None, .. } => {
                Self::DesktopLayout(DesktopLayout::of("desktop-layout.json", text.to_owned()))
            }
            Target::Tenant { kind, field: Some(field), .. } if is_reference(*kind, field) => {
                Self::TenantRecord(read(text, id))
            }
            Target::Tenant { kind, field: Some(field), .. }
                if is_permission(*kind, field) && text == given(target) =>
            {
                Self::Given
            }
            Target::PermissionSetAccess(..)
            | Target::ProfileAccess(..)
            | Target::PermissionSetAssignment { .. }
            | Target::UtilityItem(..)
                if text == given(target) =>
            {
                Self::Given
            }
            _ => plain(),
        }
    }

    /// The id of the record that it is, where it is one and was seen.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::CallCenter(call_center) => call_center.id.as_ref().map(CallCenterId::as_str),
            Self::Layout(layout) => layout.id.as_ref().map(LayoutId::as_str),
            Self::TenantRecord(record) => record.id.as_ref().map(TenantRecordId::as_str),
            _ => None,
        }
    }
}

/// The text of what is given.
fn given(target: &Target) -> &'static str {
    match target {
        Target::PermissionSetAssignment { .. } => ASSIGNED,
        Target::UtilityItem(..) => PRESENT,
        _ => ENABLED,
    }
}

impl Package {
    /// Its number and its id, as far as they are known.
    fn text(&self) -> String {
        match (self.number, &self.id) {
            (Some(number), Some(id)) => format!("{number} ({id})"),
            (Some(number), None) => number.to_string(),
            (None, Some(id)) => id.to_string(),
            (None, None) => self.name.clone(),
        }
    }
}

impl Operation {
    /// The texts of what is there and of what is to be there.
    pub fn texts(&self) -> (Option<String>, Option<String>) {
        let text = |value: &Option<Value>| value.as_ref().map(|value| value.text(&self.target));
        (text(&self.from), text(&self.to))
    }

    /// The ids of everything that it speaks of.
    pub fn ids(&self) -> Ids {
        let id = |value: &Option<Value>| value.as_ref().and_then(Value::id).map(str::to_owned);
        Ids { before: id(&self.from), after: id(&self.to), ..self.target.ids() }
    }
}
