//! `idle-codes`: the idle codes that state sync names exist, spelled and cased the same, and agents may
//! take them.

mod plan;

use crate::checklist::tenant::put_back;
use crate::checklist::{
    About, Action, After, ChangeRow, ItemId, Noticed, Nouns, TenantCase, TenantItem, Verdict, Word,
};
use crate::model::{TenantLook, TenantRecord, Wave};

/// The item.
pub(super) struct IdleCodes;

impl ItemId {
    /// Idle codes.
    pub const IDLE_CODES: Self = Self::new("idle-codes");
}

static ABOUT: About = About {
    id: ItemId::IDLE_CODES,
    title: "Idle codes",
    needs: &[],
    wave: Some(Wave::Webex),
    of_fields: true,
    noticed: Noticed::DesktopLogin,
    word: Word::NotAsked,
};

impl TenantItem for IdleCodes {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, case: &TenantCase<'_>) -> Vec<TenantLook> {
        if case.wish.idle_codes.is_none() && !case.gives_back(ItemId::IDLE_CODES) {
            return Vec::new();
        }
        vec![
            TenantLook::IdleCodes,
            TenantLook::AgentProfiles,
            TenantLook::Agents,
            TenantLook::Teams,
        ]
    }

    fn plan(&self, case: &TenantCase<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, case: &TenantCase<'_>) -> Verdict {
        put_back(case, ItemId::IDLE_CODES)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        let is_code = change.subject.kind.in_tenant() == Some(TenantRecord::AuxiliaryCode);
        let goes = change.action == Action::Delete || change.after == After::Known(None);
        let what = match (is_code, goes) {
            (true, true) => "to delete",
            (true, false) => "to create",
            (false, true) => "to disallow",
            (false, false) => "to allow",
        };
        Nouns::new("idle code", "idle codes", what)
    }
}
