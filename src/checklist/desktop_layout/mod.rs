//! `desktop-layout`: the layout that ties the Agent Desktop to Salesforce.
//!
//! By default a team's own layout is not taken away: the connector is put into a copy of it. The
//! layouts of the contact center itself are never written. Which team gets which layout is decided
//! in `arrange.rs`, for the item `teams` needs to know it too.

mod arrange;
mod plan;

pub(in crate::checklist) use arrange::arrange;
pub use arrange::contents_needed;

use crate::checklist::tenant::put_back;
use crate::checklist::{
    About, Action, ChangeRow, ItemId, Noticed, Nouns, TenantCase, TenantItem, Verdict, Word,
};
use crate::model::{TenantLook, Wave};

/// The item.
pub(super) struct DesktopLayout;

impl ItemId {
    /// Desktop layout.
    pub const DESKTOP_LAYOUT: Self = Self::new("desktop-layout");
}

static ABOUT: About = About {
    id: ItemId::DESKTOP_LAYOUT,
    title: "Desktop layout",
    needs: &[],
    wave: Some(Wave::Webex),
    of_fields: false,
    noticed: Noticed::DesktopReload,
    word: Word::NotAsked,
};

impl TenantItem for DesktopLayout {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, case: &TenantCase<'_>) -> Vec<TenantLook> {
        match case.wish.desktop_layout {
            Some(_) => vec![TenantLook::DesktopLayouts, TenantLook::Teams],
            None => Vec::new(),
        }
    }

    fn plan(&self, case: &TenantCase<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, case: &TenantCase<'_>) -> Verdict {
        put_back(case, ItemId::DESKTOP_LAYOUT)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        let what = if change.action == Action::Delete { "to delete" } else { "to upload" };
        Nouns::new("desktop layout", "desktop layouts", what)
    }
}
