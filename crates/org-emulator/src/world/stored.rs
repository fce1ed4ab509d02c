//! Metadata of which this org knows no more than that it is there: files of any type, kept whole.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::names::same;
use crate::clock::Millis;
use crate::ids::Id;

/// All of them, by their type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Stored(BTreeMap<String, Vec<StoredComponent>>);

/// A component, or one that lives in another's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct StoredComponent {
    pub(crate) id: Id,
    pub(crate) full_name: String,
    /// The file that describes it, in the service's order; empty where it is all in `files`.
    pub(crate) description: String,
    /// Its other files, by their path in a package.
    pub(crate) files: BTreeMap<String, Content>,
    pub(crate) created_by_id: Id,
    pub(crate) created_date: Millis,
    pub(crate) last_modified_by_id: Id,
    pub(crate) last_modified_date: Millis,
}

/// A file that is no description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Content {
    /// It is text.
    Text(String),
    /// It is anything else, here in base64.
    Base64(String),
}

impl StoredComponent {
    /// All that is text in it.
    pub(crate) fn text(&self) -> String {
        let mut text = self.description.clone();
        for content in self.files.values() {
            if let Content::Text(file) = content {
                text.push('\n');
                text.push_str(file);
            }
        }
        text
    }
}

impl Content {
    /// A file as it came.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Base64(STANDARD.encode(bytes)),
        }
    }

    /// The file as it came.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.clone().into_bytes(),
            Self::Base64(text) => STANDARD.decode(text).unwrap_or_default(),
        }
    }
}

impl Stored {
    /// The component of that type and name.
    pub(crate) fn find(&self, kind: &str, name: &str) -> Option<&StoredComponent> {
        self.of(kind).find(|component| same(&component.full_name, name))
    }

    /// The components of a type, in the order in which they came.
    pub(crate) fn of(&self, kind: &str) -> impl Iterator<Item = &StoredComponent> + use<'_> {
        self.0.get(kind).into_iter().flatten()
    }

    /// Every component with its type.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &StoredComponent)> {
        self.0.iter().flat_map(|(kind, list)| list.iter().map(move |one| (kind.as_str(), one)))
    }

    /// Puts a component in the place of the one of its name, or behind all others.
    pub(crate) fn put(&mut self, kind: &str, component: StoredComponent) {
        let list = self.0.entry(kind.to_owned()).or_default();
        match list.iter_mut().find(|known| same(&known.full_name, &component.full_name)) {
            Some(known) => *known = component,
            None => list.push(component),
        }
    }

    /// Takes out the components of a type that are not to be kept.
    pub(crate) fn retain(&mut self, kind: &str, kept: impl Fn(&StoredComponent) -> bool) {
        if let Some(list) = self.0.get_mut(kind) {
            list.retain(kept);
            if list.is_empty() {
                self.0.remove(kind);
            }
        }
    }
}
