//! Calls that are left of the org's daily allowance.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{Calls, Observed, Refused};

const TOPIC: Topic<'static> = Topic::new(Group::Org, 10, "api-calls", "API calls");

/// What setting up an org of some size takes, where no configuration says more.
const USUAL: u64 = 250;
/// With less than so many times what is needed, others may use up the rest.
const COMFORT: u64 = 4;

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let Calls { left, max } = match &checkup.evidence.calls {
        Observed::Seen(calls) => *calls,
        Observed::Refused(Refused { words, .. }) => return Check::hidden(TOPIC, words),
        Observed::Unasked => return Check::unknown(TOPIC, "Not checked."),
    };
    let needed = checkup.evidence.calls_needed;
    let text = format!("{left} of {max} left for this 24-hour period.");
    let later = "The limit covers the last 24 hours: try again later. Setup > Company \
        Information shows the usage.";
    if let Some(needed) = needed.filter(|needed| left < *needed) {
        return Check::problem(TOPIC, format!("{text} `apply` may take {needed}."))
            .step(later)
            .blocking();
    }
    let usual = needed.filter(|needed| *needed > 0).unwrap_or(USUAL);
    if left < usual.saturating_mul(COMFORT) {
        return Check::warning(TOPIC, format!("{text} `apply` may take {usual}.")).step(later);
    }
    Check::ok(TOPIC, text)
}
