//! Fields: what they hold, and a short way to write them down.

use crate::soql::catalog::{FieldKind, FieldSchema};

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
#[expect(clippy::struct_excessive_bools, reason = "a describe shows each of them")]
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
    /// Whether it is a formula.
    pub(crate) calculated: bool,
    /// Whether its value can name a record in place of the id.
    pub(crate) id_lookup: bool,
    pub(crate) relationship: Option<String>,
    pub(crate) reference_to: Vec<String>,
    pub(crate) picklist: Vec<String>,
}

impl Field {
    pub(super) fn new(name: &str, kind: Kind, length: u32) -> Self {
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
            calculated: false,
            id_lookup: kind == Kind::Id,
            relationship: None,
            reference_to: Vec::new(),
            picklist: Vec::new(),
        }
    }

    pub(super) fn label(mut self, label: &str) -> Self {
        label.clone_into(&mut self.label);
        self
    }

    pub(super) fn write(mut self) -> Self {
        self.createable = true;
        self.updateable = true;
        self
    }

    pub(super) fn create(mut self) -> Self {
        self.createable = true;
        self
    }

    pub(super) fn required(mut self) -> Self {
        self.nillable = false;
        self.required = true;
        self
    }

    pub(super) fn lookup(mut self) -> Self {
        self.id_lookup = true;
        self
    }

    pub(super) fn no_filter(mut self) -> Self {
        self.filterable = false;
        self.sortable = false;
        self
    }

    pub(super) fn no_sort(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// Whether field-level security can keep it from somebody; everybody has the others.
    pub(crate) fn is_permissionable(&self) -> bool {
        self.createable && self.nillable
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

    pub(super) fn schema(&self) -> FieldSchema {
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
            relationship: self.relationship.clone().zip(self.reference_to.first().cloned()),
            filterable: self.filterable,
            sortable: self.sortable,
        }
    }
}

pub(super) fn id() -> Field {
    let mut field = Field::new("Id", Kind::Id, 18);
    field.nillable = false;
    "Record ID".clone_into(&mut field.label);
    field
}

pub(super) fn text(name: &str, length: u32) -> Field {
    Field::new(name, Kind::Text, length)
}

pub(super) fn long_text(name: &str, length: u32) -> Field {
    Field::new(name, Kind::TextArea, length)
}

pub(super) fn kind(name: &str, kind: Kind, length: u32) -> Field {
    Field::new(name, kind, length)
}

pub(super) fn flag(name: &str) -> Field {
    let mut field = Field::new(name, Kind::Boolean, 0);
    field.nillable = false;
    field
}

pub(super) fn int(name: &str) -> Field {
    Field::new(name, Kind::Int, 0)
}

pub(super) fn double(name: &str) -> Field {
    Field::new(name, Kind::Double, 0)
}

pub(super) fn date(name: &str) -> Field {
    Field::new(name, Kind::Date, 0)
}

pub(super) fn datetime(name: &str) -> Field {
    Field::new(name, Kind::DateTime, 0)
}

pub(super) fn complex(name: &str) -> Field {
    Field::new(name, Kind::Complex, 0)
}

pub(super) fn picklist(name: &str, values: &[&str]) -> Field {
    let mut field = Field::new(name, Kind::Picklist, 255);
    field.picklist = values.iter().map(|value| (*value).to_owned()).collect();
    field
}

pub(super) fn reference(name: &str, relationship: &str, object: &str) -> Field {
    let mut field = Field::new(name, Kind::Reference, 18);
    field.relationship = (!relationship.is_empty()).then(|| relationship.to_owned());
    field.reference_to = vec![object.to_owned()];
    field
}

/// A reference that may lead to several objects; the first is the one that queries follow.
pub(super) fn polymorphic(name: &str, relationship: &str, objects: &[&str]) -> Field {
    let mut field = reference(name, relationship, "");
    field.reference_to = objects.iter().map(|object| (*object).to_owned()).collect();
    field
}

/// `CallCenterId` → `Call Center ID`.
pub(super) fn label_of(name: &str) -> String {
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
