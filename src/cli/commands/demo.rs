//! The org of `--org demo`: an emulator inside this program, its world kept in the state directory.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::emulator::first_administrator;
use crate::cli::context::Context;
use crate::cli::state;
use crate::config;
use crate::failure::{Failure, Kind};
use crate::journal::{Lock, Store};
use crate::model::OrgId;
use org_emulator::{Emulator, JobTime, Options};

const EXAMPLES: &str = "\
Examples:
  # Start over: the next run meets an org that has nothing yet
  provision demo reset";

/// Look after the org of `--org demo`
///
/// The demo org is emulated inside this program; what a run changes in it is kept in the state
/// directory, so that the next run finds it.
#[derive(Debug, Clone, Args)]
#[command(arg_required_else_help = true, after_long_help = EXAMPLES)]
pub(in crate::cli) struct DemoArguments {
    #[command(subcommand)]
    command: DemoCommand,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum DemoCommand {
    /// Forget everything that was done in the demo org
    ///
    /// What was recorded of it goes too: its baseline, and what people confirmed. Its past runs stay.
    #[command(after_long_help = EXAMPLES)]
    Reset,
}

/// The demo's emulator; it stops when this is dropped.
#[derive(Debug)]
pub(in crate::cli) struct Running(Emulator);

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &DemoArguments) -> u8 {
    let DemoCommand::Reset = own.command;
    let store = state::store(&context.globals, context.surroundings);
    context.answer("demo reset", store.and_then(|store| reset(&store)))
}

fn folder(store: &Store) -> PathBuf {
    store.folder().join("demo")
}

fn world_file(store: &Store) -> PathBuf {
    folder(store).join("world.json")
}

fn reset(store: &Store) -> Result<(Value, String), Failure> {
    let path = world_file(store);
    let _lock = forget_baseline(store, &path)?;
    forget_tenant(store)?;
    let removed = match fs::remove_file(&path) {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => {
            return Err(Failure::refused(format!(
                "The demo org's file {} cannot be removed.",
                path.display()
            ))
            .because(error));
        }
    };
    let text = if removed {
        "The demo org is new again.\n"
    } else {
        "The demo org is as new: nothing was done in it yet.\n"
    };
    Ok((json!({ "removed": removed }), text.to_owned()))
}

/// What was recorded of a demo org says nothing about the next one. Its past runs stay.
///
/// Nobody may be at work in the demo org meanwhile: a run that ends later would bring it back.
fn forget_baseline(store: &Store, world: &Path) -> Result<Option<Lock>, Failure> {
    if !world.exists() {
        return Ok(None);
    }
    let announced = start(store).ok().map(|running| running.0.announcement());
    let id = announced.as_ref().and_then(|orgs| orgs["orgs"][0]["org_id"].as_str());
    // A world that cannot be opened has no id; it goes all the same.
    match id.and_then(|id| OrgId::parse(id).ok()) {
        Some(id) => {
            let org = store.org(&id);
            let lock = org.lock("demo reset")?;
            org.forget()?;
            Ok(Some(lock))
        }
        None => Ok(None),
    }
}

/// What was confirmed of the demo's Webex organization goes too.
fn forget_tenant(store: &Store) -> Result<(), Failure> {
    let read = |_: &str| Err(ErrorKind::NotFound.into());
    let Ok(loaded) = config::load(config::built_in_demo(), "demo", None, &read) else {
        return Ok(());
    };
    Ok(store.tenant(loaded.desired.webex_org.as_deref()).forget()?)
}

/// How long the demo's jobs take: long enough to see them wait, short enough to wait for.
const PACKAGE_TIME: JobTime = JobTime::Seconds(Duration::from_millis(1500));
const DEPLOY_TIME: JobTime = JobTime::Seconds(Duration::from_millis(800));

/// Starts the demo's emulator.
pub(in crate::cli) fn start(store: &Store) -> Result<Running, Failure> {
    let folder = folder(store);
    fs::create_dir_all(&folder).map_err(|error| {
        Failure::refused(format!("The folder {} cannot be made.", folder.display()))
            .hint("Name another state directory with --state-dir or PROVISION_STATE_DIR.")
            .because(error)
    })?;
    let options = Options::default()
        .with_world_file(world_file(store))
        .with_package_time(PACKAGE_TIME)
        .with_deploy_time(DEPLOY_TIME);
    match Emulator::start(options) {
        Ok(emulator) => Ok(Running(emulator)),
        Err(error) => Err(Failure::new(Kind::Failed, "The demo org cannot be started.")
            .hint("`provision demo reset` starts it over.")
            .because(error)),
    }
}

impl Running {
    /// The address and the administrator's token.
    pub(in crate::cli) fn address(&self) -> Result<(String, SecretString), Failure> {
        first_administrator(&self.0.announcement()).ok_or_else(|| {
            Failure::new(Kind::Bug, "The demo org does not tell who administers it.")
        })
    }
}
