//! `/secur/frontdoor.jsp`: where a link of `singleaccess` leads.

use super::form::Form;
use super::page;
use crate::answer::HttpAnswer;
use crate::outcome::{Effects, Outcome};
use crate::setup_pages;
use crate::state::State;

/// Lets a browser in, as often as its link says: once.
pub(super) fn answer(state: &mut State, form: &Form) -> Outcome {
    let password = form.get("otp").unwrap_or_default();
    for (place, org) in state.orgs.iter_mut().enumerate() {
        let Some(user) = org.links.remove(password) else {
            continue;
        };
        let start = form.get("startURL").unwrap_or(setup_pages::NODE);
        let answer = setup_pages::enter(org, &user, start);
        return Outcome { place: Some(place), answer, effects: Effects::default() };
    }
    Outcome::of(HttpAnswer::html(
        403,
        &page::words("Login", "Log in again", "This link was used already, or never was one."),
    ))
}
