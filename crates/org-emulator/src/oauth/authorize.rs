//! `/services/oauth2/authorize`: the page on which a person logs in and agrees.
//!
//! Nobody has a password here: the page lists users, and a click is a login. What an app got wrong
//! is told on the page, for it must not be sent to an address that the org does not know.

use super::form::Form;
use super::page::{self, Person};
use super::policy;
use super::refusal::{
    ACCESS_DENIED, DENIED, Denied, NO_RESPONSE_TYPE, NOT_ADMITTED, NOT_INSTALLED, UNKNOWN_APP,
    WRONG_REDIRECT, WRONG_SCOPE,
};
use crate::answer::HttpAnswer;
use crate::clock;
use crate::ids::Id;
use crate::org::authorization_code::AuthorizationCode;
use crate::outcome::{Effects, Outcome};
use crate::state::State;
use crate::url::encoded;
use crate::world::logins::ConnectedApp;

/// Where a browser ends that may not approve an app.
pub(super) const ERROR_PAGE: &str = "/setup/secur/RemoteAccessErrorPage.apexp";
/// How long a code may be exchanged, in milliseconds.
const LIFETIME: u64 = 120_000;

/// Shows the page; where it was clicked, sends the browser back to the app.
pub(super) fn answer(state: &mut State, method: &str, form: &Form, query: &str) -> Outcome {
    let places = match checked(state, form) {
        Ok(places) => places,
        Err(denied) => return Outcome::of(HttpAnswer::html(400, &page::problem(denied))),
    };
    if method == "GET" {
        return Outcome::of(choice(state, &places, form, query));
    }
    let chosen = form.get("user").and_then(Id::parse).and_then(|id| {
        let mut places = places.into_iter();
        let place = places.find(|place| state.orgs[*place].world().user(&id).is_some())?;
        let app = state.orgs[place].world().connected_app(form.get("client_id")?)?;
        Some((place, id, app))
    });
    let Some((place, user, app)) = chosen else {
        return Outcome::of(refused(form, DENIED));
    };
    let answer = match agreed(state, place, &user, &app, form) {
        Ok(code) => back(form, &format!("code={}", encoded(&code))),
        Err(denied) => refused(form, denied),
    };
    Outcome { place: Some(place), answer, effects: Effects::default() }
}

/// The code of somebody who agreed, and whom the org lets in.
fn agreed(
    state: &mut State,
    place: usize,
    user: &Id,
    app: &ConnectedApp,
    form: &Form,
) -> Result<String, Denied> {
    let org = &mut state.orgs[place];
    policy::admit(org.world(), app, user)?;
    let usual = app.granted("refresh_token web api");
    let scope = form.get("scope").map_or(usual, str::to_owned);
    if !app.may_ask(&scope) {
        return Err(WRONG_SCOPE);
    }
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let code = format!("aPrx{}", org.world_mut().secret());
    let agreed = AuthorizationCode {
        user: user.clone(),
        consumer_key: app.consumer_key.clone(),
        redirect_uri: text("redirect_uri"),
        scope,
        challenge: form.get("code_challenge").map(str::to_owned),
        until: clock::now() + LIFETIME,
    };
    org.codes.insert(code.clone(), agreed);
    Ok(code)
}

/// The orgs that know the app, which asks as it should.
fn checked(state: &State, form: &Form) -> Result<Vec<usize>, Denied> {
    let key = form.get("client_id").unwrap_or_default();
    let known = state
        .orgs
        .iter()
        .enumerate()
        .filter_map(|(place, org)| Some((place, org.world().connected_app(key)?)));
    let known: Vec<_> = known.collect();
    if known.is_empty() {
        return Err(UNKNOWN_APP);
    }
    let redirect = form.get("redirect_uri").unwrap_or_default();
    let fitting =
        known.into_iter().filter(|(_, app)| app.callback_urls.iter().any(|url| url == redirect));
    let places: Vec<usize> = fitting.map(|(place, _)| place).collect();
    if places.is_empty() {
        return Err(WRONG_REDIRECT);
    }
    if form.get("response_type") != Some("code") {
        return Err(NO_RESPONSE_TYPE);
    }
    Ok(places)
}

/// Back to the app, with what it asked for.
fn back(form: &Form, outcome: &str) -> HttpAnswer {
    let redirect = form.get("redirect_uri").unwrap_or_default();
    let mark = if redirect.contains('?') { '&' } else { '?' };
    let state = form.get("state").map(|state| format!("&state={}", encoded(state)));
    HttpAnswer::elsewhere(format!("{redirect}{mark}{outcome}{}", state.unwrap_or_default()))
}

/// Back to the app without anything, but for apps that nobody may approve: these hear nothing.
fn refused(form: &Form, denied: Denied) -> HttpAnswer {
    let said = if denied == NOT_ADMITTED { ACCESS_DENIED } else { denied };
    let text = encoded(said.description);
    let outcome = format!("error={}&error_description={text}", said.error);
    if denied != NOT_INSTALLED {
        return back(form, &outcome);
    }
    HttpAnswer::elsewhere(format!("{ERROR_PAGE}?{outcome}"))
}

/// The page: a button for each user, and one for nobody.
fn choice(state: &State, places: &[usize], form: &Form, query: &str) -> HttpAnswer {
    let hint = form.get("login_hint");
    let orgs = places.iter().map(|place| {
        let world = state.orgs[*place].world();
        let users = world.users.iter().filter(|user| {
            user.may_enter() && hint.is_none_or(|hint| user.username.eq_ignore_ascii_case(hint))
        });
        let people = users.map(|user| Person {
            id: user.id.as_str(),
            username: &user.username,
            name: user.name(),
            profile: world.profile(&user.profile_id).map_or("", |profile| &profile.name),
        });
        page::people(&world.organization.name, people)
    });
    let people: String = orgs.collect();
    HttpAnswer::html(200, &page::choice(form.get("client_id").unwrap_or_default(), query, &people))
}
