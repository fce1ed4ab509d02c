//! The data centre, in every place that names it.

use crate::checklist::region::{RegionPlace, disagreement, of_tenant};
use crate::checklist::{Check, Checkup, Group, ItemId, TenantSight, Topic, run_apply};
use crate::model::{Command, Hint, Look};

const TOPIC: Topic<'static> = Topic::new(Group::Connector, 30, "data-center", "Data centre");

/// What `doctor` says of the data centre.
pub fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::CallCenters, Look::CustomMetadata]) {
        return Check::hidden(TOPIC, words);
    }
    let stops = checkup.stops(ItemId::DATA_CENTER);
    if !stops.is_empty() {
        return Check::stopped(TOPIC, &stops);
    }
    let Some(center) = checkup.call_center() else {
        return Check::ok(TOPIC, "Not known yet: there is no call center.");
    };
    let mut places: Vec<RegionPlace> = Vec::new();
    let named = checkup.setting("region").filter(|name| !name.is_empty());
    match (named.as_ref().or(center.data_center.as_ref()), &center.adapter_url) {
        (Some(name), _) => places.push(RegionPlace::new("the call center", name)),
        (None, Some(address)) => {
            return Check::warning(
                TOPIC,
                format!(
                    "The call center's URL belongs to no data centre that provision knows: {address}"
                ),
            )
            .step("Compare CTI Adapter URL with the address of your Agent Desktop.");
        }
        (None, None) => {
            return Check::problem(TOPIC, "The call center has no URL: its phone stays empty.")
                .steps(fixes(checkup));
        }
    }
    if let Some(domain) = checkup.setting("webrtc_domain") {
        let address = format!("https://{domain}");
        places.extend(RegionPlace::of_address("the WebRTC domain", &address));
    }
    let settings = &checkup.inventory.custom_metadata;
    if let Some(found) = &settings.data_center {
        places.push(RegionPlace::new("the package's settings", &found.value));
    }
    for (place, found) in [
        ("the package's API URL", &settings.api_url),
        ("the package's redirect URI", &settings.redirect_uri),
    ] {
        let found = found.as_ref();
        places.extend(found.and_then(|found| RegionPlace::of_address(place, &found.value)));
    }
    if let TenantSight::Seen { wish, state, .. } = checkup.tenant {
        places.extend(of_tenant(wish, state));
    }
    if let Some(desired) = checkup.desired {
        places.push(RegionPlace::new("the configuration", &desired.region.name));
    }
    let first = places.first().map(|it| it.region.clone()).unwrap_or_default();
    if let Some(said) = disagreement(&places) {
        return Check::problem(
            TOPIC,
            format!(
                "There are two data centres: {said}. Agents sign in at the wrong one, or \
                recordings come from it."
            ),
        )
        .steps(fixes(checkup));
    }
    let has_settings = checkup.recipe().custom_metadata_types > 0;
    if has_settings && checkup.has_package() && settings.data_center.is_none() {
        return Check::unknown(
            TOPIC,
            format!(
                "The call center says {first}. The package's own settings are hidden or cannot \
                be identified."
            ),
        )
        .step("Setup > Custom Metadata Types shows those that may be changed.")
        .steps(checkup.steps(ItemId::DATA_CENTER));
    }
    Check::ok(TOPIC, format!("{first} everywhere."))
}

fn fixes(checkup: &Checkup<'_>) -> [Hint; 2] {
    match checkup.desired {
        Some(desired) => [
            Hint::text(format!(
                "data_center = \"{}\" is configured. If that is not your tenant's data centre, \
                correct it first.",
                desired.region.name
            )),
            run_apply(),
        ],
        None => [
            Hint::command(
                "Write a configuration with",
                Command::of_org("init --from-org"),
                ", and set data_center in it.",
            ),
            run_apply(),
        ],
    }
}
