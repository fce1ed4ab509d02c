//! A component as one end of a reference.

use super::components::Component;
use super::custom_metadata::{CustomMetadataType, qualified};
use super::fields::{CustomField, CustomObject};
use super::pages::Layout;
use super::stored::StoredComponent;
use super::things::{ApexClass, App};
use crate::ids::Id;

/// A component at one end of a reference.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) id: Id,
    /// Its metadata type, e.g. `CustomField`.
    pub(crate) kind: String,
    /// The name that the Metadata API uses.
    pub(crate) full_name: String,
    /// The name that a dependency shows, which for a field lacks the object.
    pub(crate) name: String,
    /// Type and name as Setup shows them, e.g. `Custom Field Caller`.
    pub(crate) shown: String,
    pub(crate) namespace: Option<String>,
}

impl Part {
    pub(super) fn class(class: &ApexClass) -> Self {
        Self {
            id: class.id.clone(),
            kind: "ApexClass".to_owned(),
            full_name: qualified(class.namespace_prefix.as_deref(), &class.name),
            name: class.name.clone(),
            shown: format!("Apex Class {}", class.name),
            namespace: class.namespace_prefix.clone(),
        }
    }

    pub(super) fn field(field: &CustomField) -> Self {
        Self {
            id: field.id.clone(),
            kind: "CustomField".to_owned(),
            full_name: format!("{}.{}", field.object, field.api_name()),
            name: field.developer_name.clone(),
            shown: format!("Custom Field {}", field.label),
            namespace: field.namespace_prefix.clone(),
        }
    }

    pub(super) fn app(app: &App) -> Self {
        Self {
            id: app.id.clone(),
            kind: "CustomApplication".to_owned(),
            full_name: qualified(app.namespace_prefix.as_deref(), &app.developer_name),
            name: app.developer_name.clone(),
            shown: format!("Custom App {}", app.label),
            namespace: app.namespace_prefix.clone(),
        }
    }

    pub(super) fn custom_metadata_type(kind: &CustomMetadataType) -> Self {
        Self {
            id: kind.id.clone(),
            kind: "CustomObject".to_owned(),
            full_name: kind.api_name(),
            name: kind.developer_name.clone(),
            shown: format!("Custom Metadata Type {}", kind.label),
            namespace: kind.namespace_prefix.clone(),
        }
    }

    pub(super) fn custom_object(object: &CustomObject) -> Self {
        Self {
            id: object.id.clone(),
            kind: "CustomObject".to_owned(),
            full_name: object.api_name(),
            name: object.developer_name.clone(),
            shown: format!("Custom Object {}", object.label),
            namespace: object.namespace_prefix.clone(),
        }
    }

    pub(super) fn layout(layout: &Layout) -> Self {
        Self {
            id: layout.id.clone(),
            kind: "Layout".to_owned(),
            full_name: layout.full_name(),
            name: layout.name.clone(),
            shown: format!("Page Layout {}.{}", layout.table_enum_or_id, layout.name),
            namespace: layout.namespace_prefix.clone(),
        }
    }

    pub(super) fn component(component: &Component) -> Self {
        Self {
            id: component.id.clone(),
            kind: component.kind.clone(),
            full_name: component.full_name.clone(),
            name: component.full_name.clone(),
            shown: format!("{} {}", component.kind, component.full_name),
            namespace: None,
        }
    }

    pub(super) fn stored(kind: &str, component: &StoredComponent) -> Self {
        Self {
            id: component.id.clone(),
            kind: kind.to_owned(),
            full_name: component.full_name.clone(),
            name: component.full_name.clone(),
            shown: format!("{kind} {}", component.full_name),
            namespace: None,
        }
    }
}
