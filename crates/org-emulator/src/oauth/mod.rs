//! Logging in: `/services/oauth2/…`, the identity URL `/id/{org}/{user}`, and the front door.
//!
//! The apps that may ask and the tokens they were given are the world's; what only lives between
//! two requests (authorization codes) is the org's. Errors are JSON objects where the real endpoint
//! answers so, plain text where it does that.

mod authorize;
mod form;
mod frontdoor;
mod grant;
mod identity;
mod jwt;
mod page;
mod policy;
mod refusal;
mod revoke;
mod token;

use self::form::Form;
use super::answer::HttpAnswer;
use super::clock;
use super::org::Call;
use super::outcome::{Effects, Outcome};
use super::request::{Request, RequestInfo};
use super::state::State;
use super::url::decoded;

/// The name of such a request in the log; `None` where it is about something else.
pub(crate) fn operation(path: &str) -> Option<&'static str> {
    match path {
        "/services/oauth2/authorize" => Some("oauth2/authorize"),
        "/services/oauth2/revoke" => Some("oauth2/revoke"),
        "/services/oauth2/singleaccess" => Some("oauth2/singleaccess"),
        "/services/oauth2/token" => Some("oauth2/token"),
        "/services/oauth2/userinfo" => Some("userinfo"),
        authorize::ERROR_PAGE => Some("oauth2/error"),
        "/secur/frontdoor.jsp" => Some("frontdoor"),
        _ if path.starts_with("/id/") => Some("identity"),
        _ => None,
    }
}

/// Answers a request whose [`operation`] has a name.
pub(crate) fn answer(state: &mut State, request: &Request, info: &RequestInfo) -> Outcome {
    let form = Form::of(request);
    let path = request.path.trim_end_matches('/');
    let method = request.method.as_str();
    let token = info.token.as_deref().or_else(|| form.get("oauth_token"));
    match (method, info.operation.as_str()) {
        ("POST", "oauth2/token") => token::answer(state, &form),
        ("GET" | "POST", "oauth2/authorize") => {
            authorize::answer(state, method, &form, &request.query)
        }
        ("GET" | "POST", "oauth2/revoke") => revoke::answer(state, &form),
        ("GET" | "POST", "userinfo") => {
            known(state, token, |call| HttpAnswer::json(200, &identity::userinfo(call)))
        }
        ("GET" | "POST", "oauth2/singleaccess") => {
            // Which words refuse a token without the scope `web` is a guess.
            let opens = token.is_none_or(|token| state.opens_pages(token));
            let token = token.filter(|_| opens);
            known(state, token, |call| identity::single_access(call, form.get("redirect_uri")))
        }
        ("GET" | "POST", "identity") => {
            known(state, token, |call| identity::identity(call, &decoded(path, false)))
        }
        ("GET", "oauth2/error") => Outcome::of(HttpAnswer::html(200, &page::not_approved())),
        ("GET", "frontdoor") => frontdoor::answer(state, &form),
        _ => Outcome::of(refusal::method(&request.method)),
    }
}

/// Answers those whose token is good; the others read a text.
fn known(
    state: &mut State,
    token: Option<&str>,
    answer: impl FnOnce(&mut Call<'_>) -> HttpAnswer,
) -> Outcome {
    let text = if token.is_some() { "Bad_OAuth_Token" } else { "Missing_OAuth_Token" };
    let Some((place, user)) = token.and_then(|token| state.session(token)) else {
        return Outcome::of(HttpAnswer::html(403, text));
    };
    let mut call =
        Call { org: &mut state.orgs[place], user, version: String::new(), now: clock::now() };
    Outcome { place: Some(place), answer: answer(&mut call), effects: Effects::default() }
}
