//! The edition of the org.

use super::{Case, Check, Group};
use crate::model::{Observed, Refused};

const ABOUT: (Group, &str, &str) = (Group::Org, "edition", "Edition");

/// Words of editions that Cisco names for the connector.
const GOOD: [&str; 5] = ["enterprise", "unlimited", "performance", "developer", "ultimate"];

pub(super) fn check(case: &Case<'_>) -> Check {
    let edition = match &case.evidence.edition {
        Observed::Seen(edition) => edition,
        Observed::Refused(Refused { words, .. }) => return Check::unknown(ABOUT, words),
        Observed::Unasked => return Check::untold(ABOUT, "The org does not name its edition."),
    };
    let lower = edition.to_lowercase();
    if GOOD.iter().any(|word| lower.contains(word)) {
        return Check::ok(ABOUT, format!("{edition}."));
    }
    Check::problem(
        ABOUT,
        format!(
            "{edition}: the connector is made for Enterprise, Unlimited and Developer editions, \
             and smaller ones lack the APIs that it is set up with."
        ),
    )
    .fix(
        "Ask whoever looks after the contract with Salesforce for an edition with full API access.",
    )
}
