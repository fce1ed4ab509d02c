//! The profiles that are to get the layout by assignment.
//!
//! No API tells what a profile has been assigned: what a browser has recorded, or a person says, is all there is.

use super::plan::is_named;
use super::recorded::{assignment_of, is_pending, seen_profile};
use crate::checklist::Verdict;
use crate::checklist::names::{Found, Unknown, no_profile, profile, profile_label};
use crate::model::{Baseline, Look, OrgState, SoftphoneLayoutWish, Value};

const KEY: &str = "softphone_layout.profiles";

/// The wish with its profiles by their labels, as the page of Setup has them. A name that the org lacks is an
/// error: a browser would find that out only after its first save.
pub(super) fn by_label(
    verdict: &mut Verdict,
    wish: &SoftphoneLayoutWish,
    state: &OrgState,
) -> SoftphoneLayoutWish {
    let mut wish = wish.clone();
    if !state.profiles.is_seen() {
        return wish;
    }
    let mut labels: Vec<String> = Vec::new();
    let mut unknown = Unknown::of(KEY);
    for (number, name) in wish.profiles.iter().enumerate() {
        let found = profile(name, state.profiles.as_slice(), state.profile_names.is_seen());
        let label = match found {
            Found::One(found) => &found.label,
            Found::NotYet => {
                verdict.ask(Look::ProfileNames);
                name
            }
            found => {
                let place = format!("{KEY}[{number}]");
                unknown.tell(name, &mut verdict.stops, || {
                    no_profile(&place, name, &found, state.profiles.as_slice())
                });
                name
            }
        };
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    unknown.count_others(&mut verdict.stops);
    wish.profiles = labels;
    wish
}

/// The caller's profile by its label, where only single profiles get the layout.
pub(super) fn own_profile(wish: &SoftphoneLayoutWish, state: &OrgState) -> Option<String> {
    let own = state.softphone_hints.own_profile.as_ref().filter(|_| wish.is_for_profiles())?;
    Some(profile_label(state, own))
}

/// The caller's profile, where it is one of those that get the layout, and the caller gets another one.
pub(super) fn misassigned(wish: &SoftphoneLayoutWish, state: &OrgState) -> Option<String> {
    let label = own_profile(wish, state)?;
    let gets_another = state.softphone.found().is_some_and(|it| !is_named(wish, Some(it)));
    (gets_another && wish.profiles.contains(&label)).then_some(label)
}

/// The profiles of which nobody has recorded that they have the layout, and of which the caller does not see it. What was
/// sent, and not read back, is no record.
pub(super) fn unassigned<'w>(
    wish: &'w SoftphoneLayoutWish,
    state: &OrgState,
    baseline: &Baseline,
) -> Vec<&'w str> {
    let ours = Some(Value::Text(wish.name.clone()));
    let is_pending = is_pending(baseline, &wish.name);
    let own = own_profile(wish, state).filter(|_| is_named(wish, state.softphone.found()));
    let is_recorded = |profile: &str| {
        if own.as_deref() == Some(profile) {
            return true;
        }
        if is_pending {
            return false;
        }
        let profile = seen_profile(profile, state.profiles.as_slice());
        baseline.entry(&assignment_of(&wish.name, profile)).is_some_and(|it| it.ours == ours)
    };
    wish.profiles.iter().map(String::as_str).filter(|profile| !is_recorded(profile)).collect()
}
