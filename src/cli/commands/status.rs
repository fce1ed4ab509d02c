//! `provision status`: what of the connector is in an org and in a Webex organization.

use clap::Args;

use crate::checklist::{Inventory, TenantInventory};
use crate::cli::configuration;
use crate::cli::context::Context;
use crate::cli::exit;
use crate::cli::state;
use crate::cli::survey::{self, looking, until_interrupted};
use crate::cli::webex::{self, ToLook};
use crate::config::Loaded;
use crate::engine::{Extent, OrgReport, TenantExamination, WhenUnseen};
use crate::failure::Failure;
use crate::journal::Store;
use crate::view::{CommandReport, Content, TenantStatus};

const EXAMPLES: &str = "\
Examples:
  # Show what is in the emulated org
  provision --org demo status
  # The same for a script
  provision --org demo status --output json";

const COMMAND: &str = "status";

/// Show what of the connector is in an org
///
/// Needs no configuration. Shows the package, every call center and its users, who uses the
/// package's Task page layouts, the data centre in the package's settings, state sync, your
/// softphone layout, and possible leftovers of an earlier installation. With a login to Webex it
/// also shows which teams have the connector on their desktop layout; if the configuration covers
/// only Webex, that is all it shows. Changes nothing.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct StatusArguments {
    /// Show every name instead of shortened lists
    #[arg(long)]
    full: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &StatusArguments) -> u8 {
    if own.full {
        context.terminal.tell_all();
    }
    match look(context) {
        Ok(Seen { org, tenant }) => {
            let (org, inventory) = org.unzip();
            let found = Content::Status { inventory: inventory.as_ref(), tenant: &tenant };
            let report = CommandReport::done(COMMAND, found).about(org.as_ref());
            context.report(&report, exit::DONE)
        }
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

/// What there is to show.
struct Seen {
    org: Option<(OrgReport, Inventory)>,
    tenant: TenantStatus,
}

fn look(context: &Context<'_>) -> Result<Seen, Failure> {
    // What it says of an organization is of use; whether all of it is right, `lint` tells.
    let loaded = configuration::read_if_there(&context.globals).ok().flatten();
    if let Some(loaded) = loaded.as_ref().filter(|it| is_about_webex_alone(context, it)) {
        let store = state::store(&context.globals, context.surroundings)?;
        let way = webex::connect_to_look(context, Some(loaded), &store, None);
        let tenant = until_interrupted(context, async {
            match look_at_tenant(way, &store).await {
                // There is nothing else to show.
                TenantStatus::Refused(failure) => Err(*failure),
                seen => Ok(seen),
            }
        })?;
        return Ok(Seen { org: None, tenant });
    }
    looking(context, async |connection, store| {
        let demo = connection.emulator.as_ref();
        let way = webex::connect_to_look(context, loaded.as_ref(), store, demo);
        let (survey, tenant) = tokio::join!(
            survey::take(context, connection, store, (Extent::Everything, WhenUnseen::Told)),
            look_at_tenant(way, store)
        );
        let survey = survey?;
        let inventory = Inventory::take(&survey.state);
        Ok(Seen { org: Some((survey.org, inventory)), tenant })
    })
}

/// Whether no Salesforce org is meant.
fn is_about_webex_alone(context: &Context<'_>, loaded: &Loaded) -> bool {
    let names_org = context.globals.org.is_some() || context.globals.instance_url.is_some();
    let desired = &loaded.desired;
    !names_org && desired.connectors.is_empty() && desired.tenant.is_some()
}

/// Looks at the Webex organization. That this cannot be done keeps nothing of the org from being shown.
async fn look_at_tenant(way: Result<ToLook, Failure>, store: &Store) -> TenantStatus {
    let seen = match way {
        Ok(ToLook::NotAsked) => return TenantStatus::NotAsked,
        Ok(ToLook::NoLogin) => return TenantStatus::NoLogin,
        Ok(ToLook::Open(client, _)) => TenantExamination::survey(&client, store).await,
        Err(failure) => Err(failure),
    };
    match seen {
        Ok(seen) => TenantStatus::Seen(TenantInventory::take(&seen.state)),
        Err(failure) => TenantStatus::Refused(Box::new(failure)),
    }
}
