//! `/services/oauth2/revoke`: a token is no longer good.

use super::form::Form;
use super::refusal::UNKNOWN_TOKEN;
use crate::answer::HttpAnswer;
use crate::outcome::{Effects, Outcome};
use crate::state::State;

/// Forgets an access token or a refresh token.
pub(super) fn answer(state: &mut State, form: &Form) -> Outcome {
    let token = form.get("token").unwrap_or_default();
    for (place, org) in state.orgs.iter_mut().enumerate() {
        let world = org.world();
        if world.sessions.contains_key(token) || world.refresh_tokens.contains_key(token) {
            org.world_mut().revoke(token);
            let answer = HttpAnswer::html(200, "");
            return Outcome { place: Some(place), answer, effects: Effects::default() };
        }
    }
    Outcome::of(UNKNOWN_TOKEN.answer())
}
