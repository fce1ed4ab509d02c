//! Which component refers to which: what `MetadataComponentDependency` shows, and what uninstalls
//! are blocked by.

use super::World;
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

    fn component(component: &Component) -> Self {
        Self {
            id: component.id.clone(),
            kind: component.kind.clone(),
            full_name: component.full_name.clone(),
            name: component.full_name.clone(),
            shown: format!("{} {}", component.kind, component.full_name),
            namespace: None,
        }
    }

    fn stored(kind: &str, component: &StoredComponent) -> Self {
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

/// One component's reference to another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dependency {
    pub(crate) from: Part,
    pub(crate) to: Part,
}

impl World {
    /// Every reference in the org, those inside packages included.
    pub(crate) fn dependencies(&self) -> Vec<Dependency> {
        let mut found = self.referring_components();
        found.extend(self.referring_classes());
        found.extend(self.referring_files());
        found.extend(self.packaged_layouts());
        found
    }

    fn referring_components(&self) -> Vec<Dependency> {
        let components = self.components.iter();
        let found = components.flat_map(|component| {
            let parts = component.refers_to.iter().filter_map(|reference| self.part(reference));
            parts.map(|to| Dependency { from: Part::component(component), to })
        });
        found.collect()
    }

    /// Apex classes that call a package's classes, or name its fields.
    fn referring_classes(&self) -> Vec<Dependency> {
        let mut found = Vec::new();
        for class in &self.apex_classes {
            let body = class.body.to_ascii_lowercase();
            let names = |word: &str| contains_word(&body, &word.to_ascii_lowercase());
            let classes = self.apex_classes.iter().filter(|other| {
                let namespace = other.namespace_prefix.as_ref();
                namespace.is_some_and(|namespace| names(&format!("{namespace}.{}", other.name)))
            });
            let fields = self.custom_fields.iter();
            let fields = fields.filter(|field| names(&field.api_name()));
            let parts = classes.map(Part::class).chain(fields.map(Part::field));
            found.extend(parts.map(|to| Dependency { from: Part::class(class), to }));
        }
        found
    }

    /// Deployed files that name a part of a package.
    fn referring_files(&self) -> Vec<Dependency> {
        let parts = self.packaged_parts();
        let mut found = Vec::new();
        for (kind, component) in self.stored.all() {
            let text = component.text().to_ascii_lowercase();
            let named = parts.iter().filter(|part| {
                let name = part.full_name.rsplit_once('.').map_or(&*part.full_name, |(_, it)| it);
                part.full_name != component.full_name
                    && contains_word(&text, &name.to_ascii_lowercase())
            });
            found.extend(
                named.map(|to| Dependency { from: Part::stored(kind, component), to: to.clone() }),
            );
        }
        found
    }

    /// What packages brought, as far as others can name it.
    fn packaged_parts(&self) -> Vec<Part> {
        let classes = self.apex_classes.iter().map(Part::class);
        let objects = self.custom_objects.iter().map(Part::custom_object);
        let kinds = self.custom_metadata_types.iter().map(Part::custom_metadata_type);
        let fields = self.custom_fields.iter().map(Part::field);
        let apps = self.apps.iter().map(Part::app);
        let layouts = self.layouts.iter().map(Part::layout);
        let all = classes.chain(objects).chain(kinds).chain(fields).chain(apps).chain(layouts);
        all.filter(|part| part.namespace.is_some()).collect()
    }

    /// Packaged layouts show their package's own fields.
    fn packaged_layouts(&self) -> Vec<Dependency> {
        let layouts = self.layouts.iter().filter(|layout| layout.namespace_prefix.is_some());
        let found = layouts.flat_map(|layout| {
            let fields = self.custom_fields.iter().filter(|field| {
                field.object == layout.table_enum_or_id
                    && field.namespace_prefix == layout.namespace_prefix
            });
            fields.map(|field| Dependency { from: Part::layout(layout), to: Part::field(field) })
        });
        found.collect()
    }
}

/// Whether a text has a word that is not part of a longer one.
fn contains_word(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}
