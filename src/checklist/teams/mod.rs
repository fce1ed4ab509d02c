//! `teams`: which teams have the layout that ties the Agent Desktop to Salesforce.
//!
//! A team has one layout of its own at most. The one that it had goes into the baseline.

mod plan;

use crate::checklist::tenant::put_back;
use crate::checklist::{
    About, ChangeRow, ItemId, Noticed, Nouns, TenantCase, TenantItem, Verdict, Word,
};
use crate::model::{TenantLook, Wave};

/// The item.
pub(super) struct Teams;

impl ItemId {
    /// Teams.
    pub const TEAMS: Self = Self::new("teams");
}

static ABOUT: About = About {
    id: ItemId::TEAMS,
    title: "Teams",
    needs: &[ItemId::DESKTOP_LAYOUT],
    wave: Some(Wave::Webex),
    of_fields: false,
    noticed: Noticed::DesktopReload,
    word: Word::NotAsked,
};

impl TenantItem for Teams {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, case: &TenantCase<'_>) -> Vec<TenantLook> {
        let gave = case.baseline.of_item(ItemId::TEAMS.as_str()).next().is_some();
        let gives_back = case.wish.given_back.as_ref().is_none_or(|names| !names.is_empty());
        if !(gave && gives_back)
            && (case.wish.teams.is_empty() || case.wish.desktop_layout.is_none())
        {
            return Vec::new();
        }
        vec![TenantLook::DesktopLayouts, TenantLook::Teams]
    }

    fn plan(&self, case: &TenantCase<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, case: &TenantCase<'_>) -> Verdict {
        put_back(case, ItemId::TEAMS)
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::new("team", "teams", "to switch to another layout")
    }
}
