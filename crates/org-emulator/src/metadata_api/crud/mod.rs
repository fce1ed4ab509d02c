//! Components one by one: `createMetadata`, `updateMetadata`, `upsertMetadata`, `deleteMetadata` and
//! `renameMetadata`. Each record succeeds or fails for itself, unless the header says otherwise.

mod outcome;
mod record;

use crate::metadata::deploy::{self, Author};
use crate::metadata::found;
use crate::metadata::read::{check_count, check_type};
use crate::org::Call;
use crate::soap::xml::Element;
use crate::soap::{self, Fault};
use crate::world::World;
use crate::world::refusal::Refusal;
use outcome::{Error, Outcome};
use record::Record;

/// What a write may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Make what is not there.
    Create,
    /// Change what is there.
    Update,
    /// Either.
    Upsert,
}

/// Answers one of the operations that write records.
pub(super) fn write(
    call: &mut Call<'_>,
    operation: &str,
    mode: Mode,
    request: &Element,
    all_or_none: bool,
) -> Result<String, Fault> {
    let records = record::of(request)?;
    let kind = records.first().map(|record| record.kind.clone()).unwrap_or_default();
    if records.iter().any(|record| record.kind != kind) {
        let message = "All metadata objects in one call must be of the same type";
        return Err(Fault::new("INVALID_TYPE", message));
    }
    check_count(&kind, records.len())?;
    let kind = check_type(call.world(), &kind)?;
    let author = author(call)?;
    let results = each(call.org.world_mut(), all_or_none, &records, |world, record| {
        let result = put(world, &author, kind, mode, record);
        Outcome::of(&record.full_name, result)
    });
    Ok(outcome::answer(operation, &results, mode == Mode::Upsert))
}

/// Answers `deleteMetadata`.
pub(super) fn delete(
    call: &mut Call<'_>,
    request: &Element,
    all_or_none: bool,
) -> Result<String, Fault> {
    let names: Vec<String> =
        request.all("fullNames").map(|name| name.text.trim().to_owned()).collect();
    let kind = request.value("type").unwrap_or_default();
    check_count(kind, names.len())?;
    let kind = check_type(call.world(), kind)?;
    let author = author(call)?;
    let results = each(call.org.world_mut(), all_or_none, &names, |world, name| {
        if let Err(problem) = deploy::check_rights(world, author.guesses, &author.user, kind) {
            return Outcome::of(name, Err(Error::of_problem(problem)));
        }
        let result = match deploy::delete(world, author.guesses, kind, name) {
            Ok(Some(_)) => Ok(false),
            Ok(None) => Err(Error::missing("members", kind, name)),
            Err(message) => Err(Error::of_deletion(message)),
        };
        Outcome::of(name, result)
    });
    Ok(outcome::answer("deleteMetadata", &results, false))
}

/// Answers `renameMetadata`.
pub(super) fn rename(call: &mut Call<'_>, request: &Element) -> Result<String, Fault> {
    let value = |name: &str| request.value(name).unwrap_or_default();
    let (old, new) = (value("oldFullName"), value("newFullName"));
    let kind = check_type(call.world(), value("type"))?;
    let author = author(call)?;
    let world = call.org.world_mut();
    let result = if let Err(problem) =
        deploy::check_rights(world, author.guesses, &author.user, kind)
    {
        Err(Error::of_problem(problem))
    } else if found::find(world, kind, old).is_none() {
        Err(Error::missing("fullName", kind, old))
    } else if found::find(world, kind, new).is_some() {
        Err(Error::taken(kind, new))
    } else {
        deploy::rename(world, &author, kind, old, new).map(|()| false).map_err(Error::unsupported)
    };
    let outcome = Outcome::of(old, result);
    Ok(outcome::answer("renameMetadata", &[outcome], false))
}

/// Who writes, unless setup is locked.
fn author(call: &Call<'_>) -> Result<Author, Fault> {
    let locked = |refusal: Refusal| Fault::new(refusal.code, refusal.message);
    call.org.script.trouble.check_setup().map_err(locked)?;
    let guesses = call.org.settings().guesses;
    Ok(Author { user: call.user.clone(), now: call.now, guesses })
}

/// Does the same with each record; where that is asked for, one failure takes the others back.
fn each<T>(
    world: &mut World,
    all_or_none: bool,
    records: &[T],
    mut go: impl FnMut(&mut World, &T) -> Outcome,
) -> Vec<Outcome> {
    let before = all_or_none.then(|| deploy::Snapshot::of(world));
    let mut results: Vec<Outcome> = records.iter().map(|record| go(world, record)).collect();
    let failed = results.iter().any(|outcome| outcome.result.is_err());
    if let Some(before) = before.filter(|_| failed) {
        before.restore(world);
        results.iter_mut().for_each(Outcome::take_back);
    }
    results
}

/// Writes a record; the answer says whether it is new.
fn put(
    world: &mut World,
    author: &Author,
    kind: &'static str,
    mode: Mode,
    record: &Record,
) -> Result<bool, Error> {
    let name = record.full_name.as_str();
    if name.is_empty() {
        return Err(Error::required("fullName"));
    }
    let known = found::find(world, kind, name).is_some();
    match mode {
        Mode::Create if known => return Err(Error::taken(kind, name)),
        Mode::Update if !known => return Err(Error::missing("fullName", kind, name)),
        _ => {}
    }
    let before = deploy::Snapshot::of(world);
    let files = record.files(world, kind);
    let parts = deploy::described(world, author, kind, name, &record.root, files);
    let problem = parts.into_iter().find_map(deploy::Part::problem);
    if let Some(problem) = problem {
        before.restore(world);
        return Err(Error::of_problem(problem));
    }
    Ok(!known)
}

/// Whether the envelope asks for all records or none.
pub(super) fn all_or_none(header: Option<&Element>) -> bool {
    let header = header.and_then(|header| header.child("AllOrNoneHeader"));
    header.and_then(|header| header.value("allOrNone")).is_some_and(soap::boolean)
}
