//! Who moves, and when: all at once, or some now and the rest later.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::definitions::recipe;
use crate::model::{Baseline, Before, OrgState, Target, User, Value};

use super::convert::{FROM, TO};

/// Which of those who could move, move now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wave {
    /// Users of these profiles only, by label.
    pub profiles: Vec<String>,
    /// So many at most.
    pub users: Option<usize>,
}

/// Who is where, and who moves; by user names in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Movers {
    /// Who moves now.
    pub moving: Vec<String>,
    /// Who is to move later.
    pub waiting: Vec<String>,
    /// Who is there already.
    pub arrived: Vec<String>,
    /// Who is not to move at all: a run has not moved them here.
    pub staying: Vec<String>,
    /// Inactive users, who stay where they are.
    pub inactive: Vec<String>,
    /// Profiles that were named and that none of these users has.
    pub unknown_profiles: Vec<String>,
}

impl Movers {
    /// Who moves from Version 1 to Version 2.
    pub fn forth(state: &OrgState, wave: &Wave) -> Self {
        Self::between(state, wave, FROM, TO, |_| true)
    }

    /// Who moves back from Version 2 to Version 1: those whom a run has moved there from it, and whose
    /// call center of then is still there.
    pub fn back(state: &OrgState, baseline: &Baseline, wave: &Wave) -> Self {
        let came = came_from(baseline, state);
        Self::between(state, wave, TO, FROM, |user| came.contains(user.username.as_str()))
    }

    fn between(
        state: &OrgState,
        wave: &Wave,
        from: &str,
        to: &str,
        may: impl Fn(&User) -> bool,
    ) -> Self {
        let mut found = Self::default();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut users: Vec<&User> = state.users.iter().collect();
        users.sort_by(|one, other| one.username.cmp(&other.username));
        for user in users {
            let name = user.username.clone();
            if user.active && is_in(state, user, to) {
                found.arrived.push(name);
            } else if is_in(state, user, from) && user.active && !may(user) {
                found.staying.push(name);
            } else if is_in(state, user, from) {
                let profile = label(state, user);
                seen.extend(profile);
                let names = |label: &str| wave.profiles.iter().any(|known| known == label);
                let is_named = wave.profiles.is_empty() || profile.is_some_and(names);
                let is_full = wave.users.is_some_and(|most| found.moving.len() >= most);
                match (user.active, is_named && !is_full) {
                    (false, _) => found.inactive.push(name),
                    (true, true) => found.moving.push(name),
                    (true, false) => found.waiting.push(name),
                }
            }
        }
        let named = wave.profiles.iter();
        found.unknown_profiles =
            named.filter(|name| !seen.contains(name.as_str())).cloned().collect();
        found
    }
}

/// Whether a user is in a call center of that generation.
fn is_in(state: &OrgState, user: &User, generation: &str) -> bool {
    let row = state.call_centers.iter().find(|row| Some(&row.id) == user.call_center.as_ref());
    let data = recipe(generation);
    row.zip(data).is_some_and(|(row, data)| data.is_named_like(&row.internal_name))
}

fn label<'a>(state: &'a OrgState, user: &User) -> Option<&'a str> {
    let id = user.profile.as_ref()?;
    state.profiles.iter().find(|profile| &profile.id == id).map(|profile| profile.label.as_str())
}

/// User names of those whom a run has moved out of a call center of Version 1 that is still there.
fn came_from<'a>(baseline: &'a Baseline, state: &OrgState) -> BTreeSet<&'a str> {
    let is_version_1 = |name: &str| {
        recipe(FROM).is_some_and(|data| data.is_named_like(name))
            && state.call_centers.iter().any(|row| row.internal_name == name)
    };
    let entries = baseline.entries.iter().filter(|entry| entry.recipe() == TO);
    entries
        .filter_map(|entry| match (&entry.target, &entry.before) {
            (Target::UserCallCenter(user), Before::Known(Some(Value::CallCenter(before))))
                if is_version_1(&before.name) =>
            {
                Some(user.name.as_str())
            }
            _ => None,
        })
        .collect()
}
