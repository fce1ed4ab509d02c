//! `call-center`: the call center of the chosen definition exists, with the definition's fields.

mod adopt;
mod check;
mod family;
mod held;
mod plan;
mod predecessor;
mod removal;
mod snapshot;
mod status;

pub(in crate::checklist) use adopt::define;
pub use check::newest_call_center;
pub use family::{
    generation_of, is_clone, is_connectors, is_leaving, is_one_of_connectors, is_recorded_leaving,
    made_by_us, may_leave,
};
pub(in crate::checklist) use held::field as held_field;
pub(in crate::checklist) use plan::{recorded_call_center, reference};
pub use predecessor::predecessor;
pub(in crate::checklist) use predecessor::{members, predecessors};
pub(in crate::checklist) use removal::{by_hand, delete, unreadable};
pub(in crate::checklist) use snapshot::is_of as is_in_snapshot;
pub use status::{CallCenterInUse, Role, UsersOfProfile};
#[cfg(test)]
pub(in crate::checklist) use status::{find_data_center, role};
pub(in crate::checklist) use status::{list_call_centers, list_members};

use crate::checklist::{
    About, Action, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Kept,
    Lookup, Noticed, Nouns, Now, SnapshotCase, Stop, Verdict, Word,
};
use crate::model::{Draft, Look, OrgState, Target, Wave, Way};

/// The item.
pub(super) struct CallCenter;

impl ItemId {
    /// Call center.
    pub const CALL_CENTER: Self = Self::new("call-center");
}

static ABOUT: About = About {
    id: ItemId::CALL_CENTER,
    title: "Call center",
    needs: &[],
    wave: Some(Wave::Deploy),
    of_fields: false,
    noticed: Noticed::SalesforceLogin,
    word: Word::NotAsked,
};

impl Item for CallCenter {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        let mut looks = vec![Look::CallCenters];
        if intent.way == Way::Build {
            looks.push(Look::CallCenter);
        }
        looks
    }

    fn lacks(&self, state: &OrgState) -> Option<Stop> {
        plan::no_open_cti(state)
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case)
    }

    fn in_place(&self, case: Case<'_>) -> Vec<Kept> {
        plan::in_place(case.state).into_iter().collect()
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        match change.action {
            Action::Create => Nouns::new("call center", "call centers", "to create"),
            Action::Delete => Nouns::new("call center", "call centers", "to delete"),
            Action::Update | Action::Human => Nouns::new("label", "labels", "to change"),
        }
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        held::now(org.state, target)
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
