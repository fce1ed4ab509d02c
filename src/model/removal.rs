//! What only matters when the connector is taken out of an org.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::{CallCenter, DataTable, Observed, PackageRequest};

/// How an uninstall is to leave the org, as configured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UninstallWish {
    /// The Task page layout for assignments of which nobody recorded what they were before.
    pub fallback_layout: Option<String>,
    /// Internal names of clones of the connector's call center that are deleted too. Nobody but the
    /// person who runs the command says so.
    #[serde(skip)]
    pub delete_call_centers: Vec<String>,
    /// Whether of the connector's call centers only those go that are recorded as made by provision:
    /// whoever takes runs back wants nothing else gone.
    #[serde(skip)]
    pub only_recorded: bool,
}

/// What is to be seen of what stands in the way of taking the connector out, and of what goes with
/// it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RemovalState {
    /// The connector's call centers with their values; an absent one could not be read.
    pub call_centers: Observed<Vec<CallCenter>>,
    /// Of which of them the org leaves out what every one has, by internal name, and what that is.
    pub incomplete: BTreeMap<String, MissingPart>,
    /// Internal names of the call centers whose values were asked for.
    pub asked: BTreeSet<String>,
    /// Components outside the package that refer to one inside, as far as the org tells.
    pub references: Observed<Vec<Reference>>,
    /// What people made in the package's own places: reports in its folders, scheduled jobs.
    pub added: Observed<Vec<Added>>,
    /// Why not all of that is seen: the org's words for the part that it refused.
    pub rest_of_added: Option<String>,
    /// Records that the org made of the package's custom metadata types.
    pub own_records: Observed<Vec<Added>>,
    /// What data goes with the package.
    pub data: Observed<Vec<DataTable>>,
    /// Uninstallations that the org knows of, of second-generation packages.
    pub uninstalls: Observed<Vec<PackageRequest>>,
    /// Call centers that the org did not let an API delete, by internal name, with its words.
    pub undeletable: BTreeMap<String, String>,
    /// Classes that a deploy could not delete, by name, with the org's words.
    pub stuck_classes: BTreeMap<String, String>,
}

impl RemovalState {
    /// A call center that was read with the names of its fields, which tell whose it is.
    pub fn named_call_center(&self, internal_name: &str) -> Option<&CallCenter> {
        let mut read = self.call_centers.iter();
        let found = read.find(|it| it.internal_name == internal_name)?;
        (self.incomplete.get(internal_name) != Some(&MissingPart::FieldNames)).then_some(found)
    }
}

/// What every call center has, and an answer about one may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingPart {
    /// The names of its sections or fields.
    FieldNames,
    /// Its display name.
    DisplayName,
    /// All labels of a kind.
    Labels,
}

impl fmt::Display for MissingPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FieldNames => "the names of its fields",
            Self::DisplayName => "its display name",
            Self::Labels => "its labels",
        })
    }
}

/// A component that refers to one of the package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Its type: `FlexiPage`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Type of the package's component.
    pub to_kind: String,
    /// Name of the package's component.
    pub to_name: String,
}

/// Something that a person made and that stands in the way of an uninstall.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Added {
    /// What it is.
    pub kind: AddedKind,
    /// Its id, by which it is opened.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What of the package it is in, or is made of.
    pub place: String,
}

/// Kinds of things that people make and that stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddedKind {
    /// A report in a folder of the package.
    Report,
    /// A dashboard in a folder of the package.
    Dashboard,
    /// A job that runs one of the package's Apex classes.
    ScheduledJob,
    /// A record of one of the package's custom metadata types.
    CustomMetadata,
}
