//! The edition of the org.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{Fit, Observed, Refused};

const TOPIC: Topic<'static> = Topic::new(Group::Org, 20, "edition", "Edition");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let edition = match &checkup.state.edition {
        Observed::Seen(edition) => edition,
        Observed::Refused(Refused { words, .. }) => return Check::hidden(TOPIC, words),
        Observed::Unasked => return Check::unknown(TOPIC, "The org does not name its edition."),
    };
    let recipe = checkup.recipe();
    let why = match recipe.editions.fit(edition) {
        Fit::Named => return Check::ok(TOPIC, format!("{edition}.")),
        Fit::Excluded => "Cisco says that the connector is not for it",
        Fit::Unnamed => "smaller ones lack the APIs that it is set up with",
    };
    Check::problem(
        TOPIC,
        format!(
            "{edition}: {} of the connector is made for the editions {}, and {why}.",
            recipe.title,
            recipe.editions.words()
        ),
    )
    .step(
        "Ask whoever looks after the contract with Salesforce for an edition with full API access.",
    )
}
