//! `provision baseline`: what was there before, to be read, taken along and brought in.

mod export;
mod import;
mod show;

use clap::{Args, Subcommand};

use self::export::ExportArguments;
use self::import::ImportArguments;
use self::show::ShowArguments;
use crate::cli::context::Context;
use crate::cli::{org, runtime};
use crate::engine::{self, OrgReport};
use crate::failure::Failure;
use crate::journal::{OrgStore, Store};
use crate::model::{Command, Hint, OrgId, Organization};

const EXAMPLES: &str = "\
Examples:
  # List the orgs that have a baseline
  provision baseline
  # Show what the demo org held before the first run
  provision --org demo baseline show
  # Export it for another machine
  provision --org demo baseline export b.json
  # Import one from another machine
  provision --org demo baseline import b.json

These commands need no configuration and change nothing in an org.";

/// Show, export or import what an org held before provision changed it
///
/// Before a run changes a value, it records what was there. This record, the baseline, is stored in
/// the state directory of the machine that made the run. Without a subcommand, this lists the orgs
/// that have a baseline, or shows the baseline of the given org.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct BaselineArguments {
    #[command(subcommand)]
    command: Option<BaselineCommand>,
}

#[derive(Debug, Clone, Subcommand)]
enum BaselineCommand {
    Show(ShowArguments),
    Export(ExportArguments),
    Import(ImportArguments),
}

/// The baseline of which org, where it need not be one that can be called.
#[derive(Debug, Clone, Default, Args)]
struct Whose {
    /// Id of the org as listed by `provision baseline`; the org is not contacted
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

/// An org of the state directory.
struct Recorded {
    id: OrgId,
    store: OrgStore,
    /// The org as its last run saw it.
    organization: Option<Organization>,
    alias: Option<String>,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &BaselineArguments) -> u8 {
    match &own.command {
        None => show::run(context, &ShowArguments::default()),
        Some(BaselineCommand::Show(own)) => show::run(context, own),
        Some(BaselineCommand::Export(own)) => export::run(context, own),
        Some(BaselineCommand::Import(own)) => import::run(context, own),
    }
}

impl Whose {
    /// Whether any org is named.
    fn is_named(&self, context: &Context<'_>) -> bool {
        let globals = &context.globals;
        self.id.is_some() || globals.org.is_some() || globals.instance_url.is_some()
    }

    /// Finds the org that is named.
    fn find(&self, context: &Context<'_>, store: &Store) -> Result<Recorded, Failure> {
        let globals = &context.globals;
        let twice = self.id.is_some() && (globals.org.is_some() || globals.instance_url.is_some());
        if twice {
            return Err(Failure::usage("Two orgs are given: leave out --id or the other option."));
        }
        let id = match &self.id {
            Some(id) => OrgId::parse(id)
                .map_err(|error| Failure::usage(format!("{error}.")).hint(see_list()))?,
            None => id_of_named(context, store)?,
        };
        let org = store.org(&id);
        let organization = org.organization()?;
        // The run has seen the whole id, where a token shows the 15 characters that decide.
        let id = organization.as_ref().map_or(id, |org| org.id);
        Ok(Recorded { id, store: org, organization, alias: context.globals.org.clone() })
    }

    /// What to type for a command about the same org.
    fn again(&self, context: &Context<'_>, command: &str) -> String {
        let id = self.id.as_ref().map(|id| format!(" --id {id}")).unwrap_or_default();
        let command = Command::of_org(format!("baseline {command}{id}"));
        command.within(&context.globals.invocation()).to_string()
    }
}

/// The command that names the orgs.
fn see_list() -> Hint {
    let list = Command::of_machine("baseline");
    Hint::command("", list, " lists the orgs that have a baseline on this machine.")
}

/// The id of the org that the global options name.
fn id_of_named(context: &Context<'_>, store: &Store) -> Result<OrgId, Failure> {
    let chosen = org::choose(&context.globals, context.surroundings)?;
    let by_id = || {
        let show = Command::of_machine("baseline show --id ID");
        Hint::command("Without a login, give the org's id:", show, "")
    };
    let connection =
        org::connect(context, &chosen, store).map_err(|failure| failure.hint(by_id()))?;
    runtime::wait(engine::org_id(&connection.client))?
}

impl Recorded {
    /// The org for documents, as far as its last run told.
    fn report(&self) -> Option<OrgReport> {
        let Organization { id, name, kind, instance_url } = self.organization.clone()?;
        Some(OrgReport { alias: self.alias.clone(), id, name, kind, instance_url })
    }
}
