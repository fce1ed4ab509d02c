//! `desktop-layout`: the layout that ties the Agent Desktop to Salesforce.
//!
//! By default a team's own layout is not taken away: the connector is put into a copy of it. The
//! layouts of the contact center itself are never written. Which team gets which layout is decided
//! in `arrange.rs`, for the item `teams` needs to know it too.

mod arrange;
mod plan;
mod whose;

pub(in crate::checklist) use arrange::arrange;
pub(in crate::checklist) use arrange::contents_needed;
pub use whose::new_layout_of;

use crate::checklist::tenant::put_back;
use crate::checklist::{
    About, Action, ChangeRow, ItemId, Noticed, Nouns, TenantCase, TenantItem, Verdict, Word,
};
use crate::model::{Target, TenantLook, Wave};

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
        if case.wish.desktop_layout.is_none() && !case.gives_back(ItemId::DESKTOP_LAYOUT) {
            return Vec::new();
        }
        vec![TenantLook::DesktopLayouts, TenantLook::Teams]
    }

    fn plan(&self, case: &TenantCase<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, case: &TenantCase<'_>) -> Verdict {
        let mut verdict = put_back(case, ItemId::DESKTOP_LAYOUT);
        // Of a layout that goes nothing has to be put back before.
        let going: Vec<Target> = verdict
            .changes
            .iter()
            .filter(|it| it.operation.to.is_none())
            .map(|it| it.target().clone())
            .collect();
        verdict.changes.retain(|change| !going.iter().any(|it| is_field_of(change.target(), it)));
        verdict
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        let what = if change.action == Action::Delete { "to delete" } else { "to upload" };
        Nouns::new("desktop layout", "desktop layouts", what)
    }
}

/// Whether a target is a field of a record of the organization.
fn is_field_of(target: &Target, whole: &Target) -> bool {
    match (target, whole) {
        (
            Target::Tenant { kind: one, record, field: Some(_) },
            Target::Tenant { kind: other, record: same, field: None },
        ) => one == other && record.is(same),
        _ => false,
    }
}
