//! Sites.

use crate::tenant::field::Type::{Filled, Flag, Name};
use crate::tenant::kind::{DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "site",
    fields: &[
        ("name", Name(80, "_- ")),
        DESCRIPTION,
        ("active", Flag),
        ("multimediaProfileId", Filled),
    ],
    required: &["name", "active", "multimediaProfileId"],
    refers: &[("multimediaProfileId", "multimedia-profile")],
    ..PLAIN
};
