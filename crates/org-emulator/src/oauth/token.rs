//! `POST /services/oauth2/token`: from what somebody shows to an access token.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::form::Form;
use super::grant::{self, Granted};
use super::policy;
use super::refusal::Denied;
use crate::answer::HttpAnswer;
use crate::clock;
use crate::org::Org;
use crate::outcome::{Effects, Outcome};
use crate::state::State;

/// Answers a request for a token.
pub(super) fn answer(state: &mut State, form: &Form) -> Outcome {
    let granted = match grant::examine(state, form, clock::now()) {
        Ok(granted) => granted,
        Err(denied) => return Outcome::of(denied.answer()),
    };
    let place = granted.place;
    let answer = issued(&mut state.orgs[place], &granted)
        .map_or_else(Denied::answer, |body| HttpAnswer::json(200, &body));
    Outcome { place: Some(place), answer, effects: Effects::default() }
}

/// Logs in, and tells what the app needs to know.
fn issued(org: &mut Org, granted: &Granted) -> Result<Value, Denied> {
    policy::admit(org.world(), &granted.app, &granted.user)?;
    let url = org.settings().url.clone();
    let now = clock::now();
    let world = org.world_mut();
    let (user, scope) = (&granted.user, granted.scope.as_str());
    let key = &granted.app.consumer_key;
    let rotated = granted.renews.as_ref().filter(|_| world.login_policy.rotate_refresh_tokens);
    let refresh_token = match rotated {
        Some(old) => world.rotate(old),
        None => granted.renewable.then(|| world.remember(user, key, Some(scope.to_owned()))),
    };
    let login = refresh_token.clone().or_else(|| granted.renews.clone());
    let access_token = world.log_in(user, scope, login, &url, now);
    let organization = world.organization.id.clone();
    let id = format!("{url}/id/{organization}/{}", granted.user);
    let issued_at = now.to_string();
    let secret = granted.app.consumer_secret.as_deref().unwrap_or_default();
    let signature = hmac::sign(
        &hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()),
        format!("{id}{issued_at}").as_bytes(),
    );
    let mut body = json!({
        "access_token": access_token,
        "signature": BASE64_STANDARD.encode(signature),
        "scope": granted.scope,
        "instance_url": url,
        "id": id,
        "token_type": "Bearer",
        "issued_at": issued_at,
    });
    if let Some(token) = refresh_token {
        body["refresh_token"] = token.into();
    }
    Ok(body)
}
