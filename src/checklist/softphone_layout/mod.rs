//! `softphone-layout`: what an agent gets has the wanted call types, objects and screen pops.
//!
//! No API writes a softphone layout, and the one that reads tells the calling user's own alone. So
//! this item compares, and where something differs a person does it, in the order and the words of
//! the Setup page.

mod adopt;
mod assigned;
mod audit;
mod check;
mod others;
mod plan;
mod recorded;
mod removal;
mod sightings;
mod snapshot;
mod status;
mod steps;
mod unseen;

pub use recorded::{forget_given_back, kept_softphone_layout, recorded_softphone_layout, value_of};
pub use sightings::others_get;
pub(in crate::checklist) use status::describe_layout;
pub use status::{Pops, Softphone, SoftphoneCalls};

use crate::checklist::{
    About, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Noticed,
    Nouns, Scope, SnapshotCase, Verdict, Word,
};
use crate::model::{ConnectorWish, Draft, Look, SetupTask, Way};

/// The page of Setup, by its name in the address.
const PAGE: &str = "SoftphoneLayouts";

/// Whether people read another name than the API's wherever nobody has renamed anything: those of custom objects, and
/// those of several words.
fn differs_from_label(object: &str) -> bool {
    object.contains("__") || object.chars().skip(1).any(char::is_uppercase)
}

/// The item.
pub(super) struct SoftphoneLayout;

impl ItemId {
    /// Softphone layout.
    pub const SOFTPHONE_LAYOUT: Self = Self::new("softphone-layout");
}

static ABOUT: About = About {
    id: ItemId::SOFTPHONE_LAYOUT,
    title: "Softphone layout",
    needs: &[],
    wave: None,
    of_fields: true,
    noticed: Noticed::SalesforceReload,
    word: Word::AskedWhereUnseen,
};

impl Item for SoftphoneLayout {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    /// Nobody writes it: what was not seen of the layout is for a person to look at.
    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        match (&intent.desired.softphone_layout, intent.way) {
            // Whoever works with another version may need the layout.
            (Some(_), Way::Remove) => vec![Look::Users, Look::CallCenters],
            _ => Vec::new(),
        }
    }

    fn glances(&self, intent: &Intent<'_>) -> Vec<Look> {
        match (&intent.desired.softphone_layout, intent.way) {
            (None, _) => Vec::new(),
            (Some(wish), Way::Build) => {
                let mut looks = vec![Look::Softphone, Look::CallCenter];
                // The API names of other objects read like their labels.
                let objects = SetupTask::Layout(wish.clone());
                if objects.objects().into_iter().any(differs_from_label) {
                    looks.push(Look::ObjectLabels);
                }
                if wish.default || !wish.profiles.is_empty() || !wish.check_users.is_empty() {
                    looks.push(Look::Profiles);
                }
                if wish.default {
                    // Whoever works with another vendor's gets the default, too.
                    looks.extend([Look::CallCenters, Look::Memberships]);
                }
                looks
            }
            // Profiles are recorded by id, and Setup names them in the language of whoever is logged in.
            (Some(_), Way::Remove) => vec![Look::Softphone, Look::Profiles],
        }
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state, case.baseline)
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::STEPS
    }

    fn confirmable(&self, desired: &ConnectorWish) -> Option<(Scope, String)> {
        plan::wanted(desired).map(|wanted| (Scope::Org, wanted))
    }

    fn confirmable_removal(&self, desired: &ConnectorWish) -> Option<(Scope, String)> {
        let wish = desired.softphone_layout.as_ref()?;
        Some((Scope::Org, format!("removed: {}", wish.name)))
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
