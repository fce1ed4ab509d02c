//! Which fields of a call's Task the connector fills, as the call center's settings say.

use super::settings;
use crate::model::{CallCenter, CallCenterWish, SettingKind};

/// A field of Task that a call is to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledField {
    /// Its API name.
    pub field: String,
    /// What it is filled with, as people know it: a variable of the call, a constant, the call notes.
    pub from: String,
}

/// The fields that mappings and call notes fill, in the order of the settings.
pub fn filled_fields(wish: &CallCenterWish, existing: Option<&CallCenter>) -> Vec<FilledField> {
    let definition = &wish.definition;
    let value = |key: &str| settings::wanted(wish, existing, key);
    // A generation without the switch has it always on.
    let is_on = |key: &str| value(key).is_none_or(|value| value == "true");
    let mut fields = Vec::new();
    if is_on("activity.update_fields")
        && let Some(setting) = definition.setting("activity.mappings")
        && let SettingKind::Mapping(mapping) = &setting.kind
    {
        let rows =
            mapping.read(&value("activity.mappings").unwrap_or_default()).unwrap_or_default();
        fields.extend(rows.into_iter().filter(|row| !row.field.is_empty()).map(|row| {
            let from = match row.constant {
                Some(constant) => format!("the constant \"{constant}\""),
                None => format!("the variable {}", row.variable),
            };
            FilledField { field: row.field, from }
        }));
    }
    let notes = value("activity.notes_field").filter(|field| !field.is_empty());
    if let Some(field) = notes.filter(|_| value("activity.live_notes").as_deref() == Some("true")) {
        fields.push(FilledField { field, from: "the agent's call notes".to_owned() });
    }
    fields
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::definitions::built_in;
    use crate::model::UnnamedValues;

    fn filled(definition: &str, values: &[(&str, &str)]) -> Vec<(String, String)> {
        let definition = built_in(definition).unwrap();
        let mut existing = definition.call_center.clone();
        for (key, value) in values {
            let item = definition.setting(key).unwrap().item.clone();
            (*value).clone_into(&mut existing.item_mut(&item).unwrap().value);
        }
        let wish = CallCenterWish {
            definition,
            display_name: None,
            values: BTreeMap::new(),
            unnamed: UnnamedValues::default(),
            delete_old: false,
        };
        let fields = filled_fields(&wish, Some(&existing));
        fields.into_iter().map(|it| (it.field, it.from)).collect()
    }

    #[test]
    fn mappings_and_notes_fill_fields_where_they_are_switched_on() {
        let rows = r#"[{"CadFieldName":"Queue","SalesforceFieldName":"Queue__c",
            "isDefaultValueEnabled":false,"defaultFieldValue":""}]"#;
        let mapped = [("activity.mappings", rows), ("activity.update_fields", "true")];
        assert_eq!(
            filled("2024-11", &mapped),
            [("Queue__c".to_owned(), "the variable Queue".to_owned())]
        );
        let off = [("activity.mappings", rows), ("activity.update_fields", "false")];
        assert_eq!(filled("2024-11", &off), []);
        let notes = [("activity.live_notes", "true"), ("activity.notes_field", "Notes__c")];
        let (field, from) = filled("2024-11", &notes).remove(0);
        assert_eq!((field.as_str(), from.as_str()), ("Notes__c", "the agent's call notes"));
        let pairs = [
            ("activity.mappings", "Subject={subject},Queue__c={queue}"),
            ("activity.live_notes", "false"),
        ];
        let fields: Vec<String> = filled("2026-04", &pairs).into_iter().map(|it| it.0).collect();
        assert_eq!(fields, ["Subject", "Queue__c"]);
        // What cannot be read is told by the rules.
        assert_eq!(filled("2024-11", &[mapped[1], ("activity.mappings", "[{")]), []);
    }
}
