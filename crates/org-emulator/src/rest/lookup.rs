//! Records named by what people know of them, not by their id: `sobjects/User/Username/…`.

use serde_json::{Value, json};

use super::{RestRequest, method_not_allowed, records, sobjects};
use crate::answer::Reply;
use crate::ids::Id;
use crate::org::Call;
use crate::schema::{Api, SObject};
use crate::soql::catalog::Catalog;
use crate::world::refusal::Refusal;

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
    let rows = sobjects::catalog(call, Api::Data).rows(&object.name);
    let same = rows.iter().filter(|row| {
        let known = row.get(&field.name).map(text).unwrap_or_default();
        !known.is_empty() && known.eq_ignore_ascii_case(&wanted)
    });
    Ok(same.filter_map(|row| row.get("Id").and_then(Value::as_str).and_then(Id::parse)).collect())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `sobjects/X/Field/value`: reads, changes or makes, and deletes.
pub(super) fn handle(
    call: &mut Call<'_>,
    request: &RestRequest,
    object: &SObject,
    field: &str,
    value: &str,
) -> Result<Reply, Refusal> {
    let method = request.method.as_str();
    let found = find(call, object, field, &value.into())?;
    if let [_, _, ..] = found.as_slice() {
        let base = format!("/services/data/v{}/sobjects/{}", call.version, object.name);
        let list = found.iter().map(|id| Value::from(format!("{base}/{id}"))).collect();
        return Ok(Reply { status: 300, body: Some(list) });
    }
    match (method, found.first()) {
        ("GET", Some(id)) => {
            let fields = request.target.parameter("fields");
            sobjects::read(call, Api::Data, object, id, fields).map(Reply::ok)
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
