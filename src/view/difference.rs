//! Where two values differ: within a long text, or row by row where both are mappings.

use serde_json::{Map, Value, json};

use super::Screen;
use super::paint::{YELLOW, paint};

/// Texts shorter than this are read at a glance.
const LONG: usize = 24;

/// Two long texts as one that shows where they differ:
/// `https://desktop.wxcc-[us1→eu1].cisco.com`. `None` where they have little in common.
pub(super) fn difference(before: &str, after: &str, screen: Screen) -> Option<String> {
    let (one, other): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    if shorter < LONG || before == after {
        return None;
    }
    let same = |pair: &(&char, &char)| pair.0 == pair.1;
    let mut head = one.iter().zip(&other).take_while(same).count();
    let rest = shorter - head;
    let mut tail = one.iter().rev().zip(other.iter().rev()).take(rest).take_while(same).count();
    // Half a word is harder to read than a whole one.
    while head > 0 && one[head - 1].is_alphanumeric() {
        head -= 1;
    }
    while tail > 0 && one[one.len() - tail].is_alphanumeric() {
        tail -= 1;
    }
    if (head + tail) * 2 < longer {
        return None;
    }
    let middle = |text: &[char]| text[head..text.len() - tail].iter().collect::<String>();
    // Brackets of its own mark it already.
    let is_marked = head > 0 && one[head - 1] == '[' && one.get(one.len() - tail) == Some(&']');
    let changed = format!("{}{}{}", middle(&one), screen.arrow(), middle(&other));
    let changed = if is_marked { changed } else { format!("[{changed}]") };
    let (head, tail): (String, String) =
        (one[..head].iter().collect(), one[one.len() - tail..].iter().collect());
    Some(format!("{head}{}{tail}", paint(YELLOW, &changed)))
}

/// A row of a mapping that is not the same before and after.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MappingChange {
    /// What the row is about: a field's name.
    pub(super) name: String,
    /// What the row says; `None`: there is no such row.
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// How two mappings differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum MappingDifference {
    /// Rows that are not the same, in the order of the second.
    Rows(Vec<MappingChange>),
    /// Both have the same rows, in another order.
    Order,
}

/// How two mappings differ; `None` where one of the values is no mapping, or where the difference is in no
/// row, so that only the whole texts show it.
pub(super) fn mapping_difference(before: &str, after: &str) -> Option<MappingDifference> {
    let (old, new) = (mapping(before)?, mapping(after)?);
    let changes = mapping_changes(&old, &new);
    if !changes.is_empty() {
        return Some(MappingDifference::Rows(changes));
    }
    let names = |rows: &[(String, String)]| -> Vec<String> {
        rows.iter().map(|(name, _)| name.clone()).collect()
    };
    (names(&old) != names(&new) && same_rows(before, after)).then_some(MappingDifference::Order)
}

/// The rows that differ between two mappings, in the order of the second.
fn mapping_changes(old: &[(String, String)], new: &[(String, String)]) -> Vec<MappingChange> {
    let find = |rows: &[(String, String)], name: &str| {
        rows.iter().find(|(known, _)| known == name).map(|(_, says)| says.clone())
    };
    let names = new.iter().chain(old.iter().filter(|(name, _)| find(new, name).is_none()));
    let mut changes = Vec::new();
    for (name, _) in names {
        let (before, after) = (find(old, name), find(new, name));
        if before != after {
            changes.push(MappingChange { name: name.clone(), before, after });
        }
    }
    changes
}

/// Whether two mappings have the very same rows, whatever their order.
fn same_rows(before: &str, after: &str) -> bool {
    let rows = |text: &str| -> Option<Vec<Value>> {
        match serde_json::from_str(text).ok()? {
            Value::Object(pairs) => {
                Some(pairs.into_iter().map(|(key, it)| json!([key, it])).collect())
            }
            Value::Array(rows) => Some(rows),
            _ => None,
        }
    };
    let (Some(old), Some(mut new)) = (rows(before), rows(after)) else { return false };
    let all = old.iter().all(|row| {
        let place = new.iter().position(|other| other == row);
        place.map(|place| new.swap_remove(place)).is_some()
    });
    all && new.is_empty()
}

/// The rows of a mapping by name; nothing at all is a mapping without rows.
fn mapping(text: &str) -> Option<Vec<(String, String)>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    match serde_json::from_str(text).ok()? {
        Value::Object(pairs) => {
            Some(pairs.iter().map(|(name, value)| (name.clone(), word(value))).collect())
        }
        Value::Array(rows) => {
            let mut named: Vec<(String, String)> = Vec::new();
            for row in &rows {
                let (name, says) = named_row(row.as_object()?)?;
                // Conditional mappings write one field by several rows.
                let count = named.iter().filter(|(known, _)| is_numbered(known, &name)).count();
                let name = if count == 0 { name } else { format!("{name} ({})", count + 1) };
                named.push((name, says));
            }
            Some(named)
        }
        _ => None,
    }
}

/// Whether a name is that one, or one of its repetitions.
fn is_numbered(known: &str, name: &str) -> bool {
    known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}

/// A row's name, which is the field that it writes, and what else it says.
fn named_row(row: &Map<String, Value>) -> Option<(String, String)> {
    const WRITTEN: [&str; 2] = ["sfdcFieldName", "SalesforceFieldName"];
    let key = WRITTEN
        .into_iter()
        .find(|key| row.contains_key(*key))
        .or_else(|| row.keys().next().map(String::as_str))?;
    let says: Vec<String> = row
        .iter()
        .filter(|(other, value)| *other != key && says_something(value))
        .map(|(key, value)| format!("{key} {}", word(value)))
        .collect();
    Some((word(&row[key]), says.join(", ")))
}

/// Whether a value is more than an empty text or a flag that is off.
fn says_something(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
        && !matches!(value, Value::String(text) if text.is_empty() || text == "false")
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::samples::plain;

    fn differs(before: &str, after: &str) -> Option<String> {
        difference(before, after, Screen::new(80, true)).map(|text| plain(&text))
    }

    #[test]
    fn long_texts_show_where_they_differ() {
        assert_eq!(
            differs("https://desktop.wxcc-us1.cisco.com/", "https://desktop.wxcc-eu1.cisco.com/")
                .as_deref(),
            Some("https://desktop.wxcc-[us1→eu1].cisco.com/")
        );
        assert_eq!(
            differs("Webex Contact Center for Agents", "Webex Contact Center for All").as_deref(),
            Some("Webex Contact Center for [Agents→All]")
        );
        assert_eq!(differs("Task Layout", "Call Layout"), None, "short enough");
        assert_eq!(
            differs("Standard Softphone Layout", "https://desktop.wxcc-eu1.cisco.com"),
            None
        );
        assert_eq!(differs("the same long text", "the same long text"), None);
    }

    #[test]
    fn mappings_are_compared_row_by_row() {
        let before = r#"[{"CadFieldName": "Reason", "SalesforceFieldName": "Reason__c",
            "isDefaultValueEnabled": false, "defaultFieldValue": ""},
            {"CadFieldName": "Old", "SalesforceFieldName": "Old__c"}]"#;
        let after = r#"[{"CadFieldName": "WhyTheyCall", "SalesforceFieldName": "Reason__c",
            "isDefaultValueEnabled": false, "defaultFieldValue": ""},
            {"CadFieldName": "", "SalesforceFieldName": "Priority",
            "isDefaultValueEnabled": true, "defaultFieldValue": "High"}]"#;
        let change = |name: &str, before: Option<&str>, after: Option<&str>| MappingChange {
            name: name.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        assert_eq!(
            mapping_difference(before, after).unwrap(),
            MappingDifference::Rows(vec![
                change("Reason__c", Some("CadFieldName Reason"), Some("CadFieldName WhyTheyCall")),
                change(
                    "Priority",
                    None,
                    Some("isDefaultValueEnabled true, defaultFieldValue High")
                ),
                change("Old__c", Some("CadFieldName Old"), None),
            ])
        );
        assert_eq!(
            mapping_difference("", r#"{"Subject": "Call"}"#),
            Some(MappingDifference::Rows(vec![change("Subject", None, Some("Call"))]))
        );
        assert!(mapping_difference("600", "800").is_none());
        assert!(mapping_difference("", "").is_none());
        assert!(mapping_difference("[1, 2]", "[1]").is_none());
    }

    #[test]
    fn a_mapping_that_differs_in_no_row_is_told_by_its_order_or_as_a_whole() {
        let row = |cad: &str, field: &str, more: &str| {
            format!(r#"{{"CadFieldName": "{cad}", "SalesforceFieldName": "{field}"{more}}}"#)
        };
        let (one, other) = (row("A", "A__c", ""), row("B", "B__c", ""));
        let order = |before: &str, after: &str| {
            mapping_difference(before, after) == Some(MappingDifference::Order)
        };
        assert!(order(&format!("[{one},{other}]"), &format!("[{other}, {one}]")));
        assert!(order(r#"{"a": "1", "b": "2"}"#, r#"{"b": "2", "a": "1"}"#));
        // A key that says nothing is only in one of them: the texts themselves are read.
        let empty =
            row("A", "A__c", r#", "isDefaultValueEnabled": false, "defaultFieldValue": """#);
        assert_eq!(mapping_difference(&format!("[{one}]"), &format!("[{empty}]")), None);
        assert_eq!(
            mapping_difference(&format!("[{one},{other}]"), &format!("[{other},{empty}]")),
            None
        );
    }
}
