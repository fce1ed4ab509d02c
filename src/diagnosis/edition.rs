//! The edition of the org.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{Observed, Refused};

const TOPIC: Topic<'static> = Topic::new(Group::Org, 20, "edition", "Edition");

/// Words of editions that Cisco names for the connector.
const GOOD: [&str; 5] = ["enterprise", "unlimited", "performance", "developer", "ultimate"];

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let edition = match &checkup.evidence.edition {
        Observed::Seen(edition) => edition,
        Observed::Refused(Refused { words, .. }) => return Check::hidden(TOPIC, words),
        Observed::Unasked => return Check::unknown(TOPIC, "The org does not name its edition."),
    };
    let lower = edition.to_lowercase();
    if GOOD.iter().any(|word| lower.contains(word)) {
        return Check::ok(TOPIC, format!("{edition}."));
    }
    Check::problem(
        TOPIC,
        format!(
            "{edition}: the connector is made for Enterprise, Unlimited and Developer editions, \
             and smaller ones lack the APIs that it is set up with."
        ),
    )
    .fix(
        "Ask whoever looks after the contract with Salesforce for an edition with full API access.",
    )
}
