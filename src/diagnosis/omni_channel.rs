//! State sync with Omni-Channel.

use super::case::{APPLY, counted, hints, told};
use super::{Case, Check, Group, mappings};
use crate::checklist::ItemId;
use crate::model::{Granted, Part};

const ABOUT: (Group, &str, &str) = (Group::Connector, "omni-channel", "Omni-Channel state sync");

pub(super) fn check(case: &Case<'_>) -> Check {
    let stops = case.stops(ItemId::OMNI_SYNC);
    if !stops.is_empty() {
        return Check::problem(ABOUT, told(&stops)).fixes(hints(&stops)).blocking();
    }
    let Some(needed) = needed(case) else {
        return Check::ok(ABOUT, "Not switched on in the call center.");
    };
    if let Some(words) = case.refused(&[Part::PresenceStatuses, Part::StateSync]) {
        return Check::unknown(ABOUT, words);
    }
    if case.state.presence_statuses.is_none() {
        return Check::problem(ABOUT, "State sync is on, but Omni-Channel is off in this org.")
            .fix("Switch it on in Setup > Omni-Channel Settings > Enable Omni-Channel.")
            .fix("Then create the presence statuses in Setup > Presence Statuses.");
    }
    let pending = case.pending(ItemId::OMNI_SYNC);
    if pending > 0 {
        let changes = counted(pending, "thing is", "things are");
        return Check::warning(ABOUT, format!("{changes} missing for state sync.")).fix(APPLY);
    }
    missing(case, &needed)
        .unwrap_or_else(|| Check::ok(ABOUT, format!("{needed} is there, and somebody may use it.")))
}

/// The class that state sync needs, where the call center has it on.
pub(super) fn needed(case: &Case<'_>) -> Option<String> {
    let recipe = case.recipe().omni_sync.as_ref()?;
    let on = mappings::value(case, "omni_sync.enabled").as_deref() == Some("true");
    (on && case.call_center().is_some()).then(|| recipe.class.name.clone())
}

fn missing(case: &Case<'_>, class: &str) -> Option<Check> {
    let omni = case.state.omni.as_ref()?;
    let Some(found) = omni.classes.iter().find(|found| found.name == class) else {
        return Some(
            Check::problem(
                ABOUT,
                format!("State sync is on, but the Apex class {class} that it calls is not there."),
            )
            .fix(APPLY),
        );
    };
    if found.status != "Active" {
        let text = format!("The Apex class {class} is {}.", found.status.to_lowercase());
        return Some(Check::problem(ABOUT, text).fix("Setup > Apex Classes shows why."));
    }
    let to = Granted::ApexClass(class.to_owned());
    omni.access.iter().all(|access| access.to != to).then(|| {
        Check::problem(ABOUT, format!("Nobody but administrators may use the Apex class {class}."))
            .fix(APPLY)
    })
}
