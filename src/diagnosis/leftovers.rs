//! What looks like the remains of an earlier installation.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{Command, Hint, Look};

const TOPIC: Topic<'static> = Topic::new(Group::Connector, 80, "leftovers", "Leftovers");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::Packages, Look::CallCenters, Look::Users]) {
        // What belongs to a package that is not shown looks like a remain of one that is not there, and
        // who is in a call center that does not show its users like somebody who is in none.
        return Check::hidden(TOPIC, words);
    }
    let left = &checkup.inventory.leftovers;
    if left.is_empty() {
        return Check::ok(TOPIC, "No leftovers of an earlier installation.");
    }
    let messages: Vec<&str> = left.iter().map(|found| found.message.as_str()).collect();
    Check::warning(TOPIC, messages.join(" ")).step(Hint::command(
        "",
        Command::of_org("status"),
        " shows them with the affected users.",
    ))
}
