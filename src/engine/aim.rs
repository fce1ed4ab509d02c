//! What a run is to bring about.

use super::undone::UndoneRuns;
use crate::checklist::Blockers;
use crate::model::{Undoing, Undone, Way};

/// The state that a run aims at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim<'a> {
    /// The connector is there, as configured.
    Installed,
    /// It is gone, and what was there before it is back.
    Removed(Removal<'a>),
    /// What runs have changed is as it was before them.
    Undone(Taking<'a>),
    /// Single values of the Salesforce org and of the Webex organization are as a snapshot holds them.
    Restored(&'a Undone),
}

/// Which runs are taken back, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taking<'a> {
    /// The runs.
    pub runs: &'a UndoneRuns,
    /// How the connector's package is taken out, where the runs have brought it.
    pub removal: Removal<'a>,
}

/// How the connector is taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removal<'a> {
    /// The org that the person named to confirm that data goes with the package.
    pub delete_data: Option<&'a str>,
    /// Whether known references to the package stop the run, or the org is to decide.
    pub blockers: Blockers,
}

impl<'a> Aim<'a> {
    /// Whether it builds something up in the Salesforce org or takes it out.
    pub(super) fn way(self) -> Way {
        self.way_of(|runs| &runs.org)
    }

    /// The same for the Webex organization.
    pub(super) fn way_of_tenant(self) -> Way {
        self.way_of(|runs| &runs.tenant)
    }

    fn way_of(self, half: impl Fn(&UndoneRuns) -> &Undone) -> Way {
        match self {
            // A snapshot gives single values back, and no components.
            Self::Installed | Self::Restored(_) => Way::Build,
            Self::Removed(_) => Way::Remove,
            Self::Undone(taking) => half(taking.runs).undoing().way(),
        }
    }

    /// How the package is taken out, where this takes something out of the Salesforce org.
    pub(super) fn removal(self) -> Option<Removal<'a>> {
        match self {
            Self::Installed | Self::Restored(_) => None,
            Self::Removed(removal) => Some(removal),
            Self::Undone(taking) => (self.way() == Way::Remove).then_some(taking.removal),
        }
    }

    /// What is taken back, where that is the aim.
    pub(super) fn undone(self) -> Option<&'a UndoneRuns> {
        match self {
            Self::Undone(taking) => Some(taking.runs),
            Self::Installed | Self::Removed(_) | Self::Restored(_) => None,
        }
    }

    /// Whether values go back to what they were, whatever a configuration wants.
    pub(super) fn takes_back(self) -> bool {
        self.past().is_some()
    }

    /// The past of the Salesforce org that values are put back to, where that is the aim.
    pub(super) fn past(self) -> Option<&'a Undone> {
        match self {
            Self::Undone(taking) => Some(&taking.runs.org),
            Self::Restored(past) => Some(past),
            Self::Installed | Self::Removed(_) => None,
        }
    }

    /// The same for the Webex organization.
    pub(super) fn past_of_tenant(self) -> Option<&'a Undone> {
        match self {
            Self::Undone(taking) => Some(&taking.runs.tenant),
            Self::Restored(past) => Some(past),
            Self::Installed | Self::Removed(_) => None,
        }
    }

    /// Whether what is there before a change is recorded for an uninstall.
    pub(super) fn records_past(self) -> bool {
        match self {
            Self::Installed | Self::Restored(_) => true,
            Self::Removed(_) => false,
            Self::Undone(taking) => taking.runs.org.undoing() == Undoing::BringsBack,
        }
    }

    /// The same for the Webex organization.
    pub(super) fn records_tenants_past(self) -> bool {
        match self {
            Self::Installed | Self::Restored(_) => true,
            Self::Removed(_) => false,
            Self::Undone(taking) => taking.runs.tenant.undoing() == Undoing::BringsBack,
        }
    }
}
