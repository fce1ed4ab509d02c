//! Reads the program's own data files of call centers.
//!
//! A mistake in one names the file and the place: whoever adds a version sees it in the tests.

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use crate::model::{CallCenter, Item, ItemKey, Section};

use super::kind::{DISPLAY_NAME, INTERNAL_NAME, read_kind};
use super::template::{Need, Template, TemplateSetting};

/// A mistake in a data file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct DataError {
    /// The file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl DataError {
    pub(super) fn at(file: &str, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
        }
    }

    pub(super) fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let offset = error.span().map_or(0, |span| span.start);
        Self::at(file, text, offset, error.message())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataFile {
    name: String,
    recipe: String,
    section: Vec<DataSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataSection {
    name: String,
    label: String,
    item: Vec<DataItem>,
}

/// An item as the data file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DataItem {
    name: Spanned<String>,
    label: String,
    default: String,
    #[serde(rename = "type")]
    pub(super) kind: Spanned<String>,
    key: Option<String>,
    pub(super) min: Option<u32>,
    pub(super) choices: Option<Vec<String>>,
    pub(super) placeholder: Option<String>,
    pub(super) shape: Option<String>,
    pub(super) object: Option<String>,
    pub(super) object_from: Option<String>,
    pub(super) rows: Option<String>,
    #[serde(default)]
    requires: Vec<DataRequirement>,
    rule: Option<String>,
    #[serde(default)]
    formerly: Vec<String>,
    formerly_switched_by: Option<String>,
    #[serde(default)]
    about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataRequirement {
    on: Option<Spanned<String>>,
    off: Option<Spanned<String>>,
    filled: Option<Spanned<String>>,
}

/// Reads a data file and checks that its parts fit each other.
pub fn load(file: &str, text: &str) -> Result<Template, DataError> {
    let data: DataFile =
        toml::from_str(text).map_err(|error| DataError::toml(file, text, &error))?;
    let fail = |offset: usize, message: String| DataError::at(file, text, offset, message);
    let mut names = [None, None];
    let mut sections = Vec::new();
    let mut settings: Vec<TemplateSetting> = Vec::new();
    for section in data.section {
        let mut items: Vec<Item> = Vec::new();
        for item in section.item {
            let offset = item.name.span().start;
            let name = item.name.get_ref().clone();
            if items.iter().any(|earlier| earlier.name == name) {
                return Err(fail(offset, format!("`{name}` is in this section twice.")));
            }
            let slot = match item.kind.get_ref().as_str() {
                INTERNAL_NAME => Some(&mut names[0]),
                DISPLAY_NAME => Some(&mut names[1]),
                _ => None,
            };
            if let Some(slot) = slot {
                *slot = Some((item.default, item.label));
                continue;
            }
            let setting = read_setting(&section.name, &item, &fail)?;
            if settings.iter().any(|earlier| earlier.key == setting.key) {
                let message = format!("The key `{}` is used twice.", setting.key);
                return Err(fail(offset, message));
            }
            settings.push(setting);
            items.push(Item { name, label: item.label, value: item.default });
        }
        sections.push(Section { name: section.name, label: section.label, items });
    }
    let [Some((internal_name, internal_name_label)), Some((display_name, display_name_label))] =
        names
    else {
        let message = format!("An item of type `{INTERNAL_NAME}` or `{DISPLAY_NAME}` is missing.");
        return Err(fail(0, message));
    };
    let template = Template {
        name: data.name,
        recipe: data.recipe,
        call_center: CallCenter {
            internal_name,
            internal_name_label,
            display_name,
            display_name_label,
            sections,
        },
        settings,
    };
    match template.dangling_key() {
        Some((offset, key)) => Err(fail(offset, format!("No item has the key `{key}`."))),
        None => Ok(template),
    }
}

fn read_setting(
    section: &str,
    item: &DataItem,
    fail: &dyn Fn(usize, String) -> DataError,
) -> Result<TemplateSetting, DataError> {
    let offset = item.name.span().start;
    let Some(key) = item.key.clone() else {
        let message = format!("`{}` has no key.", item.name.get_ref());
        return Err(fail(offset, message));
    };
    let kind = read_kind(item).map_err(|message| fail(item.kind.span().start, message))?;
    let mut needs = Vec::new();
    for requirement in &item.requires {
        let need = match (&requirement.on, &requirement.off, &requirement.filled) {
            (Some(key), None, None) => Need::On(key.clone()),
            (None, Some(key), None) => Need::Off(key.clone()),
            (None, None, Some(key)) => Need::Filled(key.clone()),
            _ => {
                let message = "A requirement is one of `on`, `off` and `filled`.".to_owned();
                return Err(fail(offset, message));
            }
        };
        needs.push(need);
    }
    Ok(TemplateSetting {
        key,
        item: ItemKey::new(section, item.name.get_ref()),
        offset,
        kind,
        needs,
        rule: item.rule.clone(),
        formerly: item.formerly.clone(),
        formerly_switched_by: item.formerly_switched_by.clone(),
        about: item.about.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"
name = "test"
recipe = "webex-v1"
[[section]]
name = "reqGeneralInfo"
label = "General"
[[section.item]]
name = "reqInternalName"
label = "Internal"
default = "Test"
type = "internal-name"
[[section.item]]
name = "reqDisplayName"
label = "Display"
default = "Test"
type = "display-name"
[[section.item]]
"#;

    fn error(item: &str) -> String {
        load("test.toml", &format!("{HEAD}{item}")).unwrap_err().to_string()
    }

    #[test]
    fn mistakes_name_file_and_place() {
        let item = "name = \"a\"\nlabel = \"A\"\ndefault = \"\"\n";
        insta::assert_snapshot!(
            error(&format!("{item}key = \"a\"\ntype = \"bool\"\n")),
            @"test.toml:22:8: `bool` is not a type of setting."
        );
        insta::assert_snapshot!(
            error(&format!("{item}type = \"text\"\n")),
            @"test.toml:18:8: `a` has no key."
        );
        insta::assert_snapshot!(
            error(&format!("{item}key = \"a\"\ntype = \"boolean\"\nrequires = [{{ on = \"b\" }}]\n")),
            @"test.toml:23:20: No item has the key `b`."
        );
        insta::assert_snapshot!(
            error(&format!("{item}key = \"a\"\ntype = \"text\"\ncolour = \"red\"\n")),
            @"test.toml:23:1: unknown field `colour`, expected one of `name`, `label`, `default`, `type`, `key`, `min`, `choices`, `placeholder`, `shape`, `object`, `object_from`, `rows`, `requires`, `rule`, `formerly`, `formerly_switched_by`, `about`"
        );
    }
}
