//! What a kind of records is.

use super::field::Type::{self, Filled, Flag, Int, Name, OneOf, Text, Time};

/// A kind of record.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Its name in paths and refusals.
    pub(crate) name: &'static str,
    /// Which version of the API its list is in.
    pub(crate) list: &'static str,
    /// What stands before its name in the paths of items.
    pub(crate) item: &'static str,
    /// Fields of its own.
    pub(crate) fields: &'static [(&'static str, Type)],
    /// Those that the service asks for.
    pub(crate) required: &'static [&'static str],
    /// Those that stay as they are, once the record is there.
    pub(crate) fixed: &'static [&'static str],
    /// Those that lists leave out.
    pub(crate) unlisted: &'static [&'static str],
    /// Those of them that lists have all the same where `attributes` asks for them.
    pub(crate) on_request: &'static [&'static str],
    /// What must differ from one record to another.
    pub(crate) unique: &'static [&'static str],
    /// What `search` looks at.
    pub(crate) searched: &'static [&'static str],
    /// Fields with ids of other records, by their kind.
    pub(crate) refers: &'static [(&'static str, &'static str)],
    /// The status of an answer to a record that was made.
    pub(crate) created: u16,
    /// The status of an answer to a record that was deleted.
    pub(crate) deleted: u16,
    /// Whether records are made and deleted here.
    pub(crate) made_here: bool,
    /// Whether a record says that the service made it.
    pub(crate) has_system_default: bool,
}

/// Fields of every kind.
pub(crate) const COMMON: &[(&str, Type)] = &[
    ("organizationId", Filled),
    ("id", Text(100)),
    ("version", Int),
    ("systemDefault", Flag),
    ("createdTime", Time),
    ("lastUpdatedTime", Time),
];

pub(super) const ACCESS: Type = OneOf(&["SPECIFIC", "ALL", "PROVISIONED_VALUE", "NONE"]);
pub(super) const INCLUSION: Type = OneOf(&["INCLUDED", "EXCLUDED"]);
pub(super) const ANY: Type = Text(1000);
pub(super) const DESCRIPTION: (&str, Type) = ("description", Text(255));

/// What most kinds have in common.
pub(super) const PLAIN: Kind = Kind {
    name: "",
    list: "/v2",
    item: "",
    fields: &[],
    required: &[],
    fixed: &[],
    unlisted: &[],
    on_request: &[],
    unique: &["name"],
    searched: &["name"],
    refers: &[],
    created: 201,
    deleted: 204,
    made_here: true,
    has_system_default: true,
};

/// A number of an outdial ANI list: a record inside another.
pub(crate) const ENTRY: &Kind = &Kind {
    name: "outdial-ani-entry",
    fields: &[("name", Name(80, "._- ")), ("number", Filled), ("defaultANIEntry", Flag)],
    required: &["name", "number"],
    deleted: 200,
    has_system_default: false,
    ..PLAIN
};

impl Kind {
    /// The type of a field.
    pub(crate) fn field(&self, name: &str) -> Option<Type> {
        self.fields.iter().chain(COMMON).find(|(field, _)| *field == name).map(|(_, kind)| *kind)
    }
}
