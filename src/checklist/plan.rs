//! All items' answers together.

use super::{
    Change, Item, Stop, StopKind, Verdict, Wave, call_center, confirmed, csp_allow_list,
    cti_settings, data_center, omni_sync, package, permission_set, softphone_layout, task_layout,
    users,
};
use crate::model::{Baseline, Confirmations, Desired, Look, OrgState, SubjectKind};

/// What every item answered, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The answers.
    pub items: Vec<PlannedItem>,
    /// Which wave comes first.
    pub order: Order,
}

/// The order in which the waves are carried out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// What others build on comes first.
    #[default]
    Building,
    /// What builds on others goes first.
    Removing,
}

/// One item's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedItem {
    /// The item.
    pub item: Item,
    /// Its answer.
    pub verdict: Verdict,
}

/// What is known of an org's past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// What was there before us.
    pub baseline: Baseline,
    /// What people said that they have done.
    pub confirmations: Confirmations,
}

/// Asks every item.
pub fn plan(desired: &Desired, state: &OrgState, past: &Past) -> Plan {
    let Past { baseline, confirmations } = past;
    let mut items = answers(desired, state, baseline);
    if items.iter().any(is_at_odds) {
        // What is no longer wanted shows only where every name leads somewhere: else what a
        // misspelt name means would be given back.
        items = answers(desired, state, &baseline.of_kind(SubjectKind::ApexClass));
    }
    for planned in &mut items {
        confirmed::take_word(planned, desired, confirmations);
    }
    Plan { items, order: Order::Building }
}

/// Whether the configuration says something that the org contradicts.
fn is_at_odds(planned: &PlannedItem) -> bool {
    planned.verdict.stops.iter().any(|stop| stop.kind == StopKind::Configuration)
}

/// What every item answers, in order.
fn answers(desired: &Desired, state: &OrgState, baseline: &Baseline) -> Vec<PlannedItem> {
    let answer = |item| match item {
        Item::Package => package::plan(desired, state),
        Item::CallCenter => call_center::plan(desired, state),
        Item::CtiSettings => cti_settings::plan(desired, state),
        Item::TaskLayout => task_layout::plan(desired, state, baseline),
        Item::Users => users::plan(desired, state, baseline),
        Item::SoftphoneLayout => softphone_layout::plan(desired, state),
        Item::DataCenter => data_center::plan(desired, state),
        Item::OmniSync => omni_sync::plan(desired, state, baseline),
        Item::PermissionSet => permission_set::plan(desired, state, baseline),
        Item::CspAllowList => csp_allow_list::plan(desired),
    };
    Item::ALL.into_iter().map(|item| PlannedItem { item, verdict: answer(item) }).collect()
}

impl Plan {
    /// Every change that the program makes, in order; what is left to a person is not among them.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.items
            .iter()
            .flat_map(|planned| &planned.verdict.changes)
            .filter(|change| change.is_ours())
    }

    /// Whether anything is to be changed.
    pub fn is_empty(&self) -> bool {
        self.changes().next().is_none()
    }

    /// Whether carrying it out means to name profiles to the Metadata API.
    pub fn names_profiles(&self) -> bool {
        self.changes().any(|change| change.subject.kind == SubjectKind::ProfileLayout)
    }

    /// What must be looked at before the plan is whole.
    pub fn needs(&self) -> Vec<Look> {
        let mut needs: Vec<_> =
            self.items.iter().flat_map(|planned| planned.verdict.needs.iter().copied()).collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }

    /// Every reason not to begin, with the item that gave it.
    pub fn stops(&self) -> impl Iterator<Item = (Item, &Stop)> {
        self.items
            .iter()
            .flat_map(|planned| planned.verdict.stops.iter().map(move |stop| (planned.item, stop)))
    }

    /// The first wave that has something to do, and its changes.
    pub fn next_wave(&self) -> Option<(Wave, Vec<&Change>)> {
        let waves = self.changes().map(|change| change.item.wave());
        let wave = match self.order {
            Order::Building => waves.min(),
            Order::Removing => waves.max(),
        }?;
        Some((wave, self.changes().filter(|change| change.item.wave() == wave).collect()))
    }

    /// The answer of one item.
    pub fn of(&self, item: Item) -> Option<&Verdict> {
        self.items.iter().find(|planned| planned.item == item).map(|planned| &planned.verdict)
    }
}
