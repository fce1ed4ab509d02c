//! What holds between records, and inside one where its fields alone do not say it.

use serde_json::{Value, json};

use super::answer::{Answer, Result};
use super::kind::Kind;
use super::kinds::KINDS;
use super::state::World;
use super::store::{Record, ids, text};

/// Who refers to a record: the kind, the id and the name of each.
pub(crate) fn referrers(
    world: &World,
    kind: &str,
    id: &str,
) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    for other in KINDS {
        // A layout does not hold its teams: it loses those that go.
        let fields = other.refers.iter().filter(|(field, to)| {
            *to == kind && (other.name, *field) != ("desktop-layout", "teamIds")
        });
        let fields: Vec<&str> = fields.map(|(field, _)| *field).collect();
        for record in world.store.all(other.name) {
            let own_layout = (kind == "desktop-layout" && other.name == "team")
                .then(|| layout_of(world, text(record, "id")))
                .flatten();
            let refers = fields.iter().any(|field| ids(record, field).contains(&id))
                || own_layout.is_some_and(|layout| layout == id);
            if refers {
                found.push((other.name, text(record, "id").to_owned(), name_of(other, record)));
            }
        }
    }
    found
}

/// What people call a record.
pub(crate) fn name_of(kind: &Kind, record: &Record) -> String {
    match kind.name {
        "user" => format!("{} {}", text(record, "firstName"), text(record, "lastName")),
        "dial-number" => text(record, "dialledNumber").to_owned(),
        _ => text(record, "name").to_owned(),
    }
}

/// The custom layout that a team is in.
pub(crate) fn layout_of(world: &World, team: &str) -> Option<String> {
    let layouts = world.store.all("desktop-layout").iter();
    let own = layouts
        .filter(|layout| layout.get("global") != Some(&Value::Bool(true)))
        .find(|layout| ids(layout, "teamIds").contains(&team));
    own.map(|layout| text(layout, "id").to_owned())
}

/// Takes teams out of all layouts but one.
pub(crate) fn take_from_layouts(world: &mut World, teams: &[String], but: Option<&str>) {
    for layout in world.store.all_mut("desktop-layout") {
        if but == Some(text(layout, "id")) {
            continue;
        }
        if let Some(Value::Array(all)) = layout.get_mut("teamIds") {
            all.retain(|id| !teams.iter().any(|team| id == team));
        }
    }
}

/// Refuses a record that refers to what is not there.
pub(crate) fn check_references(world: &World, kind: &Kind, record: &Record) -> Result<()> {
    for (field, to) in kind.refers {
        for id in ids(record, field) {
            if world.store.get(to, id).is_none() {
                return Err(Answer::refused(
                    400,
                    &format!("{field}: there is no {to} with id {id}"),
                ));
            }
        }
    }
    Ok(())
}

/// Refuses a record that is like another one where it must not be: a new one with 409, one that is
/// replaced with 400, for the API's description knows no conflict there.
pub(crate) fn check_unique(world: &World, kind: &Kind, id: &str, record: &Record) -> Result<()> {
    let same = |other: &&Record| {
        text(other, "id") != id
            && kind.unique.iter().all(|field| other.get(*field) == record.get(*field))
    };
    match world.store.all(kind.name).iter().find(same) {
        Some(_) => {
            let named = text(record, kind.unique.first().copied().unwrap_or("name"));
            let status = if id.is_empty() { 409 } else { 400 };
            Err(Answer::refused(status, &format!("{} {named} is there already", kind.name)))
        }
        None => Ok(()),
    }
}

/// What a kind asks for besides.
pub(crate) fn check_own(world: &World, kind: &Kind, record: &Record, is_new: bool) -> Result<()> {
    let traps = &world.traps;
    let flag = |field: &str| record.get(field).and_then(Value::as_bool).unwrap_or_default();
    let refuse = |status: u16, words: &str| Err(Answer::refused(status, words));
    match kind.name {
        "desktop-layout" => {
            let teams = ids(record, "teamIds");
            let own = text(record, "id");
            let taken = |team: &&&str| {
                let layout = layout_of(world, team);
                layout.is_some_and(|layout| layout != own)
            };
            let global_copy = is_new && flag("global");
            if traps.team_taken && (global_copy || teams.iter().any(|team| taken(&team))) {
                return refuse(
                    400,
                    "Teams assigned are already assigned to another desktop layout",
                );
            }
        }
        "cad-variable" => {
            if flag("agentViewable") && text(record, "desktopLabel").is_empty() {
                return refuse(400, "desktopLabel is needed where agents see the variable");
            }
            let value = text(record, "defaultValue");
            let fits = match text(record, "variableType").to_ascii_lowercase().as_str() {
                "integer" => value.parse::<i64>().is_ok(),
                "decimal" => value.parse::<f64>().is_ok(),
                "boolean" => ["true", "false"].contains(&value),
                _ => true,
            };
            if !fits {
                return refuse(400, "validDefaultValueForVariabelType");
            }
        }
        "entry-point" => {
            let number =
                |field: &str| record.get(field).and_then(Value::as_i64).unwrap_or_default();
            if number("serviceLevelThreshold") <= 0 {
                return refuse(400, "serviceLevelThreshold must be greater than 0");
            }
            if number("maximumActiveContacts") < 0 {
                return refuse(400, "maximumActiveContacts must not be negative");
            }
        }
        "user-profile" => {
            let bound = ["ADMINISTRATOR_ONLY", "STANDARD_AGENT"];
            let level = text(record, "permissionAccessLevel");
            if bound.contains(&text(record, "profileType")) && level != "SPECIFIC" {
                return refuse(400, "permissionAccessLevel must be SPECIFIC for this profileType");
            }
            if level == "SPECIFIC" && ids_of_objects(record, "permissions") == 0 {
                return refuse(400, "userProfilePermissions must not be empty");
            }
        }
        "agent-profile" if is_new => {
            let clone = record.get("viewableStatistics").is_some_and(|it| !it["id"].is_null());
            if traps.wrong_conflict && clone {
                return refuse(409, "Internal error. Please contact Cisco Support Team");
            }
        }
        "dial-number" if is_new && !world.numbers.contains(text(record, "dialledNumber")) => {
            return refuse(404, "Dialed number does not exist");
        }
        "multimedia-profile"
            if traps.mandatory_fields && !record.contains_key("manuallyAssignable") =>
        {
            return refuse(400, "manuallyAssignable must not be null");
        }
        "user" => return check_user(world, record),
        _ => {}
    }
    Ok(())
}

/// A user's teams are of the user's site.
fn check_user(world: &World, record: &Record) -> Result<()> {
    let site = text(record, "siteId");
    for team in ids(record, "teamIds") {
        let of = world.store.get("team", team).map(|team| text(team, "siteId"));
        if of.is_some_and(|of| of != site) {
            return Err(Answer::refused(400, "The user and the team must be of the same site"));
        }
    }
    Ok(())
}

fn ids_of_objects(record: &Record, field: &str) -> usize {
    record.get(field).and_then(Value::as_array).map_or(0, Vec::len)
}

/// Refuses to delete what others refer to.
pub(crate) fn check_unused(world: &World, kind: &Kind, id: &str) -> Result<()> {
    let mut found = referrers(world, kind.name, id);
    if world.traps.held.iter().any(|held| held == id) {
        found.push((
            "flow",
            "00000000-0000-4000-8000-00000000f10e".to_owned(),
            "Main flow".to_owned(),
        ));
    }
    if found.is_empty() {
        return Ok(());
    }
    let mut entities: Vec<&str> = found.iter().map(|(kind, ..)| *kind).collect();
    entities.dedup();
    let complaints: Vec<Value> = entities
        .iter()
        .map(|entity| {
            let of_it = found.iter().filter(|(kind, ..)| kind == entity);
            let references: Vec<Value> =
                of_it.map(|(_, id, name)| json!({ "id": id, "name": name })).collect();
            let mut complaint = json!({
                "description": format!("The {} is used by {entity}", kind.name),
                "code": "412",
                "entity": entity,
            });
            if !world.traps.unnamed_references {
                complaint["references"] = json!(references);
            }
            complaint
        })
        .collect();
    let mut refusal = Answer::refusing(412, &complaints);
    if let Some(body) = &mut refusal.body {
        body["error"]["referencedEntities"] = json!(entities);
    }
    Err(refusal)
}
