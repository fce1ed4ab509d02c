//! Salesforce Voice, which follows Open CTI: what of its needs the org has.

use crate::checklist::{Check, Checkup, Group, Topic, VoiceReadiness};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::Org, 45, "salesforce-voice", "Salesforce Voice");

/// Nothing is wrong with an org that lacks it today: this is for planning.
pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let state = checkup.state;
    let statuses = state.refusal(Look::PresenceStatuses).filter(|refused| !refused.missing);
    if let Some(refused) = state.edition.refusal().or(statuses) {
        return Check::hidden(TOPIC, &refused.words);
    }
    let VoiceReadiness { there, missing, not_seen, by_hand } =
        VoiceReadiness::of(state, checkup.recipe());
    let part = |title: &str, parts: &[String]| {
        if parts.is_empty() { String::new() } else { format!(" {title}: {}.", parts.join("; ")) }
    };
    Check::ok(
        TOPIC,
        format!(
            "It replaces Open CTI.{}{}{} Check by hand: {}.",
            part("Available", &there),
            part("Missing", &missing),
            part("Not shown by the org", &not_seen),
            by_hand.join(", ")
        ),
    )
}
