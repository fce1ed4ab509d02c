//! Which objects there are, which fields they have, and what may be done with them.
//!
//! One table serves queries, describes and writes, so that they cannot disagree.

mod business;
mod dynamic;
mod setup;
mod tooling;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::soql::catalog::{FieldKind, FieldSchema, ObjectSchema, Restriction};
use super::world::World;

/// Which API is asked: each shows its own objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Api {
    /// `/services/data/vXX.X/…`
    Data,
    /// `/services/data/vXX.X/tooling/…`
    Tooling,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Id,
    Reference,
    Text,
    TextArea,
    Picklist,
    Email,
    Phone,
    Url,
    Boolean,
    Int,
    Double,
    Date,
    DateTime,
    Complex,
}

/// A field of an object.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a describe shows each of them"
)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) kind: Kind,
    pub(crate) length: u32,
    pub(crate) nillable: bool,
    pub(crate) required: bool,
    pub(crate) createable: bool,
    pub(crate) updateable: bool,
    pub(crate) filterable: bool,
    pub(crate) sortable: bool,
    pub(crate) custom: bool,
    pub(crate) relationship: Option<String>,
    pub(crate) reference_to: Vec<String>,
    pub(crate) picklist: Vec<String>,
}

/// An object.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a describe shows each of them"
)]
pub(crate) struct SObject {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) plural: String,
    pub(crate) key_prefix: Option<String>,
    pub(crate) custom: bool,
    pub(crate) createable: bool,
    pub(crate) updateable: bool,
    pub(crate) deletable: bool,
    /// Whether it is a setup object, which one transaction does not mix with others.
    pub(crate) setup: bool,
    pub(crate) layoutable: bool,
    pub(crate) restriction: Option<Restriction>,
    pub(crate) fields: Vec<Field>,
}

impl Field {
    fn new(name: &str, kind: Kind, length: u32) -> Self {
        Self {
            name: name.to_owned(),
            label: label_of(name),
            kind,
            length,
            nillable: true,
            required: false,
            createable: false,
            updateable: false,
            filterable: kind != Kind::Complex && kind != Kind::TextArea,
            sortable: kind != Kind::Complex && kind != Kind::TextArea,
            custom: false,
            relationship: None,
            reference_to: Vec::new(),
            picklist: Vec::new(),
        }
    }

    fn label(mut self, label: &str) -> Self {
        label.clone_into(&mut self.label);
        self
    }

    fn write(mut self) -> Self {
        self.createable = true;
        self.updateable = true;
        self
    }

    fn create(mut self) -> Self {
        self.createable = true;
        self
    }

    fn required(mut self) -> Self {
        self.nillable = false;
        self.required = true;
        self
    }

    fn no_filter(mut self) -> Self {
        self.filterable = false;
        self.sortable = false;
        self
    }

    fn no_sort(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// The type's name in a describe.
    pub(crate) fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Id => "id",
            Kind::Reference => "reference",
            Kind::Text => "string",
            Kind::TextArea => "textarea",
            Kind::Picklist => "picklist",
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Url => "url",
            Kind::Boolean => "boolean",
            Kind::Int => "int",
            Kind::Double => "double",
            Kind::Date => "date",
            Kind::DateTime => "datetime",
            Kind::Complex => "complexvalue",
        }
    }

    /// The type's name in SOAP, which a describe shows too.
    pub(crate) fn soap_type(&self) -> &'static str {
        match self.kind {
            Kind::Id | Kind::Reference => "tns:ID",
            Kind::Boolean => "xsd:boolean",
            Kind::Int => "xsd:int",
            Kind::Double => "xsd:double",
            Kind::Date => "xsd:date",
            Kind::DateTime => "xsd:dateTime",
            _ => "xsd:string",
        }
    }

    fn schema(&self) -> FieldSchema {
        FieldSchema {
            name: self.name.clone(),
            kind: match self.kind {
                Kind::Id | Kind::Reference => FieldKind::Id,
                Kind::Boolean => FieldKind::Boolean,
                Kind::Int | Kind::Double => FieldKind::Number,
                Kind::Date | Kind::DateTime => FieldKind::DateTime,
                Kind::Complex => FieldKind::Complex,
                _ => FieldKind::Text,
            },
            relationship: self
                .relationship
                .clone()
                .zip(self.reference_to.first().cloned()),
            filterable: self.filterable,
            sortable: self.sortable,
        }
    }
}

impl SObject {
    fn new(name: &str, prefix: &str, fields: Vec<Field>) -> Self {
        let label = label_of(name);
        let mut object = Self {
            name: name.to_owned(),
            plural: format!("{label}s"),
            label,
            key_prefix: (!prefix.is_empty()).then(|| prefix.to_owned()),
            custom: false,
            createable: false,
            updateable: false,
            deletable: false,
            setup: true,
            layoutable: false,
            restriction: None,
            fields: vec![id()],
        };
        object.fields.extend(fields);
        object.fields.extend([
            datetime("CreatedDate"),
            reference("CreatedById", "CreatedBy", "User"),
            datetime("LastModifiedDate"),
            reference("LastModifiedById", "LastModifiedBy", "User"),
            datetime("SystemModstamp"),
        ]);
        object
    }

    /// An object that is not a record: no id, no dates.
    fn virtual_object(name: &str, fields: Vec<Field>) -> Self {
        let mut object = Self::new(name, "", Vec::new());
        object.fields = fields;
        object
    }

    fn creates(mut self) -> Self {
        self.createable = true;
        self
    }

    fn updates(mut self) -> Self {
        self.updateable = true;
        self
    }

    fn deletes(mut self) -> Self {
        self.deletable = true;
        self
    }

    fn restricted(mut self, restriction: Restriction) -> Self {
        self.restriction = Some(restriction);
        self
    }

    fn plural(mut self, plural: &str) -> Self {
        plural.clone_into(&mut self.plural);
        self
    }

    /// The field of that name, whatever its letters' case.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The object as the SOQL engine wants it.
    pub(crate) fn schema(&self) -> ObjectSchema {
        ObjectSchema {
            name: self.name.clone(),
            fields: self.fields.iter().map(Field::schema).collect(),
            restriction: self.restriction,
        }
    }
}

fn id() -> Field {
    let mut field = Field::new("Id", Kind::Id, 18);
    field.nillable = false;
    "Record ID".clone_into(&mut field.label);
    field
}

fn text(name: &str, length: u32) -> Field {
    Field::new(name, Kind::Text, length)
}

fn long_text(name: &str, length: u32) -> Field {
    Field::new(name, Kind::TextArea, length)
}

fn kind(name: &str, kind: Kind, length: u32) -> Field {
    Field::new(name, kind, length)
}

fn flag(name: &str) -> Field {
    let mut field = Field::new(name, Kind::Boolean, 0);
    field.nillable = false;
    field
}

fn int(name: &str) -> Field {
    Field::new(name, Kind::Int, 0)
}

fn double(name: &str) -> Field {
    Field::new(name, Kind::Double, 0)
}

fn date(name: &str) -> Field {
    Field::new(name, Kind::Date, 0)
}

fn datetime(name: &str) -> Field {
    Field::new(name, Kind::DateTime, 0)
}

fn complex(name: &str) -> Field {
    Field::new(name, Kind::Complex, 0)
}

fn picklist(name: &str, values: &[&str]) -> Field {
    let mut field = Field::new(name, Kind::Picklist, 255);
    field.picklist = values.iter().map(|value| (*value).to_owned()).collect();
    field
}

fn reference(name: &str, relationship: &str, object: &str) -> Field {
    let mut field = Field::new(name, Kind::Reference, 18);
    field.relationship = (!relationship.is_empty()).then(|| relationship.to_owned());
    field.reference_to = vec![object.to_owned()];
    field
}

/// A reference that may lead to several objects; the first is the one that queries follow.
fn polymorphic(name: &str, relationship: &str, objects: &[&str]) -> Field {
    let mut field = reference(name, relationship, "");
    field.reference_to = objects.iter().map(|object| (*object).to_owned()).collect();
    field
}

/// `CallCenterId` → `Call Center ID`.
fn label_of(name: &str) -> String {
    let mut label = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            label.push(' ');
        }
        label.push(letter);
        before = letter;
    }
    if label.ends_with(" Id") {
        label.truncate(label.len() - 3);
        label.push_str(" ID");
    }
    label
}

type Table = BTreeMap<String, (SObject, Arc<ObjectSchema>)>;

fn table(objects: Vec<SObject>) -> Table {
    objects
        .into_iter()
        .map(|object| {
            let schema = Arc::new(object.schema());
            (object.name.to_ascii_lowercase(), (object, schema))
        })
        .collect()
}

static DATA: LazyLock<Table> =
    LazyLock::new(|| table([setup::objects(), business::objects()].concat()));
static TOOLING: LazyLock<Table> = LazyLock::new(|| table(tooling::objects()));

fn fixed(api: Api) -> &'static Table {
    match api {
        Api::Data => &DATA,
        Api::Tooling => &TOOLING,
    }
}

/// The object of that name as this org has it; `None` where the API does not show it.
pub(crate) fn object(world: &World, api: Api, name: &str) -> Option<SObject> {
    if !is_switched_on(world, name) {
        return None;
    }
    if api == Api::Data
        && let Some(object) = dynamic::custom_metadata(world, name)
    {
        return Some(object);
    }
    let (object, _) = fixed(api).get(&name.to_ascii_lowercase())?;
    Some(dynamic::with_custom_fields(world, object.clone()))
}

/// The object of that name as the SOQL engine wants it.
pub(crate) fn query_schema(world: &World, api: Api, name: &str) -> Option<Arc<ObjectSchema>> {
    if !is_switched_on(world, name) {
        return None;
    }
    let (object, schema) = fixed(api)
        .get(&name.to_ascii_lowercase())
        .map_or_else(
            || {
                let object = (api == Api::Data).then(|| dynamic::custom_metadata(world, name));
                object
                    .flatten()
                    .map(|object| Err(Arc::new(object.schema())))
            },
            |entry| Some(Ok(entry)),
        )?
        .map_or_else(
            |own| (None, own),
            |(object, schema)| (Some(object), schema.clone()),
        );
    let changed = object.filter(|object| dynamic::has_custom_fields(world, &object.name));
    Some(changed.map_or(schema, |object| {
        Arc::new(dynamic::with_custom_fields(world, object.clone()).schema())
    }))
}

/// Every object that the API shows in this org, by name.
pub(crate) fn all(world: &World, api: Api) -> Vec<SObject> {
    let mut objects: Vec<SObject> = fixed(api)
        .values()
        .filter(|(object, _)| is_switched_on(world, &object.name))
        .map(|(object, _)| dynamic::with_custom_fields(world, object.clone()))
        .collect();
    if api == Api::Data {
        objects.extend(dynamic::all_custom_metadata(world));
    }
    objects.sort_by(|one, other| one.name.cmp(&other.name));
    objects
}

/// Objects of a feature that is off do not exist.
fn is_switched_on(world: &World, name: &str) -> bool {
    if name.eq_ignore_ascii_case("ServicePresenceStatus") {
        world.features.omni_channel
    } else if name.eq_ignore_ascii_case("CallCenter") {
        world.features.call_center
    } else {
        true
    }
}
