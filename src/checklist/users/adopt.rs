//! Who is in an org's call center: by profile where all of a profile are, else by name.

use std::collections::BTreeMap;

use crate::checklist::Adoptee;
use crate::checklist::names::profile_name;
use crate::model::{Draft, DraftValue, ProfileId, User};

/// What the item would have a configuration say.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    draft.table("users");
    let state = adoptee.state;
    let members = adoptee.members();
    if members.is_empty() {
        draft.comment("No active user is in the call center.");
        draft.example("profiles", DraftValue::texts(&["Contact Center Agent"]));
        return draft;
    }
    let mut by_profile: BTreeMap<Option<&ProfileId>, Vec<&User>> = BTreeMap::new();
    for user in &members {
        by_profile.entry(user.profile.as_ref()).or_default().push(user);
    }
    let mut profiles: Vec<&str> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let mut mixed: Vec<&str> = Vec::new();
    for (profile, users) in by_profile {
        let whole = profile.is_some_and(|id| {
            let mut all =
                state.users.iter().filter(|user| user.active && user.profile.as_ref() == Some(id));
            all.all(|user| adoptee.is_inside(user))
        });
        let label = profile.and_then(|id| profile_name(state, id));
        match label {
            Some(label) if whole => profiles.push(label),
            _ => {
                mixed.extend(label);
                names.extend(users.iter().map(|user| user.username.as_str()));
            }
        }
    }
    profiles.sort_unstable();
    names.sort_unstable();
    if !profiles.is_empty() {
        draft.comment("Every active user of these profiles is in the call center.");
        draft.texts("profiles", &profiles);
    }
    if !names.is_empty() {
        if !mixed.is_empty() {
            mixed.sort_unstable();
            draft.comment(format!(
                "Only some users of these profiles are in the call center: {}.",
                mixed.join(", ")
            ));
        }
        draft.texts("usernames", &names);
    }
    let inactive =
        state.users.iter().filter(|user| !user.active && adoptee.is_inside(user)).count();
    if inactive > 0 {
        draft.comment(format!(
            "Inactive users in the call center, which provision leaves alone: {inactive}."
        ));
    }
    draft
}
