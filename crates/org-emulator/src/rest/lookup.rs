//! Records named by what people know of them, not by their id: `sobjects/User/Username/…`.

use serde_json::{Value, json};

use super::request::{RestRequest, method_not_allowed};
use super::{reads, records};
use crate::answer::Reply;
use crate::org::Call;
use crate::schema::{Api, SObject};
use crate::world::refusal::Refusal;

/// `sobjects/X/Field/value`: reads, changes or makes, and deletes.
pub(super) fn handle(
    call: &mut Call<'_>,
    request: &RestRequest,
    object: &SObject,
    field: &str,
    value: &str,
) -> Result<Reply, Refusal> {
    let method = request.method.as_str();
    let found = reads::find(call, object, field, &value.into())?;
    if let [_, _, ..] = found.as_slice() {
        let base = format!("/services/data/v{}/sobjects/{}", call.version, object.name);
        let list = found.iter().map(|id| Value::from(format!("{base}/{id}"))).collect();
        return Ok(Reply { status: 300, body: Some(list) });
    }
    match (method, found.first()) {
        ("GET", Some(id)) => {
            let fields = request.target.parameter("fields");
            reads::read(call, Api::Data, object, id, fields).map(Reply::ok)
        }
        ("PATCH", _) => {
            let mut fields = request.object()?.clone();
            let lookup = object.field(field).map_or(field, |field| &field.name);
            if fields.keys().any(|name| name.eq_ignore_ascii_case(lookup)) {
                return Err(Refusal::new(
                    "INVALID_FIELD",
                    format!("The {lookup} field should not be specified in the sobject data."),
                )
                .about(lookup));
            }
            if lookup != "Id" {
                fields.insert(lookup.to_owned(), value.into());
            }
            let (id, created) = records::upsert(call, object, found.first(), &fields)?;
            let body = json!({"id": id, "success": true, "errors": [], "created": created});
            Ok(Reply { status: if created { 201 } else { 200 }, body: Some(body) })
        }
        ("DELETE", Some(id)) => {
            records::delete(call, object, id)?;
            Ok(Reply { status: 204, body: None })
        }
        ("GET" | "DELETE", None) => Err(Refusal::not_found()),
        _ => Err(method_not_allowed(method, "DELETE, GET, HEAD, PATCH")),
    }
}
