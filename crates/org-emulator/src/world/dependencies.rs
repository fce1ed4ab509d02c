//! Which component refers to which: what `MetadataComponentDependency` shows, and what uninstalls
//! are blocked by.

use super::World;
use super::part::Part;

/// One component's reference to another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dependency {
    pub(crate) from: Part,
    pub(crate) to: Part,
}

impl World {
    /// What `Type:FullName` stands for, among all that packages bring and people make.
    pub(crate) fn part(&self, reference: &str) -> Option<Part> {
        let (kind, name) = reference.split_once(':')?;
        match kind {
            "ApexClass" => {
                self.apex_classes.iter().map(Part::class).find(|part| part.full_name == name)
            }
            "CustomField" => {
                self.custom_fields.iter().map(Part::field).find(|part| part.full_name == name)
            }
            "CustomApplication" => {
                self.apps.iter().map(Part::app).find(|part| part.full_name == name)
            }
            "CustomObject" => {
                let kinds = self.custom_metadata_types.iter().map(Part::custom_metadata_type);
                let objects = self.custom_objects.iter().map(Part::custom_object);
                kinds.chain(objects).find(|part| part.full_name == name)
            }
            "Layout" => self.layout_by_full_name(name).map(Part::layout),
            _ => None,
        }
    }

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
