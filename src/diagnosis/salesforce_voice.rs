//! Salesforce Voice, which follows Open CTI: what of its needs the org has, as far as that is seen.

use super::edition;
use crate::checklist::{Check, Checkup, Group, Topic, counted};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::Org, 45, "salesforce-voice", "Salesforce Voice");

/// Words of editions that Cisco names for it.
const EDITIONS: [&str; 3] = ["enterprise", "unlimited", "developer"];

/// Nothing is wrong with an org that lacks it today: this is for planning.
pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let edition = match edition::seen(checkup, TOPIC) {
        Ok(edition) => edition,
        Err(check) => return check,
    };
    let may = if edition::is_one_of(edition, &EDITIONS) { "can" } else { "cannot" };
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
    Check::ok(
        TOPIC,
        format!(
            "It follows Open CTI, and by Cisco's list {edition} {may} have it. {omni}; licences and \
             Partner Telephony are not looked at."
        ),
    )
}
