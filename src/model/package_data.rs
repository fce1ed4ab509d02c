//! Records and values that are gone when a package is.

use serde::{Deserialize, Serialize};

/// The part of an object's records that goes with a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataTable {
    /// The object's API name.
    pub object: String,
    /// Its label.
    pub label: String,
    /// Which of its records hold something of the package.
    pub extent: Extent,
    /// API names of the fields that are exported, `Id` first; none where nothing can be read.
    pub columns: Vec<String>,
    /// Whether the org keeps old records where only some queries look, as it does with activities.
    pub archives: bool,
    /// How many characters the long texts of one record may have.
    pub long_text: u64,
    /// How many records there are.
    pub records: Records,
    /// What people should know about it, in sentences.
    pub notes: Vec<String>,
}

/// Which records of an object go with a package, or lose something by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// The object is the package's own: every record.
    Object,
    /// The object stays: records with a value in one of the package's fields.
    Fields(Vec<PackageField>),
}

/// A field of a package on an object that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageField {
    /// The API name.
    pub name: String,
    /// Whether it is a checkbox, which is never empty: only a tick is a value.
    pub checkbox: bool,
    /// Whether the org can be asked for records by it.
    pub filterable: bool,
}

/// How many records there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Records {
    /// That many.
    Exactly(u64),
    /// That many were counted, and not all of them need to hold a value.
    AtMost(u64),
    /// The org did not say; its own words.
    Unknown(String),
}

impl DataTable {
    /// Whether there surely is nothing.
    pub fn is_empty(&self) -> bool {
        self.records.most() == Some(0)
    }

    /// Whether its records can be read.
    pub fn is_readable(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Whether the org itself can tell the records that count from those that do not.
    pub fn is_found_by_query(&self) -> bool {
        match &self.extent {
            Extent::Object => true,
            Extent::Fields(fields) => fields.iter().all(|field| field.filterable),
        }
    }
}

impl Records {
    /// How many records there are at most, where that is known.
    pub fn most(&self) -> Option<u64> {
        match self {
            Self::Exactly(number) | Self::AtMost(number) => Some(*number),
            Self::Unknown(_) => None,
        }
    }
}
