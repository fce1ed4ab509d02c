//! `composite/sobjects`: up to 200 records of one kind or several, row by row.

use serde_json::{Map, Value, json};

use super::request::{RestRequest, method_not_allowed, writer};
use super::{reads, records};
use crate::answer::Reply;
use crate::ids::Id;
use crate::org::Call;
use crate::schema::{self, Api};
use crate::world::refusal::Refusal;

/// Records in one call.
const MOST: usize = 200;
/// Records that one read may ask for.
const MOST_READ: usize = 2_000;
/// Runs of the same object in one call.
const MOST_CHUNKS: usize = 10;

/// What is done to each record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Create,
    Update,
    Delete,
}

/// One record of a call.
struct Part {
    object: String,
    /// As it was sent; the row's error shows it.
    id: Option<String>,
    fields: Map<String, Value>,
}

/// Everything below `composite/sobjects`.
pub(super) fn handle(
    call: &mut Call<'_>,
    request: &RestRequest,
    object: Option<&str>,
) -> Result<Reply, Refusal> {
    match (request.method.as_str(), object) {
        ("POST", None) => written(call, request, Verb::Create),
        ("PATCH", None) => written(call, request, Verb::Update),
        ("DELETE", None) => deleted(call, request),
        ("GET" | "POST", Some(object)) => read(call, request, object),
        (method, None) => Err(method_not_allowed(method, "DELETE, PATCH, POST")),
        (method, Some(_)) => Err(method_not_allowed(method, "GET, POST")),
    }
}

fn written(call: &mut Call<'_>, request: &RestRequest, verb: Verb) -> Result<Reply, Refusal> {
    let body = request.object()?;
    let records = listed(body)?;
    let mut parts = Vec::new();
    for record in records {
        let object = record.pointer("/attributes/type").and_then(Value::as_str);
        let object = object.ok_or_else(|| {
            Refusal::new("INVALID_INPUT", "Each record must have an attributes map with a type")
        })?;
        let mut fields = record.as_object().cloned().unwrap_or_default();
        fields.remove("attributes");
        let id = ["id", "Id"].iter().find_map(|name| fields.remove(*name));
        let id = id.as_ref().and_then(Value::as_str).map(str::to_owned);
        parts.push(Part { object: object.to_owned(), id, fields });
    }
    let all_or_none = body.get("allOrNone") == Some(&Value::Bool(true));
    apply(call, verb, &parts, all_or_none)
}

/// The records of a body.
fn listed(body: &Map<String, Value>) -> Result<&Vec<Value>, Refusal> {
    body.get("records")
        .and_then(Value::as_array)
        .ok_or_else(|| Refusal::new("JSON_PARSER_ERROR", "Required field is missing: records"))
}

fn too_many() -> Refusal {
    Refusal::new(
        "EXCEEDED_ID_LIMIT",
        "record limit reached. cannot submit more than 200 records into this call",
    )
}

fn deleted(call: &mut Call<'_>, request: &RestRequest) -> Result<Reply, Refusal> {
    let ids = request.target.parameter("ids").unwrap_or_default();
    let objects = schema::all(call.world(), Api::Data);
    let mut parts = Vec::new();
    for text in ids.split(',').filter(|text| !text.is_empty()) {
        let id = Id::parse(text);
        let object = id.as_ref().and_then(|id| {
            objects.iter().find(|object| object.key_prefix.as_deref() == Some(id.prefix()))
        });
        let object = object.map_or_else(String::new, |object| object.name.clone());
        let id = Some(text.to_owned());
        parts.push(Part { object, id, fields: Map::new() });
    }
    let all_or_none = request.target.parameter("allOrNone") == Some("true");
    apply(call, Verb::Delete, &parts, all_or_none)
}

fn apply(
    call: &mut Call<'_>,
    verb: Verb,
    parts: &[Part],
    all_or_none: bool,
) -> Result<Reply, Refusal> {
    if parts.is_empty() {
        return Err(Refusal::new("INVALID_INPUT", "The request must contain at least one record"));
    }
    if parts.len() > MOST {
        return Err(too_many());
    }
    let chunks = 1 + parts.windows(2).filter(|pair| pair[0].object != pair[1].object).count();
    if chunks > MOST_CHUNKS {
        return Err(Refusal::new(
            "TOO_MANY_CHUNKS",
            "Records of more than 10 chunks of object types can't be processed in one call",
        ));
    }
    let before = all_or_none.then(|| call.world().clone());
    let mut first: Option<(bool, String)> = None;
    let results: Vec<Result<Id, Refusal>> = parts
        .iter()
        .map(|part| {
            let found = schema::object(call.world(), Api::Data, &part.object);
            let setup = found.is_some_and(|object| object.setup);
            let (kind, original) = first.get_or_insert_with(|| (setup, part.object.clone()));
            if *kind != setup {
                return Err(Refusal::new(
                    "MIXED_DML_OPERATION",
                    format!(
                        "DML operation on setup object is not permitted after you have updated a \
                         non-setup object (or vice versa): {}, original object: {original}",
                        part.object
                    ),
                ));
            }
            one(call, verb, part)
        })
        .collect();
    let failed = results.iter().any(Result::is_err);
    let rolled_back = before.filter(|_| failed);
    let undone = rolled_back.is_some();
    if let Some(before) = rolled_back {
        *call.org.world_mut() = before;
    }
    let rows: Vec<Value> = results.into_iter().map(|result| row(result, undone)).collect();
    Ok(Reply::ok(rows.into()))
}

fn one(call: &mut Call<'_>, verb: Verb, part: &Part) -> Result<Id, Refusal> {
    records::check_row(call, &part.object, part.id.as_deref(), &part.fields)?;
    let writer = writer(call);
    if verb == Verb::Create {
        return call.org.world_mut().create(&writer, &part.object, &part.fields);
    }
    let text = part.id.as_deref().ok_or_else(|| {
        Refusal::new("MISSING_ARGUMENT", "Id not specified in an update call").about("Id")
    })?;
    let found = schema::object(call.world(), Api::Data, &part.object);
    let (label, prefix) = found.map_or((String::new(), None), |it| (it.label, it.key_prefix));
    let id = Id::parse(text).filter(|id| prefix.as_deref() == Some(id.prefix()));
    let id = id.ok_or_else(|| {
        let message = format!("{label} ID: id value of incorrect type: {text}");
        Refusal::new("MALFORMED_ID", message.trim_start()).about("Id")
    })?;
    let world = call.org.world_mut();
    let done = match verb {
        Verb::Update => world.update(&writer, &part.object, &id, &part.fields),
        _ => world.delete(&writer, &part.object, &id),
    };
    done.map_err(row_error)?;
    Ok(id)
}

/// Rows name what a single request answers with 404 differently.
fn row_error(refusal: Refusal) -> Refusal {
    if refusal.code == "NOT_FOUND" {
        return Refusal::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    }
    refusal
}

fn row(result: Result<Id, Refusal>, rolled_back: bool) -> Value {
    let refusal = match result {
        Ok(id) if !rolled_back => return json!({"id": id, "success": true, "errors": []}),
        Ok(_) => Refusal::new(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "Record rolled back because not all records were valid and the request was using \
             AllOrNone header",
        ),
        Err(refusal) => refusal,
    };
    json!({
        "success": false,
        "errors": [{
            "statusCode": refusal.code, "message": refusal.message, "fields": refusal.fields,
        }],
    })
}

/// `composite/sobjects/X/Field`: changes the records that are there, and makes the others.
pub(super) fn upserted(
    call: &mut Call<'_>,
    request: &RestRequest,
    object: &str,
    field: &str,
) -> Result<Reply, Refusal> {
    let found = reads::shown(call, Api::Data, object)?;
    // A field that names no record is wrong for every row.
    reads::find(call, &found, field, &Value::Null)?;
    let body = request.object()?;
    let sent = listed(body)?;
    if sent.len() > MOST {
        return Err(too_many());
    }
    let all_or_none = body.get("allOrNone") == Some(&Value::Bool(true));
    let before = all_or_none.then(|| call.world().clone());
    let results: Vec<Result<(Id, bool), Refusal>> = sent
        .iter()
        .map(|record| {
            let mut fields = record.as_object().cloned().unwrap_or_default();
            fields.remove("attributes");
            records::upsert_by(call, &found, field, fields)
        })
        .collect();
    let rolled_back = before.filter(|_| results.iter().any(Result::is_err));
    let undone = rolled_back.is_some();
    if let Some(before) = rolled_back {
        *call.org.world_mut() = before;
    }
    let rows = results.into_iter().map(|result| {
        let created = result.as_ref().is_ok_and(|(_, created)| *created);
        let mut shown = row(result.map(|(id, _)| id), undone);
        if shown["success"] == true {
            shown["created"] = created.into();
        }
        shown
    });
    Ok(Reply::ok(rows.collect()))
}

/// Reads records of one object; what is not there is null in its place.
fn read(call: &mut Call<'_>, request: &RestRequest, object: &str) -> Result<Reply, Refusal> {
    let found = reads::shown(call, Api::Data, object)?;
    let list = |name: &str| -> Vec<String> {
        if let Some(text) = request.target.parameter(name) {
            return text.split(',').map(|part| part.trim().to_owned()).collect();
        }
        let listed =
            request.body.as_ref().and_then(|body| body.get(name)).and_then(Value::as_array);
        let texts = listed.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    let (ids, fields) = (list("ids"), list("fields"));
    if ids.len() > MOST_READ {
        return Err(Refusal::new(
            "EXCEEDED_ID_LIMIT",
            "record limit reached. cannot submit more than 2000 records into this call",
        ));
    }
    if fields.is_empty() {
        return Err(Refusal::new("INVALID_INPUT", "The fields parameter is required"));
    }
    let fields = fields.join(",");
    let mut records = Vec::new();
    for text in ids {
        let id = reads::record_id(&text)?;
        match reads::read(call, Api::Data, &found, &id, Some(&fields)) {
            Ok(record) => records.push(record),
            Err(refusal) if refusal.code == "NOT_FOUND" => records.push(Value::Null),
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(Reply::ok(records.into()))
}
