//! `readMetadata`: whole components, in the order in which they were asked for.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::types;
use super::{found, show};
use crate::guesses::Guesses;
use crate::soap::xml::Element;
use crate::soap::{self, Fault, METADATA};
use crate::world::World;
use crate::world::call_center::{CallCenter, CallCenterItem};
use crate::world::pages::encoded;

/// Types that files bring and records cannot.
pub(crate) const FILES_ONLY: [&str; 3] = ["ApexClass", "ApexTestSuite", "ApexTrigger"];

/// Answers `readMetadata`. A name that leads nowhere gives a nil record in its place.
pub(crate) fn answer(world: &World, guesses: Guesses, request: &Element) -> Result<String, Fault> {
    let kind = request.value("type").unwrap_or_default();
    let names: Vec<&str> = request.all("fullNames").map(|name| name.text.trim()).collect();
    check_count(kind, names.len())?;
    let kind = check_type(world, kind)?;
    Ok(soap::answer(METADATA, "readMetadata", |xml| {
        xml.open("result", |xml| {
            for name in &names {
                if let Some(center) = center_as_read(world, guesses, kind, name) {
                    xml.element("records", &[("xsi:type", kind)], |xml| {
                        xml.leaf("fullName", &encoded(&center.internal_name));
                        show::call_center(xml, &center);
                    });
                    continue;
                }
                match found::find(world, kind, name) {
                    None => xml.nil("records"),
                    Some(found) => xml.element("records", &[("xsi:type", kind)], |xml| {
                        xml.leaf("fullName", &found.full_name);
                        xml.optional("content", content(world, kind, &found.full_name).as_deref());
                        found.content(xml);
                    }),
                }
            }
        });
    }))
}

/// A call center with items more or fewer than it has, where reads are guessed to be like that.
fn center_as_read(world: &World, guesses: Guesses, kind: &str, name: &str) -> Option<CallCenter> {
    let (adds, lacks) =
        (guesses.call_center_read_adds_item, guesses.call_center_read_lacks_empty_items);
    if kind != "CallCenter" || !(adds || lacks) {
        return None;
    }
    let mut center = world.call_center(name)?.clone();
    if lacks {
        for section in &mut center.sections {
            section.items.retain(|item| !item.value.is_empty());
        }
    }
    // Items of Salesforce's own stand in that section.
    let general = center.sections.iter().position(|section| section.name == "reqGeneralInfo");
    if let Some(section) = center.sections.get_mut(general.unwrap_or(0)).filter(|_| adds) {
        section.items.push(CallCenterItem {
            name: "reqSoftphoneMode".to_owned(),
            label: "Softphone Mode".to_owned(),
            value: "Default".to_owned(),
        });
    }
    Some(center)
}

/// What a component describes, in base64, where its type has that.
fn content(world: &World, kind: &str, name: &str) -> Option<String> {
    let path = types::by_name(kind)?.content_path(name)?;
    let component = world.stored.find(kind, name)?;
    component.files.get(&path).map(|content| STANDARD.encode(content.bytes()))
}

/// Checks how many components one call is about.
pub(crate) fn check_count(kind: &str, count: usize) -> Result<(), Fault> {
    let limit = if matches!(kind, "CustomMetadata" | "CustomApplication") { 200 } else { 10 };
    if count <= limit {
        return Ok(());
    }
    Err(Fault::new(
        "EXCEEDED_ID_LIMIT",
        format!("record limit reached. cannot submit more than {limit} records into this call"),
    ))
}

/// Checks that components of a type can be read and written one by one.
pub(crate) fn check_type(world: &World, kind: &str) -> Result<&'static str, Fault> {
    if kind == "CallCenter" && !world.features.call_center {
        return Err(Fault::new("INVALID_TYPE", "Cannot use: CallCenter in this organization"));
    }
    if FILES_ONLY.contains(&kind) {
        let message = "This type of metadata is not available for this organization";
        return Err(Fault::new("INVALID_TYPE", message));
    }
    types::known(kind)
        .ok_or_else(|| Fault::new("INVALID_TYPE", format!("Unknown type name '{kind}'")))
}
