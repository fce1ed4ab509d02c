//! Parts of an inventory that an org does not show.

use serde::Serialize;

use crate::checklist::{Unseen, package};
use crate::model::{Look, OrgState, Recipe, Refused};

/// A part of an inventory, by its name in documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The connector's packages.
    Packages,
    /// Whether a package is being installed.
    Installing,
    /// Call centers, and who is in them.
    CallCenters,
    /// The package's Task page layouts.
    TaskLayouts,
    /// The region in the package's custom metadata.
    CustomMetadata,
    /// The calling user's softphone layout.
    SoftphoneLayout,
    /// State sync with Omni-Channel.
    OmniSync,
    /// Permission sets that have to do with the connector.
    PermissionSets,
}

/// A part that the org does not show, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotSeen {
    /// The part. Nothing that an inventory holds of it counts.
    pub part: Part,
    /// What was not seen, with the org's words.
    pub message: String,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Packages,
        Self::Installing,
        Self::CallCenters,
        Self::TaskLayouts,
        Self::CustomMetadata,
        Self::SoftphoneLayout,
        Self::OmniSync,
        Self::PermissionSets,
    ];

    /// What must have been seen for it.
    fn looks(self) -> &'static [Look] {
        match self {
            Self::Packages => &[Look::Packages],
            Self::Installing => &[Look::Installs],
            Self::CallCenters => &[Look::CallCenters, Look::Profiles, Look::Users],
            Self::TaskLayouts => {
                &[Look::Layouts, Look::LayoutAssignments, Look::Profiles, Look::RecordTypes]
            }
            Self::CustomMetadata => &[Look::CustomMetadata],
            Self::SoftphoneLayout => &[Look::Softphone],
            Self::OmniSync => &[Look::PresenceStatuses, Look::OmniSync, Look::Profiles],
            Self::PermissionSets => &[Look::PermissionSets, Look::CallCenters, Look::Users],
        }
    }
}

/// The parts that the org does not show. What it has no feature for, it has told.
pub(super) fn find(state: &OrgState, recipe: &Recipe) -> Vec<NotSeen> {
    let unseen = |part: Part| {
        if let Some((look, words)) = contradiction(part, state, recipe) {
            let message = Unseen::in_org(look, &Refused::new(words)).text;
            return Some(NotSeen { part, message });
        }
        part.looks().iter().find_map(|look| {
            let refused = state.refusal(*look)?;
            let is_answer = refused.missing && look.may_be_missing();
            let message = || Unseen::in_org(*look, refused).text;
            (!is_answer).then(|| NotSeen { part, message: message() })
        })
    };
    Part::ALL.into_iter().filter_map(unseen).collect()
}

/// Two answers that cannot both be true.
fn contradiction(part: Part, state: &OrgState, recipe: &Recipe) -> Option<(Look, &'static str)> {
    match part {
        Part::CallCenters if has_users_of_unlisted(state) => Some((
            Look::CallCenters,
            "it shows users in a call center, and does not list that call center",
        )),
        Part::Packages | Part::CustomMetadata => {
            package::contradiction(recipe, state).map(|words| (Look::Packages, words))
        }
        _ => None,
    }
}

fn has_users_of_unlisted(state: &OrgState) -> bool {
    let Some(listed) = state.call_centers.seen() else { return false };
    let used = state.users.iter().filter_map(|user| user.call_center.as_ref());
    used.into_iter().any(|id| listed.iter().all(|it| it.id != *id))
}
