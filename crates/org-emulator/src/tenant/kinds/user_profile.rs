//! What users may do.

use crate::tenant::field::Type::{Flag, Ints, Name, Objects, OneOf};
use crate::tenant::kind::{ACCESS, ANY, DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "user-profile",
    list: "/v3",
    item: "/v3",
    fields: &[
        ("name", Name(80, ",_- ")),
        DESCRIPTION,
        (
            "profileType",
            OneOf(&[
                "ADMINISTRATOR",
                "ADMINISTRATOR_ONLY",
                "SUPERVISOR",
                "PREMIUM_AGENT",
                "STANDARD_AGENT",
                "ANALYZER_ADMINISTRATOR",
                "ANALYZER_SUPERVISOR",
                "ANALYZER_USER",
            ]),
        ),
        ("active", Flag),
        ("permissionAccessLevel", ACCESS),
        ("resourceAccessLevel", ACCESS),
        ("permissions", Objects(&["name"])),
        ("editableFolderIds", Ints),
        ("viewableFolderIds", Ints),
        ("nonViewableFolderIds", Ints),
        ("defaultResourceCollectionId", ANY),
        ("resourceCollections", Objects(&["name"])),
    ],
    required: &["name", "profileType", "active", "permissionAccessLevel", "resourceAccessLevel"],
    unlisted: &[
        "permissions",
        "editableFolderIds",
        "viewableFolderIds",
        "nonViewableFolderIds",
        "resourceCollections",
    ],
    ..PLAIN
};
