//! State sync with Omni-Channel.

use crate::checklist::names::counted;
use crate::checklist::{Check, Checkup, Group, ItemId, Topic, run_apply};
use crate::model::{Granted, Look};

const TOPIC: Topic<'static> =
    Topic::new(Group::Connector, 60, "omni-channel", "Omni-Channel state sync");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let stops = checkup.stops(ItemId::OMNI_SYNC);
    if !stops.is_empty() {
        return Check::stopped(TOPIC, &stops);
    }
    let Some(needed) = class_needed(checkup) else {
        if let Some(words) = checkup.refused(&[Look::CallCenters, Look::CallCenter]) {
            return Check::hidden(TOPIC, words);
        }
        return Check::ok(TOPIC, "Not switched on in the call center.");
    };
    if let Some(words) = checkup.refused(&[Look::PresenceStatuses, Look::OmniSync]) {
        return Check::hidden(TOPIC, words);
    }
    if !checkup.state.presence_statuses.is_seen() {
        return Check::problem(TOPIC, "State sync is on, but Omni-Channel is off in this org.")
            .step("Switch it on in Setup > Omni-Channel Settings > Enable Omni-Channel.")
            .step("Then create the presence statuses in Setup > Presence Statuses.");
    }
    let pending = checkup.count_pending(ItemId::OMNI_SYNC);
    if pending > 0 {
        let changes = counted(pending, "thing is", "things are");
        return Check::warning(TOPIC, format!("{changes} missing for state sync."))
            .step(run_apply());
    }
    missing(checkup, &needed).unwrap_or_else(|| {
        Check::ok(TOPIC, format!("{needed} exists, and somebody has access to it."))
    })
}

/// The class that state sync needs, where the call center has it on.
pub fn class_needed(checkup: &Checkup<'_>) -> Option<String> {
    let recipe = checkup.recipe().omni_sync.as_ref()?;
    let on = checkup.setting("omni_sync.enabled").as_deref() == Some("true");
    (on && checkup.call_center().is_some()).then(|| recipe.class.name.clone())
}

fn missing(checkup: &Checkup<'_>, class: &str) -> Option<Check> {
    let omni = checkup.state.omni.seen()?;
    let Some(found) = omni.classes.iter().find(|found| found.name == class) else {
        return Some(
            Check::problem(
                TOPIC,
                format!(
                    "State sync is on, but the Apex class {class} that it calls does not exist."
                ),
            )
            .step(run_apply()),
        );
    };
    if found.status != "Active" {
        let text = format!("The Apex class {class} is {}.", found.status.to_lowercase());
        return Some(Check::problem(TOPIC, text).step("Setup > Apex Classes shows why."));
    }
    let to = Granted::ApexClass(class.to_owned());
    omni.access.iter().all(|access| access.to != to).then(|| {
        Check::problem(TOPIC, format!("Only administrators have access to the Apex class {class}."))
            .step(run_apply())
    })
}
