//! Whether the user can log in, and has since something changed.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{Agent, Observed, Refused};

const ACTIVE: Topic<'static> = Topic::new(Group::User, 0, "user-active", "Active");
const FROZEN: Topic<'static> = Topic::new(Group::User, 0, "user-frozen", "Not frozen");
const SINCE: Topic<'static> = Topic::new(Group::User, 0, "user-login", "Login since then");

pub(super) fn check_active(agent: &Agent) -> Check {
    let name = &agent.name;
    if agent.active {
        return Check::ok(ACTIVE, format!("{name} ({}) is an active user.", agent.username));
    }
    Check::problem(ACTIVE, format!("{name} ({}) is inactive and cannot log in.", agent.username))
        .step("Setup > Users > Edit (the user) > tick Active > Save.")
}

pub(super) fn check_frozen(agent: &Agent) -> Check {
    match &agent.frozen {
        Observed::Seen(false) => Check::ok(FROZEN, "The user is not frozen."),
        Observed::Seen(true) => {
            Check::problem(FROZEN, format!("{} is frozen and cannot log in.", agent.name))
                .step("Setup > Users > (the user) > Unfreeze.")
        }
        Observed::Refused(Refused { words, .. }) => Check::hidden(FROZEN, words)
            .step("Setup > Users > (the user) has a button Unfreeze where the user is frozen."),
        Observed::Unasked => Check::unknown(FROZEN, "Not checked."),
    }
}

/// What changes for a user is seen after the next login.
pub(super) fn check_login(checkup: &Checkup<'_>, agent: &Agent) -> Check {
    let shown = |at: jiff::Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let again = "Have the user log out of Salesforce, close all its tabs, and log in again.";
    let place = agent.call_center.as_ref().and_then(|id| checkup.call_center_of(id));
    let in_one = place.is_some() && place == checkup.call_center();
    match (agent.last_login, agent.assigned) {
        (None, _) => {
            Check::warning(SINCE, format!("{} has never logged in to this org.", agent.name))
                .step("Have the user log in.")
        }
        (Some(login), Some(assigned)) if in_one && login < assigned => Check::problem(
            SINCE,
            format!(
                "{} last logged in at {}, before being assigned to the call center ({}): the \
                phone appears after the next login.",
                agent.name,
                shown(login),
                shown(assigned)
            ),
        )
        .step(again),
        (Some(login), Some(_)) => Check::ok(
            SINCE,
            format!("Last at {}, after being assigned to the call center.", shown(login)),
        ),
        (Some(login), None) if in_one => Check::unknown(
            SINCE,
            format!(
                "Last at {}. This machine does not know when the user was assigned to the call \
                center; if that was later, the phone appears after the next login.",
                shown(login)
            ),
        )
        .step(again),
        (Some(login), None) => Check::ok(
            SINCE,
            format!("Last at {}. Later changes appear after the next login.", shown(login)),
        ),
    }
}
