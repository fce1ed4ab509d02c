//! `recording-rights`: who plays recordings from Salesforce may see them in Webex.

mod plan;

use crate::checklist::{
    About, ChangeRow, ItemId, Noticed, Nouns, TenantCase, TenantItem, Verdict, Word,
};
use crate::model::TenantLook;

/// The item.
pub(super) struct RecordingRights;

impl ItemId {
    /// Recording rights.
    pub const RECORDING_RIGHTS: Self = Self::new("recording-rights");
}

static ABOUT: About = About {
    id: ItemId::RECORDING_RIGHTS,
    title: "Recording rights",
    needs: &[],
    wave: None,
    of_fields: false,
    noticed: Noticed::DesktopLogin,
    word: Word::NotAsked,
};

impl TenantItem for RecordingRights {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, case: &TenantCase<'_>) -> Vec<TenantLook> {
        match case.wish.recording_rights {
            Some(_) => vec![TenantLook::UserProfiles],
            None => Vec::new(),
        }
    }

    fn plan(&self, case: &TenantCase<'_>) -> Verdict {
        plan::plan(case)
    }

    fn removal(&self, _case: &TenantCase<'_>) -> Verdict {
        // A person gave the right, and a person takes it back.
        Verdict::default()
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::STEPS
    }
}
