//! Objects: their fields, and what may be done with their records.

use super::field::{Field, datetime, id, label_of, reference};
use crate::soql::catalog::{ObjectSchema, Restriction};
use crate::world::Features;

/// An object.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "a describe shows each of them")]
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
    /// Whether the org has the feature without which there is no such object.
    pub(crate) exists: fn(&Features) -> bool,
    pub(crate) fields: Vec<Field>,
}

impl SObject {
    pub(super) fn new(name: &str, prefix: &str, fields: Vec<Field>) -> Self {
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
            exists: |_| true,
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
    pub(super) fn virtual_object(name: &str, fields: Vec<Field>) -> Self {
        let mut object = Self::new(name, "", Vec::new());
        object.fields = fields;
        object
    }

    pub(super) fn creates(mut self) -> Self {
        self.createable = true;
        self
    }

    pub(super) fn updates(mut self) -> Self {
        self.updateable = true;
        self
    }

    pub(super) fn deletes(mut self) -> Self {
        self.deletable = true;
        self
    }

    pub(super) fn restricted(mut self, restriction: Restriction) -> Self {
        self.restriction = Some(restriction);
        self
    }

    /// An object that only orgs with a feature have.
    pub(super) fn of_feature(mut self, exists: fn(&Features) -> bool) -> Self {
        self.exists = exists;
        self
    }

    pub(super) fn plural(mut self, plural: &str) -> Self {
        plural.clone_into(&mut self.plural);
        self
    }

    /// The field of that name, whatever its letters' case.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The object as the SOQL engine wants it.
    pub(crate) fn schema(&self) -> ObjectSchema {
        ObjectSchema {
            name: self.name.clone(),
            fields: self.fields.iter().map(Field::schema).collect(),
            restriction: self.restriction,
            joinable: true,
        }
    }
}
