//! Who moves, and when: all at once, or some now and the rest later.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Generations;
use super::convert::TO;
use super::generation::Generation;
use crate::checklist::ItemId;
use crate::checklist::users::goes_back;
use crate::model::{Baseline, CallCenterRow, OrgState, Target, User};

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
    /// Who is in a copy of the call center that people have made, and stays there.
    pub in_clones: Vec<InClone>,
    /// Inactive users, who stay where they are.
    pub inactive: Vec<String>,
    /// Inactive users who are there already, and stay there.
    pub arrived_inactive: Vec<String>,
    /// Profiles that were named and that none of these users has.
    pub unknown_profiles: Vec<String>,
}

/// A user of a copy of the call center.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InClone {
    /// The user's name.
    pub user: String,
    /// Internal name of the copy.
    pub call_center: String,
}

impl Movers {
    /// Who moves from Version 1 to Version 2.
    pub fn forth(state: &OrgState, generations: &Generations<'_>, wave: &Wave) -> Self {
        let Generations { version_1, version_2 } = generations;
        Self::between(state, wave, version_1, version_2, |_| true)
    }

    /// Who moves back from Version 2 to Version 1: those whom a run has moved there from it, and whose
    /// call center of then is still there.
    pub fn back(
        state: &OrgState,
        generations: &Generations<'_>,
        baseline: &Baseline,
        wave: &Wave,
    ) -> Self {
        let Generations { version_1, version_2 } = generations;
        let came = came_from(baseline, state, version_1.call_centers());
        let may = |user: &User| came.contains(user.username.as_str());
        Self::between(state, wave, version_2, version_1, may)
    }

    fn between(
        state: &OrgState,
        wave: &Wave,
        from: &Generation<'_>,
        to: &Generation<'_>,
        may: impl Fn(&User) -> bool,
    ) -> Self {
        let mut found = Self::default();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut users: Vec<&User> = state.users.iter().collect();
        users.sort_by(|one, other| one.username.cmp(&other.username));
        for user in users {
            let is_there = to.call_center_of(user).is_some();
            let clone = from.clone_of(user).or_else(|| to.clone_of(user));
            if !is_there && clone.is_none() && from.call_center_of(user).is_none() {
                continue;
            }
            let profile = label(state, user);
            seen.extend(profile);
            let name = user.username.clone();
            if let Some(clone) = clone {
                let call_center = clone.internal_name.clone();
                found.in_clones.push(InClone { user: name, call_center });
                continue;
            }
            let names = |label: &str| wave.profiles.iter().any(|known| known == label);
            let is_named = wave.profiles.is_empty() || profile.is_some_and(names);
            let is_full = wave.users.is_some_and(|most| found.moving.len() >= most);
            let list = match (is_there, user.active) {
                (true, true) => &mut found.arrived,
                (true, false) => &mut found.arrived_inactive,
                (false, false) => &mut found.inactive,
                (false, true) if !may(user) => &mut found.staying,
                (false, true) if is_named && !is_full => &mut found.moving,
                (false, true) => &mut found.waiting,
            };
            list.push(name);
        }
        let named = wave.profiles.iter();
        found.unknown_profiles =
            named.filter(|name| !seen.contains(name.as_str())).cloned().collect();
        found
    }
}

fn label<'a>(state: &'a OrgState, user: &User) -> Option<&'a str> {
    let id = user.profile.as_ref()?;
    state.profiles.iter().find(|profile| &profile.id == id).map(|profile| profile.label.as_str())
}

/// User names of those whom a run has moved out of one of these call centers, and who would go back
/// there if nobody chose them any more.
fn came_from<'a>(
    baseline: &Baseline,
    state: &'a OrgState,
    call_centers: &[&CallCenterRow],
) -> BTreeSet<&'a str> {
    let past = baseline.of_recipe(TO);
    let users = state.users_by_ref();
    let entries = past.of_item(ItemId::USERS.as_str());
    let came = entries.filter_map(|entry| {
        let Target::UserCallCenter(known) = &entry.target else { return None };
        let user = users.find(known)?;
        let before = goes_back(state, entry, user)??.id?;
        call_centers.iter().any(|row| row.id == before).then_some(user.username.as_str())
    });
    came.collect()
}
