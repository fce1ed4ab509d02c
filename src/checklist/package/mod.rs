//! `package`: the wanted version of the managed package is installed for the wanted audience.

mod adopt;
mod blockers;
mod check;
mod licence;
mod plan;
mod removal;
mod status;

pub use licence::licence_of;
pub use plan::installed;
pub(in crate::checklist) use plan::is_done;
pub use status::PackageInUse;
pub(in crate::checklist) use status::list_packages;

use crate::checklist::{
    About, Action, Adoptee, Case, ChangeRow, Check, Checkup, Item, ItemId, Nouns, Verdict, Word,
};
use crate::model::{Draft, Wave};

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

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        vec![check::check(checkup), licence::check(checkup)]
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
