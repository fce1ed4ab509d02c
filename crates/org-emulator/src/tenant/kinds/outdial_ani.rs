//! Lists of numbers that outgoing calls show.

use crate::tenant::field::Type::{Name, Objects};
use crate::tenant::kind::{DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "outdial-ani",
    fields: &[
        ("name", Name(80, "._- ")),
        DESCRIPTION,
        ("outdialANIEntries", Objects(&["name", "number"])),
    ],
    required: &["name"],
    unlisted: &["outdialANIEntries"],
    has_system_default: false,
    ..PLAIN
};
