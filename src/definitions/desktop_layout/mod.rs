//! The desktop layout that ties the Agent Desktop to Salesforce: a JSON document, read, adapted to a
//! site, taken into another layout, and compared. Pure.
//!
//! Cisco publishes the document; since 2024 it holds three roles (`agent`, `supervisor`,
//! `supervisorAgent`), before that it was one flat layout. The connector is in it twice: a headless
//! bridge under `area.headless.widgets`, and the Salesforce Actions widget in a tab of `area.panel`.
//! Nothing else of a document is touched. What is wrong with one is told by `lint`.

mod adapt;
mod differ;
mod known;
mod merge;
mod parts;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::Value;

pub use adapt::Adaptation;
pub use known::LayoutDifferences;
pub use merge::MergeError;

/// A desktop layout. Two are equal that mean the same, whatever the order of their keys.
#[derive(Clone, PartialEq, Eq)]
pub struct LayoutDocument {
    root: Value,
}

/// Why a text is no desktop layout for Salesforce.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// It is no JSON object.
    #[error("it is not JSON: {0}")]
    Json(String),
    /// No role of it has an `area`.
    #[error("no role of it has an `area`")]
    NoArea,
    /// Nothing in it ties the Agent Desktop to Salesforce.
    #[error("it has no component `agentx-custom-desktop` under `area.headless.widgets`")]
    NoBridge,
}

impl LayoutDocument {
    /// Reads a layout that any team may have.
    pub fn read(text: &str) -> Result<Self, LayoutError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root: Value =
            serde_json::from_str(text).map_err(|error| LayoutError::Json(error.to_string()))?;
        let document = Self { root };
        if document.roles().next().is_none() {
            return Err(LayoutError::NoArea);
        }
        Ok(document)
    }

    /// Reads a layout that ties the Agent Desktop to Salesforce.
    pub fn read_connector(text: &str) -> Result<Self, LayoutError> {
        let document = Self::read(text)?;
        if document.has_bridge() { Ok(document) } else { Err(LayoutError::NoBridge) }
    }

    /// Whether the connector's bridge is in one of its roles.
    pub fn has_bridge(&self) -> bool {
        self.roles().any(|(_, role)| parts::bridge(role).is_some())
    }

    /// Whether the Salesforce Actions widget is in one of its roles.
    pub fn has_actions_widget(&self) -> bool {
        self.roles().any(|(_, role)| parts::actions_tab(role).is_some())
    }

    /// The number that outgoing calls show, by the bridge of the first role that has one.
    pub fn outdial_ani(&self) -> Option<&str> {
        let bridge = self.roles().find_map(|(_, role)| parts::bridge(role))?;
        bridge.get("attributes")?.get(parts::OUTDIAL_ANI)?.as_str()
    }

    /// The version of the connector's files that it loads, `1.1.9`, as the bridge's script tells.
    pub fn version(&self) -> Option<&str> {
        let bridge = self.roles().find_map(|(_, role)| parts::bridge(role))?;
        parts::version(bridge.get("script")?.as_str()?)
    }

    /// Every address that it names.
    pub fn addresses(&self) -> Vec<&str> {
        let mut found = Vec::new();
        addresses(&self.root, &mut found);
        found
    }

    /// The text that is uploaded.
    pub fn text(&self) -> String {
        self.root.to_string()
    }

    /// The roles with their names; the whole document is `agent` where it is flat.
    fn roles(&self) -> impl Iterator<Item = (&str, &Value)> {
        let flat = self.root.get("area").map(|_| ("agent", &self.root));
        let named = self
            .root
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, role)| role.get("area").is_some())
            .map(|(name, role)| (name.as_str(), role));
        flat.into_iter().chain(named)
    }

    fn roles_mut(&mut self) -> Vec<(String, &mut Value)> {
        if self.root.get("area").is_some() {
            return vec![("agent".to_owned(), &mut self.root)];
        }
        let members = self.root.as_object_mut().into_iter().flatten();
        members
            .filter(|(_, role)| role.get("area").is_some())
            .map(|(name, role)| (name.clone(), role))
            .collect()
    }
}

/// Attributes name several addresses with commas between them.
fn addresses<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => {
            let parts = text.split(',').map(str::trim);
            found
                .extend(parts.filter(|it| it.starts_with("https://") || it.starts_with("http://")));
        }
        Value::Array(list) => list.iter().for_each(|it| addresses(it, found)),
        Value::Object(members) => members.values().for_each(|it| addresses(it, found)),
        _ => {}
    }
}

/// A document has tens of kilobytes; its version tells most of it.
impl fmt::Debug for LayoutDocument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("LayoutDocument").field(&self.version()).finish()
    }
}
