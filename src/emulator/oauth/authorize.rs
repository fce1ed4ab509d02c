//! `/services/oauth2/authorize`: the page on which a person logs in and agrees.
//!
//! Nobody has a password here: the page lists users, and a click is a login. What an app got wrong
//! is told on the page, for it must not be sent to an address that the org does not know.

use quick_xml::escape::escape;

use super::Form;
use super::code::Code;
use super::refusal::{Denied, NO_RESPONSE_TYPE, UNKNOWN_APP, WRONG_REDIRECT};
use crate::emulator::answer::HttpAnswer;
use crate::emulator::clock;
use crate::emulator::ids::Id;
use crate::emulator::rest::Effects;
use crate::emulator::rest::url::encoded;
use crate::emulator::routes::Outcome;
use crate::emulator::state::State;

/// How long a code may be exchanged, in milliseconds.
const LIFETIME: u64 = 120_000;
/// How many users of an org the page lists.
const LISTED: usize = 10;

/// Shows the page; where it was clicked, sends the browser back to the app.
pub(super) fn answer(state: &mut State, method: &str, form: &Form, query: &str) -> Outcome {
    let places = match checked(state, form) {
        Ok(places) => places,
        Err(denied) => return Outcome::of(problem(denied)),
    };
    if method == "GET" {
        return Outcome::of(page(state, &places, form, query));
    }
    let chosen = form.get("user").and_then(Id::parse).and_then(|id| {
        let place = places
            .into_iter()
            .find(|place| state.orgs[*place].world().user(&id).is_some_and(|user| user.is_active));
        Some((place?, id))
    });
    let Some((place, user)) = chosen else {
        return Outcome::of(back(
            form,
            "error=access_denied&error_description=end-user%20denied%20authorization",
        ));
    };
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let org = &mut state.orgs[place];
    let code = format!("aPrx{}", org.world_mut().secret());
    let agreed = Code {
        user,
        consumer_key: text("client_id"),
        redirect_uri: text("redirect_uri"),
        scope: form.get("scope").unwrap_or("refresh_token web api").to_owned(),
        challenge: form.get("code_challenge").map(str::to_owned),
        until: clock::now() + LIFETIME,
    };
    org.codes.insert(code.clone(), agreed);
    let answer = back(form, &format!("code={}", encoded(&code)));
    Outcome { place: Some(place), answer, effects: Effects::default() }
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
    let mut fitting =
        known.into_iter().filter(|(_, app)| app.callback_urls.iter().any(|url| url == redirect));
    let places: Vec<usize> = fitting.by_ref().map(|(place, _)| place).collect();
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

/// The page: a button for each user, and one for nobody.
fn page(state: &State, places: &[usize], form: &Form, query: &str) -> HttpAnswer {
    let hint = form.get("login_hint");
    let mut body: Vec<String> = Vec::new();
    for place in places {
        let world = state.orgs[*place].world();
        body.push(format!("<h2>{}</h2>\n", escape(&world.organization.name)));
        let users = world.users.iter().filter(|user| {
            user.is_active && hint.is_none_or(|hint| user.username.eq_ignore_ascii_case(hint))
        });
        for user in users.take(LISTED) {
            body.push(format!(
                "<p><button name=\"user\" value=\"{}\">Allow as {}</button></p>\n",
                user.id,
                escape(&user.username)
            ));
        }
    }
    let body = body.concat();
    HttpAnswer::html(
        200,
        &format!(
            "<!DOCTYPE html>\n<html><head><title>Login | Org emulator</title></head><body>\n\
             <h1>Allow access?</h1>\n\
             <p>{} is asking to log in. Nobody needs a password in the org emulator.</p>\n\
             <form method=\"post\" action=\"/services/oauth2/authorize?{}\">\n{body}\
             <p><button name=\"user\" value=\"\">Deny</button></p>\n</form></body></html>\n",
            escape(form.get("client_id").unwrap_or_default()),
            escape(query),
        ),
    )
}

/// What the app got wrong, for the person who sees the page.
fn problem(denied: Denied) -> HttpAnswer {
    let Denied { error, description } = denied;
    HttpAnswer::html(
        400,
        &format!(
            "<!DOCTYPE html>\n<html><head><title>Error | Org emulator</title></head><body>\n\
             <h1>We can’t authorize you because of an OAuth error.</h1>\n\
             <p>error={error}&amp;error_description={description}</p></body></html>\n"
        ),
    )
}
