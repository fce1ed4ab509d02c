//! `provision doctor`: what is wrong with an org, and what to do about it.

use clap::Args;
use jiff::Timestamp;
use webex_client::Client;

use crate::checklist::call_center::newest_call_center;
use crate::checklist::{Checkup, Health, Plan, TenantSight, with_kept_values};
use crate::cli::configuration;
use crate::cli::context::Context;
use crate::cli::exit;
use crate::cli::org;
use crate::cli::survey::looking;
use crate::cli::webex::{self, ToLook};
use crate::config::Loaded;
use crate::definitions::default_recipe;
use crate::diagnosis::{Diagnosis, LOOKS_OF_USER, agent_of_email, insides_of_agent, kept_out};
use crate::engine::{Examination, OrgReport, Outcome, Patient, TenantExamination, TenantPatient};
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::model::{
    AgentFound, Baseline, ConnectorWish, Evidence, Hint, Invocation, Obstacle, OrgKind, OrgState,
    TenantLook, TenantWish, User, nearest,
};
use crate::view::{CommandReport, Content};

const EXAMPLES: &str = "\
Examples:
  # Check the emulated org and its agents
  provision --org demo doctor
  # Find out why an agent has no phone
  provision --org demo doctor --user \"Alan Turing\"
  # The same for a script
  provision --org demo doctor --output json

Exit codes: 0 no problems; 3 problems; 4 the org does not accept the login; 5 problems that prevent
`apply` from starting.";

const COMMAND: &str = "doctor";

/// Diagnose an org, or why an agent has no phone
///
/// Checks the login and the permissions that provision needs, the org and its features, the
/// package, the call center, its users, and the phone in the apps' utility bars. With a
/// configuration it also checks everything named there. With a login to Webex it checks the contact
/// center too: for a user, found by email address, the team and its desktop layout, and what calls,
/// recordings and state sync need. What the org does not show you is reported as unknown. Changes
/// nothing.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct DoctorArguments {
    /// Agent to check, by username, full name or email address
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Show every check, and problems that no program can detect
    #[arg(long, short)]
    verbose: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &DoctorArguments) -> u8 {
    match look(context, own) {
        Ok(mut seen) => {
            seen.found = ready(seen.found, &context.globals.invocation());
            show(context, own, &seen)
        }
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

/// What there is to say.
struct Seen {
    org: Option<OrgReport>,
    found: Diagnosis,
    /// Why no more could be seen.
    failure: Option<Kind>,
}

fn look(context: &Context<'_>, own: &DoctorArguments) -> Result<Seen, Failure> {
    // Without one, the org is judged by itself.
    let loaded = configuration::read_if_there(&context.globals)
        .or_else(|failure| org::is_known(context).and(Err(failure)))?;
    let desired = loaded.as_ref().and_then(|loaded| loaded.desired.connectors.first());
    let (recipe, call_center) = match desired {
        Some(desired) => {
            (&desired.recipe, desired.call_center.definition.call_center.internal_name.as_str())
        }
        None => (&default_recipe().recipe, newest_call_center(default_recipe())),
    };
    let patient = Patient {
        now: Timestamp::now(),
        alias: context.globals.org.as_deref(),
        recipe,
        desired,
        call_center,
        user: own.user.as_deref(),
        installation_key: context.surroundings.installation_key.as_ref(),
    };
    let (examined, tenant) = looking(context, async |connection, store| {
        let demo = connection.emulator.as_ref();
        let way = webex::connect_to_look(context, loaded.as_ref(), store, demo);
        let (examined, mut tenant) = tokio::join!(
            Examination::take(&connection.client, store, patient),
            look_at_tenant(way, loaded.as_ref(), store, own.user.is_some())
        );
        if let Ok(examined) = &examined {
            compare_with_org(&mut tenant, loaded.as_ref(), &examined.state);
            look_at_layouts_of(&mut tenant, examined.state.organization.kind, &examined.evidence)
                .await;
        }
        Ok((examined, tenant))
    })?;
    match examined {
        Ok(Examination { org, state, evidence, plan }) => {
            if let Some(agent) = evidence.agent.seen() {
                is_somebody(agent, &state)?;
            }
            let checkup = Checkup::new(&state, &evidence, desired.zip(plan.as_ref()));
            let checkup = checkup.beside(tenant.sight());
            Ok(Seen {
                org: Some(org),
                found: Diagnosis::of(&checkup).about_the_user(),
                failure: None,
            })
        }
        Err(failure) if is_a_finding(&failure) => {
            let obstacle = obstacle(&failure);
            // Others send people here; from here they are not sent anywhere for that.
            let elsewhere = |hint: &Hint| !hint.advised().is_some_and(|it| it.begins_with(COMMAND));
            let hints = failure.steps().into_iter().filter(|hint| elsewhere(hint)).cloned();
            let check = kept_out(obstacle.as_ref(), &failure.message(), hints);
            let found = Diagnosis { checks: vec![check], user: None, left_out: 0 };
            Ok(Seen { org: None, found, failure: Some(failure.kind) })
        }
        Err(failure) => Err(failure),
    }
}

/// What was seen of the Webex organization.
enum Tenant {
    NotAsked,
    NoLogin,
    Refused(String),
    Seen { client: Box<Client>, wish: Box<TenantWish>, seen: Box<TenantExamination>, plan: Plan },
}

impl Tenant {
    fn sight(&self) -> TenantSight<'_> {
        match self {
            Self::NotAsked => TenantSight::NotAsked,
            Self::NoLogin => TenantSight::NoLogin,
            Self::Refused(words) => TenantSight::Refused(words),
            Self::Seen { wish, seen, plan, .. } => {
                TenantSight::Seen { wish, state: &seen.state, plan }
            }
        }
    }
}

/// Looks at the Webex organization. That this cannot be done is a finding, and ends nothing.
async fn look_at_tenant(
    way: Result<ToLook, Failure>,
    loaded: Option<&Loaded>,
    store: &Store,
    asked_about_user: bool,
) -> Tenant {
    let (client, wish) = match way {
        Ok(ToLook::Open(client, wish)) => (client, wish),
        Ok(ToLook::NotAsked) => return Tenant::NotAsked,
        Ok(ToLook::NoLogin) => return Tenant::NoLogin,
        Err(failure) => return Tenant::Refused(failure.message()),
    };
    let connectors = loaded.map_or(&[][..], |loaded| &loaded.desired.connectors);
    let looks: &[TenantLook] = if asked_about_user { &LOOKS_OF_USER } else { &[] };
    let patient = TenantPatient { wish: &wish, connectors, looks };
    match TenantExamination::take(&client, store, patient).await {
        Ok(seen) => {
            // What the org keeps is not seen yet, and may never be.
            let unseen: Vec<_> = connectors.iter().map(ConnectorWish::with_unnamed_kept).collect();
            let plan = seen.plan(&wish, &unseen);
            Tenant::Seen { client, wish, seen: Box::new(seen), plan }
        }
        Err(failure) => Tenant::Refused(failure.message()),
    }
}

/// Plans once more what is wanted of the Webex organization: what the configuration leaves out of a call center
/// stays as the org has it.
fn compare_with_org(tenant: &mut Tenant, loaded: Option<&Loaded>, state: &OrgState) {
    let Tenant::Seen { wish, seen, plan, .. } = tenant else { return };
    let connectors = loaded.map_or(&[][..], |loaded| &loaded.desired.connectors);
    // An org is examined for the first connector; another's call center was not looked at.
    let kept = connectors.iter().enumerate().map(|(number, desired)| {
        if number == 0 && state.call_center.is_seen() {
            // What earlier runs have changed goes back by `apply`, not by looking.
            with_kept_values(desired, state, &Baseline::default())
        } else {
            desired.with_unnamed_kept()
        }
    });
    *plan = seen.plan(wish, &kept.collect::<Vec<_>>());
}

/// Reads what the user who is asked about has: the desktop of the teams, and the profiles.
async fn look_at_layouts_of(tenant: &mut Tenant, kind: OrgKind, evidence: &Evidence) {
    let Some(AgentFound::One(agent)) = evidence.agent.seen() else { return };
    let Tenant::Seen { client, seen, .. } = tenant else { return };
    let state = &seen.state;
    let Some(row) = agent_of_email(state, kind, &agent.email) else { return };
    let insides = insides_of_agent(state, row);
    // What this shows less is told by the checks that miss it.
    seen.read(client, &insides).await.ok();
}

/// Whether it is the org, or the way into it, that keeps everything else from being seen.
fn is_a_finding(failure: &Failure) -> bool {
    matches!(failure.kind, Kind::Authentication | Kind::Refused) || obstacle(failure).is_some()
}

/// What keeps the caller out, where the client knows it.
fn obstacle(failure: &Failure) -> Option<Obstacle> {
    failure.source.as_ref()?.downcast_ref::<salesforce_client::Error>()?.obstacle()
}

/// Refuses a name that is nobody's, or several people's: there is nothing to examine.
fn is_somebody(agent: &AgentFound, state: &OrgState) -> Result<(), Failure> {
    match agent {
        AgentFound::One(_) => Ok(()),
        AgentFound::Nobody(asked) => {
            let known = state.users.iter().flat_map(|user| [&user.username, &user.name]);
            let failure = Failure::usage(format!("No user of this org is called \"{asked}\"."));
            let wanted = asked.trim().to_lowercase();
            let has_word = |user: &&User| {
                user.name.to_lowercase().split_whitespace().any(|word| word == wanted)
            };
            let near = nearest(asked, known.map(String::as_str));
            let near = near.or_else(|| Some(state.users.iter().find(has_word)?.name.as_str()));
            Err(match near {
                Some(near) => failure.hint(format!("Did you mean \"{near}\"?")),
                None => failure.hint(
                    "Give the username, full name or email address, as shown in Setup > Users. \
                    In a sandbox, usernames end in the sandbox's name.",
                ),
            })
        }
        AgentFound::Several(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            Err(Failure::usage(format!("Several users have this name: {}.", names.join(", ")))
                .hint("Give one of their usernames."))
        }
    }
}

/// The steps with commands that can be copied.
fn ready(mut found: Diagnosis, invocation: &Invocation) -> Diagnosis {
    let of_user = found.user.iter_mut().flat_map(|user| &mut user.checks);
    for check in found.checks.iter_mut().chain(of_user) {
        *check = check.clone().within(invocation);
    }
    found
}

fn show(context: &Context<'_>, own: &DoctorArguments, seen: &Seen) -> u8 {
    let kind = match seen.failure {
        Some(kind) => Some(kind),
        None if seen.found.worst() != Health::Problem => None,
        None if seen.found.blocks() => Some(Kind::Refused),
        None => Some(Kind::Differs),
    };
    if own.verbose {
        context.terminal.tell_all();
    }
    let found = Content::Diagnosis { found: &seen.found, verbose: own.verbose };
    let report = CommandReport::done(COMMAND, found)
        .about(seen.org.as_ref())
        .ending(kind.map_or(Outcome::Done, Outcome::of));
    context.report(&report, kind.map_or(exit::DONE, exit::code_of))
}
