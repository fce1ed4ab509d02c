//! Who else would get a layout that becomes the default: users in other vendors' call centers.
//!
//! No API tells which profiles have a layout of their own, so every profile of such users is told.

use std::collections::BTreeMap;

use super::assigned::own_profile;
use super::plan::is_named;
use super::recorded::default_of;
use crate::checklist::Verdict;
use crate::checklist::names::{counted, listed, profile_label};
use crate::checklist::vendors::{is_in_connectors, users_of_others};
use crate::model::{
    Baseline, CallCenterRow, ConnectorWish, Look, Membership, OrgState, ProfileId, Ref,
    SoftphoneLayoutWish, Target, Value, in_a_row,
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
    let instead = match agents(desired, state).as_slice() {
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
/// and the default would reach users of other vendors' call centers, or may. What a run has done decides
/// before what is seen: whoever calls sees their own layout alone.
pub(super) fn assigned_instead(
    verdict: &mut Verdict,
    (desired, wish): (&ConnectorWish, &SoftphoneLayoutWish),
    state: &OrgState,
    baseline: &Baseline,
) -> Option<SoftphoneLayoutWish> {
    let ours = Some(Value::Text(wish.name.clone()));
    let was_made_default =
        || baseline.entry(&default_of(&wish.name)).is_some_and(|it| it.ours == ours);
    if wish.is_default_said || !wish.default || was_made_default() {
        return None;
    }
    let mut profiles = recorded(wish, state, baseline);
    let is_assigned = !profiles.is_empty();
    if state.profiles.is_seen() {
        profiles.extend(wish.profiles.iter().cloned());
        profiles.extend(agents(desired, state));
    }
    profiles.sort();
    profiles.dedup();
    let instead = SoftphoneLayoutWish { default: false, profiles, ..wish.clone() };
    let others = users_of_others(desired, state, baseline);
    let may_be = state.refusal(Look::Memberships).is_some();
    // Who gets it without one of these profiles gets the default.
    let own = own_profile(&instead, state);
    let is_default = is_named(wish, state.softphone.found())
        && own.is_none_or(|own| !instead.profiles.contains(&own));
    let reaches_nobody = others.is_empty() && !may_be;
    if instead.profiles.is_empty() || (!is_assigned && (is_default || reaches_nobody)) {
        return None;
    }
    tell_of_assignment(verdict, &instead, &others, state);
    Some(instead)
}

/// Says to whom the layout goes instead of everybody, and who of other vendors' users gets it all the same.
fn tell_of_assignment(
    verdict: &mut Verdict,
    wish: &SoftphoneLayoutWish,
    others: &[(&Membership, &CallCenterRow)],
    state: &OrgState,
) {
    let has_one = |(member, _): &&(&Membership, &CallCenterRow)| {
        let profile = member.profile.as_ref().map(|id| profile_label(state, id));
        profile.is_some_and(|label| wish.profiles.contains(&label))
    };
    let (with_one, without): (Vec<_>, Vec<_>) = others.iter().copied().partition(|it| has_one(&it));
    if !without.is_empty() {
        verdict.note(format!(
            "{} is assigned to {} and does not become the default softphone layout: that would also apply to \
             users of other vendors' call centers whose profiles have no layout of their own, {}. To make it \
             the default all the same, set default = true under [softphone_layout].",
            listed(&[&wish.name]),
            listed(&wish.profiles),
            profiles_of(&without, state),
        ));
    }
    if !with_one.is_empty() {
        verdict.warn(format!(
            "{} also applies to users of other vendors' call centers who have one of your agents' profiles: \
             {}.",
            listed(&[&wish.name]),
            profiles_of(&with_one, state),
        ));
    }
}

/// The profiles to which a run has assigned the layout, by the labels that the org shows.
fn recorded(wish: &SoftphoneLayoutWish, state: &OrgState, baseline: &Baseline) -> Vec<String> {
    let label = |profile: &Ref<ProfileId>| {
        let found = profile.find(state.profiles.as_slice(), |it| &it.id, |it| &it.label);
        found.map_or_else(|| profile.name.clone(), |it| it.label.clone())
    };
    let entries = baseline.entries.iter().filter(|entry| {
        entry.ours == Some(Value::Text(wish.name.clone())) && !entry.is_given_back()
    });
    let assigned = entries.filter_map(|entry| match &entry.target {
        Target::SoftphoneAssignment { layout, profile } if *layout == wish.name => {
            Some(label(profile))
        }
        _ => None,
    });
    assigned.collect()
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

/// The labels of the agents' profiles: of the chosen users, and of those in the connector's call centers.
fn agents(desired: &ConnectorWish, state: &OrgState) -> Vec<String> {
    let agents = state.users.iter().filter(|user| {
        user.active && (!user.chosen_by.is_empty() || is_in_connectors(desired, state, user))
    });
    let mut labels: Vec<String> =
        agents.filter_map(|user| Some(profile_label(state, user.profile.as_ref()?))).collect();
    labels.sort();
    labels.dedup();
    labels
}
