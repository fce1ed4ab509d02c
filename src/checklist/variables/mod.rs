//! `variables`: the global variables that mappings name can be seen by agents and are kept for reports,
//! and the one with the activity's id can be written.

mod plan;

use crate::checklist::tenant::put_back;
use crate::checklist::{
    About, ChangeRow, ItemId, Noticed, Nouns, TenantCase, TenantItem, Verdict, Word,
};
use crate::model::{TenantLook, Wave};

/// The item.
pub(super) struct Variables;

impl ItemId {
    /// Variables.
    pub const VARIABLES: Self = Self::new("variables");
}

static ABOUT: About = About {
    id: ItemId::VARIABLES,
    title: "Global variables",
    needs: &[],
    wave: Some(Wave::Webex),
    of_fields: true,
    noticed: Noticed::NextCall,
    word: Word::NotAsked,
};

impl TenantItem for Variables {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, case: &TenantCase<'_>) -> Vec<TenantLook> {
        if case.wish.variables.is_none() && !case.gives_back(ItemId::VARIABLES) {
            return Vec::new();
        }
        vec![TenantLook::Variables]
    }

    fn plan(&self, case: &TenantCase<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, case: &TenantCase<'_>) -> Verdict {
        put_back(case, ItemId::VARIABLES)
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::new("setting", "settings", "of global variables to change")
    }
}
