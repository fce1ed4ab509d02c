//! Records one by one: `sobjects/…`.

use super::reads::{created, read, record_id, shown};
use super::request::{RestRequest, method_not_allowed};
use super::{describe, lookup, records};
use crate::answer::Reply;
use crate::org::Call;
use crate::schema::Api;
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
