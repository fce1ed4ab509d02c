//! Who lacks what.

use std::collections::{BTreeMap, BTreeSet};

use super::needs::{Need, instead, needs};
use super::phone::{self, Phone};
use crate::checklist::names::profile_label;
use crate::model::{AgentAccess, ConnectorWish, Granted, Has, OrgState, ProfileId, User, UserId};

/// What one user lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Objects, fields and user permissions, in words, each with what asks for it.
    pub access: Vec<String>,
    /// Labels of the apps with the phone, none of which the user sees.
    pub apps: Vec<String>,
    /// Whether the user may have it by a permission set group of which the org shows nothing.
    pub unknown: bool,
}

/// Users of one profile who lack the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group<'a> {
    /// The profile's label.
    pub(super) profile: String,
    /// Their user names.
    pub(super) users: Vec<&'a str>,
    /// What they lack.
    pub(super) needs: Vec<&'a Need>,
}

/// What a user lacks of all that agents need; `None` where nobody asked the org, or where it did not say.
pub fn lacks_of(
    desired: &ConnectorWish,
    state: &OrgState,
    user: &UserId,
    profile: Option<&ProfileId>,
) -> Option<Lacking> {
    let access = state.agent_access.seen()?;
    let mut found = Lacking::default();
    for need in needs(desired, state) {
        match access.has(user, profile, &instead(&need.granted)) {
            Has::Yes => {}
            Has::No => found.access.push(format!("{} ({})", words(&need.granted), need.by)),
            Has::Unknown => found.unknown = true,
        }
    }
    if let Phone::In(apps) = phone::find(desired, state)
        && access.shows_apps()
    {
        let any: Vec<Granted> = apps.iter().map(|app| phone::access(app)).collect();
        if access.has(user, profile, &any) == Has::No {
            found.apps = apps.iter().map(|app| app.label.clone()).collect();
        }
    }
    Some(found)
}

/// Users who lack something that agents need, those of one profile who lack the same together. What is
/// given besides counts as given.
pub(super) fn groups<'a>(
    state: &'a OrgState,
    access: &AgentAccess,
    users: &[&'a User],
    needs: &'a [Need],
    besides: &BTreeSet<Granted>,
) -> Vec<Group<'a>> {
    let mut found: BTreeMap<(String, Vec<usize>), Vec<&'a str>> = BTreeMap::new();
    for user in users {
        let lacks = |need: &Need| {
            !besides.contains(&need.granted)
                && access.has(&user.id, user.profile.as_ref(), &instead(&need.granted)) == Has::No
        };
        let lacking: Vec<usize> = (0..needs.len()).filter(|at| lacks(&needs[*at])).collect();
        if !lacking.is_empty() {
            let label = user.profile.as_ref().map(|id| profile_label(state, id));
            found.entry((label.unwrap_or_default(), lacking)).or_default().push(&user.username);
        }
    }
    let group = |((profile, lacking), users): ((String, Vec<usize>), Vec<&'a str>)| Group {
        profile,
        users,
        needs: lacking.into_iter().filter_map(|at| needs.get(at)).collect(),
    };
    found.into_iter().map(group).collect()
}

/// Users of whom nobody can tell, for they are in permission set groups that show nothing.
pub(super) fn untold<'a>(access: &AgentAccess, users: &[&'a User], needs: &[Need]) -> Vec<&'a str> {
    let is_untold = |user: &&&User| {
        let mut needs = needs.iter();
        needs.any(|need| {
            let any = instead(&need.granted);
            access.has(&user.id, user.profile.as_ref(), &any) == Has::Unknown
        })
    };
    users.iter().filter(is_untold).map(|user| user.username.as_str()).collect()
}

/// What somebody may do who has that.
pub(super) fn words(granted: &Granted) -> String {
    match granted {
        Granted::Object(name) => format!("create and edit {name}"),
        Granted::Field(name) => format!("edit {name}"),
        Granted::User(_) => "create and edit Task".to_owned(),
        Granted::App(name) => format!("see the app {name}"),
        Granted::ApexClass(name) => format!("use the Apex class {name}"),
        Granted::PresenceStatus(name) => format!("take the presence status {name}"),
    }
}
