//! Calls that are left of the org's daily allowance.

use super::{Case, Check, Group};
use crate::model::{Calls, Observed, Refused};

const ABOUT: (Group, &str, &str) = (Group::Org, "api-calls", "API calls");

/// What setting up an org of some size takes, where no configuration says more.
const USUAL: u64 = 250;
/// With less than so many times what is needed, others may use up the rest.
const COMFORT: u64 = 4;

pub(super) fn check(case: &Case<'_>) -> Check {
    let Calls { left, max } = match &case.evidence.calls {
        Observed::Seen(calls) => *calls,
        Observed::Refused(Refused { words, .. }) => return Check::unknown(ABOUT, words),
        Observed::Unasked => return Check::untold(ABOUT, "Nobody has asked the org."),
    };
    let needed = case.evidence.calls_needed;
    let text = format!("{left} of {max} are left for these 24 hours.");
    let later = "Calls come back as the last 24 hours move on: look again later. Setup > Company \
                 Information shows who uses them.";
    if let Some(needed) = needed.filter(|needed| left < *needed) {
        return Check::problem(ABOUT, format!("{text} `apply` may take {needed}."))
            .fix(later)
            .blocking();
    }
    let usual = needed.filter(|needed| *needed > 0).unwrap_or(USUAL);
    if left < usual.saturating_mul(COMFORT) {
        return Check::warning(ABOUT, format!("{text} `apply` may take {usual}.")).fix(later);
    }
    Check::ok(ABOUT, text)
}
