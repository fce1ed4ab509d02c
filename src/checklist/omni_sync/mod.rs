//! `omni-sync`: agents' states in Webex and in Omni-Channel follow each other.
//!
//! Where the call center's settings switch state sync on, agents take presence statuses, and Version 1 of
//! the connector calls an Apex class of the org by name. The class is planned in `class.rs`, who may use
//! it and the statuses in `access.rs`.

mod access;
mod adopt;
mod check;
mod class;
mod held;
mod plan;
mod removal;
mod snapshot;
mod status;

pub(in crate::checklist) use adopt::gives_by_own_set;
pub use check::{status_needed, switched_on};
pub use plan::is_asked_for;
pub(in crate::checklist) use plan::needed;
pub(in crate::checklist) use removal::is_set_leaving;
pub(in crate::checklist) use status::describe_state_sync;
pub use status::{AccessHolder, StateSync, StateSyncClass};

use crate::checklist::{
    About, Action, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Kept,
    Lookup, Noticed, Nouns, Now, SnapshotCase, Verdict, Word,
};
use crate::model::{Draft, Look, SubjectKind, Target, Wave};

/// The item.
pub(super) struct OmniSync;

impl ItemId {
    /// Omni-Channel state sync.
    pub const OMNI_SYNC: Self = Self::new("omni-sync");
}

static ABOUT: About = About {
    id: ItemId::OMNI_SYNC,
    title: "Omni-Channel state sync",
    needs: &[],
    wave: Some(Wave::Deploy),
    of_fields: false,
    noticed: Noticed::SalesforceLogin,
    word: Word::NotAsked,
};

impl Item for OmniSync {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        plan::looks(intent)
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state, case.baseline)
    }

    fn in_place(&self, case: Case<'_>) -> Vec<Kept> {
        plan::in_place(case.desired, case.state, case.baseline)
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        held::now(org.state, target)
    }

    /// Accesses travel with the permission set that holds them.
    fn put_back(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        match (change.subject.kind, change.action) {
            (SubjectKind::ApexClass, _) => Nouns::new("Apex class", "Apex classes", "to deploy"),
            (_, Action::Delete) => Nouns::new("access", "accesses", "to take back"),
            _ => Nouns::new("access", "accesses", "to give"),
        }
    }

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        vec![check::check(checkup)]
    }

    fn holds(&self, case: &SnapshotCase<'_>, into: &mut Holdings) {
        snapshot::holds(case, into);
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
