//! What the user may do with the records that the connector makes, and which apps the user sees.

use crate::checklist::agent_access::lacks_of;
use crate::checklist::{Check, Checkup, Group, Topic, run_apply};
use crate::diagnosis::names::listed;
use crate::model::{Agent, Hint, Observed, Refused, in_a_row};

const TOPIC: Topic<'static> =
    Topic::new(Group::User, 0, "user-record-access", "Records and fields");

/// So many things are told in short.
const SHOWN: usize = 10;

/// What the user lacks; nothing without a configuration, for that says what is filled.
pub(super) fn check(checkup: &Checkup<'_>, agent: &Agent) -> Option<Check> {
    let desired = checkup.desired?;
    if let Observed::Refused(Refused { words, .. }) = &checkup.state.agent_access {
        return Some(Check::hidden(TOPIC, words));
    }
    let lacking = lacks_of(desired, checkup.state, &agent.id, agent.profile.as_ref())?;
    let name = &agent.name;
    let mut words = Vec::new();
    if !lacking.access.is_empty() {
        words.push(format!("{name} may not {}.", in_a_row(&lacking.access, SHOWN)));
    }
    if !lacking.apps.is_empty() {
        words.push(format!("{name} does not see {}, where the phone is.", listed(&lacking.apps)));
    }
    if !words.is_empty() {
        return Some(Check::warning(TOPIC, words.join(" ")).step(remedy(checkup)));
    }
    if lacking.unknown {
        let text = format!("{name} is in a permission set group of which the org shows nothing.");
        return Some(Check::unknown(TOPIC, text));
    }
    Some(Check::ok(TOPIC, "The user has every permission that the connector uses."))
}

/// Where the access would come from.
fn remedy(checkup: &Checkup<'_>) -> Hint {
    let wish = checkup.desired.and_then(|desired| desired.agent_access.as_ref());
    if wish.is_some_and(|wish| wish.manage) {
        return run_apply();
    }
    "Give it by the user's profile or by a permission set (Setup > Permission Sets > Object Settings), or \
     have provision give it: manage = true under [agent_access]."
        .into()
}
