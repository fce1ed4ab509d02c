//! `/secur/frontdoor.jsp`: where a link of `singleaccess` leads.

use quick_xml::escape::escape;

use super::Form;
use crate::emulator::answer::HttpAnswer;
use crate::emulator::rest::Effects;
use crate::emulator::routes::Outcome;
use crate::emulator::state::State;

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
            "<!DOCTYPE html>\n<html><head><title>Org emulator</title></head><body>\n<h1>{}</h1>\n\
             <p>Logged in as {}. The org emulator has no pages: {} is not here.</p></body></html>\n",
            escape(&world.organization.name),
            escape(name),
            escape(form.get("startURL").unwrap_or("/")),
        );
        let answer = HttpAnswer::html(200, &text);
        return Outcome { place: Some(place), answer, effects: Effects::default() };
    }
    Outcome::of(HttpAnswer::html(
        403,
        "<!DOCTYPE html>\n<html><head><title>Login | Org emulator</title></head><body>\n\
         <p>This link was used already, or never was one.</p></body></html>\n",
    ))
}
