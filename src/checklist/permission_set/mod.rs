//! `permission-set`: the chosen users have the permission sets they need.
//!
//! Which sets are wanted is decided in [`wanted`]: those that the configuration names, those of the
//! package, and the one that gives access to state sync. Who gets them is decided by `[users]`.

mod adopt;
mod plan;
mod removal;
mod status;

pub use plan::assignment;
pub use status::PermissionSetInUse;
pub(in crate::checklist) use status::list_permission_sets;

use crate::checklist::{
    About, Action, Adoptee, Case, ChangeRow, Item, ItemId, Nouns, Verdict, Word,
};
use crate::model::{Draft, Wave};

/// The item.
pub(super) struct PermissionSet;

impl ItemId {
    /// Permission sets.
    pub const PERMISSION_SET: Self = Self::new("permission-set");
}

static ABOUT: About = About {
    id: ItemId::PERMISSION_SET,
    title: "Permission sets",
    needs: &[ItemId::PACKAGE, ItemId::OMNI_SYNC],
    wave: Some(Wave::Records),
    of_fields: false,
    noticed_at_login: true,
    word: Word::NotAsked,
};

impl Item for PermissionSet {
    fn about(&self) -> &'static About {
        &ABOUT
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

    fn names_people(&self) -> bool {
        true
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
