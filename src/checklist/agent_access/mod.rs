//! `agent-access`: agents see the app with the phone, have a seat of the package, and may create and edit
//! the records that the connector makes, with every field that it fills.
//!
//! What is needed follows from the call center's settings and from the package (`needs.rs`), who lacks
//! something from what the org shows of permissions (`lacks.rs`). Where the configuration says `manage`, a
//! permission set of ours gives it (`set.rs`), and an app of one's own gets the phone into its utility bar
//! (`utility.rs`); otherwise a person does, by the steps of `told.rs`.

mod adopt;
mod check;
mod lacks;
mod needs;
mod phone;
mod plan;
mod removal;
mod set;
mod snapshot;
mod told;
mod utility;

pub(in crate::checklist) use adopt::managed as given_by_own_set;
pub use lacks::{Lacking, lacks_of};
pub(crate) use needs::{Need, needs, objects};
pub(in crate::checklist) use removal::is_set_leaving;
pub(crate) use set::managed_set;

use crate::checklist::{
    About, Action, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Kept,
    Lookup, Noticed, Nouns, Now, SnapshotCase, Verdict, Word,
};
use crate::model::{Draft, Look, SubjectKind, Target, Wave};

/// The item.
pub(super) struct AgentAccess;

impl ItemId {
    /// What agents may do.
    pub const AGENT_ACCESS: Self = Self::new("agent-access");
}

static ABOUT: About = About {
    id: ItemId::AGENT_ACCESS,
    title: "Agent access",
    needs: &[ItemId::PACKAGE],
    wave: Some(Wave::Deploy),
    of_fields: false,
    noticed: Noticed::SalesforceLogin,
    word: Word::NotAsked,
};

impl Item for AgentAccess {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        plan::looks(intent)
    }

    fn glances(&self, intent: &Intent<'_>) -> Vec<Look> {
        plan::glances(intent)
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case)
    }

    fn in_place(&self, case: Case<'_>) -> Vec<Kept> {
        plan::in_place(case)
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        match target {
            Target::UtilityItem(..) => utility::now(org.state, target),
            _ => set::now(org.state, target),
        }
    }

    /// Accesses travel with the permission set that holds them, and items of a utility bar with the bar.
    fn put_back(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        let is_utility = change.subject.kind == SubjectKind::FlexiPage;
        match change.action {
            Action::Delete if is_utility => {
                Nouns::new("utility item", "utility items", "to remove")
            }
            _ if is_utility => Nouns::new("utility item", "utility items", "to add"),
            Action::Delete => Nouns::new("access", "accesses", "to take back"),
            _ => Nouns::new("access", "accesses", "to give"),
        }
    }

    fn holds(&self, case: &SnapshotCase<'_>, into: &mut Holdings) {
        snapshot::holds(case, into);
    }

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        check::check(checkup).into_iter().collect()
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
