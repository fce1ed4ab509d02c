//! What somebody shows to be logged in: a code, a refresh token, an assertion, a secret.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::form::Form;
use super::jwt;
use super::refusal::{
    self, Denied, EXPIRED_CODE, EXPIRED_TOKEN, NO_CODE, NOBODY_TO_RUN_AS, NOT_APPROVED,
    UNKNOWN_APP, UNKNOWN_GRANT, WRONG_HOST, WRONG_PASSWORD, WRONG_REDIRECT, WRONG_SECRET,
    WRONG_VERIFIER,
};
use crate::clock::Millis;
use crate::ids::Id;
use crate::state::State;
use crate::world::World;
use crate::world::logins::ConnectedApp;

/// Who is to be logged in, where, and through which app.
pub(super) struct Granted {
    pub(super) place: usize,
    pub(super) user: Id,
    pub(super) app: ConnectedApp,
    pub(super) scope: String,
    /// Whether the app gets a refresh token.
    pub(super) renewable: bool,
    /// The refresh token that was shown.
    pub(super) renews: Option<String>,
}

/// What apps may do that ask for nothing in particular.
const SCOPE: &str = "refresh_token web api";

/// Looks at what a request shows.
pub(super) fn examine(state: &mut State, form: &Form, now: Millis) -> Result<Granted, Denied> {
    match form.get("grant_type") {
        Some("refresh_token") => refresh(state, form),
        Some("authorization_code") => code(state, form, now),
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer") => assertion(state, form, now),
        Some("client_credentials") => client_credentials(state, form),
        // Nobody has a password here, and new orgs block this flow.
        Some("password") => Err(WRONG_PASSWORD),
        _ => Err(UNKNOWN_GRANT),
    }
}

/// The app that asks, if the org knows it and it knows its secret.
fn app(world: &World, form: &Form) -> Result<ConnectedApp, Denied> {
    let app = form.get("client_id").and_then(|key| world.connected_app(key)).ok_or(UNKNOWN_APP)?;
    let secret = form.get("client_secret");
    if app.consumer_secret.is_some() && secret != app.consumer_secret.as_deref() {
        return Err(WRONG_SECRET);
    }
    Ok(app)
}

fn refresh(state: &State, form: &Form) -> Result<Granted, Denied> {
    let key = form.get("client_id").ok_or(UNKNOWN_APP)?;
    if !state.orgs.iter().any(|org| org.world().connected_app(key).is_some()) {
        return Err(UNKNOWN_APP);
    }
    let token = form.get("refresh_token").ok_or(EXPIRED_TOKEN)?;
    let found = state.orgs.iter().enumerate().find_map(|(place, org)| {
        Some((place, org.world(), org.world().refresh_tokens.get(token)?))
    });
    let (place, world, known) = found.ok_or(EXPIRED_TOKEN)?;
    let app = app(world, form)?;
    if known.consumer_key != app.consumer_key {
        return Err(EXPIRED_TOKEN);
    }
    let scope = known.scope.clone().unwrap_or_else(|| app.granted(SCOPE));
    let renews = Some(token.to_owned());
    Ok(Granted { place, user: known.user.clone(), app, scope, renewable: false, renews })
}

fn code(state: &mut State, form: &Form, now: Millis) -> Result<Granted, Denied> {
    let shown = form.get("code").ok_or(NO_CODE)?;
    let place = state.orgs.iter().position(|org| org.codes.contains_key(shown));
    // A code that was used is gone, and so looks like one that was too old.
    let place = place.ok_or(EXPIRED_CODE)?;
    let app = app(state.orgs[place].world(), form)?;
    let code = state.orgs[place].codes.remove(shown).filter(|code| now < code.until);
    let code = code.filter(|code| code.consumer_key == app.consumer_key).ok_or(EXPIRED_CODE)?;
    if form.get("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err(WRONG_REDIRECT);
    }
    if let Some(challenge) = &code.challenge {
        let verifier = form.get("code_verifier").unwrap_or_default();
        let shown = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        if shown != challenge.trim_end_matches('=') {
            return Err(WRONG_VERIFIER);
        }
    }
    let renewable = code
        .scope
        .split_whitespace()
        .any(|it| ["refresh_token", "offline_access", "full"].contains(&it));
    Ok(Granted { place, user: code.user, app, scope: code.scope, renewable, renews: None })
}

fn assertion(state: &State, form: &Form, now: Millis) -> Result<Granted, Denied> {
    let assertion = jwt::Assertion::read(form.get("assertion").unwrap_or_default())
        .ok_or(refusal::WRONG_ASSERTION)?;
    let known: Vec<_> = state
        .orgs
        .iter()
        .enumerate()
        .filter_map(|(place, org)| {
            Some((place, org.world(), org.world().connected_app(&assertion.issuer)?))
        })
        .collect();
    if known.is_empty() {
        return Err(UNKNOWN_APP);
    }
    // The same app may be in several orgs: the user name says which.
    let found = known.into_iter().find_map(|(place, world, app)| {
        Some((place, world, app, world.user_named(&assertion.subject)?))
    });
    let (place, world, app, user) = found.ok_or(NOT_APPROVED)?;
    assertion.check(&app, &state.settings.url, now)?;
    // With a list, it is the list that counts: who may come in is the same for all flows.
    if app.approved_profiles.is_none() && !world.has_approved(&user.id, &app.consumer_key) {
        return Err(NOT_APPROVED);
    }
    let scope = app.granted("web api");
    Ok(Granted { place, user: user.id.clone(), app, scope, renewable: false, renews: None })
}

fn client_credentials(state: &State, form: &Form) -> Result<Granted, Denied> {
    let key = form.get("client_id").ok_or(UNKNOWN_APP)?;
    let found = state.orgs.iter().position(|org| org.world().connected_app(key).is_some());
    let place = found.ok_or(UNKNOWN_APP)?;
    let world = state.orgs[place].world();
    if world.login_policy.shared_login_host {
        return Err(WRONG_HOST);
    }
    let app = app(world, form)?;
    if app.consumer_secret.is_none() {
        return Err(WRONG_SECRET);
    }
    let user = app.run_as.as_deref().and_then(|name| world.user_named(name));
    let user = user.ok_or(NOBODY_TO_RUN_AS)?.id.clone();
    let scope = app.granted("api");
    Ok(Granted { place, user, app, scope, renewable: false, renews: None })
}
