//! What one layout has and another has not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{LayoutDocument, parts};

/// Components that only hold others: what is in them tells more.
const HOLDERS: [&str; 5] = ["span", "div", "md-tab", "md-tab-panel", "md-tabs"];

impl LayoutDocument {
    /// What this layout has and another has not, in words: components, pages, tabs, and what a role says
    /// of itself, like its title. A role is compared with the same role of the other; where only another
    /// role has a thing there, the role is named.
    pub fn lost_in(&self, other: &Self) -> Vec<String> {
        let theirs: BTreeMap<_, _> =
            other.roles().map(|(name, role)| (name, (role, contents(role)))).collect();
        let mut lost: Vec<String> = Vec::new();
        let mut missing: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, role) in self.roles() {
            let Some((there, held)) = theirs.get(name) else {
                lost.push(format!("the role `{name}`"));
                continue;
            };
            lost.extend(settings(role, there));
            for thing in contents(role).into_iter().filter(|thing| !held.contains(thing)) {
                missing.entry(thing).or_default().push(name);
            }
        }
        lost.extend(missing.into_iter().map(|(thing, roles)| {
            let is_elsewhere = theirs.values().any(|(_, held)| held.contains(&thing));
            if is_elsewhere { format!("{thing} ({})", roles.join(", ")) } else { thing }
        }));
        let mut told = BTreeSet::new();
        lost.retain(|thing| told.insert(thing.clone()));
        lost
    }

    /// Whether something is in this layout besides the connector that another does not have: a role, a
    /// component, a page or a tab. Titles and numbers do not count.
    pub fn adds_to(&self, other: &Self) -> bool {
        let theirs: BTreeMap<_, _> =
            other.roles().map(|(name, role)| (name, contents(role))).collect();
        let mut rest = self.clone();
        rest.roles_mut().into_iter().any(|(name, role)| {
            parts::take_actions(role);
            theirs.get(name.as_str()).is_none_or(|held| !contents(role).is_subset(held))
        })
    }
}

/// Components by their element names, pages by their labels, tabs by their texts.
pub(super) fn contents(role: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Some(area) = role.get("area") {
        collect(area, &mut names);
    }
    names
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let text = |key: &str| members.get(key).and_then(Value::as_str);
            let name = match text("comp") {
                // A place that the Agent Desktop fills, known by the name that it has.
                Some("slot") => value.pointer("/attributes/name").and_then(Value::as_str),
                Some(holder) if HOLDERS.contains(&holder) => None,
                component => component,
            };
            names.extend(name.into_iter().chain(text("label")).map(str::to_owned));
            names.extend(text("textContent").map(|text| format!("\"{text}\"")));
            members.values().for_each(|member| collect(member, names));
        }
        Value::Array(list) => list.iter().for_each(|member| collect(member, names)),
        _ => {}
    }
}

/// What a role says of itself besides its area, where another says something else. Nothing is lost with
/// what is empty, and the version is the format's.
fn settings(role: &Value, there: &Value) -> Vec<String> {
    let members = role.as_object().into_iter().flatten();
    let own = members.filter(|(key, value)| {
        let is_empty = value.is_null() || value.as_str() == Some("");
        !is_empty && !["area", "version"].contains(&key.as_str()) && there.get(key) != Some(*value)
    });
    own.map(|(key, value)| match (key.as_str(), value) {
        ("appTitle", Value::String(title)) => format!("the title \"{title}\""),
        ("logo", _) => "the logo".to_owned(),
        (key, Value::Object(_) | Value::Array(_)) => format!("`{key}`"),
        (key, value) => format!("`{key}` = {value}"),
    })
    .collect()
}
