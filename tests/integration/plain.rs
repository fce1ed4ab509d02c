//! Worlds without what differs from one run to the next.

use std::collections::BTreeMap;

use serde_json::Value;

/// Whether a deploy has made a component, or changed or deleted one.
pub(crate) fn has_changed(deploy: &Value) -> bool {
    let components = &deploy["outcome"]["details"]["componentSuccesses"];
    let mut components = components.as_array().expect("components").iter();
    components.any(|it| ["created", "changed", "deleted"].iter().any(|how| it[*how] == true))
}

/// The names of records by their ids.
pub(crate) fn names(records: &Value) -> BTreeMap<String, String> {
    let all = records.as_object().expect("kinds").iter();
    let named = all.flat_map(|(kind, list)| {
        list.as_array().into_iter().flatten().map(move |record| {
            let text = |field: &str| record[field].as_str().unwrap_or_default();
            (text("id").to_owned(), format!("{kind} {}", text("name")))
        })
    });
    named.filter(|(id, _)| !id.is_empty()).collect()
}

/// What changes from one run to the next and says nothing of what was set up.
const FLEETING: [&str; 7] = [
    "run",
    "ids",
    "version",
    "createdTime",
    "lastUpdatedTime",
    "modifiedTime",
    // The service fills it in whenever a team is written.
    "siteName",
];

/// Leaves out what is fleeting, and calls records by their names.
pub(crate) fn plain(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !FLEETING.contains(&name.as_str()));
            fields.values_mut().for_each(|value| plain(value, names));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| plain(value, names)),
        Value::String(text) => {
            if let Some(name) = names.get(text) {
                text.clone_from(name);
            }
        }
        _ => {}
    }
}
