//! `describeSoftphoneLayout`: the calling user's own layout, and nobody else's.

use super::super::ids::Id;
use super::super::org::Call;
use super::super::world::World;
use super::super::world::softphone::{SoftphoneCallType, SoftphoneLayout};
use crate::soap::writer::XmlWriter;
use crate::soap::{self, Fault, PARTNER};

/// Answers `describeSoftphoneLayout`; nil where the caller has no layout.
pub(super) fn answer(call: &Call<'_>) -> Result<String, Fault> {
    let world = call.world();
    if !world.features.call_center {
        return Err(Fault::new(
            "FUNCTIONALITY_NOT_ENABLED",
            "The Call Center feature is not enabled in this organization",
        ));
    }
    let needs_center = call.org.settings().guesses.softphone_needs_call_center;
    let found = layout(world, &call.user, needs_center);
    Ok(soap::answer(PARTNER, "describeSoftphoneLayout", |xml| match found {
        Some(layout) => xml.open("result", |xml| result(xml, world, layout)),
        None => xml.nil("result"),
    }))
}

/// The layout of a user: the one of their profile, else the default one.
fn layout<'w>(world: &'w World, user: &Id, needs_center: bool) -> Option<&'w SoftphoneLayout> {
    let user = world.user(user)?;
    if needs_center && user.call_center_id.is_none() {
        return None;
    }
    let profile = world.profile(&user.profile_id)?;
    let layouts = &world.softphone_layouts;
    let assigned = layouts.iter().find(|layout| layout.profiles.contains(&profile.name));
    assigned.or_else(|| layouts.iter().find(|layout| layout.is_default))
}

/// One layout, in the WSDL's order.
fn result(xml: &mut XmlWriter, world: &World, layout: &SoftphoneLayout) {
    for call_type in &layout.call_types {
        xml.open("callTypes", |xml| call_types(xml, call_type));
    }
    xml.leaf("id", &world.softphone_layout_id(layout));
    xml.leaf("name", &layout.name);
}

/// What happens on one kind of call.
fn call_types(xml: &mut XmlWriter, call_type: &SoftphoneCallType) {
    for field in &call_type.info_fields {
        xml.open("infoFields", |xml| xml.leaf("name", field));
    }
    xml.leaf("name", &call_type.name);
    for option in &call_type.screen_pop_options {
        xml.open("screenPopOptions", |xml| {
            xml.leaf("matchType", &option.match_type);
            xml.leaf("screenPopData", &option.screen_pop_data);
            xml.leaf("screenPopType", &option.screen_pop_type);
        });
    }
    xml.optional("screenPopsOpenWithin", call_type.screen_pops_open_within.as_deref());
    for section in &call_type.sections {
        xml.open("sections", |xml| {
            xml.leaf("entityApiName", &section.entity_api_name);
            for item in &section.items {
                xml.open("items", |xml| xml.leaf("itemApiName", item));
            }
        });
    }
}
