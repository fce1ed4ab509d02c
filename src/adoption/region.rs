//! Which data centre the org's tenant is in.

use crate::checklist::Inventory;
use crate::definitions::{recipe_of_call_center, region, regions, templates};
use crate::model::{CallCenter, Draft, OrgState, Region};

/// The region that a call center of Version 2 names.
fn region_setting(call_center: &CallCenter) -> Option<&str> {
    let key = &recipe_of_call_center(call_center)?.region_setting;
    let setting = templates().iter().find_map(|template| {
        let known = template.by_key(key)?;
        known.item_in(call_center)
    })?;
    call_center.item(&setting).map(|item| item.value.trim())
}

/// The data centre: the adapter URL's, else the one in the package's settings. It stands before all
/// tables.
pub(super) fn choose(
    draft: &mut Draft,
    state: &OrgState,
    inventory: &Inventory,
    call_center: Option<&str>,
) -> &'static Region {
    let of_adapter = inventory
        .call_centers
        .iter()
        .find(|center| Some(center.internal_name.as_str()) == call_center)
        .and_then(|center| center.data_center.as_deref());
    let of_region = call_center.and(state.call_center.found()).and_then(region_setting);
    let of_package = inventory.custom_metadata.data_center.as_ref();
    let of_package = of_package.map(|found| found.value.to_ascii_lowercase());
    let found = of_adapter.or(of_region).or(of_package.as_deref()).and_then(region);
    // Every data file has regions, and a test loads it.
    let region = found.unwrap_or(&regions()[0]);
    if found.is_none() {
        draft.left_out(format!(
            "Nothing in the org {} tells the tenant's data centre: correct it here.",
            state.organization.name
        ));
    }
    draft.text("data_center", &region.name);
    region
}
