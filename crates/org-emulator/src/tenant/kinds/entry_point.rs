//! Entry points.

use crate::tenant::field::Type::{Digits, Flag, Int, Name, Objects, OneOf, Text};
use crate::tenant::kind::{ANY, DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "entry-point",
    fields: &[
        ("name", Name(80, "&_- ")),
        DESCRIPTION,
        ("entryPointType", OneOf(&["INBOUND", "OUTBOUND"])),
        (
            "channelType",
            OneOf(&["TELEPHONY", "EMAIL", "FAX", "CHAT", "VIDEO", "OTHERS", "SOCIAL_CHANNEL"]),
        ),
        (
            "socialChannelType",
            OneOf(&[
                "MESSAGEBIRD",
                "MESSENGER",
                "WHATSAPP",
                "APPLE_BUSINESS_CHAT",
                "GOOGLE_BUSINESS_MESSAGES",
            ]),
        ),
        ("active", Flag),
        ("serviceLevelThreshold", Int),
        ("maximumActiveContacts", Int),
        ("controlFlowScriptUrl", ANY),
        ("overflowNumber", Digits(0, 40)),
        ("timezone", ANY),
        ("imiOrgType", OneOf(&["MIXED_MODE", "IMI"])),
        ("assetId", ANY),
        ("xspVersion", Text(80)),
        ("subscriptionId", Text(80)),
        ("routePointId", ANY),
        ("flowId", ANY),
        ("flowTagId", ANY),
        ("musicOnHoldId", ANY),
        ("outdialQueueId", ANY),
        ("callbackEnabled", Flag),
        ("outdialTransferToQueueEnabled", Flag),
        ("dnEpMappingCount", Int),
        ("flowOverrideSettings", Objects(&["name", "type"])),
    ],
    required: &[
        "name",
        "entryPointType",
        "channelType",
        "serviceLevelThreshold",
        "maximumActiveContacts",
        "active",
    ],
    unlisted: &["flowOverrideSettings"],
    ..PLAIN
};
