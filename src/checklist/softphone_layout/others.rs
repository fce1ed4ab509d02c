//! Who else would get a layout that becomes the default: users in other vendors' call centers.
//!
//! No API tells which profiles have a layout of their own, so every profile of such users is told.

use std::collections::BTreeMap;

use crate::checklist::Verdict;
use crate::checklist::names::{counted, listed, profile_label};
use crate::checklist::vendors::users_of_others;
use crate::model::{Baseline, ConnectorWish, OrgState, SoftphoneLayoutWish, in_a_row};

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
    let mut users: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (member, call_center) in &others {
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
    let instead = match agents(state).as_str() {
        "" => "default = false, and name the agents' profiles in profiles".to_owned(),
        labels => format!("default = false, profiles = {labels}"),
    };
    verdict.warn(format!(
        "{} becomes the default softphone layout, so it also applies to users of other vendors' call centers \
         whose profiles have no layout of their own: {}. To assign it only to your agents, set under \
         [softphone_layout]: {instead}.",
        listed(&[&wish.name]),
        in_a_row(&told, SHOWN),
    ));
}

/// The labels of the chosen users' profiles, as `provision.toml` has them.
fn agents(state: &OrgState) -> String {
    let chosen = state.users.iter().filter(|user| user.active && !user.chosen_by.is_empty());
    let mut labels: Vec<String> = chosen
        .filter_map(|user| Some(format!("{:?}", profile_label(state, user.profile.as_ref()?))))
        .collect();
    labels.sort();
    labels.dedup();
    if labels.is_empty() { String::new() } else { format!("[{}]", labels.join(", ")) }
}
