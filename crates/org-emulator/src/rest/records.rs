//! Writes of single records, the same for every resource that writes.

use serde_json::{Map, Value};

use super::query::{self, Scope};
use super::reads;
use super::request::writer;
use crate::ids::Id;
use crate::org::Call;
use crate::schema::{Api, SObject};
use crate::soql::Answer;
use crate::world::refusal::Refusal;

/// Fields of a record by name.
type Fields = Map<String, Value>;

/// Makes a record.
pub(crate) fn create(
    call: &mut Call<'_>,
    object: &SObject,
    fields: &Fields,
) -> Result<Id, Refusal> {
    call.org.script.trouble.check_record(None)?;
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
    call.org.script.trouble.check_record(Some(id.as_str()))?;
    let writer = writer(call);
    call.org.world_mut().update(&writer, &object.name, id, fields)
}

/// Deletes a record.
pub(crate) fn delete(call: &mut Call<'_>, object: &SObject, id: &Id) -> Result<(), Refusal> {
    call.org.script.trouble.check_record(Some(id.as_str()))?;
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
