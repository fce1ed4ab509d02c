//! What is judged: what was seen of an org, and what is wanted of it.

use std::collections::BTreeSet;

use crate::checklist::{ItemId, Plan, Stop, StopKind, permissions_needed};
use crate::inventory::{CallCenterInUse, Inventory, Role, connector};
use crate::model::{CallCenterId, Desired, Evidence, OrgState, Part, Permission, Recipe};

/// What was seen of an org, and what is wanted of it.
#[derive(Debug)]
pub struct Case<'a> {
    pub(super) state: &'a OrgState,
    pub(super) evidence: &'a Evidence,
    pub(super) desired: Option<&'a Desired>,
    plan: Option<&'a Plan>,
    pub(super) inventory: Inventory,
}

/// The command that brings about what is configured.
pub(super) const APPLY: &str = "Run `provision apply`: it brings about what is configured.";

impl<'a> Case<'a> {
    /// A case with a configuration and the plan that follows from it, or without.
    pub fn new(
        state: &'a OrgState,
        evidence: &'a Evidence,
        wanted: Option<(&'a Desired, &'a Plan)>,
    ) -> Self {
        Self {
            state,
            evidence,
            desired: wanted.map(|(desired, _)| desired),
            plan: wanted.map(|(_, plan)| plan),
            inventory: Inventory::take(state),
        }
    }

    pub(super) fn recipe(&self) -> &Recipe {
        self.desired.map_or(&connector().recipe, |desired| &desired.recipe)
    }

    /// The org's words where it refused to show one of these.
    pub(super) fn refused(&self, parts: &[Part]) -> Option<&str> {
        parts
            .iter()
            .find_map(|part| self.evidence.refused.get(part))
            .map(|refused| refused.words.as_str())
    }

    /// The reasons of an item not to begin, or what no change of it mends.
    pub(super) fn stops(&self, item: ItemId) -> Vec<&Stop> {
        let verdict = self.plan.and_then(|plan| plan.of(item));
        verdict
            .map(|verdict| verdict.stops.iter().chain(&verdict.problems).collect())
            .unwrap_or_default()
    }

    /// Those of them that are of that kind.
    pub(super) fn stops_of(&self, item: ItemId, kind: StopKind) -> Vec<&Stop> {
        self.stops(item).into_iter().filter(|stop| stop.kind == kind).collect()
    }

    /// The permissions that the pending changes need; `None` without a configuration.
    pub(super) fn permissions_needed(&self) -> Option<BTreeSet<Permission>> {
        self.plan.map(permissions_needed)
    }

    /// How many changes an item is about to make.
    pub(super) fn pending(&self, item: ItemId) -> usize {
        let verdict = self.plan.and_then(|plan| plan.of(item));
        verdict.map_or(0, |verdict| verdict.changes.iter().filter(|it| it.is_ours()).count())
    }

    /// What a person has to do for an item.
    pub(super) fn steps(&self, item: ItemId) -> Vec<String> {
        let human = self.plan.and_then(|plan| plan.of(item)).and_then(|it| it.human.as_ref());
        human.map(|human| human.steps.clone()).unwrap_or_default()
    }

    /// The connector's call center: the configured one, else the newest that is there.
    pub(super) fn call_center(&self) -> Option<&CallCenterInUse> {
        let found = &self.inventory.call_centers;
        match self.desired {
            Some(desired) => {
                let name = &desired.call_center.definition.call_center.internal_name;
                found.iter().find(|center| &center.internal_name == name)
            }
            None => found.iter().find(|center| center.role == Role::Connector),
        }
    }

    /// Internal name of a call center by its id.
    pub(super) fn call_center_named(&self, id: &CallCenterId) -> Option<&CallCenterInUse> {
        let row = self.state.call_centers.iter().find(|row| &row.id == id)?;
        self.inventory.call_centers.iter().find(|it| it.internal_name == row.internal_name)
    }

    /// Whether the connector's package is not installed for sure.
    pub(super) fn lacks_package(&self) -> bool {
        !self.has_package() && self.refused(&[Part::Packages]).is_none()
    }

    /// Whether the connector's package is installed.
    pub(super) fn has_package(&self) -> bool {
        let namespace = Some(self.recipe().namespace.as_str());
        self.state.packages.iter().any(|package| package.namespace.as_deref() == namespace)
    }
}

/// Reasons as one text.
pub(super) fn told(stops: &[&Stop]) -> String {
    let messages: Vec<&str> = stops.iter().map(|stop| stop.message.as_str()).collect();
    messages.join(" ")
}

/// What to do about them.
pub(super) fn hints(stops: &[&Stop]) -> Vec<String> {
    stops.iter().flat_map(|stop| stop.hints.iter().cloned()).collect()
}

/// Names in a row, with what is past the first ones only counted.
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const NAMED: usize = 5;
    let shown: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A number with its noun.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
