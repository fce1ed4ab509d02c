//! The items, in the order in which the article brings them about.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::Wave;

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
    /// What an agent's softphone shows and opens is as configured.
    SoftphoneLayout,
    /// The chosen profiles use the package's Task page layout.
    TaskLayout,
    /// The package's custom metadata carries the data centre.
    DataCenter,
    /// Agents' states in Webex and in Omni-Channel follow each other.
    OmniSync,
    /// The chosen users have the permission sets they need.
    PermissionSet,
    /// The Webex side lets Salesforce show the Agent Desktop.
    CspAllowList,
}

impl Item {
    /// Every item, in order.
    pub const ALL: [Self; 10] = [
        Self::Package,
        Self::CallCenter,
        Self::CtiSettings,
        Self::Users,
        Self::SoftphoneLayout,
        Self::TaskLayout,
        Self::DataCenter,
        Self::OmniSync,
        Self::PermissionSet,
        Self::CspAllowList,
    ];

    /// Its id in documents and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::CallCenter => "call-center",
            Self::CtiSettings => "cti-settings",
            Self::Users => "users",
            Self::SoftphoneLayout => "softphone-layout",
            Self::TaskLayout => "task-layout",
            Self::DataCenter => "data-center",
            Self::OmniSync => "omni-sync",
            Self::PermissionSet => "permission-set",
            Self::CspAllowList => "csp-allow-list",
        }
    }

    /// What it is called where people read it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Package => "Managed package",
            Self::CallCenter => "Call center",
            Self::CtiSettings => "CTI settings",
            Self::Users => "Call center users",
            Self::SoftphoneLayout => "Softphone layout",
            Self::TaskLayout => "Task page layout",
            Self::DataCenter => "Data centre",
            Self::OmniSync => "Omni-Channel state sync",
            Self::PermissionSet => "Permission sets",
            Self::CspAllowList => "CSP allow-list",
        }
    }

    /// The wave that carries most of what it wants.
    pub fn wave(self) -> Option<Wave> {
        match self {
            Self::Package => Some(Wave::Package),
            Self::CallCenter
            | Self::CtiSettings
            | Self::TaskLayout
            | Self::DataCenter
            | Self::OmniSync => Some(Wave::Deploy),
            Self::Users | Self::PermissionSet => Some(Wave::Records),
            Self::SoftphoneLayout | Self::CspAllowList => None,
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
