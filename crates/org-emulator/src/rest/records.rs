//! Writes of single records, the same for every resource that writes.

use serde_json::{Map, Value};

use super::query::{self, Scope};
use super::reads;
use super::request::writer;
use crate::faults::{Effect, Trouble};
use crate::ids::Id;
use crate::org::Call;
use crate::schema::{Api, SObject};
use crate::soql::Answer;
use crate::world::World;
use crate::world::refusal::Refusal;

/// Fields of a record by name.
type Fields = Map<String, Value>;

/// Refuses a row that a fault is about.
pub(crate) fn check_row(
    call: &mut Call<'_>,
    object: &str,
    id: Option<&str>,
    fields: &Fields,
) -> Result<(), Refusal> {
    let org = &mut *call.org;
    org.script.trouble.check_record(id)?;
    if !org.script.looks_inside() {
        return Ok(());
    }
    let names = names(org.world(), id, fields);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match org.script.strike_row(object, &names) {
        Some(Effect::Status { code, message, .. }) => Err(Refusal::new(&code, message)),
        Some(Effect::Lock) => Trouble::Lock.check_record(id),
        _ => Ok(()),
    }
}

/// What a row can be called: its id, its values, and the names of the users whom it is about.
fn names(world: &World, id: Option<&str>, fields: &Fields) -> Vec<String> {
    let values = fields.values().filter_map(Value::as_str);
    let mut names: Vec<String> = id.into_iter().chain(values).map(str::to_owned).collect();
    let ids: Vec<Id> = names.iter().filter_map(|name| Id::parse(name)).collect();
    for id in ids {
        let assignments = world.permission_set_assignments.iter();
        let assignee = assignments.filter(|it| it.id == id).map(|it| &it.assignee_id).next();
        if let Some(user) = world.user(assignee.unwrap_or(&id)) {
            names.push(user.username.clone());
        }
    }
    names
}

/// Makes a record.
pub(crate) fn create(
    call: &mut Call<'_>,
    object: &SObject,
    fields: &Fields,
) -> Result<Id, Refusal> {
    check_row(call, &object.name, None, fields)?;
    let writer = writer(call);
    call.org.world_mut().create(&writer, &object.name, fields)
}

/// Changes a record.
pub(crate) fn update(
    call: &mut Call<'_>,
    object: &SObject,
    id: &Id,
    fields: &Fields,
) -> Result<(), Refusal> {
    check_row(call, &object.name, Some(id.as_str()), fields)?;
    let writer = writer(call);
    call.org.world_mut().update(&writer, &object.name, id, fields)
}

/// Deletes a record.
pub(crate) fn delete(call: &mut Call<'_>, object: &SObject, id: &Id) -> Result<(), Refusal> {
    check_row(call, &object.name, Some(id.as_str()), &Fields::new())?;
    let writer = writer(call);
    call.org.world_mut().delete(&writer, &object.name, id)
}

/// Changes the record that a lookup field names, or makes it; says whether it is a new one.
pub(crate) fn upsert_by(
    call: &mut Call<'_>,
    object: &SObject,
    field: &str,
    mut fields: Fields,
) -> Result<(Id, bool), Refusal> {
    let named = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(field));
    let named = named.map(|(name, value)| (name.clone(), value.clone()));
    let (name, value) = named.ok_or_else(|| {
        Refusal::new("MISSING_ARGUMENT", format!("{field} not specified")).about(field)
    })?;
    let known = reads::find(call, object, field, &value)?;
    if known.len() > 1 {
        let ids: Vec<&str> = known.iter().map(Id::short).collect();
        let message = "more than one record found for external id field";
        return Err(Refusal::new(
            "DUPLICATE_EXTERNAL_ID",
            format!("{field}: {message}: [{}]", ids.join(", ")),
        )
        .about(field));
    }
    if field.eq_ignore_ascii_case("Id") {
        fields.remove(&name);
    }
    upsert(call, object, known.first(), &fields)
}

/// Changes the record that is there, or makes it; says whether it is a new one.
pub(crate) fn upsert(
    call: &mut Call<'_>,
    object: &SObject,
    known: Option<&Id>,
    fields: &Fields,
) -> Result<(Id, bool), Refusal> {
    match known {
        Some(id) => update(call, object, id, fields).map(|()| (id.clone(), false)),
        None => create(call, object, fields).map(|id| (id, true)),
    }
}

/// Runs a query of the data API as the caller; `everything`: archived and deleted records too.
pub(crate) fn query(call: &Call<'_>, text: &str, everything: bool) -> Result<Answer, Refusal> {
    let scope = Scope { api: Api::Data, everything, key: None };
    query::run(call, text, scope, &format!("/services/data/v{}", call.version))
}
