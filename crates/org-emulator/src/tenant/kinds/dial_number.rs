//! Dial numbers, which lead to entry points.

use crate::tenant::field::Type::{Digits, Filled, Flag, Number};
use crate::tenant::kind::{ANY, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "dial-number",
    fields: &[
        ("dialledNumber", Number),
        ("dialledNumberDigits", ANY),
        ("extension", Digits(2, 10)),
        ("routingPrefix", Digits(2, 7)),
        ("esn", Digits(2, 17)),
        ("routePointId", ANY),
        ("entryPointId", Filled),
        ("entryPointName", ANY),
        ("defaultAni", Flag),
        ("location", ANY),
        ("regionId", ANY),
    ],
    required: &["dialledNumber", "entryPointId", "entryPointName"],
    unique: &["dialledNumber"],
    searched: &["dialledNumber", "entryPointName"],
    refers: &[("entryPointId", "entry-point")],
    created: 200,
    deleted: 200,
    has_system_default: false,
    ..PLAIN
};
