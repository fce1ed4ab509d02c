//! Who else would get a layout that becomes the default: users in other vendors' call centers.
//!
//! No API tells which profiles have a layout of their own, so every profile of such users is told.

use std::collections::BTreeMap;

use super::plan::is_named;
use super::recorded::has_content;
use crate::checklist::Verdict;
use crate::checklist::names::{counted, listed, profile_label};
use crate::checklist::vendors::users_of_others;
use crate::model::{
    Baseline, CallCenterRow, ConnectorWish, Membership, OrgState, SoftphoneLayoutWish, in_a_row,
};

/// So many profiles are named in short.
const SHOWN: usize = 10;

/// Says of which profiles users of other vendors' call centers are, who would get the layout, too.
pub(super) fn tell(
    verdict: &mut Verdict,
    (desired, wish): (&ConnectorWish, &SoftphoneLayoutWish),
    state: &OrgState,
    baseline: &Baseline,
) {
    let others = users_of_others(desired, state, baseline);
    if !wish.default || others.is_empty() {
        return;
    }
    let instead = match agents(state).as_slice() {
        [] => "default = false, and name the agents' profiles in profiles".to_owned(),
        labels => format!("default = false, profiles = {labels:?}"),
    };
    verdict.warn(format!(
        "{} becomes the default softphone layout, so it also applies to users of other vendors' call centers \
         whose profiles have no layout of their own: {}. To assign it only to your agents, set under \
         [softphone_layout]: {instead}.",
        listed(&[&wish.name]),
        profiles_of(&others, state),
    ));
}

/// The layout for the agents' profiles alone, where the configuration does not say whether it is the default,
/// and the default would reach users of other vendors' call centers. One that is the default already stays so.
pub(super) fn assigned_instead(
    verdict: &mut Verdict,
    (desired, wish): (&ConnectorWish, &SoftphoneLayoutWish),
    state: &OrgState,
    baseline: &Baseline,
) -> Option<SoftphoneLayoutWish> {
    let is_default = is_named(wish, state.softphone.found()) || has_content(baseline, wish);
    if wish.is_default_said || !wish.default || is_default {
        return None;
    }
    let profiles = if wish.profiles.is_empty() { agents(state) } else { wish.profiles.clone() };
    let instead = SoftphoneLayoutWish { default: false, profiles, ..wish.clone() };
    let others = users_of_others(desired, state, baseline);
    let is_assigned = has_content(baseline, &instead);
    if instead.profiles.is_empty() || (others.is_empty() && !is_assigned) {
        return None;
    }
    if !others.is_empty() {
        verdict.note(format!(
            "{} is assigned to {} and does not become the default softphone layout: that would also apply to \
             users of other vendors' call centers whose profiles have no layout of their own, {}. To make it \
             the default all the same, set default = true under [softphone_layout].",
            listed(&[&wish.name]),
            listed(&instead.profiles),
            profiles_of(&others, state),
        ));
    }
    Some(instead)
}

/// `"Standard User" (3 users in BrightCTI)`
fn profiles_of(others: &[(&Membership, &CallCenterRow)], state: &OrgState) -> String {
    let mut users: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (member, call_center) in others {
        let profile = member.profile.as_ref().map(|id| profile_label(state, id));
        let profile = profile.unwrap_or_else(|| "unknown".to_owned());
        *users.entry((profile, &call_center.name)).or_default() += 1;
    }
    let told: Vec<String> = users
        .iter()
        .map(|((profile, call_center), count)| {
            format!("\"{profile}\" ({} in {call_center})", counted(*count, "user", "users"))
        })
        .collect();
    in_a_row(&told, SHOWN)
}

/// The labels of the chosen users' profiles.
fn agents(state: &OrgState) -> Vec<String> {
    let chosen = state.users.iter().filter(|user| user.active && !user.chosen_by.is_empty());
    let mut labels: Vec<String> =
        chosen.filter_map(|user| Some(profile_label(state, user.profile.as_ref()?))).collect();
    labels.sort();
    labels.dedup();
    labels
}
