//! The data centre, in every place that names it.

use super::case::{APPLY, hints, told};
use super::{Case, Check, Group};
use crate::checklist::ItemId;
use crate::model::Part;

const ABOUT: (Group, &str, &str) = (Group::Connector, "data-center", "Data centre");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Part::CallCenters, Part::CustomMetadata]) {
        return Check::unknown(ABOUT, words);
    }
    let stops = case.stops(ItemId::DATA_CENTER);
    if !stops.is_empty() {
        return Check::problem(ABOUT, told(&stops)).fixes(hints(&stops)).blocking();
    }
    let Some(center) = case.call_center() else {
        return Check::ok(ABOUT, "Nothing names one before there is a call center.");
    };
    let mut places: Vec<(&str, String)> = Vec::new();
    match (&center.data_center, &center.adapter_url) {
        (Some(name), _) => places.push(("the call center", name.to_lowercase())),
        (None, Some(address)) => {
            return Check::warning(
                ABOUT,
                format!(
                    "The call center's address is no data centre's that provision knows: {address}"
                ),
            )
            .fix("Compare CTI Adapter URL with the address of your Agent Desktop.");
        }
        (None, None) => {
            return Check::problem(ABOUT, "The call center has no address: its phone stays empty.")
                .fix(fix(case));
        }
    }
    let settings = &case.inventory.custom_metadata;
    if let Some(found) = &settings.data_center {
        places.push(("the package's settings", found.value.to_lowercase()));
    }
    if let Some(desired) = case.desired {
        places.push(("the configuration", desired.region.name.to_lowercase()));
    }
    let said: Vec<String> =
        places.iter().map(|(place, name)| format!("{place} says {name}")).collect();
    let first = places.first().map(|(_, name)| name.clone()).unwrap_or_default();
    if places.iter().any(|(_, name)| *name != first) {
        return Check::problem(
            ABOUT,
            format!(
                "Two data centres are named: {}. Agents sign in at the wrong one, or recordings \
                 play from it.",
                said.join(", ")
            ),
        )
        .fix(fix(case));
    }
    if case.has_package() && settings.data_center.is_none() {
        return Check::untold(
            ABOUT,
            format!(
                "The call center says {first}. The package does not show its own settings, or not \
                 which of them they are."
            ),
        )
        .fix("Setup > Custom Metadata Types shows those that may be changed.")
        .fixes(case.steps(ItemId::DATA_CENTER));
    }
    Check::ok(ABOUT, format!("{first}, wherever it is named."))
}

fn fix(case: &Case<'_>) -> String {
    match case.desired {
        Some(desired) => format!(
            "data_center = \"{}\" is configured. If that is your tenant's, bring it about: \
             `provision apply`. If not, correct it first.",
            desired.region.name
        ),
        None => {
            format!("Set data_center in a configuration (`provision init --from-org`). {APPLY}")
        }
    }
}
