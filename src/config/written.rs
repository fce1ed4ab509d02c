//! The inverse of reading a setting: how a text is written so that it is read back as that text.

use serde_json::{Map, Value as Json};

use crate::model::{Mapping, SettingKind};

use super::mistake::Mistakes;
use super::setting_value::setting_text;
use super::tree::Table;

/// Whether a configuration has words for a setting that holds this text.
pub fn has_words(kind: &SettingKind, text: &str) -> bool {
    written(kind, text).is_some()
}

/// How a configuration says that a setting holds this text; `None` where it has no words for it.
pub(super) fn written(kind: &SettingKind, text: &str) -> Option<String> {
    let candidates = match kind {
        SettingKind::Boolean | SettingKind::Integer { .. } => vec![text.to_owned()],
        SettingKind::Prefixes => vec![list(text.split(',').map(str::trim))],
        SettingKind::Mapping(mapping) => {
            rows(mapping, text).into_iter().chain([quoted(text)]).collect()
        }
        _ => vec![quoted(text)],
    };
    candidates.into_iter().find(|candidate| reads_as(kind, candidate, text))
}

/// A text in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Texts as a list.
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts = texts.into_iter().map(|text| quoted(text.as_ref()));
    let texts: Vec<String> = texts.filter(|text| text != "\"\"").collect();
    format!("[{}]", texts.join(", "))
}

/// Whether the reader takes a value for this text.
fn reads_as(kind: &SettingKind, value: &str, text: &str) -> bool {
    let mistakes = Mistakes::default();
    let table = Table::parse(&format!("value = {value}"), &mistakes);
    let read = table.entries.get("value").and_then(|entry| {
        // A constant is read only as what it has to be.
        setting_text(kind, entry, text, &mistakes)
    });
    mistakes.sorted().is_empty() && read.as_deref() == Some(text)
}

/// The rows of a mapping as tables with short names; what the reader fills in is left out.
fn rows(mapping: &Mapping, text: &str) -> Option<String> {
    let rows: Vec<Map<String, Json>> = match mapping {
        Mapping::Pairs { .. } => mapping.table_rows(text).ok()?,
        _ => serde_json::from_str(text).ok()?,
    };
    let rows: Vec<String> = rows.iter().map(|read| row(mapping, read)).collect();
    Some(match rows.as_slice() {
        [] => "[]".to_owned(),
        [only] => format!("[{only}]"),
        many => format!("[\n  {},\n]", many.join(",\n  ")),
    })
}

fn row(mapping: &Mapping, row: &Map<String, Json>) -> String {
    let cell = |short: &str| {
        let column = mapping.columns().iter().find(|column| column.short == short)?;
        row.get(column.name)
    };
    let is = |value: &Json, text: &str| value.as_str().unwrap_or(&value.to_string()) == text;
    let is_constant = cell("is_constant").is_some_and(|value| is(value, "true"));
    let constant = cell("constant").filter(|_| is_constant);
    let needless = |short: &str, value: &Json| match short {
        "is_constant" => true,
        "conditional" => is(value, "false"),
        "constant" => !is_constant && is(value, ""),
        "variable" => constant.is_some_and(|constant| value == constant || is(value, "")),
        _ => false,
    };
    let cells = mapping.columns().iter().filter_map(|column| {
        let value = row.get(column.name).filter(|value| !needless(column.short, value))?;
        let shown = match (column.short, value) {
            ("conditional", _) => "true".to_owned(),
            (_, Json::String(text)) => quoted(text),
            (_, other) => other.to_string(),
        };
        Some(format!("{} = {shown}", column.short))
    });
    format!("{{ {} }}", cells.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::definitions::templates;
    use crate::model::MappedObject;

    fn record() -> SettingKind {
        let object = MappedObject::Fixed("Case".to_owned());
        SettingKind::Mapping(Mapping::Record { object })
    }

    #[test]
    fn every_default_of_every_definition_has_words() {
        for template in templates() {
            let definition = template.definition();
            for setting in &definition.settings {
                let text = &definition.call_center.item(&setting.item).unwrap().value;
                assert!(written(&setting.kind, text).is_some(), "{}: {text}", setting.key);
            }
        }
    }

    #[test]
    fn rows_are_written_as_people_write_them() {
        let row = |text: &str| written(&record(), text).unwrap();
        assert_snapshot!(
            row(r#"[{"wxccFieldName":"ani","sfdcFieldName":"Phone","isDefaultValueEnabled":"false","isConditionalEnabled":"true"}]"#),
            @r#"[{ variable = "ani", field = "Phone", conditional = true }]"#
        );
        assert_snapshot!(
            row(r#"[{"wxccFieldName":"New","sfdcFieldName":"Status","isDefaultValueEnabled":"true","isConditionalEnabled":"false","defaultFieldValue":"New"},{"wxccFieldName":"a\"b","sfdcFieldName":"Phone","isDefaultValueEnabled":"false","isConditionalEnabled":"false"}]"#),
            @r#"
        [
          { field = "Status", constant = "New" },
          { variable = 'a"b', field = "Phone" },
        ]
        "#
        );
    }

    #[test]
    fn what_would_be_read_as_something_else_has_no_words() {
        // The reader would bring the keys into another order.
        let other_order = r#"[{"sfdcFieldName":"Phone","wxccFieldName":"ani","isDefaultValueEnabled":"false","isConditionalEnabled":"false"}]"#;
        assert_eq!(written(&record(), other_order), None);
        assert_eq!(written(&record(), "not JSON").as_deref(), Some("\"not JSON\""));
        assert_eq!(written(&SettingKind::Boolean, "yes"), None);
        assert_eq!(written(&SettingKind::Integer { min: None }, "0600"), None);
        assert_eq!(written(&SettingKind::Prefixes, "+1, +91"), None);
        assert_eq!(written(&SettingKind::Prefixes, "").as_deref(), Some("[]"));
        assert_eq!(written(&SettingKind::Text, "a\u{1}b"), None);
        assert_eq!(written(&SettingKind::Text, "“\n\"'''é").map(|text| text.len() > 5), Some(true));
    }
}
