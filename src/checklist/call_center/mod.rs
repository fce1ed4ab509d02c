//! `call-center`: the call center of the chosen definition exists, with the definition's fields.

mod family;
mod plan;
mod removal;

pub use family::{is_connectors, is_leaving};
pub(in crate::checklist) use plan::reference;

use crate::checklist::{About, Action, Case, ChangeRow, Item, ItemId, Nouns, Verdict, Word};
use crate::model::Wave;

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
    noticed_at_login: true,
    word: Word::NotAsked,
};

impl Item for CallCenter {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state)
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
}
