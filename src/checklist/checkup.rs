//! What the checks of `doctor` judge: what was seen of an org, and what is wanted of it.

use std::collections::BTreeSet;

use super::call_center::{CallCenterInUse, Role, list_call_centers};
use super::inventory::Part;
use super::{Change, Human, Inventory, ItemId, Plan, Stop, StopKind, permissions_needed, settings};
use crate::definitions::recipe_of;
use crate::model::{
    CallCenterId, ConnectorWish, Evidence, Look, OrgState, Permission, Recipe, Target, TenantState,
    TenantWish,
};

/// What was seen of an org, and what is wanted of it.
#[derive(Debug)]
pub struct Checkup<'a> {
    /// What was observed.
    pub state: &'a OrgState,
    /// What was seen beside that.
    pub evidence: &'a Evidence,
    /// What is wanted, where there is a configuration.
    pub desired: Option<&'a ConnectorWish>,
    /// The plan that follows from it.
    plan: Option<&'a Plan>,
    /// What of the connector is there.
    pub inventory: Inventory,
    /// What was seen of the Webex organization.
    pub tenant: TenantSight<'a>,
}

/// What was seen of the Webex organization beside a Salesforce org.
#[derive(Debug, Clone, Copy, Default)]
pub enum TenantSight<'a> {
    /// Nothing is wanted of one, and nobody has logged in to any.
    #[default]
    NotAsked,
    /// Something is wanted of one, and nobody has logged in to it.
    NoLogin,
    /// It could not be reached, or did not accept the login: these are the words.
    Refused(&'a str),
    /// It was looked at.
    Seen {
        /// What is wanted of it; of what is absent nothing.
        wish: &'a TenantWish,
        /// What is there.
        state: &'a TenantState,
        /// What `apply` would change.
        plan: &'a Plan,
    },
}

impl<'a> Checkup<'a> {
    /// A checkup with a configuration and the plan that follows from it, or without.
    pub fn new(
        state: &'a OrgState,
        evidence: &'a Evidence,
        wanted: Option<(&'a ConnectorWish, &'a Plan)>,
    ) -> Self {
        Self {
            state,
            evidence,
            desired: wanted.map(|(desired, _)| desired),
            plan: wanted.map(|(_, plan)| plan),
            inventory: wanted.map_or_else(
                || Inventory::take(state),
                |(desired, _)| Inventory::of(state, &desired.recipe),
            ),
            tenant: TenantSight::NotAsked,
        }
    }

    /// The same with what was seen of the Webex organization.
    #[must_use]
    pub fn beside(self, tenant: TenantSight<'a>) -> Self {
        Self { tenant, ..self }
    }

    /// The generation of the connector.
    pub fn recipe(&self) -> &Recipe {
        self.desired.map_or(&recipe_of(self.state).recipe, |desired| &desired.recipe)
    }

    /// The org's words where it refused to show one of these.
    pub fn refused(&self, parts: &[Look]) -> Option<&str> {
        parts
            .iter()
            .find_map(|part| self.state.refusal(*part))
            .map(|refused| refused.words.as_str())
    }

    /// The reasons of an item not to begin, and what no change of it mends.
    pub fn stops(&self, item: ItemId) -> Vec<&Stop> {
        let verdict = self.plan.and_then(|plan| plan.of(item));
        verdict
            .map(|verdict| verdict.stops.iter().chain(&verdict.problems).collect())
            .unwrap_or_default()
    }

    /// Those of them that are of that kind.
    pub fn stops_of(&self, item: ItemId, kind: StopKind) -> Vec<&Stop> {
        self.stops(item).into_iter().filter(|stop| stop.kind == kind).collect()
    }

    /// The permissions that the pending changes need; `None` without a configuration.
    pub fn permissions_needed(&self) -> Option<BTreeSet<Permission>> {
        self.plan.map(permissions_needed)
    }

    /// How many changes an item is about to make.
    pub fn count_pending(&self, item: ItemId) -> usize {
        self.changes().filter(|change| change.item == item).count()
    }

    /// How many changes are about to be made to such targets, whichever item wants them.
    pub fn count_pending_at(&self, is_such: impl Fn(&Target) -> bool) -> usize {
        self.changes().filter(|change| is_such(change.target())).count()
    }

    fn changes(&self) -> impl Iterator<Item = &Change> {
        self.plan.into_iter().flat_map(Plan::changes)
    }

    /// What only a person can do of an item.
    pub fn human(&self, item: ItemId) -> Option<&Human> {
        self.plan.and_then(|plan| plan.of(item)).and_then(|it| it.human.as_ref())
    }

    /// What a person has to do for an item.
    pub fn steps(&self, item: ItemId) -> Vec<String> {
        self.human(item).map(Human::texts).unwrap_or_default()
    }

    /// The connector's call center: the configured one, else the newest that is there.
    pub fn call_center(&self) -> Option<&CallCenterInUse> {
        let found = &self.inventory.call_centers;
        match self.desired {
            Some(desired) => {
                let name = &desired.call_center.definition.call_center.internal_name;
                found.iter().find(|center| &center.internal_name == name)
            }
            None => found.iter().find(|center| center.role == Role::Connector),
        }
    }

    /// The call center of that id.
    pub fn call_center_of(&self, id: &CallCenterId) -> Option<&CallCenterInUse> {
        let row = self.state.call_centers.iter().find(|row| &row.id == id)?;
        self.inventory.call_centers.iter().find(|it| it.internal_name == row.internal_name)
    }

    /// The value of one of the call center's settings, by its key: `no_match.enabled`.
    pub fn setting(&self, key: &str) -> Option<String> {
        let existing = self.state.call_center.found();
        match self.desired {
            Some(desired) => settings::wanted(&desired.call_center, existing, key),
            None => settings::existing(existing?, key),
        }
    }

    /// Whether it is certain that the connector's package is not installed.
    pub fn lacks_package(&self) -> bool {
        !self.has_package()
            && self.refused(&[Look::Packages]).is_none()
            && self.inventory.unseen(Part::Packages).is_none()
    }

    /// Whether the connector's package is installed.
    pub fn has_package(&self) -> bool {
        let namespace = Some(self.recipe().namespace.as_str());
        self.state.packages.iter().any(|package| package.namespace.as_deref() == namespace)
    }
}

/// The generation of the connector that an org has, and the internal name of the call center that the
/// checks are about where nothing is configured, as far as the org shows both.
pub fn connector_in(state: &OrgState) -> (&'static Recipe, Option<String>) {
    let recipe = &recipe_of(state).recipe;
    let found = list_call_centers(state, recipe).into_iter();
    let mut connectors = found.filter(|center| center.role == Role::Connector);
    (recipe, connectors.next().map(|center| center.internal_name))
}
