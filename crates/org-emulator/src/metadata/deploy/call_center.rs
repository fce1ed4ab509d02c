//! Call centers: created or updated as a whole.

use super::super::names::decoded;
use super::super::schema::Problem;
use super::part::Applied;
use crate::guesses::Guesses;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::call_center::{CallCenter, CallCenterItem, CallCenterSection};

/// The longest internal and display name.
const LONGEST: usize = 80;

/// Puts a call center into the world.
pub(super) fn apply(
    world: &mut World,
    guesses: Guesses,
    name: &str,
    root: &Element,
) -> Result<Applied, Problem> {
    if !world.features.call_center {
        return Err(Problem::whole("Not available for deploy for this organization"));
    }
    for voice in ["contactCenterChannels", "vendorCallCenterStatusMaps"] {
        if let Some(element) = root.child(voice) {
            let message = format!("The emulator does not keep {voice} of call centers");
            return Err(Problem::at(element.at, message));
        }
    }
    let mut center = read(world, &decoded(name), root)?;
    check(&center, guesses, root)?;
    let place = world
        .call_centers
        .iter()
        .position(|known| known.internal_name.eq_ignore_ascii_case(&center.internal_name));
    let Some(place) = place else {
        let id = center.id.clone();
        world.call_centers.push(center);
        return Ok(Applied { id, created: true, changed: true });
    };
    let known = &mut world.call_centers[place];
    if guesses.call_center_fields_fixed && field_names(known) != field_names(&center) {
        return Err(Problem::whole(format!(
            "The fields of call center {} cannot be changed once it exists",
            known.internal_name
        )));
    }
    center.id = known.id.clone();
    center.internal_name.clone_from(&known.internal_name);
    let changed = *known != center;
    *known = center;
    Ok(Applied { id: known.id.clone(), created: false, changed })
}

/// Reads the file; blanks around labels and values are lost, as in every deploy.
fn read(world: &mut World, name: &str, root: &Element) -> Result<CallCenter, Problem> {
    let text = |element: &Element, field: &str| element.value(field).unwrap_or_default().to_owned();
    let sections = root.all("sections").map(|section| CallCenterSection {
        name: text(section, "name"),
        label: text(section, "label"),
        items: section
            .all("items")
            .map(|item| CallCenterItem {
                name: text(item, "name"),
                label: text(item, "label"),
                value: text(item, "value"),
            })
            .collect(),
    });
    let given =
        |field: &str| root.value(field).filter(|value| !value.is_empty()).map(str::to_owned);
    let mut center = CallCenter {
        id: world.new_id("04v"),
        internal_name: name.to_owned(),
        name: text(root, "displayName"),
        display_name_label: text(root, "displayNameLabel"),
        internal_name_label: text(root, "internalNameLabel"),
        adapter_url: given("adapterUrl"),
        custom_settings: None,
        version: given("version"),
        sections: sections.collect(),
    };
    match given("customSettings") {
        Some(settings) => center.custom_settings = Some(settings),
        None => center.derive_custom_settings(),
    }
    for (field, value) in [("internalName", &center.internal_name), ("displayName", &center.name)] {
        if value.is_empty() {
            return Err(Problem::at(root.at, format!("Required field is missing: {field}")));
        }
        if value.chars().count() > LONGEST {
            let message = format!("Value too long for field: {field} maximum length is:{LONGEST}");
            return Err(Problem::at(root.at, message));
        }
    }
    Ok(center)
}

/// Checks names and values.
fn check(center: &CallCenter, guesses: Guesses, root: &Element) -> Result<(), Problem> {
    let plain = |name: &str| {
        name.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    let invalid = |name: &str| format!("The name \"{name}\" is not valid.");
    if !plain(&center.internal_name) {
        return Err(Problem::at(root.at, invalid(&center.internal_name)));
    }
    for (section, element) in center.sections.iter().zip(root.all("sections")) {
        if !plain(&section.name) {
            return Err(Problem::at(element.at, invalid(&section.name)));
        }
        for (item, element) in section.items.iter().zip(element.all("items")) {
            if !plain(&item.name) {
                return Err(Problem::at(element.at, invalid(&item.name)));
            }
            if item.value.is_empty() && !guesses.empty_call_center_values_kept {
                return Err(Problem::at(element.at, "Required field is missing: value"));
            }
        }
    }
    Ok(())
}

/// Section and name of every item, in no particular order.
fn field_names(center: &CallCenter) -> Vec<(&str, &str)> {
    let sections = center.sections.iter();
    let mut names: Vec<_> = sections
        .flat_map(|section| {
            section.items.iter().map(|item| (section.name.as_str(), item.name.as_str()))
        })
        .collect();
    names.sort_unstable();
    names
}
