//! How many contacts of which channels users get at once.

use crate::tenant::field::Type::{Flag, Int, Name, Object, OneOf};
use crate::tenant::kind::{DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "multimedia-profile",
    fields: &[
        ("name", Name(80, "._- ")),
        DESCRIPTION,
        ("chat", Int),
        ("email", Int),
        ("telephony", Int),
        ("social", Int),
        ("active", Flag),
        ("blendingModeEnabled", Flag),
        ("blendingMode", OneOf(&["BLENDED", "BLENDED_REALTIME", "EXCLUSIVE"])),
        ("manuallyAssignable", Object(&["chat", "email", "social", "telephony"])),
    ],
    required: &[
        "name",
        "active",
        "chat",
        "email",
        "telephony",
        "social",
        "blendingMode",
        "blendingModeEnabled",
    ],
    created: 200,
    deleted: 200,
    ..PLAIN
};
