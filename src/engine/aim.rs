//! What a run is to bring about.

use crate::checklist::Blockers;
use crate::model::Way;

/// The state that a run aims at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim<'a> {
    /// The connector is there, as configured.
    Installed,
    /// It is gone, and what was there before it is back.
    Removed(Removal<'a>),
}

/// How the connector is taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removal<'a> {
    /// The org that the person named to confirm that data goes with the package.
    pub delete_data: Option<&'a str>,
    /// Whether known references to the package stop the run, or the org is to decide.
    pub blockers: Blockers,
}

impl Aim<'_> {
    /// Whether it builds something up or takes it out.
    pub(super) fn way(self) -> Way {
        match self {
            Self::Installed => Way::Build,
            Self::Removed(_) => Way::Remove,
        }
    }
}
