//! `/secur/frontdoor.jsp`: where a link of `singleaccess` leads.

use super::form::Form;
use super::page;
use crate::answer::HttpAnswer;
use crate::outcome::{Effects, Outcome};
use crate::state::State;

/// Lets a browser in, as often as its link says: once. There is no page behind the door.
pub(super) fn answer(state: &mut State, form: &Form) -> Outcome {
    let password = form.get("otp").unwrap_or_default();
    for (place, org) in state.orgs.iter_mut().enumerate() {
        let Some(user) = org.links.remove(password) else {
            continue;
        };
        let world = org.world();
        let name = world.user(&user).map(|user| user.username.as_str()).unwrap_or_default();
        let text = format!(
            "Logged in as {name}. The org emulator has no pages: {} is not here.",
            form.get("startURL").unwrap_or("/"),
        );
        let text = page::words("Logged in", &world.organization.name, &text);
        let answer = HttpAnswer::html(200, &text);
        return Outcome { place: Some(place), answer, effects: Effects::default() };
    }
    Outcome::of(HttpAnswer::html(
        403,
        &page::words("Login", "Log in again", "This link was used already, or never was one."),
    ))
}
