//! `provision demo`: starting the emulated orgs over.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::demo_org::DemoOrg;
use crate::cli::demos::{DEMOS, Demo};
use crate::cli::state;
use crate::config;
use crate::failure::Failure;
use crate::journal::{Lock, Store};

const EXAMPLES: &str = "\
Examples:
  # Start over with an empty org
  provision demo reset";

/// Manage the emulated orgs behind `--org demo` and `--org demo-v2`
///
/// The demo org is emulated inside this program. Its state is stored in the state directory, so
/// that the next run finds it.
#[derive(Debug, Clone, Args)]
#[command(arg_required_else_help = true, after_long_help = EXAMPLES)]
pub(in crate::cli) struct DemoArguments {
    #[command(subcommand)]
    command: DemoCommand,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum DemoCommand {
    /// Reset the demo org to an empty one
    ///
    /// Deletes its baseline and confirmations too. Its past runs stay listed.
    #[command(after_long_help = EXAMPLES)]
    Reset,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &DemoArguments) -> u8 {
    let DemoCommand::Reset = own.command;
    let store = state::store(&context.globals, context.surroundings);
    context.answer("demo reset", store.and_then(|store| reset(&store)))
}

fn reset(store: &Store) -> Result<(Value, String), Failure> {
    let mut removed = false;
    for demo in &DEMOS {
        let path = DemoOrg::world_file(store, demo);
        let _locks = (forget_baseline(store, demo, &path)?, forget_tenant(store, demo)?);
        removed |= remove(&path)?;
        removed |= remove(&DemoOrg::tenant_file(store, demo))?;
    }
    let text =
        if removed { "The demo org has been reset.\n" } else { "The demo org is already empty.\n" };
    Ok((json!({ "removed": removed }), text.to_owned()))
}

/// What was recorded of a demo org says nothing about the next one. Its past runs stay.
///
/// Nobody may be at work in the demo org meanwhile: a run that ends later would bring it back.
fn forget_baseline(store: &Store, demo: &Demo, world: &Path) -> Result<Option<Lock>, Failure> {
    if !world.exists() {
        return Ok(None);
    }
    // A world that cannot be opened has no id; it goes all the same.
    match DemoOrg::start(store, demo).ok().and_then(|org| org.id()) {
        Some(id) => {
            let org = store.org(&id);
            let lock = org.lock("demo reset")?;
            org.forget()?;
            Ok(Some(lock))
        }
        None => Ok(None),
    }
}

/// What was recorded and confirmed of the demo's Webex organization goes too. Nobody may be at work in
/// it meanwhile.
fn forget_tenant(store: &Store, demo: &Demo) -> Result<Option<Lock>, Failure> {
    let read = config::built_in_demo_file;
    let Ok(loaded) = config::load((demo.configuration)(), demo.alias, None, &read) else {
        return Ok(None);
    };
    // A demo that says nothing of a Webex organization has none of its own.
    if loaded.desired.tenant.is_none() {
        return Ok(None);
    }
    let tenant = store.tenant(loaded.desired.tenant_id());
    let lock = DemoOrg::tenant_file(store, demo)
        .exists()
        .then(|| tenant.lock("demo reset"))
        .transpose()?;
    tenant.forget()?;
    Ok(lock)
}

/// Removes a file; `false` where there was none.
fn remove(path: &Path) -> Result<bool, Failure> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::refused(format!(
            "The demo org's file {} cannot be removed.",
            path.display()
        ))
        .because(error)),
    }
}
