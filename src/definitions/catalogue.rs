//! The call center definitions that the program carries.

use std::sync::LazyLock;

use crate::model::Definition;

use super::{Template, load};

/// Data files by name, newest first within a generation. A new version is a line here and a file there.
const FILES: &[(&str, &str)] = &[
    (
        "metadata/call_centers/webex-v1-2024-11.toml",
        include_str!("../../metadata/call_centers/webex-v1-2024-11.toml"),
    ),
    (
        "metadata/call_centers/webex-v2-2026-04.toml",
        include_str!("../../metadata/call_centers/webex-v2-2026-04.toml"),
    ),
];

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(name, text)| load(name, text).expect("embedded data that a test loads"))
        .collect()
});

/// Every built-in definition with the meaning of its items, newest first.
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

/// Names of the built-in definitions, newest first.
pub fn names() -> impl Iterator<Item = &'static str> {
    templates().iter().map(|template| template.name.as_str())
}

/// The built-in definition of that name.
pub fn built_in(name: &str) -> Option<Definition> {
    let template = templates().iter().find(|template| template.name == name)?;
    Some(template.definition())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_loads() {
        for (name, text) in FILES {
            load(name, text).unwrap_or_else(|error| panic!("{error}"));
        }
    }

    #[test]
    fn the_newest_definition_of_version_2_has_its_items_and_settings() {
        let definition = built_in("2026-04").unwrap();
        assert_eq!(definition.call_center.sections.len(), 9);
        assert_eq!(definition.call_center.items().count(), 38 - 2);
        assert_eq!(definition.settings.len(), 38 - 2);
        // Two sections have an item of one name.
        for key in ["activity.mappings", "case.mappings"] {
            assert_eq!(definition.setting(key).unwrap().item.item, "objectFieldMapping");
        }
    }

    #[test]
    fn the_newest_definition_has_its_items_and_settings() {
        let definition = built_in("2024-11").unwrap();
        assert_eq!(definition.call_center.sections.len(), 7);
        // The internal name and the display name are the call center's own.
        assert_eq!(definition.call_center.items().count(), 39 - 2);
        assert_eq!(definition.settings.len(), 39 - 2);
        assert!(built_in("1999").is_none());
    }
}
