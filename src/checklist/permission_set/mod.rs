//! `permission-set`: the chosen users have the permission sets they need.
//!
//! Which sets are wanted is decided in `plan.rs`: those that the configuration names, those of the
//! package, and those of ours: for access to state sync, and for what agents need. Who gets them is decided by `[users]`.

mod adopt;
mod given;
mod plan;
mod removal;
mod snapshot;
mod status;

pub use given::Given;
pub use plan::packaged;
pub use status::PermissionSetInUse;
pub(in crate::checklist) use status::list_permission_sets;

use crate::checklist::{
    About, Action, Adoptee, Case, ChangeRow, Holdings, Intent, Item, ItemId, Lookup, Noticed,
    Nouns, Now, SnapshotCase, Verdict, Word,
};
use crate::model::{Draft, Look, Target, Value, Wave};

/// The item.
pub(super) struct PermissionSet;

impl ItemId {
    /// Permission sets.
    pub const PERMISSION_SET: Self = Self::new("permission-set");
}

static ABOUT: About = About {
    id: ItemId::PERMISSION_SET,
    title: "Permission sets",
    needs: &[ItemId::PACKAGE, ItemId::OMNI_SYNC, ItemId::AGENT_ACCESS],
    wave: Some(Wave::Records),
    of_fields: false,
    noticed: Noticed::SalesforceLogin,
    word: Word::NotAsked,
};

impl Item for PermissionSet {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        plan::looks(intent)
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state, case.baseline)
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        match change.action {
            Action::Delete => Nouns::new("permission set", "permission sets", "to take back"),
            _ => Nouns::new("permission set", "permission sets", "to assign"),
        }
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        let state = org.state;
        let Target::PermissionSetAssignment { user, set } = target else { return Now::Unseen };
        if !state.permission_sets.is_seen() || !state.permission_set_assignments.is_seen() {
            return Now::Unseen;
        }
        Now::Held(org.given().find(user, set).map(|_| Value::Given))
    }

    fn names_people(&self) -> bool {
        true
    }

    fn holds(&self, case: &SnapshotCase<'_>, into: &mut Holdings) {
        snapshot::holds(case, into);
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
