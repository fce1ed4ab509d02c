//! Layouts of the agents' desktop.

use crate::tenant::field::Type::{Filled, Flag, Text, Texts, Time};
use crate::tenant::kind::{DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "desktop-layout",
    fields: &[
        ("name", Text(255)),
        DESCRIPTION,
        ("editedBy", Text(255)),
        ("jsonFileName", Text(255)),
        ("jsonFileContent", Filled),
        ("global", Flag),
        ("status", Flag),
        ("defaultJsonModified", Flag),
        ("validated", Flag),
        ("validatedTime", Time),
        ("defaultJsonModifiedTime", Time),
        ("modifiedTime", Time),
        ("teamIds", Texts),
    ],
    required: &[
        "name",
        "editedBy",
        "jsonFileName",
        "jsonFileContent",
        "global",
        "status",
        "defaultJsonModified",
        "validated",
    ],
    unlisted: &["jsonFileContent", "teamIds"],
    on_request: &["teamIds"],
    refers: &[("teamIds", "team")],
    ..PLAIN
};
