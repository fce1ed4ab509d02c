//! `cti-settings`: the call center's values are the configured ones.
//!
//! Values that the configuration does not name keep what the org has, but for those that an earlier run
//! has changed: they go back to what they were before. The definition's defaults apply when the call
//! center is created.

mod adopt;
mod check;
mod plan;
mod snapshot;

use crate::checklist::call_center::held_field;
use crate::checklist::{
    About, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Lookup,
    Noticed, Nouns, Now, SnapshotCase, Verdict, Word,
};
use crate::model::{Draft, Look, Target, Wave, Way};

/// The item.
pub(super) struct CtiSettings;

impl ItemId {
    /// CTI settings.
    pub const CTI_SETTINGS: Self = Self::new("cti-settings");
}

static ABOUT: About = About {
    id: ItemId::CTI_SETTINGS,
    title: "CTI settings",
    needs: &[ItemId::CALL_CENTER],
    wave: Some(Wave::Deploy),
    of_fields: true,
    noticed: Noticed::SalesforceLogin,
    word: Word::NotAsked,
};

impl Item for CtiSettings {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        match intent.way {
            Way::Build => vec![Look::CallCenter],
            Way::Remove => Vec::new(),
        }
    }

    fn glances(&self, intent: &Intent<'_>) -> Vec<Look> {
        match intent.way {
            Way::Build => vec![Look::Objects, Look::PresenceStatuses],
            Way::Remove => Vec::new(),
        }
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state)
    }

    fn removal(&self, _case: Case<'_>) -> Verdict {
        // They go with the call center.
        Verdict::default()
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::new("setting", "settings", "to set")
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        held_field(org.state, target)
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
