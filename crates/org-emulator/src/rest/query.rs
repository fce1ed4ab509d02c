//! Queries and their pages.

use serde_json::{Value, json};

use super::request::RestRequest;
use crate::answer::Reply;
use crate::catalog::OrgCatalog;
use crate::org::{Call, Cursor};
use crate::schema::Api;
use crate::soql::catalog::FieldKind;
use crate::soql::{self, Answer};
use crate::world::refusal::Refusal;

/// Rows of a page.
pub(super) const PAGE: usize = 2_000;

/// `GET query?q=…` of the data API.
pub(super) fn data(
    call: &mut Call<'_>,
    request: &RestRequest,
    operation: &str,
) -> Result<Reply, Refusal> {
    let text = text(request)?;
    let base = format!("/services/data/v{}", call.version);
    let scope = Scope { api: Api::Data, everything: operation == "queryAll", key: None };
    let answer = run(call, text, scope, &base)?;
    if request.target.parameter("columns") == Some("true") {
        return Ok(columns(call, &answer));
    }
    Ok(first_page(call, answer, &base, operation))
}

/// The query of a request.
pub(super) fn text(request: &RestRequest) -> Result<&str, Refusal> {
    request
        .target
        .parameter("q")
        .ok_or_else(|| Refusal::new("MALFORMED_QUERY", "A query string has to be specified"))
}

/// What a query sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) api: Api,
    /// Archived and deleted records too.
    pub(super) everything: bool,
    /// An installation key.
    pub(super) key: Option<&'a str>,
}

/// Runs a query as the caller.
pub(super) fn run(
    call: &Call<'_>,
    text: &str,
    scope: Scope<'_>,
    base: &str,
) -> Result<Answer, Refusal> {
    if text.chars().count() > 100_000 {
        return Err(Refusal::new(
            "MALFORMED_QUERY",
            "SOQL statements can not be longer than 100000 characters",
        ));
    }
    let catalog = OrgCatalog {
        world: call.world(),
        user: &call.user,
        api: scope.api,
        guesses: call.org.settings().guesses,
        everything: scope.everything,
        installation_key: scope.key,
    };
    soql::run(text, &catalog, base).map_err(|error| Refusal::new(error.code, error.message))
}

/// An answer's first page; the rest waits for its locator.
pub(super) fn first_page(
    call: &mut Call<'_>,
    answer: Answer,
    base: &str,
    operation: &str,
) -> Reply {
    if answer.count_only {
        return Reply::ok(json!({"totalSize": answer.total, "done": true, "records": []}));
    }
    if answer.records.len() <= PAGE {
        return Reply::ok(
            json!({"totalSize": answer.total, "done": true, "records": answer.records}),
        );
    }
    let locator = call.org.keep_cursor(&call.user, answer.records);
    page(call, &locator, 0, base, operation)
}

/// `GET query/{locator}`
pub(super) fn more(
    call: &mut Call<'_>,
    request: &RestRequest,
    operation: &str,
    locator: &str,
) -> Result<Reply, Refusal> {
    let base = format!("/services/data/v{}", request.target.version);
    next_page(call, locator, &base, operation)
}

/// The page that a locator (`id-offset`) points at.
pub(super) fn next_page(
    call: &mut Call<'_>,
    locator: &str,
    base: &str,
    operation: &str,
) -> Result<Reply, Refusal> {
    let invalid = || Refusal::new("INVALID_QUERY_LOCATOR", "invalid query locator");
    let (id, offset) = locator.rsplit_once('-').ok_or_else(invalid)?;
    let offset: usize = offset.parse().map_err(|_| invalid())?;
    let known = call.org.cursor(id).filter(|cursor| cursor.user == call.user);
    known.filter(|cursor| offset < cursor.records.len()).ok_or_else(invalid)?;
    Ok(page(call, id, offset, base, operation))
}

fn page(call: &Call<'_>, id: &str, offset: usize, base: &str, operation: &str) -> Reply {
    let records: &[Value] = call.org.cursor(id).map_or(&[], |cursor: &Cursor| &cursor.records);
    let end = (offset + PAGE).min(records.len());
    let done = end == records.len();
    let mut body = json!({
        "totalSize": records.len(),
        "done": done,
    });
    if !done {
        body["nextRecordsUrl"] = format!("{base}/{operation}/{id}-{end}").into();
    }
    body["records"] = records.get(offset..end).unwrap_or_default().into();
    Reply::ok(body)
}

/// What `columns=true` asks for: the columns instead of the records.
pub(super) fn columns(call: &Call<'_>, answer: &Answer) -> Reply {
    let object = crate::schema::object(call.world(), Api::Data, &answer.object);
    let prefix = object.and_then(|object| object.key_prefix);
    Reply::ok(json!({
        "columnMetadata": level(&answer.columns, 0),
        "entityName": answer.object,
        "groupBy": false,
        "idSelected": answer.columns.iter().any(|column| column.path == ["Id"]),
        "keyPrefix": prefix,
    }))
}

/// Columns of one level; the columns of a parent are nested in one.
fn level(columns: &[soql::Column], depth: usize) -> Vec<Value> {
    let mut shown: Vec<Value> = Vec::new();
    let mut parents: Vec<&str> = Vec::new();
    for column in columns {
        let Some(name) = column.path.get(depth) else {
            continue;
        };
        let is_parent = column.path.len() > depth + 1;
        if is_parent && parents.contains(&name.as_str()) {
            continue;
        }
        let joined = if is_parent {
            parents.push(name);
            let same = columns.iter().filter(|other| {
                other.path.get(depth) == Some(name) && other.path.len() > depth + 1
            });
            level(&same.cloned().collect::<Vec<_>>(), depth + 1)
        } else {
            Vec::new()
        };
        let kind = (!is_parent).then_some(column.kind);
        let apex = match kind {
            None => None,
            Some(FieldKind::Id) => Some("Id"),
            Some(FieldKind::Boolean) => Some("Boolean"),
            Some(FieldKind::Number) => Some("Double"),
            Some(FieldKind::DateTime) => Some("Datetime"),
            Some(FieldKind::Text | FieldKind::Complex) => Some("String"),
        };
        shown.push(json!({
            "aggregate": is_parent,
            "apexType": apex,
            "booleanType": kind == Some(FieldKind::Boolean),
            "columnName": name,
            "custom": name.ends_with("__c"),
            "displayName": name,
            "foreignKeyName": null,
            "insertable": false,
            "joinColumns": joined,
            "numberType": kind == Some(FieldKind::Number),
            "textType": kind == Some(FieldKind::Text),
            "updatable": false,
        }));
    }
    shown
}
