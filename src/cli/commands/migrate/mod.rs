//! `provision migrate`: from one version of the connector to the other, and back.

mod sight;
mod ways;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use self::sight::{Purpose, Sight, look};
use self::ways::{Way, back, forth};
use crate::checklist::{ItemId, Selection};
use crate::cli::configuration;
use crate::cli::context::Context;
use crate::cli::exit::Strictness;
use crate::cli::job::Job;
use crate::cli::selection::SelectionArguments;
use crate::cli::webrtc_domain::{self, may_ask};
use crate::cli::{exit, recipe, run, saved, state};
use crate::config::Loaded;
use crate::definitions::default_recipe;
use crate::engine::{Goal, Order, OrgReport, Outcome};
use crate::failure::{Failure, Kind};
use crate::migration::{Readiness, Wave};
use crate::model::{Command, ConnectorWish, Desired, Hint};
use crate::view::{Answer, CommandReport, render_readiness};

const EXAMPLES: &str = "\
Examples:
  # Show what moving to Version 2 would mean
  provision --org demo migrate --to webex-v2 --plan
  # Install Version 2 next to Version 1 and move the first five agents
  provision --org demo migrate --to webex-v2 --users 5
  # Then move everybody with one profile, and finally the rest
  provision --org demo migrate --to webex-v2 --profiles \"Contact Center Agent\"
  provision --org demo migrate --to webex-v2
  # Review a wave today, move it on Monday exactly as reviewed
  provision --org demo migrate --to webex-v2 --users 5 --plan --save monday.json
  provision --org demo migrate --to webex-v2 --users 5 monday.json
  # Move back, as long as Version 1 is still installed
  provision --org demo migrate --to webex-v1";

const COMMAND: &str = "migrate";

/// Move agents to the other version of the connector, all at once or in waves
///
/// Installs Version 2 next to Version 1, with a call center that takes over the settings of Version
/// 1 in the org; every setting that Version 2 lacks is listed. Then it moves users to the new call
/// center. Version 1 stays until you uninstall it, and until then the same command moves users
/// back.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct MigrateArguments {
    /// Version to move to: webex-v2, or webex-v1 to move back
    #[arg(long, value_name = "RECIPE")]
    to: String,
    /// Show whether the org is ready and what would change, and stop
    #[arg(long)]
    plan: bool,
    /// Save the plan to a file; the same command with FILE applies it
    #[arg(long, value_name = "FILE", requires = "plan")]
    save: Option<PathBuf>,
    /// A saved plan: apply exactly its changes, or none if the org has changed since
    #[arg(value_name = "FILE", conflicts_with = "plan")]
    pub(in crate::cli) saved: Option<PathBuf>,
    /// Move at most this many users, ordered by username; 0 moves nobody yet
    #[arg(long, value_name = "NUMBER")]
    users: Option<usize>,
    /// Move only users with this profile, given by label; repeatable
    #[arg(long, value_name = "PROFILE")]
    profiles: Vec<String>,
    /// Call center of Version 1 whose settings are taken over, if the org has several
    #[arg(long, value_name = "CALL-CENTER")]
    from: Option<String>,
    /// WebRTC domain of your data centre, if provision does not know it
    #[arg(long, value_name = "HOST")]
    webrtc_domain: Option<String>,
    /// Allow more than a fifth of the users to lose their call center or a permission set
    #[arg(long)]
    allow_removals: bool,
    /// Allow changes to this production org, given by My Domain name or id
    #[arg(long, value_name = "ORG")]
    confirm: Option<String>,
    /// Show every change and every name instead of groups and shortened lists
    #[arg(long)]
    full: bool,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
}

impl MigrateArguments {
    /// The same command, which does what its plan shows.
    fn again(&self) -> Command {
        let mut words = Command::of_org(COMMAND).argument("--to").argument(&self.to);
        if let Some(users) = self.users {
            words = words.argument("--users").argument(&users.to_string());
        }
        for profile in &self.profiles {
            words = words.argument("--profiles").argument(profile);
        }
        if let Some(from) = &self.from {
            words = words.argument("--from").argument(from);
        }
        if let Some(domain) = &self.webrtc_domain {
            words = words.argument("--webrtc-domain").argument(domain);
        }
        if self.allow_removals {
            words = words.argument("--allow-removals");
        }
        let items = self.items.selection().arguments();
        items.iter().fold(words, |words, word| words.argument(word))
    }
}

/// The rule that tells of a missing WebRTC domain, which the readiness says better.
const MISSING_DOMAIN: &str = "CC012";

/// What is to be done.
struct Prepared {
    org: OrgReport,
    readiness: Readiness,
    /// The configuration that brings it about.
    loaded: Loaded,
    /// What of it is touched: on the way back nothing but people and their teams' desktop layouts.
    selection: Selection,
    /// Agents have the desktop layout of Version 1 for as long as they work with it.
    order: Order,
}

impl Prepared {
    /// The run that it is brought about by.
    fn job(&self, goal: Goal) -> Job<'_> {
        Job {
            instead: Some(&self.loaded),
            selection: &self.selection,
            told: &[MISSING_DOMAIN],
            order: self.order,
            ..Job::to(goal)
        }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &MigrateArguments) -> u8 {
    let mut own = own.clone();
    let prepared = prepare(context, &mut own);
    // What a person has answered is as if it had been typed with the command.
    let own = &own;
    match prepared {
        Ok(prepared) if own.plan && context.for_script() => report_plan(context, own, &prepared)
            .unwrap_or_else(|failure| context.trouble(COMMAND, failure)),
        Ok(prepared) => {
            if own.full {
                context.terminal.tell_all();
            }
            let screen = context.terminal.settings();
            let readiness = &prepared.readiness;
            if own.plan {
                context.terminal.out(&render_readiness(readiness, screen.out));
            } else {
                context.terminal.err(&render_readiness(readiness, screen.err));
            }
            let goal = if own.plan { Goal::Plan } else { Goal::Apply };
            let again = own.again();
            let job = Job {
                confirm: own.confirm.as_deref(),
                // Whoever moves back loses one call center and gets another.
                allow_removals: own.allow_removals || readiness.is_back(),
                full: own.full,
                save: own.save.as_deref(),
                saved: own.saved.as_deref(),
                next: Some(&again),
                ..prepared.job(goal)
            };
            run::run(context, job)
        }
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

/// Reports the readiness, and the plan that follows from it. Gives the exit code of the plan.
fn report_plan(
    context: &Context<'_>,
    own: &MigrateArguments,
    prepared: &Prepared,
) -> Result<u8, Failure> {
    let store = state::store(&context.globals, context.surroundings)?;
    let Prepared { loaded, selection, .. } = prepared;
    if let Some(path) = &own.save {
        saved::is_free(path)?;
    }
    let plan = run::look(context, loaded, selection, &store)?;
    // A plan that is refused is not kept.
    let saved = match &own.save {
        Some(path) if saved::write(path, &context.globals, (&loaded.hash, selection), &plan)? => {
            Some(path.display().to_string())
        }
        _ => None,
    };
    let written = |error: serde_json::Error| {
        Failure::new(Kind::Bug, "The document cannot be written.").because(error)
    };
    let readiness = serde_json::to_value(&prepared.readiness).map_err(written)?;
    let items: Value = serde_json::to_value(&plan.items).map_err(written)?;
    let data = json!({
        "readiness": readiness,
        "plan": { "outcome": plan.outcome, "items": items, "failure": plan.failure, "saved": saved },
    });
    let code = exit::of_report(&plan, Strictness::default());
    let outcome = if plan.failure.is_some() { plan.outcome } else { Outcome::Done };
    let answer = Answer::new(data, "").about(Some(prepared.org.clone())).ending(outcome);
    let report = CommandReport::of_answer(COMMAND, &answer, plan.failure.as_ref());
    Ok(context.report(&report, code))
}

fn prepare(context: &Context<'_>, own: &mut MigrateArguments) -> Result<Prepared, Failure> {
    let to = recipe::named(&own.to)?;
    let is_back = to.recipe.name == default_recipe().recipe.name;
    let loaded = configuration::read_for(context)?;
    let Some(wish) = loaded.desired.connectors.first().cloned() else {
        return Err(Failure::usage(
            "The configuration does not include a Salesforce org, so there is nothing to move.",
        ));
    };
    if own.webrtc_domain.is_some() {
        takes_a_domain(&wish, is_back)?;
    }
    if own.from.is_some() {
        takes_a_call_center(&wish, is_back)?;
    }
    let from = own.from.as_deref();
    let sight = look(context, Purpose { loaded: &loaded, wish: &wish, is_back, from })?;
    if let (Some(from), Some(there)) = (from, &sight.version_2) {
        return Err(Failure::usage(format!(
            "--from {from} carries nothing over: the call center of Version 2, \"{}\", is there already, \
             and keeps its settings.",
            there.internal_name
        )));
    }
    let wave = Wave { profiles: own.profiles.clone(), users: own.users };
    let own_tenant = loaded.desired.tenant.as_ref();
    let mut way = if is_back {
        back(&wish, own_tenant, &sight, &wave)?
    } else {
        forth(&wish, &sight, &wave, own.webrtc_domain.as_deref())?
    };
    // A saved plan is carried out as it stands.
    if way.lacks_domain && own.saved.is_none() && may_ask(context) {
        own.webrtc_domain = webrtc_domain::ask(context.terminal, &wish.region.name);
        if let Some(domain) = &own.webrtc_domain {
            way = forth(&wish, &sight, &wave, Some(domain))?;
        }
    }
    let Way { readiness, connector, tenant, .. } = way;
    if let [first, ..] = readiness.users.unknown_profiles.as_slice() {
        return Err(Failure::usage(format!(
            "Nobody in a call center of the connector has the profile \"{first}\"."
        ))
        .hint(Hint::command(
            "Profiles are named by their labels, as",
            Command::of_org("status"),
            " shows them.",
        )));
    }
    let selection = own.items.selection();
    let selection = if is_back { of_people(&selection, tenant.is_some())? } else { selection };
    let order = if is_back { Order::TenantFirst } else { Order::OrgFirst };
    let Sight { org, .. } = sight;
    // A saved plan is of the file: who moves is in its changes, which are compared one by one.
    let hash = loaded.hash.clone();
    let desired = Desired { tenant, ..Desired::of(connector) };
    let loaded = Loaded { hash, ..loaded.wanting(desired) };
    Ok(Prepared { org, readiness, loaded, selection, order })
}

/// What is left of a selection on the way back, which is about people alone, and the desktop layouts of
/// their teams.
fn of_people(selection: &Selection, has_teams: bool) -> Result<Selection, Failure> {
    let people = [ItemId::USERS, ItemId::PERMISSION_SET];
    let of_teams = [ItemId::DESKTOP_LAYOUT, ItemId::TEAMS].into_iter().filter(|_| has_teams);
    let mut left: BTreeSet<ItemId> = people.into_iter().chain(of_teams).collect();
    left.retain(|item| selection.has(*item));
    if left.is_empty() {
        return Err(Failure::usage(format!(
            "{} excludes everything: moving back to Version 1 changes only {} and {}.",
            selection.option(),
            ItemId::USERS,
            ItemId::PERMISSION_SET
        )));
    }
    Ok(Selection::Only(left))
}

/// Whether --from says something that nothing else does.
fn takes_a_call_center(wish: &ConnectorWish, is_back: bool) -> Result<(), Failure> {
    if is_back {
        return Err(Failure::usage(
            "--from applies only to moving to Version 2: moving back changes no settings.",
        ));
    }
    if wish.recipe.name != default_recipe().recipe.name {
        return Err(Failure::usage(
            "The configuration is for Version 2, and its settings are used: --from cannot carry over \
             others.",
        ));
    }
    Ok(())
}

/// Whether --webrtc-domain says something that nothing else does.
fn takes_a_domain(wish: &ConnectorWish, is_back: bool) -> Result<(), Failure> {
    if is_back {
        return Err(Failure::usage(
            "--webrtc-domain applies only to moving to Version 2: moving back changes no settings.",
        ));
    }
    if wish.recipe.name != default_recipe().recipe.name {
        return Err(Failure::usage(
            "The configuration is for Version 2, and its settings are used: --webrtc-domain cannot add \
             to them.",
        )
        .hint("Write the domain as `webrtc_domain` under [call_center]."));
    }
    Ok(())
}
