//! What all kinds of records are asked, and how they answer.

use serde_json::{Value, json};

use super::ani_entries::entries_of;
use super::answer::{Answer, Result};
use super::field::problem;
use super::kind::{ENTRY, Kind};
use super::query::{Query, value};
use super::rules::{
    check_own, check_references, check_unique, check_unused, layout_of, referrers,
    take_from_layouts,
};
use super::state::World;
use super::store::{Record, ids, now, stamped, text};

/// A record as it is answered, with what it takes from others.
pub(crate) fn shown(
    world: &World,
    kind: &Kind,
    mut record: Record,
    query: &Query,
    listed: bool,
) -> Value {
    let site = |record: &Record| {
        world.store.get("site", text(record, "siteId")).map(|site| text(site, "name").to_owned())
    };
    let asked = |name: &str| value(query, name) == Some("true");
    match kind.name {
        "team" => {
            if let Some(layout) = layout_of(world, text(&record, "id")) {
                record.insert("desktopLayoutId".to_owned(), layout.into());
            }
            if let Some(name) = site(&record) {
                record.insert("siteName".to_owned(), name.into());
            }
        }
        "user" => {
            if let Some(name) = site(&record) {
                record.insert("siteName".to_owned(), name.into());
            }
            let profile = world.store.get("user-profile", text(&record, "userProfileId"));
            if let Some(profile) = profile {
                let of = text(profile, "profileType").to_owned();
                record.insert("userProfileType".to_owned(), of.into());
            }
        }
        "entry-point" if asked("includeCount") => {
            let count = referrers(world, "entry-point", text(&record, "id"));
            let count = count.iter().filter(|(kind, ..)| *kind == "dial-number").count();
            record.insert("dnEpMappingCount".to_owned(), count.into());
        }
        "multimedia-profile" if world.traps.work_item => {
            record.insert("workItem".to_owned(), 0.into());
        }
        _ => {}
    }
    let trap = match kind.name {
        "desktop-layout" => world.traps.lists_without_teams,
        "user" => world.traps.users_without_teams,
        _ => false,
    };
    if listed && trap {
        record.remove("teamIds");
    }
    if listed {
        let names = value(query, "attributes").unwrap_or_default().split(',').map(str::trim);
        let is_on_request = |field: &str| kind.on_request.contains(&field);
        record.retain(|field, _| {
            !kind.unlisted.contains(&field.as_str())
                || is_on_request(field) && names.clone().any(|name| name == field)
        });
    }
    record.into()
}

/// One record.
pub(crate) fn read(world: &mut World, kind: &Kind, id: &str, query: &Query) -> Result {
    let record = world.store.shown(kind.name, id).ok_or_else(|| Answer::missing(kind.name, id))?;
    Ok(Answer::of(200, shown(world, kind, record, query, false)))
}

/// A new record.
pub(crate) fn create(world: &mut World, kind: &Kind, body: &[u8], path: &str) -> Result {
    let record = object(body, path)?;
    if record.get("id").is_some_and(|id| id.as_str().is_some_and(|id| !id.is_empty())) {
        return Err(Answer::refused(400, "New configuration cannot have an id"));
    }
    if record.get("systemDefault") == Some(&Value::Bool(true)) {
        return Err(Answer::refused(403, "A system default cannot be made"));
    }
    let trapped = world.traps.wrong_conflict;
    if kind.name == "team" && trapped && !record.contains_key("teamStatus") {
        return Err(Answer::refused(409, "Internal error. Please contact Cisco Support Team"));
    }
    let record = checked(world, kind, record)?;
    check_unique(world, kind, "", &record)?;
    check_references(world, kind, &record)?;
    check_own(world, kind, &record, true)?;
    let id = world.store.add(kind, &world.organization.clone(), record);
    let mut made = world.store.get(kind.name, &id).cloned().unwrap_or_default();
    settle(world, kind, &id, &mut made);
    Ok(Answer::of(kind.created, shown(world, kind, made, &[], false)))
}

/// A record in the place of another: what it does not have is gone.
pub(crate) fn replace(world: &mut World, kind: &Kind, id: &str, body: &[u8], path: &str) -> Result {
    let before = world.store.get(kind.name, id).cloned();
    let before = before.ok_or_else(|| Answer::missing(kind.name, id))?;
    let sent = object(body, path)?;
    if before.get("systemDefault") == Some(&Value::Bool(true)) {
        return Err(Answer::refused(403, "A system default cannot be changed"));
    }
    if sent.get("id").is_some_and(|sent| sent != id) {
        return Err(Answer::refused(400, "The id of the body is not that of the path"));
    }
    let record = checked(world, kind, sent)?;
    if record.get("version").is_some_and(|version| Some(version) != before.get("version")) {
        return Err(Answer::refused(
            412,
            "The record was changed meanwhile: its version is another",
        ));
    }
    for field in kind.fixed {
        if record.get(*field) != before.get(*field) {
            let value = before.get(*field).map_or("null".to_owned(), plain);
            let words = format!("This configuration cannot be changed. Original value is {value}");
            return Err(Answer::refused(400, &words));
        }
    }
    let mut record = continued(&before, record);
    check_unique(world, kind, id, &record)?;
    check_references(world, kind, &record)?;
    check_own(world, kind, &record, false)?;
    if kind.name == "outdial-ani" {
        entries_of(world, &before, &mut record)?;
    }
    let answered = record.clone();
    let keeps = kind.name == "desktop-layout"
        && world.traps.silent_put
        && before.get("validated") != Some(&Value::Bool(true));
    if keeps && let Some(content) = before.get("jsonFileContent") {
        record.insert("jsonFileContent".to_owned(), content.clone());
    }
    put(world, kind, id, record, before);
    let mut answered = answered;
    settle(world, kind, id, &mut answered);
    Ok(Answer::of(200, shown(world, kind, answered, &[], false)))
}

/// Puts a changed record in its place.
pub(crate) fn put(world: &mut World, kind: &Kind, id: &str, record: Record, before: Record) {
    let lag = world.traps.read_lag;
    if let Some(place) = world.store.get_mut(kind.name, id) {
        *place = record;
    }
    world.store.lag(before, lag);
}

/// A record with what the service keeps of the one before.
pub(crate) fn continued(before: &Record, mut record: Record) -> Record {
    for field in ["organizationId", "id", "systemDefault", "createdTime"] {
        match before.get(field) {
            Some(value) => record.insert(field.to_owned(), value.clone()),
            None => record.remove(field),
        };
    }
    let version = before.get("version").and_then(Value::as_i64).unwrap_or_default();
    record.insert("version".to_owned(), (version + 1).into());
    record.insert("lastUpdatedTime".to_owned(), now().into());
    record
}

/// What a written record changes elsewhere; what is told elsewhere is not kept in it.
fn settle(world: &mut World, kind: &Kind, id: &str, record: &mut Record) {
    match kind.name {
        "desktop-layout" => {
            let teams: Vec<String> =
                ids(record, "teamIds").into_iter().map(str::to_owned).collect();
            if record.get("global") != Some(&Value::Bool(true)) {
                take_from_layouts(world, &teams, Some(id));
            }
        }
        "team" => {
            let layout = text(record, "desktopLayoutId").to_owned();
            if layout.is_empty() && world.traps.team_keeps_layout {
                return;
            }
            take_from_layouts(world, &[id.to_owned()], None);
            if let Some(layout) = world.store.get_mut("desktop-layout", &layout) {
                let teams = layout.entry("teamIds").or_insert_with(|| json!([]));
                if let Some(teams) = teams.as_array_mut() {
                    teams.push(id.into());
                }
            }
            if let Some(kept) = world.store.get_mut(kind.name, id) {
                kept.remove("desktopLayoutId");
            }
            record.remove("desktopLayoutId");
        }
        "outdial-ani" => {
            let organization = world.organization.clone();
            let entries = record.get("outdialANIEntries").and_then(Value::as_array).cloned();
            let mut entries = entries.unwrap_or_default();
            for entry in &mut entries {
                if let Value::Object(fields) = entry
                    && !fields.contains_key("version")
                {
                    let new = world.store.new_id();
                    *fields = stamped(ENTRY, &organization, &new, fields.clone());
                }
            }
            for record in [Some(record), world.store.get_mut(kind.name, id)].into_iter().flatten() {
                record.insert("outdialANIEntries".to_owned(), json!(entries));
            }
        }
        _ => {}
    }
}

/// Takes a record away.
pub(crate) fn delete(world: &mut World, kind: &Kind, id: &str) -> Result {
    let record = world.store.get(kind.name, id).ok_or_else(|| Answer::missing(kind.name, id))?;
    if record.get("systemDefault") == Some(&Value::Bool(true)) {
        return Err(Answer::refused(403, "A system default cannot be deleted"));
    }
    check_unused(world, kind, id)?;
    world.store.remove(kind.name, id);
    if kind.name == "team" {
        take_from_layouts(world, &[id.to_owned()], None);
    }
    Ok(Answer::empty(kind.deleted))
}

/// The fields of a body.
pub(crate) fn object(body: &[u8], path: &str) -> Result<Record> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err(Answer::refused(400, "The body must be an object")),
        Err(_) => Err(Answer::unreadable(400, "Failed to read request", path)),
    }
}

/// A record whose fields are known, fit, and are all there that are asked for. Null is as good as nothing.
pub(crate) fn checked(world: &World, kind: &Kind, mut record: Record) -> Result<Record> {
    record.retain(|_, value| !value.is_null());
    let mut wrong = known(world, kind, &record)?;
    for field in kind.required.iter().filter(|field| !record.contains_key(**field)) {
        wrong.push(json!({ "description": format!("{field} must not be null") }));
    }
    if wrong.is_empty() { Ok(record) } else { Err(Answer::refusing(400, &wrong)) }
}

/// What is wrong with the fields of a record.
pub(crate) fn known(world: &World, kind: &Kind, record: &Record) -> Result<Vec<Value>> {
    let mut wrong = Vec::new();
    for (field, value) in record {
        let Some(of) = kind.field(field) else {
            if field == "workItem" && world.traps.work_item {
                let words = "workItem is not allowed when feature flag is disabled";
                return Err(Answer::refused(400, words));
            }
            wrong.push(json!({ "description": format!("There is no field {field}") }));
            continue;
        };
        if let Some(wanted) = problem(of, value) {
            wrong.push(json!({ "description": format!("{field} must be {wanted}") }));
        }
    }
    Ok(wrong)
}

/// A value as a sentence has it.
pub(crate) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
