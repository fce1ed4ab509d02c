//! `describeMetadata`: the types of this org.

use super::types;
use crate::soap::writer::XmlWriter;
use crate::world::World;

/// The result of `describeMetadata`.
pub(crate) fn result(xml: &mut XmlWriter, world: &World) {
    let there = |name: &str| world.features.call_center || name != "CallCenter";
    let production = world.is_production();
    xml.open("result", |xml| {
        for kind in types::all().iter().filter(|kind| there(kind.name)) {
            xml.open("metadataObjects", |xml| {
                for child in &kind.children {
                    xml.leaf("childXmlNames", child.name);
                }
                xml.leaf("directoryName", &kind.directory);
                xml.leaf("inFolder", &kind.in_folder().to_string());
                xml.leaf("metaFile", &kind.meta_file().to_string());
                xml.optional("suffix", kind.suffix.as_deref());
                xml.leaf("xmlName", kind.name);
            });
        }
        xml.leaf("organizationNamespace", "");
        xml.leaf("partialSaveAllowed", &(!production).to_string());
        xml.leaf("testRequired", &production.to_string());
    });
}
