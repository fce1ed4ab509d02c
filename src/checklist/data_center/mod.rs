//! `data-center`: the package's custom metadata carries the region.
//!
//! Nobody published the names of its types, records and fields. They are found by the shape of the
//! values (`discovery.rs`), and only a find without any doubt is written to; everything else is for
//! a person (`steps.rs`), with what was seen.

mod adopt;
mod check;
mod discovery;
mod plan;
mod snapshot;
mod status;
mod steps;

pub use check::check;
pub use plan::{RegionalFind, find, places};
pub(in crate::checklist) use status::read_settings;
pub use status::{LookAlike, RegionalSetting, RegionalSettings};

use crate::checklist::{
    About, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Kept, Lookup,
    Noticed, Nouns, Now, Scope, SnapshotCase, Verdict, Word,
};
use crate::model::{ConnectorWish, Draft, Look, Observed, SeenRecords, Target, Value, Wave, Way};

/// The item.
pub(super) struct DataCenter;

impl ItemId {
    /// Data centre.
    pub const DATA_CENTER: Self = Self::new("data-center");
}

static ABOUT: About = About {
    id: ItemId::DATA_CENTER,
    title: "Data centre",
    needs: &[ItemId::PACKAGE],
    wave: Some(Wave::Deploy),
    of_fields: true,
    noticed: Noticed::AtOnce,
    word: Word::Asked,
};

impl Item for DataCenter {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        let has_settings = intent.desired.recipe.custom_metadata_types > 0;
        if intent.way == Way::Build && has_settings {
            return vec![Look::Packages, Look::RegionalValues];
        }
        Vec::new()
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state)
    }

    fn in_place(&self, case: Case<'_>) -> Vec<Kept> {
        plan::in_place(case.desired, case.state)
    }

    fn removal(&self, _case: Case<'_>) -> Verdict {
        // The region goes with the package.
        Verdict::default()
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        let state = org.state;
        let Target::CustomMetadata(place) = target else { return Now::Unseen };
        let known = &state.custom_metadata;
        match known.at(place) {
            Some((_, now)) => Now::Held(now.map(|now| Value::Text(now.to_owned()))),
            None if known.seen == Observed::Seen(SeenRecords::Everything) => Now::Gone,
            None => Now::Unseen,
        }
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::new("custom metadata value", "custom metadata values", "to set")
    }

    fn confirmable(&self, desired: &ConnectorWish) -> Option<(Scope, String)> {
        let has_settings = desired.recipe.custom_metadata_types > 0;
        has_settings.then(|| (Scope::Org, desired.region.name.clone()))
    }

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        vec![check(checkup)]
    }

    fn holds(&self, case: &SnapshotCase<'_>, into: &mut Holdings) {
        snapshot::holds(case, into);
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
