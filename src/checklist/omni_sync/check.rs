//! State sync with Omni-Channel.

use super::plan::{ENABLED, STATUS};
use crate::checklist::names::counted;
use crate::checklist::{Check, Checkup, Group, ItemId, Topic, run_apply};
use crate::model::{Granted, Look, OmniRecipe, PresenceStatus};

const TOPIC: Topic<'static> =
    Topic::new(Group::Connector, 60, "omni-channel", "Omni-Channel state sync");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let stops = checkup.stops(ItemId::OMNI_SYNC);
    if !stops.is_empty() {
        return Check::stopped(TOPIC, &stops);
    }
    let Some(recipe) = switched_on(checkup) else {
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
    let class = recipe.code.as_ref().map(|code| &code.class.name);
    let missing = class.and_then(|class| missing_class(checkup, class));
    missing.or_else(|| missing_status(checkup)).unwrap_or_else(|| match class {
        Some(class) => Check::ok(
            TOPIC,
            format!("{class} exists, and somebody may use it and take the presence status."),
        ),
        None => Check::ok(TOPIC, "It is on, and somebody may take its presence status."),
    })
}

/// What state sync needs, where the call center has it on.
pub fn switched_on<'a>(checkup: &'a Checkup<'_>) -> Option<&'a OmniRecipe> {
    let is_on = checkup.setting(ENABLED).as_deref() == Some("true");
    (is_on && checkup.call_center().is_some()).then_some(&checkup.recipe().omni_sync)
}

/// The presence status that the call center names: where the org has none of that name, only the name.
pub fn status_needed<'a>(checkup: &'a Checkup<'_>) -> Option<Result<&'a PresenceStatus, String>> {
    let label = checkup.setting(STATUS)?.trim().to_owned();
    let found = checkup.state.presence_statuses.iter().find(|status| status.label == label);
    (!label.is_empty()).then(|| found.ok_or(label))
}

fn missing_status(checkup: &Checkup<'_>) -> Option<Check> {
    let omni = checkup.state.omni.seen()?;
    let status = match status_needed(checkup) {
        Some(Ok(status)) => status,
        Some(Err(label)) => {
            let text = format!(
                "State sync is on, but this org has no presence status \"{label}\", which the call \
                 center names."
            );
            let step = "Create it in Setup > Presence Statuses.";
            return Some(Check::problem(TOPIC, text).step(step));
        }
        None => {
            let text = "State sync is on, but the call center names no presence status.";
            let step = "Set `presence_status` under [call_center.omni_sync].";
            return Some(Check::problem(TOPIC, text).step(step));
        }
    };
    // An org that shows nobody's access to a status may not show any.
    if !omni.shows_statuses() {
        let text = "It is on, but the org does not show who may take presence statuses.";
        return Some(Check::unknown(TOPIC, text));
    }
    let to = Granted::PresenceStatus(status.api_name.clone());
    omni.access.iter().all(|access| access.to != to).then(|| {
        Check::problem(TOPIC, format!("Nobody may take the presence status \"{}\".", status.label))
            .step(run_apply())
    })
}

fn missing_class(checkup: &Checkup<'_>, class: &str) -> Option<Check> {
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
