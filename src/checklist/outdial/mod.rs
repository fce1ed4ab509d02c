//! `outdial`: what agents need to call out of Salesforce: an entry point that somebody answers for, a number
//! that leads to it, and a desktop profile that allows both.

mod plan;

pub(in crate::checklist) use plan::lists_needed;

use crate::checklist::tenant::put_back;
use crate::checklist::{
    About, ChangeRow, ItemId, Noticed, Nouns, TenantCase, TenantItem, Verdict, Word,
};
use crate::model::{TenantLook, Wave};

/// The item.
pub(super) struct Outdial;

impl ItemId {
    /// Outdial.
    pub const OUTDIAL: Self = Self::new("outdial");
}

static ABOUT: About = About {
    id: ItemId::OUTDIAL,
    title: "Outdial",
    needs: &[],
    wave: Some(Wave::Webex),
    of_fields: true,
    noticed: Noticed::DesktopLogin,
    word: Word::NotAsked,
};

impl TenantItem for Outdial {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, case: &TenantCase<'_>) -> Vec<TenantLook> {
        if case.wish.outdial.is_none() && !case.gives_back(ItemId::OUTDIAL) {
            return Vec::new();
        }
        vec![
            TenantLook::EntryPoints,
            TenantLook::DialNumbers,
            TenantLook::OutdialAnis,
            TenantLook::AgentProfiles,
            TenantLook::Agents,
            TenantLook::Teams,
        ]
    }

    fn plan(&self, case: &TenantCase<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, case: &TenantCase<'_>) -> Verdict {
        put_back(case, ItemId::OUTDIAL)
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::new("setting", "settings", "of desktop profiles to change")
    }
}
