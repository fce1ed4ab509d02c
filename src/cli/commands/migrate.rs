//! `provision migrate`: from one version of the connector to the other, and back.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::configuration;
use crate::cli::context::Context;
use crate::cli::exit;
use crate::cli::job::Job;
use crate::cli::run;
use crate::cli::state;
use crate::cli::survey::looking;
use crate::config::Loaded;
use crate::definitions::{RecipeData, default_recipe, recipe, recipe_names, recipes};
use crate::engine::{Goal, OrgReport, Outcome, Survey};
use crate::failure::{Failure, Kind};
use crate::migration::{
    Conversion, Movers, Readiness, Wave, convert, moving_back, moving_forth, to_version_2,
};
use crate::model::{Baseline, Command, ConnectorWish, Desired, Hint, OrgState, nearest};
use crate::view::{Document, render_readiness};

const EXAMPLES: &str = "\
Examples:
  # What moving to Version 2 would mean, without changing anything
  provision --org demo migrate --to webex-v2 --plan
  # Install Version 2 beside Version 1, and move five agents to begin with
  provision --org demo migrate --to webex-v2 --users 5
  # Then everybody of a profile, and at last the rest
  provision --org demo migrate --to webex-v2 --profiles \"Contact Center Agent\"
  provision --org demo migrate --to webex-v2
  # Back, as long as Version 1 is not uninstalled
  provision --org demo migrate --to webex-v1";

const COMMAND: &str = "migrate";

/// Move agents to the other version of the connector, all at once or some at a time
///
/// Installs Version 2 beside Version 1, with a call center whose settings are those of Version 1 in the
/// org, as far as Version 2 has them; what it lacks is named, one by one. Then users change their call
/// center. Version 1 stays until it is uninstalled, and until then the same command moves users back.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct MigrateArguments {
    /// The version to move to: webex-v2, or webex-v1 for the way back
    #[arg(long, value_name = "RECIPE")]
    to: String,
    /// Tell whether the org is ready and what would change, and stop
    #[arg(long)]
    plan: bool,
    /// Move so many users at most, in the order of their user names; 0 moves nobody yet
    #[arg(long, value_name = "NUMBER")]
    users: Option<usize>,
    /// Move users of this profile only, by its label; may be given several times
    #[arg(long, value_name = "PROFILE")]
    profiles: Vec<String>,
    /// The WebRTC domain of your data centre, where provision does not know it
    #[arg(long, value_name = "HOST")]
    webrtc_domain: Option<String>,
    /// The production org that may be changed, by its My Domain name or id
    #[arg(long, value_name = "ORG")]
    confirm: Option<String>,
    /// List every user, also where many change alike
    #[arg(long)]
    full: bool,
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
        if let Some(domain) = &self.webrtc_domain {
            words = words.argument("--webrtc-domain").argument(domain);
        }
        words
    }
}

/// What is to be done.
struct Prepared {
    org: OrgReport,
    readiness: Readiness,
    /// The configuration that brings it about.
    loaded: Loaded,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &MigrateArguments) -> u8 {
    match prepare(context, own) {
        Ok(prepared) if own.plan && context.for_script() => match document(context, &prepared) {
            Ok(document) => {
                context.terminal.document(&document, context.format());
                exit::DONE
            }
            Err(failure) => context.trouble(COMMAND, failure),
        },
        Ok(Prepared { readiness, loaded, .. }) => {
            let screen = context.terminal.settings();
            if own.plan {
                context.terminal.out(&render_readiness(&readiness, screen.out));
            } else {
                context.terminal.err(&render_readiness(&readiness, screen.err));
            }
            let goal = if own.plan { Goal::Plan } else { Goal::Apply };
            let again = own.again();
            run::run(
                context,
                Job {
                    confirm: own.confirm.as_deref(),
                    // Whoever moves back loses one call center and gets another.
                    allow_removals: true,
                    full: own.full,
                    next: Some(&again),
                    instead: Some(&loaded),
                    ..Job::to(goal)
                },
            )
        }
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

/// The readiness, and the plan that follows from it.
fn document(context: &Context<'_>, prepared: &Prepared) -> Result<Document, Failure> {
    let store = state::store(&context.globals, context.surroundings)?;
    let plan = run::look(context, &prepared.loaded, &store)?;
    let written = |error: serde_json::Error| {
        Failure::new(Kind::Bug, "The document cannot be written.").because(error)
    };
    let readiness = serde_json::to_value(&prepared.readiness).map_err(written)?;
    let items: Value = serde_json::to_value(&plan.items).map_err(written)?;
    let data = json!({
        "readiness": readiness,
        "plan": { "outcome": plan.outcome, "items": items, "failure": plan.failure },
    });
    let outcome = if plan.failure.is_some() { plan.outcome } else { Outcome::Done };
    Ok(Document::done(COMMAND, data).about(Some(prepared.org.clone())).ending(outcome))
}

fn prepare(context: &Context<'_>, own: &MigrateArguments) -> Result<Prepared, Failure> {
    let to = destination(&own.to)?;
    let loaded = configuration::read(&context.globals)?;
    let Some(wish) = loaded.desired.connectors.first().cloned() else {
        return Err(Failure::usage(
            "The configuration wants nothing of a Salesforce org, so that nothing can move.",
        ));
    };
    let alias = context.globals.org.as_deref();
    let (org, state, baseline) = looking(context, Some(&loaded), async |connection, store| {
        let first = &from().recipe;
        let others = recipes().iter().map(|data| &data.recipe).filter(|it| it.name != first.name);
        let survey =
            Survey::take(&connection.client, store, alias, first, others.collect()).await?;
        let baseline = store.org(&survey.org.id).baseline()?;
        let Some(name) = call_center_of_version_1(&survey.state) else {
            return Ok((survey.org, survey.state, baseline));
        };
        let survey = survey.look_closer(&name, &[]).await?;
        Ok((survey.org, survey.state, baseline))
    })?;
    let wave = Wave { profiles: own.profiles.clone(), users: own.users };
    let (readiness, connector) = if to.recipe.name == from().recipe.name {
        back(&wish, (&org, &state), &baseline, &wave)?
    } else {
        forth(&wish, (&org, &state), &wave, own.webrtc_domain.as_deref())?
    };
    if let [first, ..] = readiness.users.unknown_profiles.as_slice() {
        return Err(Failure::usage(format!(
            "None of those who could move has the profile \"{first}\"."
        ))
        .hint("Profiles are named by their labels, as `provision status` shows them."));
    }
    Ok(Prepared { org, readiness, loaded: loaded.wanting(Desired::of(connector)) })
}

/// The recipe of that name.
fn destination(name: &str) -> Result<&'static RecipeData, Failure> {
    recipe(name).ok_or_else(|| {
        let failure = Failure::usage(format!("There is no recipe `{name}` to move to."));
        match nearest(name, recipe_names()) {
            Some(near) => failure.hint(format!("Did you mean `{near}`?")),
            None => failure.hint("Version 2 is `webex-v2`, and the way back `webex-v1`."),
        }
    })
}

/// The generation that is moved from.
fn from() -> &'static RecipeData {
    default_recipe()
}

/// The call center of Version 1 that most active users are in, and the newest of those.
fn call_center_of_version_1(state: &OrgState) -> Option<String> {
    let rows = state.call_centers.iter().filter(|row| from().is_named_like(&row.internal_name));
    let users = |id| {
        state
            .users
            .iter()
            .filter(|user| user.active && user.call_center.as_ref() == Some(id))
            .count()
    };
    let busiest = rows.max_by_key(|row| (users(&row.id), row.internal_name.clone()));
    busiest.map(|row| row.internal_name.clone())
}

type Way = (Readiness, ConnectorWish);

fn forth(
    wish: &ConnectorWish,
    (org, state): (&OrgReport, &OrgState),
    wave: &Wave,
    webrtc_domain: Option<&str>,
) -> Result<Way, Failure> {
    let users = Movers::forth(state, wave);
    let Some(found) = state.call_center.found() else {
        return Err(Failure::refused(format!(
            "\"{}\" has no call center of Version 1, or does not show its values: there is nothing \
             to move.",
            org.name
        ))
        .hint(Hint::command("", Command::of_org("status"), " tells what is there."))
        .hint(Hint::command(
            "To begin with Version 2:",
            Command::alone("init --recipe webex-v2"),
            "",
        )));
    };
    let conversion = convert(found).ok_or_else(|| {
        Failure::refused(format!("{} is no call center of Version 1.", found.internal_name))
    })?;
    let is_written = wish.recipe.name != from().recipe.name;
    let connector = if is_written {
        // Somebody has written a configuration for Version 2: its settings hold.
        moving_forth(wish.clone(), &users)
    } else {
        to_version_2(wish, &conversion, &users, webrtc_domain)
            .ok_or_else(|| Failure::new(Kind::Bug, "The recipe of Version 2 is not whole."))?
    };
    let domain = connector.call_center.definition.setting("webrtc_domain");
    let has_domain =
        domain.is_some_and(|setting| connector.call_center.values.contains_key(&setting.item));
    let has_layout = connector.softphone_layout.is_some();
    Ok((Readiness::forth(conversion, users, has_layout, has_domain), connector))
}

fn back(
    wish: &ConnectorWish,
    (org, state): (&OrgReport, &OrgState),
    baseline: &Baseline,
    wave: &Wave,
) -> Result<Way, Failure> {
    if call_center_of_version_1(state).is_none() {
        return Err(Failure::refused(format!(
            "\"{}\" has no call center of Version 1 any more, so that nobody can go back to it.",
            org.name
        ))
        .hint("Install Version 1 with its own configuration, then choose its users there."));
    }
    let users = Movers::back(state, baseline, wave);
    let version_2 = if wish.recipe.name == from().recipe.name {
        let nothing = Conversion::default();
        to_version_2(wish, &nothing, &users, None)
            .ok_or_else(|| Failure::new(Kind::Bug, "The recipe of Version 2 is not whole."))?
    } else {
        wish.clone()
    };
    let connector = moving_back(version_2, &users);
    Ok((Readiness::back(users), connector))
}
