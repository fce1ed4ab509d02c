//! What no look will ever show: whoever waits for that waits for ever.

use super::assigned::own_profile;
use super::recorded::is_callers;
use super::sightings::Sighting;
use crate::model::{Baseline, OrgState, SoftphoneLayoutWish};

/// Why no run can see that a person has done what is left; `None` where one may.
///
/// `differs` is what differs of the layouts that count, and `unassigned` are the profiles that still have to be
/// given the layout.
pub(super) fn unseen(
    wish: &SoftphoneLayoutWish,
    state: &OrgState,
    (differs, sightings): (bool, &[Sighting<'_>]),
    unassigned: &[&str],
    baseline: &Baseline,
) -> Option<&'static str> {
    let own = own_profile(wish, state);
    let is_own = |profile: &str| own.as_deref() == Some(profile);
    let is_shown = |profile: &str| {
        is_own(profile) || sightings.iter().any(|it| it.profile.as_deref() == Some(profile))
    };
    let is_checked = sightings.iter().any(|it| it.whose.is_some());
    if differs && !is_checked {
        if state.softphone.refusal().is_some() {
            return Some("the org does not show you softphone layouts");
        }
        if wish.is_for_profiles() && !wish.profiles.iter().any(|it| is_own(it)) {
            return Some(
                "Salesforce shows you only your own softphone layout, and this one is for other \
                profiles",
            );
        }
        if is_callers(wish, state, baseline) {
            return Some("your own profile has another softphone layout assigned to it");
        }
    }
    let is_wished = |profile: &str| wish.profiles.iter().any(|it| it == profile);
    unassigned
        .iter()
        .any(|profile| is_wished(profile) && !is_shown(profile))
        .then_some("no API shows which profiles a softphone layout is assigned to")
}
