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
        Self { namespace: Some(namespace.to_owned()), name: name.to_owned() }
    }

    /// A layout of the org's own.
    pub fn local(name: &str) -> Self {
        Self { namespace: None, name: name.to_owned() }
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
}

impl fmt::Display for LayoutName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.qualified())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managed_layouts_carry_their_namespace() {
        let layout = LayoutName::managed("ciscocjs", "Webex Contact Center Task Layout");
        assert_eq!(layout.qualified(), "ciscocjs__Webex Contact Center Task Layout");
        assert_eq!(LayoutName::local("Task Layout").qualified(), "Task Layout");
    }
}
