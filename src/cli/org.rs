//! Which org a run is for, and the way into it.

use salesforce_client::{Client, Session};
use secrecy::SecretString;

use super::context::Context;
use super::demo_org::DemoOrg;
use super::demos::{DEMOS, Demo};
use super::globals::Globals;
use super::surroundings::Surroundings;
use super::{address, configuration, logins, network, state};
use crate::advice;
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::login::{Login, Logins};
use crate::model::{Command, Hint, nearest};

/// The org that the command line names.
#[derive(Debug, Clone)]
pub(super) enum Chosen {
    /// An emulator inside this program.
    Demo(&'static Demo),
    /// The alias of a login.
    Alias(String),
    /// An address, and the token for it.
    Address {
        /// The address.
        url: String,
        /// The token.
        token: SecretString,
    },
}

/// An org that can be called, for as long as this lives.
#[derive(Debug)]
pub(super) struct Connection {
    /// The client.
    pub(super) client: Client,
    /// The emulator behind it, where there is one.
    pub(super) emulator: Option<DemoOrg>,
}

/// Finds out which org is meant, before anything is read or started.
pub(super) fn choose(globals: &Globals, surroundings: &Surroundings) -> Result<Chosen, Failure> {
    match (globals.org.as_deref(), &globals.instance_url) {
        (Some(alias), _) => Ok(match Demo::of(alias) {
            Some(demo) => Chosen::Demo(demo),
            None => Chosen::Alias(alias.to_owned()),
        }),
        (None, Some(url)) => match &surroundings.access_token {
            Some(token) => {
                Ok(Chosen::Address { url: address::read(url)?.url, token: token.clone() })
            }
            None => Err(no_token(url)),
        },
        (None, None) => Err(Failure::usage("No org is named.")
            .hint(Hint::command("Try it without an org:", Command::alone("--org demo"), ""))
            .hint(Hint::command(
                "For a real org, log in once with",
                Command::of_machine("login ALIAS"),
                ", then use --org ALIAS",
            ))
            .hint(
                "Or use --instance-url URL with an access token in the environment variable \
                PROVISION_ACCESS_TOKEN.",
            )),
    }
}

fn no_token(url: &str) -> Failure {
    Failure::new(
        Kind::Authentication,
        format!("There is no token for {}.", salesforce_client::wire::redact(url)),
    )
    .hint(
        "Put an access token into the environment variable PROVISION_ACCESS_TOKEN, for example \
         from `sf org auth show-access-token`.",
    )
}

/// Nobody has logged in under that alias: what there is to say of it.
fn no_login(alias: &str, logins: &[Login], globals: &Globals) -> Failure {
    if alias.trim().is_empty() {
        return Failure::usage("The org's alias is empty.")
            .hint("Give one to --org. In a script, the variable that holds it may not be set.");
    }
    let failure =
        Failure::new(Kind::Authentication, format!("There is no login for the org `{alias}`."));
    let tables = configuration::tables(globals);
    let configured = tables.as_ref().map(|(_, aliases)| aliases.as_slice()).unwrap_or_default();
    let known: Vec<&str> = logins
        .iter()
        .map(|login| login.alias.as_str())
        .chain(configured.iter().map(String::as_str))
        .collect();
    let demos = DEMOS.iter().map(|demo| demo.alias);
    let failure = match nearest(alias, known.iter().copied().chain(demos)) {
        Some(near) if Demo::of(near).is_some() => {
            failure.hint(format!("Did you mean the emulator's org, --org {near}?"))
        }
        Some(meant) if !known.contains(&alias) => {
            failure.hint(format!("Did you mean --org {meant}?"))
        }
        _ => failure,
    };
    let log_in = Command::of_machine("login").argument(alias);
    let failure = failure.hint(Hint::command("Log in:", log_in, "")).hint(Hint::command(
        "",
        Command::of_machine("orgs"),
        " lists your logins.",
    ));
    match &tables {
        Some((name, aliases)) if !aliases.iter().any(|known| known == alias) => {
            failure.hint(format!(
                "`{name}` has no table [orgs.{alias}] either. Check the spelling of the alias."
            ))
        }
        _ => failure,
    }
}

/// Refuses an alias that nobody has logged in under, before anything else is told that is wrong: whatever it
/// is, it may be about another org.
pub(super) fn is_known(context: &Context<'_>) -> Result<(), Failure> {
    let Some(alias) = context.globals.org.as_deref().filter(|it| Demo::of(it).is_none()) else {
        return Ok(());
    };
    let store = state::store(&context.globals, context.surroundings)?;
    let logins = Logins::of(&store).all()?;
    if logins.iter().any(|login| login.alias == alias) {
        return Ok(());
    }
    Err(no_login(alias, &logins, &context.globals))
}

/// Opens the way into the org; nothing is sent yet.
pub(super) fn connect(
    context: &Context<'_>,
    chosen: &Chosen,
    store: &Store,
) -> Result<Connection, Failure> {
    match chosen {
        Chosen::Alias(alias) => match logins::client(context, alias, store)? {
            Some(client) => Ok(Connection { client, emulator: None }),
            None => Err(no_login(alias, &Logins::of(store).all()?, &context.globals)),
        },
        Chosen::Address { url, token } => {
            Ok(Connection { client: client(context, url, token.clone())?, emulator: None })
        }
        Chosen::Demo(demo) => {
            let emulator = DemoOrg::start(store, demo)?;
            let (url, token) = emulator.address();
            Ok(Connection { client: client(context, &url, token)?, emulator: Some(emulator) })
        }
    }
}

fn client(context: &Context<'_>, url: &str, token: SecretString) -> Result<Client, Failure> {
    let transport = network::transport(context, url)?;
    transport.hide(&token);
    let session =
        Session::new(transport.base_url().clone(), token).with_remedy(advice::NEW_ACCESS_TOKEN);
    Ok(Client::new(transport, session))
}
