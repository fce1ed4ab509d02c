//! The way into the Webex organization that a configuration wants something of.

use std::sync::Arc;

use jiff::Timestamp;
use salesforce_client::oauth;
use secrecy::SecretString;
use webex_client::{Client, Error, OrganizationId, Region, Session};

use super::context::Context;
use super::demo_org::DemoOrg;
use super::{network, vault};
use crate::advice;
use crate::config::Loaded;
use crate::failure::{Failure, Kind};
use crate::journal::{Lock, Store};
use crate::login::{
    CredentialStore, Credentials, NoStore, WebexLogin, WebexLogins, WebexMethod, secrets,
    webex_session,
};
use crate::model::{Command, Desired, Hint, TenantWish};
use crate::vault::{Place, Vault};

/// How Webex is reached without a login that is kept.
pub(super) const NOTHING_KEPT: &str = "To keep nothing on this machine, put an access token into the environment \
     variable PROVISION_WEBEX_ACCESS_TOKEN instead of logging in.";

/// What to do about a token that nobody renews.
fn new_token() -> Hint {
    Hint::command(
        "The access token in PROVISION_WEBEX_ACCESS_TOKEN is wrong, has expired, or is of another \
         organization: put a new one there, or log in once by",
        Command::of_machine("login webex ALIAS"),
        ".",
    )
}

/// A client of the Webex organization that the configuration names; nothing is sent yet. `None` where
/// nothing is wanted of one, or where nobody has logged in to it: the run then says so of what it leaves
/// out.
pub(super) fn connect(
    context: &Context<'_>,
    loaded: &Loaded,
    store: &Store,
    demo: Option<&DemoOrg>,
) -> Result<Option<Client>, Failure> {
    let Some(wish) = &loaded.desired.tenant else { return Ok(None) };
    let organization = |id: &str| {
        OrganizationId::parse(id)
            .map_err(|error| Failure::usage(format!("In the configuration, {error}.")))
    };
    if let Some(demo) = demo {
        // Its own id, so that a configuration for another organization is told so by the run.
        let (url, id, token) = demo.tenant();
        return with_token(context, &url, organization(&id)?, token).map(Some);
    }
    let organization = organization(&wish.id)?;
    if let Some(token) = &context.surroundings.webex_access_token {
        let url = match &context.surroundings.webex_url {
            Some(url) => url.clone(),
            None => api_of(&wish.data_center)?.to_owned(),
        };
        return with_token(context, &url, organization, token.clone()).map(Some);
    }
    let logins = WebexLogins::of(store);
    let login = logins
        .all()?
        .into_iter()
        .filter(|login| login.org_id == organization.as_str())
        .max_by_key(|login| login.since);
    let Some(login) = login else { return Ok(None) };
    let client = of_login(context, &login, store)?;
    // When it was used is good to know, and no reason to stop.
    logins.mark_used(&login, Timestamp::now()).ok();
    Ok(Some(client))
}

/// A Webex organization that there is to look at, for commands that change nothing.
pub(super) enum ToLook {
    /// Nothing is wanted of one, and nobody has logged in to any that could be meant.
    NotAsked,
    /// The configuration wants something of one, and nobody has logged in to it.
    NoLogin,
    /// This one.
    Open(Box<Client>, Box<TenantWish>),
}

/// The organization that the configuration names, else the only one that somebody has logged in to.
/// Nothing is sent yet.
pub(super) fn connect_to_look(
    context: &Context<'_>,
    loaded: Option<&Loaded>,
    store: &Store,
    demo: Option<&DemoOrg>,
) -> Result<ToLook, Failure> {
    let desired = loaded.map(|loaded| &loaded.desired);
    let wish = desired.and_then(|desired| desired.tenant.clone());
    let named = desired.and_then(Desired::tenant_id);
    let open = |client: Client, wish: Option<TenantWish>| {
        let wish = wish.unwrap_or_else(|| TenantWish::nothing(client.organization_id().as_str()));
        ToLook::Open(Box::new(client), Box::new(wish))
    };
    if let (Some(loaded), Some(_)) = (loaded, &wish) {
        return Ok(match connect(context, loaded, store, demo)? {
            Some(client) => open(client, wish),
            None => ToLook::NoLogin,
        });
    }
    if let Some(demo) = demo {
        let (url, id, token) = demo.tenant();
        let id = OrganizationId::parse(&id).map_err(|error| Failure::usage(format!("{error}.")))?;
        return Ok(open(with_token(context, &url, id, token)?, None));
    }
    let mut logins = WebexLogins::of(store).all()?;
    if let Some(id) = named {
        logins.retain(|login| login.org_id == id);
        logins.sort_by_key(|login| std::cmp::Reverse(login.since));
        logins.truncate(1);
    }
    match logins.as_slice() {
        [only] => Ok(open(of_login(context, only, store)?, None)),
        _ => Ok(ToLook::NotAsked),
    }
}

/// Where the configuration API of a data centre is.
pub(super) fn api_of(data_center: &str) -> Result<&'static str, Failure> {
    data_center.parse().map(Region::api_url).map_err(|error| {
        Failure::usage(format!("{error}.")).hint(Hint::command(
            "",
            Command::of_machine("login webex"),
            " takes the address with --api-url.",
        ))
    })
}

fn with_token(
    context: &Context<'_>,
    url: &str,
    organization: OrganizationId,
    token: SecretString,
) -> Result<Client, Failure> {
    let transport = network::to_webex(context, url)?;
    transport.hide(&token);
    let remedy = new_token().within(&context.globals.invocation()).to_string();
    Ok(Client::new(transport, Session::of_login(organization, Some(token), None, &remedy)))
}

/// A client of the organization of a login.
fn of_login(context: &Context<'_>, login: &WebexLogin, store: &Store) -> Result<Client, Failure> {
    let vault = vault::open(context, login.secret, store)?;
    let credentials = secrets::get(&*vault, login).map_err(vault::failure)?.ok_or_else(|| {
        let (alias, place) = (&login.alias, vault.describe());
        let message = format!("The secret of the login `{alias}` is no longer in {place}.");
        Failure::new(Kind::Authentication, message).hint(login.remedy())
    })?;
    let logins = WebexLogins::of(store);
    client(context, login, credentials, Arc::new(InVault { vault, logins, login: login.clone() }))
}

/// A client of a login that was just made; its tokens are new, and are not renewed in vain.
pub(super) fn new_login(
    context: &Context<'_>,
    login: &WebexLogin,
    credentials: &Credentials,
) -> Result<Client, Failure> {
    let credentials =
        Credentials { access_token: credentials.access_token.clone(), ..Credentials::default() };
    let login = WebexLogin { method: WebexMethod::AccessToken, ..login.clone() };
    client(context, &login, credentials, Arc::new(NoStore))
}

fn client(
    context: &Context<'_>,
    login: &WebexLogin,
    credentials: Credentials,
    credential_store: Arc<dyn CredentialStore>,
) -> Result<Client, Failure> {
    let transport = network::to_webex(context, &login.api_url)?;
    let secrets =
        [&credentials.access_token, &credentials.refresh_token, &credentials.client_secret];
    for secret in secrets.into_iter().flatten() {
        transport.hide(secret);
    }
    let webex = network::to_webex(context, &login.login_url)?;
    let invocation = context.globals.invocation();
    let session = webex_session(login, credentials, webex, credential_store, &invocation)
        .map_err(|error| Failure::refused(format!("In the login `{}`, {error}.", login.alias)))?;
    Ok(Client::new(transport, session.granted(login.scope.as_deref())))
}

/// A login's place in a vault.
struct InVault {
    vault: Box<dyn Vault>,
    logins: WebexLogins,
    login: WebexLogin,
}

impl CredentialStore for InVault {
    fn lock(&self) -> Result<Option<Lock>, oauth::Error> {
        self.logins.lock_renewals().map(Some).map_err(|error| {
            oauth::Error::local(format!("The login cannot be renewed: {error}."), error.hint())
        })
    }

    fn save(&self, credentials: &Credentials) -> Result<(), oauth::Error> {
        let now = self.logins.get(&self.login.alias).ok().flatten();
        if now.is_none_or(|now| now.since != self.login.since) {
            // Somebody has logged out, or in anew, while this command was at work.
            return Ok(());
        }
        secrets::put(&*self.vault, &self.login, credentials).map_err(|error| {
            oauth::Error::local(
                format!("The renewed login cannot be kept. {error}"),
                error.hint().unwrap_or_else(|| "Log in again.".to_owned()),
            )
        })
    }

    fn load(&self) -> Option<Credentials> {
        // What cannot be read now is no reason to stop: what was read before may still be good.
        secrets::get(&*self.vault, &self.login).ok().flatten()
    }
}

/// What it means that Webex gives no token.
pub(super) fn no_token(error: &webex_client::oauth::Error) -> Failure {
    use webex_client::oauth::Error as Login;
    let kind = match error {
        Login::Wire(lost) => return unreachable(lost),
        Login::Busy(_) => Kind::Unreachable,
        _ => Kind::Authentication,
    };
    let failure = Failure::new(kind, ended(&error.to_string()));
    match error {
        Login::Denied(denial) => failure.hint(advice::after_webex_denial(denial)),
        Login::Busy(_) => failure.hint("Run this again later: status.webex.com shows troubles."),
        Login::Local { hint, .. } => failure.hint(hint.clone()),
        _ => failure,
    }
}

/// What it means for a login that its token does not open the configuration.
pub(super) fn not_opened(error: &Error) -> Failure {
    match error {
        Error::Wire(lost) => unreachable(lost),
        Error::Login(login) => no_token(login),
        Error::SessionEnded { .. } => {
            Failure::new(Kind::Authentication, ended(&error.to_string())).hint(
                "The token is wrong, has expired, or is of another region: compare --data-center or \
                 --api-url with where the contact center is.",
            )
        }
        Error::Api { scope, .. } if error.lacks().is_some() => {
            Failure::new(Kind::Authentication, ended(&error.to_string())).hint(format!(
                "The app needs the scope {scope}, the person who logs in the role of a Contact Center \
                 administrator, and the organization must be the token's own (--org-id)."
            ))
        }
        _ => Failure::new(Kind::Failed, ended(&error.to_string()))
            .hint("Check that this is the URL of the Webex Contact Center API: see --data-center and --api-url."),
    }
}

fn unreachable(lost: &webex_client::wire::Error) -> Failure {
    Failure::new(Kind::Unreachable, ended(&lost.to_string()))
        .hints(advice::after_network_error(lost))
}

/// A sentence with one full stop at its end.
fn ended(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// Whether a login's secret is kept anywhere.
pub(super) fn can_be_kept(place: Option<Place>) -> Result<(), Failure> {
    if place != Some(Place::None) {
        return Ok(());
    }
    Err(Failure::usage(
        "A Webex login is always stored in a vault: `--vault none` is not supported.",
    )
    .hint(NOTHING_KEPT))
}
