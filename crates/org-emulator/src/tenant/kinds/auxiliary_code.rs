//! Idle and wrap-up codes.

use crate::tenant::field::Type::{Flag, Name, OneOf};
use crate::tenant::kind::{ANY, DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "auxiliary-code",
    fields: &[
        ("name", Name(80, "._)/(- ")),
        DESCRIPTION,
        ("defaultCode", Flag),
        ("active", Flag),
        ("isSystemCode", Flag),
        ("workTypeId", ANY),
        ("workTypeCode", OneOf(&["IDLE_CODE", "WRAP_UP_CODE"])),
        ("burnoutInclusion", OneOf(&["NOT_APPLICABLE", "EXCLUDED", "INCLUDED"])),
    ],
    required: &["name", "active", "defaultCode", "workTypeCode", "workTypeId"],
    unique: &["name", "workTypeCode"],
    ..PLAIN
};
