//! Global variables.

use crate::tenant::field::Type::{Flag, OneOf, Text, Word};
use crate::tenant::kind::{Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "cad-variable",
    fields: &[
        ("name", Word(80)),
        ("description", Text(256)),
        ("active", Flag),
        ("agentEditable", Flag),
        (
            "variableType",
            OneOf(&[
                "STRING",
                "INTEGER",
                "DATE_TIME",
                "BOOLEAN",
                "DECIMAL",
                "String",
                "Integer",
                "DateTime",
                "Boolean",
                "Decimal",
            ]),
        ),
        ("defaultValue", Text(256)),
        ("reportable", Flag),
        ("agentViewable", Flag),
        ("sensitive", Flag),
        ("desktopLabel", Text(50)),
    ],
    required: &[
        "name",
        "variableType",
        "defaultValue",
        "active",
        "agentEditable",
        "agentViewable",
        "reportable",
    ],
    created: 200,
    deleted: 200,
    ..PLAIN
};
