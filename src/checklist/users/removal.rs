//! Nobody is in one of the connector's call centers; who was in another one is there again.

use super::plan::{assign, call_center_of, current, membership};
use crate::checklist::call_center::{is_recorded_leaving, recorded_call_center};
use crate::checklist::names::listed;
use crate::checklist::restore::{Restore, recorded, restore};
use crate::checklist::{Case, ItemId, Verdict};
use crate::model::{BaselineEntry, Before, ByRef, Target, User, UserId, Value};

/// What the absence of users wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Case { state, baseline, .. } = case;
    let entries = baseline.by_target();
    let mut gone = Vec::new();
    let mut unrecorded = Vec::new();
    for user in &state.users {
        let Some(now) = current(state, user) else { continue };
        // Whom we put elsewhere, into a clone that was configured once, is freed too.
        let is_ours = || {
            let entry = entries.entry(&membership(user));
            let there = Value::CallCenter(now.clone());
            entry.is_some_and(|it| matches!(restore(it, Some(&there)), Restore::Back(_)))
        };
        if !is_recorded_leaving(case, &now) && !is_ours() {
            continue;
        }
        let before = match recorded(entries.entry(&membership(user))) {
            Before::Known(before) => call_center_of(before.as_ref()),
            Before::Unknown => {
                unrecorded.push(user.username.as_str());
                None
            }
        };
        // The call center of before may be gone, or go itself.
        let there = before
            .map(|before| recorded_call_center(state, before))
            .filter(|before| before.id.is_some() && !is_recorded_leaving(case, before));
        if let (Some(before), None) = (before, &there) {
            gone.push(format!("{} ({})", user.username, before.name));
        }
        verdict.changes.push(assign(user, Some(now), there));
    }
    if !gone.is_empty() {
        verdict.warn(format!(
            "The earlier call center no longer exists, so these users are left without one: {}.",
            listed(&gone)
        ));
    }
    if !unrecorded.is_empty() {
        verdict.note(format!(
            "There is no record of these users' earlier call center, so they are left without one: {}.",
            listed(&unrecorded)
        ));
    }
    let users = state.users_by_ref();
    let of_users = baseline.of_item(ItemId::USERS.as_str());
    let kept: Vec<String> = of_users.filter_map(|entry| theirs(case, &users, entry)).collect();
    if !kept.is_empty() {
        verdict.note(format!(
            "Somebody has moved these users since; they stay there: {}.",
            listed(&kept)
        ));
    }
    verdict
}

/// A user whom somebody else has moved since we assigned them, and where to.
fn theirs(
    case: Case<'_>,
    users: &ByRef<'_, UserId, User>,
    entry: &BaselineEntry,
) -> Option<String> {
    let state = case.state;
    let Target::UserCallCenter(known) = &entry.target else { return None };
    let user = users.find(known);
    let now = user.and_then(|user| current(state, user));
    if now.as_ref().is_some_and(|now| is_recorded_leaving(case, now))
        || restore(entry, now.clone().map(Value::CallCenter).as_ref()) != Restore::Theirs
    {
        return None;
    }
    let place =
        now.map_or_else(|| "in no call center".to_owned(), |now| format!("in {}", now.name));
    let name = user.map_or(&known.name, |user| &user.username);
    Some(format!("{name} ({place})"))
}
