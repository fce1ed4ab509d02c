//! The edition of the org.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{Observed, Refused};

const TOPIC: Topic<'static> = Topic::new(Group::Org, 20, "edition", "Edition");

/// Words of editions that Cisco names for the connector.
const GOOD: [&str; 5] = ["enterprise", "unlimited", "performance", "developer", "ultimate"];

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let edition = match seen(checkup, TOPIC) {
        Ok(edition) => edition,
        Err(check) => return check,
    };
    if is_one_of(edition, &GOOD) {
        return Check::ok(TOPIC, format!("{edition}."));
    }
    Check::problem(
        TOPIC,
        format!(
            "{edition}: the connector is made for Enterprise, Unlimited and Developer editions, \
             and smaller ones lack the APIs that it is set up with."
        ),
    )
    .step(
        "Ask whoever looks after the contract with Salesforce for an edition with full API access.",
    )
}

/// The edition as the org names it; or the check that says why it is not known.
pub(super) fn seen<'a>(checkup: &Checkup<'a>, topic: Topic<'static>) -> Result<&'a str, Check> {
    match &checkup.evidence.edition {
        Observed::Seen(edition) => Ok(edition),
        Observed::Refused(Refused { words, .. }) => Err(Check::hidden(topic, words)),
        Observed::Unasked => Err(Check::unknown(topic, "The org does not name its edition.")),
    }
}

/// Whether one of these words is in the name of an edition.
pub(super) fn is_one_of(edition: &str, words: &[&str]) -> bool {
    let edition = edition.to_lowercase();
    words.iter().any(|word| edition.contains(word))
}
