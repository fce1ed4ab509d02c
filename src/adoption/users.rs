//! Who is in the call center: by profile where all of a profile are, else by name.

use std::collections::BTreeMap;

use super::{Draft, profile_name};
use crate::model::{OrgState, ProfileId, User};

/// Writes the users, and gives them back.
pub(super) fn write<'a>(
    draft: &mut Draft<'_>,
    state: &'a OrgState,
    name: Option<&str>,
) -> Vec<&'a User> {
    draft.header("users");
    let row = state.call_centers.iter().find(|row| Some(row.internal_name.as_str()) == name);
    let is_inside =
        |user: &&User| row.is_some_and(|row| user.call_center.as_ref() == Some(&row.id));
    let members: Vec<&User> =
        state.users.iter().filter(|user| user.active).filter(is_inside).collect();
    if members.is_empty() {
        draft.say("Nobody active is in the call center.");
        draft.line("#profiles = [\"Contact Center Agent\"]");
        return members;
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
            all.all(|user| is_inside(&user))
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
        draft.say("Every active user of these profiles is in the call center.");
        draft.texts("profiles", &profiles);
    }
    if !names.is_empty() {
        if !mixed.is_empty() {
            mixed.sort_unstable();
            draft.say(&format!("Of these profiles only some are: {}.", mixed.join(", ")));
        }
        draft.texts("usernames", &names);
    }
    let inactive = state.users.iter().filter(is_inside).filter(|user| !user.active).count();
    if inactive > 0 {
        draft.say(&format!(
            "Inactive users in the call center, whom provision leaves alone: {inactive}."
        ));
    }
    members
}
