//! The data centre, and what the package's custom metadata says of it.

use super::{Draft, chosen};
use crate::checklist::Inventory;
use crate::checklist::data_center::RegionalSetting;
use crate::definitions::{region, regions};
use crate::model::{OrgState, Region, RegionalValue, redirect_of};

/// Writes the data centre: the adapter URL's, else the one in the package's settings.
pub(super) fn data_center(
    draft: &mut Draft<'_>,
    state: &OrgState,
    inventory: &Inventory,
) -> &'static Region {
    let name = chosen(inventory);
    let of_adapter = inventory
        .call_centers
        .iter()
        .find(|center| Some(&center.internal_name) == name.as_ref())
        .and_then(|center| center.data_center.as_deref());
    let of_package = inventory.custom_metadata.data_center.as_ref();
    let of_package = of_package.map(|found| found.value.to_ascii_lowercase());
    let found = of_adapter.or(of_package.as_deref()).and_then(region);
    // Every data file has regions, and a test loads it.
    let region = found.unwrap_or(&regions()[0]);
    if found.is_none() {
        draft.cannot(&format!(
            "Nothing in the org {} tells the tenant's data centre: correct it here.",
            state.organization.name
        ));
    }
    draft.text("data_center", &region.name);
    region
}

/// Writes values of the package's settings that do not follow from the data centre.
pub(super) fn custom_metadata(draft: &mut Draft<'_>, inventory: &Inventory, region: &Region) {
    let found = &inventory.custom_metadata;
    let values = [
        (RegionalValue::DataCenter, &found.data_center),
        (RegionalValue::ApiUrl, &found.api_url),
        (RegionalValue::RedirectUri, &found.redirect_uri),
    ];
    let text =
        |setting: &Option<RegionalSetting>| setting.as_ref().map(|setting| setting.value.clone());
    let url = text(&found.api_url).unwrap_or_else(|| region.audio_url.clone());
    let others: Vec<(RegionalValue, String)> = values
        .into_iter()
        .filter_map(|(value, setting)| Some((value, text(setting)?)))
        .filter(|(value, now)| {
            let follows = match value {
                RegionalValue::RedirectUri => redirect_of(&url),
                other => other.of(region),
            };
            now != &follows
        })
        .collect();
    if !others.is_empty() {
        draft.header("custom_metadata.values");
        draft.say(&format!(
            "The package's custom metadata says something else than the data centre {}: recordings \
             play only where both agree. Remove this table to have provision put it right.",
            region.name
        ));
        for (value, now) in &others {
            draft.text(value.key(), now);
        }
    }
    if !found.look_alikes.is_empty() {
        draft.blank();
        draft.cannot(
            "The data centre in the package's custom metadata cannot be told from look-alikes; \
             `provision plan` lists them and says what to do.",
        );
    }
}
