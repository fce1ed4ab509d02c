//! The checklist backwards: what takes the connector out of an org and puts back what was there.
//!
//! The same items answer, each with what its absence wants. The waves run the other way: records,
//! so that nobody uses what goes; the deploy, which frees the layouts and deletes what is ours; and
//! the package last. Whatever somebody else has set since is theirs and stays.

mod blockers;
mod call_center;
mod omni_sync;
mod package;
mod permission_set;
mod softphone_layout;
mod task_layout;
mod users;

use super::plan::{REMOVING, of_way};
use super::{Item, Past, Plan, PlannedItem, Verdict};
use crate::model::{Baseline, Desired, OrgState, Way};

pub use call_center::is_leaving as is_leaving_call_center;

/// How far a person trusts what the org says of references to the package.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Blockers {
    /// They stop the run before anything is changed.
    #[default]
    Stop,
    /// They are told, and the org decides.
    Tell,
}

/// Asks every item what its absence wants.
pub fn removal(desired: &Desired, state: &OrgState, past: &Past, blockers: Blockers) -> Plan {
    let about = About { desired, state, baseline: &past.baseline };
    let answer = |item| match item {
        Item::Package => package::plan(about, blockers),
        Item::CallCenter => call_center::plan(about),
        Item::Users => users::plan(about),
        Item::SoftphoneLayout => softphone_layout::plan(about),
        Item::TaskLayout => task_layout::plan(about),
        Item::OmniSync => omni_sync::plan(about),
        Item::PermissionSet => permission_set::plan(about),
        // Settings go with the call center, the region with the package. What a person allowed in
        // Control Hub serves every org of the tenant.
        Item::CtiSettings | Item::DataCenter | Item::CspAllowList => Verdict::default(),
    };
    let items = Item::ALL.into_iter().map(|item| PlannedItem { item, verdict: answer(item) });
    Plan { items: of_way(items.collect(), Way::Remove), stages: REMOVING.to_vec() }
}

/// What every item's absence is asked about.
#[derive(Clone, Copy)]
struct About<'a> {
    desired: &'a Desired,
    state: &'a OrgState,
    baseline: &'a Baseline,
}

impl About<'_> {
    fn namespace(&self) -> &str {
        &self.desired.recipe.namespace
    }
}
