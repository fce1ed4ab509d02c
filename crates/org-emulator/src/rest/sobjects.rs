//! Records one by one: `sobjects/…`.

use serde_json::{Map, Value, json};

use super::{RestRequest, describe, lookup, method_not_allowed, records};
use crate::answer::Reply;
use crate::catalog::OrgCatalog;
use crate::ids::Id;
use crate::org::Call;
use crate::schema::{Api, SObject};
use crate::soql::catalog::Catalog;
use crate::world::checks::is_deleted;
use crate::world::refusal::Refusal;

/// Everything below `sobjects`.
pub(super) fn handle(
    call: &mut Call<'_>,
    request: &RestRequest,
    rest: &[&str],
) -> Result<Reply, Refusal> {
    let method = request.method.as_str();
    match (method, rest) {
        ("GET", []) => Ok(Reply::ok(describe::global(call, Api::Data))),
        (_, [object]) => {
            let found = shown(call, Api::Data, object)?;
            match method {
                "GET" => Ok(Reply::ok(describe::basic(call, Api::Data, &found))),
                "POST" => {
                    let id = records::create(call, &found, request.object()?)?;
                    Ok(created(&id))
                }
                _ => Err(method_not_allowed(method, "GET, HEAD, POST")),
            }
        }
        ("GET", [object, "describe"]) => {
            let found = shown(call, Api::Data, object)?;
            Ok(Reply::ok(describe::whole(call, Api::Data, &found)))
        }
        (_, [object, id]) => {
            let found = shown(call, Api::Data, object)?;
            let id = record_id(id)?;
            match method {
                "GET" => {
                    let fields = request.target.parameter("fields");
                    read(call, Api::Data, &found, &id, fields).map(Reply::ok)
                }
                "PATCH" => {
                    let fields = request.object()?;
                    if fields.contains_key("Id") || fields.contains_key("id") {
                        return Err(Refusal::new(
                            "INVALID_FIELD",
                            "The Id field should not be specified in the sobject data.",
                        )
                        .about("Id"));
                    }
                    records::update(call, &found, &id, fields)?;
                    Ok(Reply { status: 204, body: None })
                }
                "DELETE" => {
                    records::delete(call, &found, &id)?;
                    Ok(Reply { status: 204, body: None })
                }
                _ => Err(method_not_allowed(method, "DELETE, GET, HEAD, PATCH")),
            }
        }
        (_, [object, field, value]) => {
            let found = shown(call, Api::Data, object)?;
            lookup::handle(call, request, &found, field, value)
        }
        _ => Err(Refusal::not_found()),
    }
}

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

pub(super) fn catalog<'a>(call: &'a Call<'_>, api: Api) -> OrgCatalog<'a> {
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
