//! The numbers of an outdial ANI list: records inside another.

use serde_json::{Value, json};

use super::answer::{Answer, Result};
use super::kind::ENTRY;
use super::lists::page;
use super::query::Query;
use super::records::{checked, continued, object};
use super::state::World;
use super::store::{Record, stamped};

/// The numbers of an ANI list that is replaced: those without an id are new.
pub(super) fn entries_of(world: &World, before: &Record, record: &mut Record) -> Result<()> {
    let known = before.get("outdialANIEntries").and_then(Value::as_array);
    let known: Vec<&Value> = known.into_iter().flatten().map(|entry| &entry["id"]).collect();
    let sent = record.get("outdialANIEntries").and_then(Value::as_array);
    for entry in sent.into_iter().flatten() {
        if entry["id"].is_null() && world.traps.wrong_conflict {
            return Err(Answer::refused(409, "Internal error. Please contact Cisco Support Team"));
        }
        if !entry["id"].is_null() && !known.contains(&&entry["id"]) {
            return Err(Answer::refused(400, "There is no such entry in this list"));
        }
    }
    Ok(())
}

/// What is done with the numbers of an ANI list.
pub(crate) fn entries(
    world: &mut World,
    method: &str,
    list: &str,
    entry: Option<&str>,
    request: (&str, &Query, &[u8]),
) -> Result {
    let (path, query, body) = request;
    let owner =
        world.store.get("outdial-ani", list).ok_or_else(|| Answer::missing("outdial-ani", list))?;
    let all = owner.get("outdialANIEntries").and_then(Value::as_array).cloned().unwrap_or_default();
    let at = |id: &str| all.iter().position(|entry| entry["id"] == id);
    let place =
        entry.map(|id| at(id).ok_or_else(|| Answer::missing(ENTRY.name, id))).transpose()?;
    let mut all = all.clone();
    let answer = match (method, place) {
        ("GET", None) => return page(world, ENTRY, path, query, all),
        ("GET", Some(place)) => return Ok(Answer::of(200, all[place].clone())),
        ("POST", None) => {
            let record = checked(world, ENTRY, object(body, path)?)?;
            let id = world.store.new_id();
            let record = Value::Object(stamped(ENTRY, &world.organization, &id, record));
            all.push(record.clone());
            Answer::of(201, record)
        }
        ("PUT", Some(place)) => {
            let record = checked(world, ENTRY, object(body, path)?)?;
            let before = all[place].as_object().cloned().unwrap_or_default();
            all[place] = Value::Object(continued(&before, record));
            Answer::of(200, all[place].clone())
        }
        ("DELETE", Some(place)) => {
            all.remove(place);
            Answer::empty(ENTRY.deleted)
        }
        _ => return Err(Answer::refused(404, "The emulated tenant does not do this")),
    };
    if let Some(owner) = world.store.get_mut("outdial-ani", list) {
        owner.insert("outdialANIEntries".to_owned(), json!(all));
    }
    Ok(answer)
}
