//! Where users differ from other records.

use serde_json::Value;

use super::answer::{Answer, Result};
use super::kind::Kind;
use super::kinds::kind;
use super::query::Query;
use super::records::{continued, known, object, plain, put, shown};
use super::rules::{check_own, check_references};
use super::state::World;
use super::store::{Record, text};

/// Fields that are silently left as they are, although the answer is 200.
const IGNORED: [&str; 2] = ["userLevelSummariesInclusion", "userLevelAutoCSATInclusion"];

fn users() -> Result<&'static Kind> {
    kind("user").ok_or_else(|| Answer::refused(500, "There is no such kind"))
}

/// A change of some fields; null takes one away.
pub(crate) fn patch(world: &mut World, id: &str, body: &[u8], path: &str) -> Result {
    let kind = users()?;
    let before = world.store.get("user", id).cloned();
    let before = before.ok_or_else(|| Answer::missing("user", id))?;
    if matches!(serde_json::from_slice(body), Ok(Value::Array(_))) && world.traps.json_patch_500 {
        return Err(Answer::unreadable(500, "Internal Server Error", path));
    }
    let changes = object(body, path)?;
    let given: Record = changes
        .iter()
        .filter(|(_, it)| !it.is_null())
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    let wrong = known(world, kind, &given)?;
    if !wrong.is_empty() {
        return Err(Answer::refusing(400, &wrong));
    }
    for field in kind.fixed {
        if changes.get(*field).is_some_and(|value| Some(value) != before.get(*field)) {
            let value = before.get(*field).map_or("null".to_owned(), plain);
            let words = format!("This configuration cannot be changed. Original value is {value}");
            return Err(Answer::refused(400, &words));
        }
    }
    let mut record = before.clone();
    for (field, value) in changes {
        if IGNORED.contains(&field.as_str()) {
            continue;
        }
        if value.is_null() && kind.required.contains(&field.as_str()) {
            return Err(Answer::refused(400, &format!("{field} must not be null")));
        }
        if value.is_null() {
            record.remove(&field);
        } else {
            record.insert(field, value);
        }
    }
    // Teams come back in another order than they were sent.
    if let Some(Value::Array(teams)) = record.get_mut("teamIds") {
        teams.sort_by_key(|id| std::cmp::Reverse(plain(id)));
    }
    check_references(world, kind, &record)?;
    check_own(world, kind, &record, false)?;
    let record = continued(&before, record);
    put(world, kind, id, record.clone(), before);
    Ok(Answer::of(200, shown(world, kind, record, &[], false)))
}

/// A user together with the user profile.
pub(crate) fn with_profile(world: &mut World, id: &str, query: &Query) -> Result {
    let kind = users()?;
    let record = world.store.shown("user", id).ok_or_else(|| Answer::missing("user", id))?;
    let profile = world.store.get("user-profile", text(&record, "userProfileId")).cloned();
    let mut user = shown(world, kind, record, query, false);
    if let Some(profile) = profile {
        user["userProfileGranularAccessData"] = Value::Object(profile);
    }
    Ok(Answer::of(200, user))
}
