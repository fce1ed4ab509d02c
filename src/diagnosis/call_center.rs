//! The connector's call center, made from a definition as new as there is.

use super::case::{APPLY, counted, hints, told};
use super::{Case, Check, Group};
use crate::checklist::ItemId;
use crate::definitions::templates;
use crate::inventory::Role;
use crate::model::Part;

const ABOUT: (Group, &str, &str) = (Group::Connector, "call-center", "Call center");

/// Internal name of the call center that the newest known definition makes.
pub fn newest() -> &'static str {
    // Templates are embedded, and a test loads them.
    &templates()[0].call_center.internal_name
}

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Part::CallCenters]) {
        return Check::unknown(ABOUT, words);
    }
    // Those of its values are another check's.
    let stops = case.stops(ItemId::CALL_CENTER);
    if !stops.is_empty() {
        return Check::problem(ABOUT, told(&stops)).fixes(hints(&stops)).blocking();
    }
    let Some(found) = case.call_center() else { return absent(case) };
    let name = &found.internal_name;
    let pending = case.pending(ItemId::CALL_CENTER) + case.pending(ItemId::CTI_SETTINGS);
    if let Some(words) = case.refused(&[Part::CallCenterValues]) {
        return Check::untold(ABOUT, format!("{name} is there; its values are not shown: {words}"));
    }
    if pending > 0 {
        let values = counted(pending, "value is", "values are");
        return Check::warning(ABOUT, format!("{name}: {values} not as configured."))
            .fix(format!("`provision plan` shows which. {APPLY}"));
    }
    Check::ok(ABOUT, format!("{name} is there."))
}

/// The wanted one is not there; one of an older definition keeps its old fields for ever.
fn absent(case: &Case<'_>) -> Check {
    let fix = if case.desired.is_some() {
        APPLY
    } else {
        "Write a configuration with `provision init`, then run `provision apply`."
    };
    let of = |role: Role| case.inventory.call_centers.iter().find(|found| found.role == role);
    if let Some(old) = of(Role::Predecessor) {
        return Check::warning(
            ABOUT,
            format!(
                "Only {} is there, which an older definition has made: what newer ones brought is \
                 not in it, and never comes by itself.",
                old.internal_name
            ),
        )
        .fix(fix);
    }
    if let Some(found) = of(Role::Connector) {
        let text = format!("{} is there, which is not the configured one.", found.internal_name);
        return Check::warning(ABOUT, text).fix(fix);
    }
    if let Some(second) = of(Role::Version2) {
        let text = format!("Only {} is there, which is Version 2's.", second.internal_name);
        return Check::warning(ABOUT, text).fix(fix);
    }
    Check::warning(ABOUT, "The connector has none in this org yet.").fix(fix)
}
