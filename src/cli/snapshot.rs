//! Taking snapshots, and snapshots in files.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use jiff::Timestamp;

use super::context::Context;
use super::survey::looking;
use super::webex::{self, ToLook};
use super::{configuration, files, new_file};
use crate::config::Loaded;
use crate::definitions::{default_recipe, recipes};
use crate::engine::{self, OrgReport, Subjects};
use crate::failure::Failure;
use crate::journal::Store;
use crate::model::{Recipe, Snapshot};

use super::org::Connection;

/// The largest file that is read: a hundred thousand users fit into it.
const MAX_SIZE: usize = 64 * 1024 * 1024;

/// Takes a snapshot of the org that the command line names, and of the Webex organization that the
/// configuration names.
pub(super) fn take(context: &Context<'_>) -> Result<(OrgReport, Snapshot), Failure> {
    take_and(context, async |_, _, org, snapshot| Ok((org, snapshot)))
}

/// The same, and goes on with what was seen.
pub(super) fn take_and<T>(
    context: &Context<'_>,
    then: impl AsyncFnOnce(&Connection, Option<&Loaded>, OrgReport, Snapshot) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let loaded = configuration::read_if_there(&context.globals)?;
    let loaded = loaded.as_ref();
    let recipes = known_recipes(loaded);
    let (first, others) = recipes
        .split_first()
        .map_or((&default_recipe().recipe, &[][..]), |(first, others)| (*first, others));
    let subjects = Subjects {
        now: Timestamp::now(),
        recipe: first,
        others: others.to_vec(),
        permission_sets: permission_sets(loaded),
    };
    let alias = context.globals.org.as_deref();
    looking(context, async |connection, store| {
        let (org, mut snapshot) =
            engine::take_snapshot(&connection.client, store, alias, &subjects).await?;
        add_tenant(context, connection, loaded, store, &mut snapshot).await?;
        then(connection, loaded, org, snapshot).await
    })
}

/// What the Webex organization holds, where the configuration wants something of one.
async fn add_tenant(
    context: &Context<'_>,
    connection: &Connection,
    loaded: Option<&Loaded>,
    store: &Store,
    snapshot: &mut Snapshot,
) -> Result<(), Failure> {
    let Some(loaded) = loaded.filter(|loaded| loaded.desired.tenant.is_some()) else {
        return Ok(());
    };
    let demo = connection.emulator.as_ref();
    match webex::connect_to_look(context, Some(loaded), store, demo) {
        // The org was read already, and is worth a file without the other half.
        Err(failure) => engine::hide_tenant(snapshot, &failure.message()),
        Ok(ToLook::Open(client, wish)) => {
            let connectors = &loaded.desired.connectors;
            engine::add_tenant(snapshot, &client, store, &wish, connectors).await;
        }
        Ok(ToLook::NoLogin | ToLook::NotAsked) => {
            engine::hide_tenant(snapshot, "Nobody has logged in to it.");
        }
    }
    Ok(())
}

/// Every generation of the connector, as the configuration names its things.
fn known_recipes(loaded: Option<&Loaded>) -> Vec<&Recipe> {
    let configured: Vec<&Recipe> = loaded
        .into_iter()
        .flat_map(|loaded| loaded.desired.connectors.iter().map(|it| &it.recipe))
        .collect();
    let known = recipes().iter().map(|data| &data.recipe);
    let others = known.filter(|it| configured.iter().all(|own| own.name != it.name));
    configured.iter().copied().chain(others).collect()
}

/// Permission sets that the configuration gives to people.
fn permission_sets(loaded: Option<&Loaded>) -> BTreeSet<String> {
    let connectors = loaded.into_iter().flat_map(|loaded| &loaded.desired.connectors);
    connectors.flat_map(|it| it.permission_sets.iter().cloned()).collect()
}

/// Reads a snapshot; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<Snapshot, Failure> {
    let is_input = path == Path::new("-");
    let shown = if is_input { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_input {
        let limit = u64::try_from(MAX_SIZE).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map(|_| bytes)
    } else {
        files::read(path, MAX_SIZE)
    };
    let bytes = bytes
        .map_err(|error| Failure::usage(format!("`{shown}` cannot be read.")).because(error))?;
    if bytes.len() > MAX_SIZE {
        return Err(Failure::usage(format!("`{shown}` is too large to be a snapshot.")));
    }
    engine::read_snapshot(&bytes, &shown)
}

/// Makes sure, before an org is called, that a snapshot may be saved there: only an earlier snapshot is
/// replaced, and no link is followed.
pub(super) fn is_free(path: &Path) -> Result<(), Failure> {
    let Ok(there) = path.symlink_metadata() else { return Ok(()) };
    let is_one = || {
        let bytes = files::read_plain(path, MAX_SIZE).unwrap_or_default();
        std::str::from_utf8(&bytes).is_ok_and(engine::is_snapshot)
    };
    if there.is_file() && is_one() {
        return Ok(());
    }
    let what = if there.is_symlink() { "a link" } else { "not a snapshot" };
    Err(Failure::usage(format!(
        "`{}` already exists and is {what}, so it is left alone.",
        path.display()
    ))
    .hint("Choose another file, or move that one."))
}

/// Saves a snapshot.
pub(super) fn write(path: &Path, snapshot: &Snapshot) -> Result<(), Failure> {
    is_free(path)?;
    new_file::write_private(path, &engine::write_snapshot(snapshot), true).map(drop)
}
