//! Salesforce Voice, which follows Open CTI: what of its needs the org has, as far as that is seen.

use crate::checklist::{Check, Checkup, Group, Topic, counted};
use crate::model::{Look, Observed, Refused};

const TOPIC: Topic<'static> = Topic::new(Group::Org, 45, "salesforce-voice", "Salesforce Voice");

/// Words of editions that Cisco names for it.
const EDITIONS: [&str; 3] = ["enterprise", "unlimited", "developer"];

/// Nothing is wrong with an org that lacks it today: this is for planning.
pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let edition = match &checkup.evidence.edition {
        Observed::Seen(edition) => edition,
        Observed::Refused(Refused { words, .. }) => return Check::hidden(TOPIC, words),
        Observed::Unasked => return Check::unknown(TOPIC, "The org does not name its edition."),
    };
    let lower = edition.to_lowercase();
    let may = if EDITIONS.iter().any(|word| lower.contains(word)) { "can" } else { "cannot" };
    let state = checkup.state;
    let omni = match state.refusal(Look::PresenceStatuses) {
        Some(refused) if refused.missing => "Omni-Channel is off".to_owned(),
        Some(refused) => return Check::hidden(TOPIC, &refused.words),
        None => {
            let number = state.presence_statuses.as_slice().len();
            let statuses = counted(number, "presence status", "presence statuses");
            format!("Omni-Channel is on, with {statuses}")
        }
    };
    // Licences and Partner Telephony, which it needs too, are not looked at.
    Check::ok(
        TOPIC,
        format!(
            "It follows Open CTI, and {edition} {may} have it. {omni}; docs/versions.md lists what else \
             it needs."
        ),
    )
}
