//! The items, in the order in which the article brings them about.

use std::fmt;

use serde::{Serialize, Serializer};

/// An item of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The managed package is installed.
    Package,
    /// The call center of the definition exists.
    CallCenter,
    /// Its values are the configured ones.
    CtiSettings,
    /// The chosen users are in the call center.
    Users,
    /// The chosen profiles use the package's Task page layout.
    TaskLayout,
}

/// What travels together. One wave is carried out, then the org is looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wave {
    /// The package installation.
    Package,
    /// One deploy with everything deployable.
    Deploy,
    /// Records, in collections.
    Records,
}

impl Item {
    /// Every item, in order.
    pub const ALL: [Self; 5] =
        [Self::Package, Self::CallCenter, Self::CtiSettings, Self::Users, Self::TaskLayout];

    /// Its id in documents and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::CallCenter => "call-center",
            Self::CtiSettings => "cti-settings",
            Self::TaskLayout => "task-layout",
            Self::Users => "users",
        }
    }

    /// What it is called where people read it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Package => "Managed package",
            Self::CallCenter => "Call center",
            Self::CtiSettings => "CTI settings",
            Self::TaskLayout => "Task page layout",
            Self::Users => "Call center users",
        }
    }

    /// The wave that carries its changes.
    pub fn wave(self) -> Wave {
        match self {
            Self::Package => Wave::Package,
            Self::CallCenter | Self::CtiSettings | Self::TaskLayout => Wave::Deploy,
            Self::Users => Wave::Records,
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
