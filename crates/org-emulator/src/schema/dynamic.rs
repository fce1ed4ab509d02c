//! What this org's own state adds: custom fields, custom objects and custom metadata types.

use super::field::{Field, Kind, flag, reference, text};
use super::object::SObject;
use crate::world::World;
use crate::world::custom_metadata::CustomMetadataType;
use crate::world::fields::CustomObject;

/// Whether packages or people added fields to this object.
pub(super) fn has_custom_fields(world: &World, object: &str) -> bool {
    world.custom_fields.iter().any(|field| field.object == object)
}

/// The object with the fields that packages and people added to it.
pub(super) fn with_custom_fields(world: &World, mut object: SObject) -> SObject {
    for custom in world.custom_fields.iter().filter(|field| field.object == object.name) {
        let mut field = Field::new(&custom.api_name(), kind_of(&custom.kind), custom.length);
        field.label.clone_from(&custom.label);
        field.custom = true;
        field.createable = custom.updateable;
        field.updateable = custom.updateable;
        field.calculated = custom.is_calculated();
        field.required = custom.required;
        field.nillable = !custom.required;
        field.picklist.clone_from(&custom.picklist_values);
        object.fields.push(field);
    }
    object
}

/// The custom object of that API name.
pub(super) fn custom_object(world: &World, name: &str) -> Option<SObject> {
    let mut objects = world.custom_objects.iter();
    objects.find(|object| object.api_name().eq_ignore_ascii_case(name)).map(|it| made(world, it))
}

/// Every custom object.
pub(super) fn all_custom_objects(world: &World) -> Vec<SObject> {
    world.custom_objects.iter().map(|object| made(world, object)).collect()
}

/// A custom object with its fields.
fn made(world: &World, custom: &CustomObject) -> SObject {
    let fields = vec![
        flag("IsDeleted"),
        text("Name", 80).label(&format!("{} Name", custom.label)),
        reference("OwnerId", "Owner", "User").write(),
    ];
    let mut object = SObject::new(&custom.api_name(), &custom.key_prefix, fields);
    object.label.clone_from(&custom.label);
    object.plural = format!("{}s", custom.label);
    object.custom = true;
    object.setup = false;
    object.layoutable = true;
    with_custom_fields(world, object.creates().updates().deletes())
}

/// The custom metadata type of that API name, unless it is invisible from outside its package.
pub(super) fn custom_metadata(world: &World, name: &str) -> Option<SObject> {
    world
        .custom_metadata_types
        .iter()
        .find(|kind| kind.is_visible() && kind.api_name().eq_ignore_ascii_case(name))
        .map(described)
}

/// Every visible custom metadata type.
pub(super) fn all_custom_metadata(world: &World) -> Vec<SObject> {
    let visible = world.custom_metadata_types.iter().filter(|kind| kind.is_visible());
    visible.map(described).collect()
}

fn described(kind: &CustomMetadataType) -> SObject {
    let mut fields = vec![
        text("DeveloperName", 40),
        text("MasterLabel", 40).label("Label"),
        text("Language", 40).label("Master Language"),
        text("NamespacePrefix", 15),
        text("Label", 40),
        text("QualifiedApiName", 70),
    ];
    fields.extend(kind.fields.iter().map(|custom| {
        let mut field = Field::new(&custom.api_name(), kind_of(&custom.kind), custom.length);
        field.label.clone_from(&custom.label);
        field.custom = true;
        field
    }));
    let mut object = SObject::new(&kind.api_name(), &kind.key_prefix, fields);
    // Custom metadata shows no audit fields but the one time stamp.
    object
        .fields
        .retain(|field| field.custom || field.name == "SystemModstamp" || !is_audit(&field.name));
    object.label.clone_from(&kind.label);
    object.plural = format!("{}s", kind.label);
    object.custom = true;
    object
}

fn is_audit(name: &str) -> bool {
    ["CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById"].contains(&name)
}

fn kind_of(name: &str) -> Kind {
    match name {
        "boolean" => Kind::Boolean,
        "double" => Kind::Double,
        "url" => Kind::Url,
        "picklist" => Kind::Picklist,
        "textarea" => Kind::TextArea,
        "datetime" => Kind::DateTime,
        "date" => Kind::Date,
        "phone" => Kind::Phone,
        "email" => Kind::Email,
        _ => Kind::Text,
    }
}
