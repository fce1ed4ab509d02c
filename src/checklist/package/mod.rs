//! `package`: the wanted version of the managed package is installed for the wanted audience.

mod adopt;
mod blockers;
mod check;
mod contents;
mod identity;
mod licence;
mod plan;
mod removal;
mod snapshot;
mod status;
mod upgrade_choice;
mod validation;

pub use identity::name_by_ids;
pub use licence::{licences_of, several as several_licences};
pub use plan::installed;
pub(in crate::checklist) use plan::is_done;
pub(in crate::checklist) use removal::{has_others_of_namespace, leaving_package};
pub(in crate::checklist) use snapshot::{contradiction, is_there};
pub use status::PackageInUse;
pub(in crate::checklist) use status::list_packages;

use crate::checklist::{
    About, Action, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId,
    Lookup, Noticed, Nouns, Now, SnapshotCase, Verdict, Word,
};
use crate::model::{Audience, Draft, Look, Target, Wave, Way};

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
    noticed: Noticed::Never,
    word: Word::NotAsked,
};

impl Item for Package {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        let mut looks = vec![Look::Packages];
        let names_profiles = matches!(intent.desired.package.audience, Audience::Profiles(_));
        if intent.way == Way::Build && names_profiles {
            looks.push(Look::Profiles);
        }
        looks
    }

    fn glances(&self, intent: &Intent<'_>) -> Vec<Look> {
        match intent.way {
            Way::Build => vec![Look::Layouts, Look::Installs, Look::PackageContents],
            // What the org does not tell of these is said where it is judged.
            Way::Remove => {
                vec![Look::Installs, Look::References, Look::Uninstalls, Look::Added]
            }
        }
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        let state = org.state;
        let (Target::Package(namespace), Some(packages)) = (target, state.packages.seen()) else {
            return Now::Unseen;
        };
        let mut found = packages.iter().filter(|it| it.namespace.as_ref() == Some(namespace));
        match (found.next(), found.next()) {
            (only, None) => Now::Held(only.map(removal::held)),
            // Which of several is the connector's, only the org's offer tells.
            (_, Some(_)) => Now::Unseen,
        }
    }

    /// An older version never comes back over a newer one.
    fn put_back(&self, case: Case<'_>) -> Verdict {
        plan::put_back(case)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        match change.action {
            Action::Delete => Nouns::new("package", "packages", "to uninstall"),
            _ => Nouns::new("package", "packages", "to install"),
        }
    }

    fn noticed(&self, change: &ChangeRow) -> Noticed {
        match change.action {
            // Its pages are there for nobody before there is a call center.
            Action::Create => Noticed::Never,
            _ => Noticed::AtOnce,
        }
    }

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        vec![check::check(checkup), licence::check(checkup)]
    }

    fn holds(&self, case: &SnapshotCase<'_>, into: &mut Holdings) {
        snapshot::holds(case, into);
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
