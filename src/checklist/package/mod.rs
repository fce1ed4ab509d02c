//! `package`: the wanted version of the managed package is installed for the wanted audience.

mod blockers;
mod plan;
mod removal;

pub use plan::installed;
pub(in crate::checklist) use plan::is_done;

use crate::checklist::{About, Action, Case, ChangeRow, Item, ItemId, Nouns, Verdict, Word};
use crate::model::Wave;

/// The item.
pub(super) struct Package;

impl ItemId {
    /// Managed package.
    pub const PACKAGE: Self = Self::new("package");
}

static ABOUT: About = About {
    id: ItemId::PACKAGE,
    title: "Managed package",
    needs: &[],
    wave: Some(Wave::Package),
    of_fields: false,
    noticed_at_login: false,
    word: Word::NotAsked,
};

impl Item for Package {
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
            Action::Delete => Nouns::new("package", "packages", "to uninstall"),
            _ => Nouns::new("package", "packages", "to install"),
        }
    }
}
