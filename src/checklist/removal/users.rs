//! Nobody is in one of the connector's call centers; who was in another one is there again.

use super::About;
use super::call_center::is_leaving;
use crate::checklist::names::listed;
use crate::checklist::restore::{Restore, recorded, restore};
use crate::checklist::users::{CALL_CENTER, assign, current, subject};
use crate::checklist::{Item, Verdict};
use crate::model::{BaselineEntry, Before, User};

/// What the absence of users wants.
pub(super) fn plan(about: About<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let About { desired, state, baseline } = about;
    let mut gone = Vec::new();
    let mut unrecorded = Vec::new();
    for user in &state.users {
        let Some(now) = current(state, user) else { continue };
        if !is_leaving(desired, baseline, &now) {
            continue;
        }
        let before = match recorded(baseline.entry(&subject(user), CALL_CENTER)) {
            Before::Known(before) => before.as_deref(),
            Before::Unknown => {
                unrecorded.push(user.username.as_str());
                None
            }
        };
        // The call center of before may be gone, or go itself.
        let there = before.filter(|name| {
            let known = state.call_centers.iter().any(|row| &row.internal_name == name);
            known && !is_leaving(desired, baseline, name)
        });
        if let (Some(before), None) = (before, there) {
            gone.push(format!("{} ({before})", user.username));
        }
        verdict.changes.push(assign(user, Some(now), there.map(str::to_owned)));
    }
    if !gone.is_empty() {
        verdict.warn(format!(
            "The call center of before is gone, so that these users are left in none: {}.",
            listed(&gone)
        ));
    }
    if !unrecorded.is_empty() {
        verdict.note(format!(
            "Nobody recorded where these users were before the connector, so that they are left in \
             no call center: {}.",
            listed(&unrecorded)
        ));
    }
    let kept: Vec<String> =
        baseline.of_item(Item::Users.id()).filter_map(|entry| theirs(about, entry)).collect();
    if !kept.is_empty() {
        verdict.note(format!(
            "Somebody has moved these users since, and they stay: {}.",
            listed(&kept)
        ));
    }
    verdict
}

/// A user whom somebody else has moved since we assigned them, and where to.
fn theirs(about: About<'_>, entry: &BaselineEntry) -> Option<String> {
    let About { desired, state, baseline } = about;
    let user: Option<&User> = state.users.iter().find(|user| user.username == entry.subject.name);
    let now = user.and_then(|user| current(state, user));
    if now.as_deref().is_some_and(|name| is_leaving(desired, baseline, name))
        || restore(entry, now.as_deref()) != Restore::Theirs
    {
        return None;
    }
    let place = now.map_or_else(|| "in no call center".to_owned(), |name| format!("in {name}"));
    Some(format!("{} ({place})", entry.subject.name))
}
