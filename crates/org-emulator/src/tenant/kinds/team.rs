//! Teams.

use crate::tenant::field::Type::{Filled, Flag, Int, Objects, OneOf, Texts};
use crate::tenant::kind::{ANY, DESCRIPTION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "team",
    fields: &[
        ("name", ANY),
        DESCRIPTION,
        ("teamType", OneOf(&["AGENT", "CAPACITY"])),
        ("teamStatus", OneOf(&["IN_SERVICE", "NOT_AVAILABLE"])),
        ("dialedNumber", ANY),
        ("capacity", Int),
        ("active", Flag),
        ("siteId", Filled),
        ("siteName", ANY),
        ("desktopLayoutId", ANY),
        ("skillProfileId", ANY),
        ("multiMediaProfileId", ANY),
        ("userIds", Texts),
        ("rankQueuesForTeam", Flag),
        ("queueRankings", Objects(&["queueId", "rank"])),
    ],
    required: &["name", "active", "siteId", "teamStatus", "teamType"],
    fixed: &["siteId"],
    unlisted: &["userIds", "queueRankings"],
    refers: &[
        ("siteId", "site"),
        ("desktopLayoutId", "desktop-layout"),
        ("multiMediaProfileId", "multimedia-profile"),
    ],
    ..PLAIN
};
