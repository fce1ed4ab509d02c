//! Names of page layouts, whose parts the APIs spell in several ways.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a page layout of one object.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LayoutName {
    /// Namespace of the package it comes from.
    pub namespace: Option<String>,
    /// Its own name, as people see it.
    pub name: String,
}

impl LayoutName {
    /// A layout of a package.
    pub fn managed(namespace: &str, name: &str) -> Self {
        Self {
            namespace: Some(namespace.to_owned()),
            name: name.to_owned(),
        }
    }

    /// A layout of the org's own.
    pub fn local(name: &str) -> Self {
        Self {
            namespace: None,
            name: name.to_owned(),
        }
    }

    /// The layout's part of a Metadata API full name, not yet percent-encoded: `ns__Name`.
    ///
    /// Deploys need the namespace here even though `listMetadata` leaves it out
    /// (forcedotcom/cli issue 2168).
    pub fn qualified(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}__{}", self.name),
            None => self.name.clone(),
        }
    }

    /// The full name for a deploy: `Task-ns__Name`, percent-encoded.
    pub fn full_name(&self, object: &str) -> String {
        format!("{object}-{}", encode(&self.qualified()))
    }
}

impl fmt::Display for LayoutName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.qualified())
    }
}

/// Percent-encodes what the Metadata API encodes in full names; blanks and letters stay.
pub fn encode(name: &str) -> String {
    use fmt::Write as _;
    let mut encoded = String::with_capacity(name.len());
    for letter in name.chars() {
        // Seen in retrieved files: parentheses, full stops, `&`, `/`, `%` and quotes are encoded,
        // blanks, hyphens, underscores and letters of any script are not.
        if letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_') {
            encoded.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                write!(encoded, "%{byte:02X}").expect("writing to a String cannot fail");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managed_layouts_carry_their_namespace_behind_the_hyphen() {
        let layout = LayoutName::managed("ciscocjs", "Webex Contact Center Task Layout");
        assert_eq!(
            layout.full_name("Task"),
            "Task-ciscocjs__Webex Contact Center Task Layout"
        );
    }

    #[test]
    fn special_characters_are_encoded_and_blanks_stay() {
        assert_eq!(encode("Commercial (Synergus)"), "Commercial %28Synergus%29");
        assert_eq!(encode("Work.com Only User"), "Work%2Ecom Only User");
        assert_eq!(encode("50% – Ünï & Co"), "50%25 %E2%80%93 Ünï %26 Co");
    }
}
