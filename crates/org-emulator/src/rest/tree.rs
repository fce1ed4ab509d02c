//! `composite/tree/X`: records with their children, all of them or none.

use serde_json::{Map, Value, json};

use super::request::RestRequest;
use super::{reads, records};
use crate::answer::Reply;
use crate::ids::Id;
use crate::org::Call;
use crate::schema::{self, Api};
use crate::world::refusal::Refusal;

/// Records in one call, children included.
const MOST: usize = 200;
/// How deep children may nest.
const DEEPEST: usize = 5;

/// What came of a record: its reference and its id, or why there is none.
type Grown = (String, Result<Id, Refusal>);

/// `POST composite/tree/X`
pub(super) fn create(
    call: &mut Call<'_>,
    request: &RestRequest,
    object: &str,
) -> Result<Reply, Refusal> {
    let object = reads::shown(call, Api::Data, object)?.name;
    let trees = listed(request.object()?)?;
    if trees.iter().map(size).sum::<usize>() > MOST {
        return Err(Refusal::new(
            "INVALID_INPUT",
            format!("Too many records in this request. The limit is {MOST}."),
        ));
    }
    let before = call.world().clone();
    let mut grown = Vec::new();
    for record in trees {
        plant(call, &object, record, None, 1, &mut grown);
    }
    let failed = grown.iter().any(|(_, result)| result.is_err());
    if failed {
        *call.org.world_mut() = before;
    }
    // Of a tree that failed, only what is wrong with it is told.
    let results: Vec<Value> = grown
        .into_iter()
        .filter_map(|(reference, result)| match result {
            Ok(id) if !failed => Some(json!({"referenceId": reference, "id": id})),
            Ok(_) => None,
            Err(refusal) => Some(json!({
                "referenceId": reference,
                "errors": [{
                    "statusCode": refusal.code, "message": refusal.message,
                    "fields": refusal.fields,
                }],
            })),
        })
        .collect();
    let body = json!({"hasErrors": failed, "results": results});
    Ok(Reply { status: if failed { 400 } else { 201 }, body: Some(body) })
}

fn listed(body: &Map<String, Value>) -> Result<&Vec<Value>, Refusal> {
    body.get("records")
        .and_then(Value::as_array)
        .ok_or_else(|| Refusal::new("JSON_PARSER_ERROR", "Required field is missing: records"))
}

/// How many records a tree is.
fn size(record: &Value) -> usize {
    let fields = record.as_object().into_iter().flat_map(Map::values);
    let children = fields.filter_map(|value| value.get("records").and_then(Value::as_array));
    1 + children.flatten().map(size).sum::<usize>()
}

/// Makes a record, then its children.
fn plant(
    call: &mut Call<'_>,
    object: &str,
    record: &Value,
    parent: Option<(&str, &Id)>,
    depth: usize,
    grown: &mut Vec<Grown>,
) {
    let reference = record.pointer("/attributes/referenceId").and_then(Value::as_str);
    let reference = reference.unwrap_or_default().to_owned();
    let mut fields = record.as_object().cloned().unwrap_or_default();
    let kind = record.pointer("/attributes/type").and_then(Value::as_str);
    let problem = if !kind.is_some_and(|kind| kind.eq_ignore_ascii_case(object)) {
        Some(format!("The type of each record here must be {object}."))
    } else if reference.is_empty() {
        Some("Include a reference ID for each record in the request.".to_owned())
    } else if grown.iter().any(|(known, _)| *known == reference) {
        Some(format!("Duplicate ReferenceId provided in the request: {reference}"))
    } else if depth > DEEPEST {
        Some(format!("Records can't be nested deeper than {DEEPEST} levels."))
    } else {
        None
    };
    if let Some(problem) = problem {
        grown.push((reference, Err(Refusal::new("INVALID_INPUT", problem))));
        return;
    }
    let known = schema::children(call.world(), object);
    let below: Vec<(String, Value)> = fields
        .iter()
        .filter(|(_, value)| value.get("records").is_some_and(Value::is_array))
        .map(|(name, value)| (name.clone(), value["records"].clone()))
        .collect();
    fields.retain(|name, _| !below.iter().any(|(own, _)| own == name));
    if let Some((field, id)) = parent {
        fields.insert(field.to_owned(), id.as_str().into());
    }
    let made = reads::shown(call, Api::Data, object)
        .and_then(|object| records::create(call, &object, &fields));
    grown.push((reference.clone(), made.clone()));
    let Ok(id) = made else {
        return;
    };
    for (name, records) in below {
        let Some(relation) = known.iter().find(|it| it.name.eq_ignore_ascii_case(&name)) else {
            grown.push((reference.clone(), Err(Refusal::no_column(object, &name))));
            continue;
        };
        for record in records.as_array().into_iter().flatten() {
            let parent = Some((relation.field.as_str(), &id));
            plant(call, &relation.object, record, parent, depth + 1, grown);
        }
    }
}
