//! What an item is asked about.

use crate::model::{Baseline, ConnectorWish, OrgState, Recipe};

/// What is wanted of an org, what is there, and what was there before us.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// What is wanted.
    pub desired: &'a ConnectorWish,
    /// What is there.
    pub state: &'a OrgState,
    /// What was there before us.
    pub baseline: &'a Baseline,
    /// How far references to the package are believed when it is removed.
    pub blockers: Blockers,
}

/// How far a person trusts what the org says of references to the package.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Blockers {
    /// They stop the run before anything is changed.
    #[default]
    Stop,
    /// They are told, and the org decides.
    Tell,
}

impl<'a> Case<'a> {
    /// The generation of the connector.
    pub fn recipe(&self) -> &'a Recipe {
        &self.desired.recipe
    }

    /// The namespace of the connector's package.
    pub fn namespace(&self) -> &'a str {
        &self.desired.recipe.namespace
    }
}
