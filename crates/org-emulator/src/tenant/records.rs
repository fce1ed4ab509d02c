//! What all kinds of records are asked, and how they answer.

use serde_json::{Value, json};

use super::answer::{Answer, Result};
use super::field::problem;
use super::kind::{ENTRY, Kind, kind};
use super::rsql;
use super::rules::{
    check_own, check_references, check_unique, check_unused, layout_of, referrers,
    take_from_layouts,
};
use super::state::World;
use super::store::{Record, ids, now, stamped, text};

/// The most records a page has.
const LARGEST_PAGE: usize = 100;

/// The pairs of a query.
pub(crate) type Query = [(String, String)];

/// The value of that name in a query or a form.
pub(crate) fn value<'a>(pairs: &'a Query, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

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

/// A number of the query, at least so large.
fn number(query: &Query, name: &str, least: usize) -> Result<Option<usize>> {
    let Some(text) = value(query, name).filter(|text| !text.is_empty()) else { return Ok(None) };
    let number = text.parse::<u32>().ok().and_then(|number| usize::try_from(number).ok());
    match number.filter(|number| *number >= least) {
        Some(number) => Ok(Some(number)),
        None => {
            Err(Answer::refused(400, &format!("{name} must be a whole number of at least {least}")))
        }
    }
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

/// A record as it is answered, with what it takes from others.
pub(crate) fn shown(
    world: &World,
    kind: &Kind,
    mut record: Record,
    query: &Query,
    listed: bool,
) -> Value {
    let site = |record: &Record| {
        world.store.get("site", text(record, "siteId")).map(|site| text(site, "name").to_owned())
    };
    let asked = |name: &str| value(query, name) == Some("true");
    match kind.name {
        "team" => {
            if let Some(layout) = layout_of(world, text(&record, "id")) {
                record.insert("desktopLayoutId".to_owned(), layout.into());
            }
            if let Some(name) = site(&record) {
                record.insert("siteName".to_owned(), name.into());
            }
        }
        "user" => {
            if let Some(name) = site(&record) {
                record.insert("siteName".to_owned(), name.into());
            }
            let profile = world.store.get("user-profile", text(&record, "userProfileId"));
            if let Some(profile) = profile {
                let of = text(profile, "profileType").to_owned();
                record.insert("userProfileType".to_owned(), of.into());
            }
        }
        "entry-point" if asked("includeCount") => {
            let count = referrers(world, "entry-point", text(&record, "id"));
            let count = count.iter().filter(|(kind, ..)| *kind == "dial-number").count();
            record.insert("dnEpMappingCount".to_owned(), count.into());
        }
        "multimedia-profile" if world.traps.work_item => {
            record.insert("workItem".to_owned(), 0.into());
        }
        _ => {}
    }
    if listed {
        record.retain(|name, _| !kind.unlisted.contains(&name.as_str()));
    }
    record.into()
}

/// One record.
pub(crate) fn read(world: &mut World, kind: &Kind, id: &str, query: &Query) -> Result {
    let record = world.store.shown(kind.name, id).ok_or_else(|| Answer::missing(kind.name, id))?;
    Ok(Answer::of(200, shown(world, kind, record, query, false)))
}

/// A new record.
pub(crate) fn create(world: &mut World, kind: &Kind, body: &[u8], path: &str) -> Result {
    let record = object(body, path)?;
    if record.get("id").is_some_and(|id| id.as_str().is_some_and(|id| !id.is_empty())) {
        return Err(Answer::refused(400, "New configuration cannot have an id"));
    }
    if record.get("systemDefault") == Some(&Value::Bool(true)) {
        return Err(Answer::refused(403, "A system default cannot be made"));
    }
    let trapped = world.traps.wrong_conflict;
    if kind.name == "team" && trapped && !record.contains_key("teamStatus") {
        return Err(Answer::refused(409, "Internal error. Please contact Cisco Support Team"));
    }
    let record = checked(world, kind, record)?;
    check_unique(world, kind, "", &record)?;
    check_references(world, kind, &record)?;
    check_own(world, kind, &record, true)?;
    let id = world.store.add(kind, &world.organization.clone(), record);
    let mut made = world.store.get(kind.name, &id).cloned().unwrap_or_default();
    settle(world, kind, &id, &mut made);
    Ok(Answer::of(kind.created, shown(world, kind, made, &[], false)))
}

/// A record in the place of another: what it does not have is gone.
pub(crate) fn replace(world: &mut World, kind: &Kind, id: &str, body: &[u8], path: &str) -> Result {
    let before = world.store.get(kind.name, id).cloned();
    let before = before.ok_or_else(|| Answer::missing(kind.name, id))?;
    let sent = object(body, path)?;
    if before.get("systemDefault") == Some(&Value::Bool(true)) {
        return Err(Answer::refused(403, "A system default cannot be changed"));
    }
    if sent.get("id").is_some_and(|sent| sent != id) {
        return Err(Answer::refused(400, "The id of the body is not that of the path"));
    }
    let record = checked(world, kind, sent)?;
    if record.get("version").is_some_and(|version| Some(version) != before.get("version")) {
        return Err(Answer::refused(
            412,
            "The record was changed meanwhile: its version is another",
        ));
    }
    for field in kind.fixed {
        if record.get(*field) != before.get(*field) {
            let value = before.get(*field).map_or("null".to_owned(), plain);
            let words = format!("This configuration cannot be changed. Original value is {value}");
            return Err(Answer::refused(400, &words));
        }
    }
    let mut record = continued(&before, record);
    check_unique(world, kind, id, &record)?;
    check_references(world, kind, &record)?;
    check_own(world, kind, &record, false)?;
    if kind.name == "outdial-ani" {
        entries_of(world, &before, &mut record)?;
    }
    let answered = record.clone();
    let keeps = kind.name == "desktop-layout"
        && world.traps.silent_put
        && before.get("validated") != Some(&Value::Bool(true));
    if keeps && let Some(content) = before.get("jsonFileContent") {
        record.insert("jsonFileContent".to_owned(), content.clone());
    }
    put(world, kind, id, record, before);
    let mut answered = answered;
    settle(world, kind, id, &mut answered);
    Ok(Answer::of(200, shown(world, kind, answered, &[], false)))
}

/// Puts a changed record in its place.
pub(crate) fn put(world: &mut World, kind: &Kind, id: &str, record: Record, before: Record) {
    let lag = world.traps.read_lag;
    if let Some(place) = world.store.get_mut(kind.name, id) {
        *place = record;
    }
    world.store.lag(before, lag);
}

/// A record with what the service keeps of the one before.
pub(crate) fn continued(before: &Record, mut record: Record) -> Record {
    for field in ["organizationId", "id", "systemDefault", "createdTime"] {
        match before.get(field) {
            Some(value) => record.insert(field.to_owned(), value.clone()),
            None => record.remove(field),
        };
    }
    let version = before.get("version").and_then(Value::as_i64).unwrap_or_default();
    record.insert("version".to_owned(), (version + 1).into());
    record.insert("lastUpdatedTime".to_owned(), now().into());
    record
}

/// What a written record changes elsewhere; what is told elsewhere is not kept in it.
fn settle(world: &mut World, kind: &Kind, id: &str, record: &mut Record) {
    match kind.name {
        "desktop-layout" => {
            let teams: Vec<String> =
                ids(record, "teamIds").into_iter().map(str::to_owned).collect();
            if record.get("global") != Some(&Value::Bool(true)) {
                take_from_layouts(world, &teams, Some(id));
            }
        }
        "team" => {
            let layout = text(record, "desktopLayoutId").to_owned();
            take_from_layouts(world, &[id.to_owned()], None);
            if let Some(layout) = world.store.get_mut("desktop-layout", &layout) {
                let teams = layout.entry("teamIds").or_insert_with(|| json!([]));
                if let Some(teams) = teams.as_array_mut() {
                    teams.push(id.into());
                }
            }
            if let Some(kept) = world.store.get_mut(kind.name, id) {
                kept.remove("desktopLayoutId");
            }
            record.remove("desktopLayoutId");
        }
        "outdial-ani" => {
            let organization = world.organization.clone();
            let entries = record.get("outdialANIEntries").and_then(Value::as_array).cloned();
            let mut entries = entries.unwrap_or_default();
            for entry in &mut entries {
                if let Value::Object(fields) = entry
                    && !fields.contains_key("version")
                {
                    let new = world.store.new_id();
                    *fields = stamped(ENTRY, &organization, &new, fields.clone());
                }
            }
            for record in [Some(record), world.store.get_mut(kind.name, id)].into_iter().flatten() {
                record.insert("outdialANIEntries".to_owned(), json!(entries));
            }
        }
        _ => {}
    }
}

/// The numbers of an ANI list that is replaced: those without an id are new.
fn entries_of(world: &World, before: &Record, record: &mut Record) -> Result<()> {
    let known = before.get("outdialANIEntries").and_then(Value::as_array);
    let known: Vec<&Value> = known.into_iter().flatten().map(|entry| &entry["id"]).collect();
    let sent = record.get("outdialANIEntries").and_then(Value::as_array);
    for entry in sent.into_iter().flatten() {
        if entry["id"].is_null() && world.traps.wrong_conflict {
            return Err(Answer::refused(409, "Internal error. Please contact Cisco Support Team"));
        }
        if !entry["id"].is_null() && !known.contains(&&entry["id"]) {
            return Err(Answer::refused(400, "There is no such entry in this list"));
        }
    }
    Ok(())
}

/// Takes a record away.
pub(crate) fn delete(world: &mut World, kind: &Kind, id: &str) -> Result {
    let record = world.store.get(kind.name, id).ok_or_else(|| Answer::missing(kind.name, id))?;
    if record.get("systemDefault") == Some(&Value::Bool(true)) {
        return Err(Answer::refused(403, "A system default cannot be deleted"));
    }
    check_unused(world, kind, id)?;
    world.store.remove(kind.name, id);
    if kind.name == "team" {
        take_from_layouts(world, &[id.to_owned()], None);
    }
    Ok(Answer::empty(kind.deleted))
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

/// The fields of a body.
pub(crate) fn object(body: &[u8], path: &str) -> Result<Record> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err(Answer::refused(400, "The body must be an object")),
        Err(_) => Err(Answer::unreadable(400, "Failed to read request", path)),
    }
}

/// A record whose fields are known, fit, and are all there that are asked for. Null is as good as nothing.
pub(crate) fn checked(world: &World, kind: &Kind, mut record: Record) -> Result<Record> {
    record.retain(|_, value| !value.is_null());
    let mut wrong = known(world, kind, &record)?;
    for field in kind.required.iter().filter(|field| !record.contains_key(**field)) {
        wrong.push(json!({ "description": format!("{field} must not be null") }));
    }
    if wrong.is_empty() { Ok(record) } else { Err(Answer::refusing(400, &wrong)) }
}

/// What is wrong with the fields of a record.
pub(crate) fn known(world: &World, kind: &Kind, record: &Record) -> Result<Vec<Value>> {
    let mut wrong = Vec::new();
    for (field, value) in record {
        let Some(of) = kind.field(field) else {
            if field == "workItem" && world.traps.work_item {
                let words = "workItem is not allowed when feature flag is disabled";
                return Err(Answer::refused(400, words));
            }
            wrong.push(json!({ "description": format!("There is no field {field}") }));
            continue;
        };
        if let Some(wanted) = problem(of, value) {
            wrong.push(json!({ "description": format!("{field} must be {wanted}") }));
        }
    }
    Ok(wrong)
}

/// A value as a sentence has it.
pub(crate) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is done with the numbers of an ANI list.
pub(crate) fn entries(
    world: &mut World,
    method: &str,
    list: &str,
    entry: Option<&str>,
    request: (&str, &Query, &[u8]),
) -> Result {
    let (path, query, body) = request;
    let owner =
        world.store.get("outdial-ani", list).ok_or_else(|| Answer::missing("outdial-ani", list))?;
    let all = owner.get("outdialANIEntries").and_then(Value::as_array).cloned().unwrap_or_default();
    let at = |id: &str| all.iter().position(|entry| entry["id"] == id);
    let place =
        entry.map(|id| at(id).ok_or_else(|| Answer::missing(ENTRY.name, id))).transpose()?;
    let mut all = all.clone();
    let answer = match (method, place) {
        ("GET", None) => return page(world, ENTRY, path, query, all),
        ("GET", Some(place)) => return Ok(Answer::of(200, all[place].clone())),
        ("POST", None) => {
            let record = checked(world, ENTRY, object(body, path)?)?;
            let id = world.store.new_id();
            let record = Value::Object(stamped(ENTRY, &world.organization, &id, record));
            all.push(record.clone());
            Answer::of(201, record)
        }
        ("PUT", Some(place)) => {
            let record = checked(world, ENTRY, object(body, path)?)?;
            let before = all[place].as_object().cloned().unwrap_or_default();
            all[place] = Value::Object(continued(&before, record));
            Answer::of(200, all[place].clone())
        }
        ("DELETE", Some(place)) => {
            all.remove(place);
            Answer::empty(ENTRY.deleted)
        }
        _ => return Err(Answer::refused(404, "The emulated tenant does not do this")),
    };
    if let Some(owner) = world.store.get_mut("outdial-ani", list) {
        owner.insert("outdialANIEntries".to_owned(), json!(all));
    }
    Ok(answer)
}
