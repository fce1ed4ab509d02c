//! Reads of objects and single records as the caller sees them, the same for every resource.

use serde_json::{Map, Value, json};

use crate::answer::Reply;
use crate::catalog::OrgCatalog;
use crate::ids::Id;
use crate::org::Call;
use crate::schema::{Api, SObject};
use crate::soql::catalog::Catalog;
use crate::world::checks::is_deleted;
use crate::world::refusal::Refusal;

/// The answer to a created record.
pub(super) fn created(id: &Id) -> Reply {
    Reply { status: 201, body: Some(json!({"id": id, "success": true, "errors": []})) }
}

/// An id of a path.
pub(super) fn record_id(text: &str) -> Result<Id, Refusal> {
    Id::parse(text).ok_or_else(|| {
        Refusal::new(
            "NOT_FOUND",
            format!("Provided external ID field does not exist or is not accessible: {text}"),
        )
    })
}

/// The object of that name, if this caller sees it.
pub(super) fn shown(call: &Call<'_>, api: Api, name: &str) -> Result<SObject, Refusal> {
    let catalog = catalog(call, api);
    let known = catalog.object(name).ok_or_else(Refusal::not_found)?;
    crate::schema::object(call.world(), api, &known.name).ok_or_else(Refusal::not_found)
}

/// What the caller sees, deleted records too.
fn catalog<'a>(call: &'a Call<'_>, api: Api) -> OrgCatalog<'a> {
    OrgCatalog {
        world: call.world(),
        user: &call.user,
        api,
        guesses: call.org.settings().guesses,
        everything: true,
        installation_key: None,
    }
}

/// One record: all fields, or those of a comma-separated list.
pub(super) fn read(
    call: &Call<'_>,
    api: Api,
    object: &SObject,
    id: &Id,
    fields: Option<&str>,
) -> Result<Value, Refusal> {
    let rows = catalog(call, api).rows(&object.name);
    let row = rows
        .iter()
        .find(|row| row.get("Id").and_then(Value::as_str) == Some(id.as_str()))
        .ok_or_else(|| {
            Refusal::new(
                "NOT_FOUND",
                format!("Provided external ID field does not exist or is not accessible: {id}"),
            )
        })?;
    if is_deleted(row) {
        return Err(Refusal::deleted());
    }
    let tooling = if api == Api::Tooling { "tooling/" } else { "" };
    let url = format!("/services/data/v{}/{tooling}sobjects/{}/{id}", call.version, object.name);
    let mut shown = Map::new();
    shown.insert("attributes".to_owned(), json!({"type": object.name, "url": url}));
    let mut add = |name: &str| {
        shown.insert(name.to_owned(), row.get(name).cloned().unwrap_or_default());
    };
    match fields {
        None => object.fields.iter().for_each(|field| add(&field.name)),
        Some(list) => {
            for name in list.split(',').map(str::trim) {
                let field =
                    object.field(name).ok_or_else(|| Refusal::no_column(&object.name, name))?;
                add(&field.name);
            }
            add("Id");
        }
    }
    Ok(shown.into())
}

/// The records whose lookup field has this value.
pub(super) fn find(
    call: &Call<'_>,
    object: &SObject,
    field: &str,
    value: &Value,
) -> Result<Vec<Id>, Refusal> {
    let field = object.field(field).filter(|field| field.id_lookup).ok_or_else(|| {
        Refusal::new(
            "NOT_FOUND",
            format!("Provided external ID field does not exist or is not accessible: {field}"),
        )
    })?;
    let wanted = text(value);
    let rows = catalog(call, Api::Data).rows(&object.name);
    let same = rows.iter().filter(|row| {
        let known = row.get(&field.name).map(text).unwrap_or_default();
        !known.is_empty() && known.eq_ignore_ascii_case(&wanted)
    });
    Ok(same.filter_map(|row| row.get("Id").and_then(Value::as_str).and_then(Id::parse)).collect())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
