//! Lists of records, page by page, and what refers to a record.

use serde_json::{Value, json};

use super::answer::{Answer, Result};
use super::kind::Kind;
use super::kinds::kind;
use super::query::{Query, number, value};
use super::records::shown;
use super::rsql;
use super::rules::referrers;
use super::state::World;
use super::store::text;

/// The most records a page has.
const LARGEST_PAGE: usize = 100;

/// A list, page by page.
pub(crate) fn list(world: &mut World, kind: &Kind, path: &str, query: &Query) -> Result {
    let all: Vec<String> =
        world.store.all(kind.name).iter().map(|record| text(record, "id").to_owned()).collect();
    let mut records = Vec::new();
    for id in all {
        if let Some(record) = world.store.shown(kind.name, &id) {
            records.push(shown(world, kind, record, query, true));
        }
    }
    page(world, kind, path, query, records)
}

/// One page of records that are shown.
pub(crate) fn page(
    world: &World,
    kind: &Kind,
    path: &str,
    query: &Query,
    mut records: Vec<Value>,
) -> Result {
    if let Some(filter) = value(query, "filter").filter(|filter| !filter.is_empty()) {
        let filter = rsql::parse(filter).map_err(|why| Answer::refused(400, &why))?;
        records.retain(|record| filter.holds(record));
    }
    if let Some(searched) = value(query, "search").filter(|searched| !searched.is_empty()) {
        let searched = searched.to_lowercase();
        let has = |record: &Value, field: &&str| {
            record[*field].as_str().is_some_and(|it| it.to_lowercase().contains(&searched))
        };
        records.retain(|record| kind.searched.iter().any(|field| has(record, field)));
    }
    let total = records.len();
    let size = number(query, "pageSize", 1)?.unwrap_or(LARGEST_PAGE).min(LARGEST_PAGE);
    let page = number(query, "page", 0)?.unwrap_or(0);
    let pages = total.div_ceil(size);
    let records = records.into_iter().skip(page.saturating_mul(size)).take(size);
    let records: Vec<Value> = records.map(|record| projected(kind, record, query)).collect();
    let link = |page: usize| {
        format!("/organization/{}{path}?page={page}&pageSize={size}", world.organization)
    };
    let mut links =
        json!({ "self": link(page), "first": link(0), "last": link(pages.saturating_sub(1)) });
    if page + 1 < pages {
        links["next"] = link(page + 1).into();
    }
    if page > 0 {
        links["prev"] = link(page - 1).into();
    }
    let meta = json!({
        "orgid": world.organization,
        "page": page,
        "pageSize": size,
        "totalPages": pages,
        "totalRecords": total,
        "links": links,
    });
    Ok(Answer::of(200, json!({ "meta": meta, "data": records })))
}

/// Only the fields that are asked for, where any of them is known.
fn projected(kind: &Kind, record: Value, query: &Query) -> Value {
    let wanted: Vec<&str> =
        value(query, "attributes").unwrap_or_default().split(',').map(str::trim).collect();
    if !wanted.iter().any(|name| kind.field(name).is_some()) {
        return record;
    }
    let Value::Object(mut record) = record else { return record };
    record.retain(|name, _| wanted.contains(&name.as_str()));
    record.into()
}

/// What refers to a record.
pub(crate) fn references(world: &World, of: &Kind, id: &str, query: &Query) -> Result {
    world.store.get(of.name, id).ok_or_else(|| Answer::missing(of.name, id))?;
    let found = referrers(world, of.name, id);
    let mut entities: Vec<&str> = found.iter().map(|(kind, ..)| *kind).collect();
    entities.dedup();
    let wanted = value(query, "type").filter(|wanted| !wanted.is_empty());
    let current = wanted.or(entities.first().copied()).unwrap_or_default().to_owned();
    let records = found.iter().filter(|(kind, ..)| *kind == current);
    let records = records.map(|(_, id, name)| json!({ "id": id, "name": name })).collect();
    let path = format!("/{}/{id}/incoming-references", of.name);
    let shown = kind(&current).unwrap_or(of);
    let paging: Vec<(String, String)> =
        query.iter().filter(|(name, _)| name.starts_with("page")).cloned().collect();
    let mut answer = page(world, shown, &path, &paging, records)?;
    if let Some(body) = &mut answer.body {
        body["meta"]["referencedEntities"] = json!(entities);
        body["meta"]["currentEntity"] = current.into();
    }
    Ok(answer)
}
