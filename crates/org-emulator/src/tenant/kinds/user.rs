//! Users.

use crate::tenant::field::Type::{Filled, Flag, OneOf, Text, Texts};
use crate::tenant::kind::{ANY, INCLUSION, Kind, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "user",
    fields: &[
        ("firstName", Filled),
        ("lastName", Filled),
        ("email", Filled),
        ("workPhone", Text(20)),
        ("mobile", Text(20)),
        ("ciUserId", Filled),
        ("broadCloudUserId", ANY),
        ("userProfileId", Filled),
        ("userProfileType", ANY),
        ("contactCenterEnabled", Flag),
        ("timezone", ANY),
        ("xspVersion", Text(80)),
        ("subscriptionId", Text(80)),
        ("siteId", ANY),
        ("siteName", ANY),
        ("teamIds", Texts),
        ("skillProfileId", ANY),
        ("agentProfileId", ANY),
        ("multimediaProfileId", ANY),
        ("deafultDialledNumber", ANY),
        ("externalIdentifier", ANY),
        ("active", Flag),
        ("imiUserCreated", Flag),
        ("preferredSupervisorTeamId", ANY),
        ("userLevelBurnoutInclusion", INCLUSION),
        ("userLevelAutoCSATInclusion", INCLUSION),
        ("userLevelWellnessBreakReminders", OneOf(&["DISABLED", "ENABLED"])),
        ("userLevelSummariesInclusion", INCLUSION),
    ],
    required: &[
        "active",
        "ciUserId",
        "contactCenterEnabled",
        "email",
        "firstName",
        "lastName",
        "userProfileId",
    ],
    fixed: &["firstName", "lastName", "email"],
    unique: &["email"],
    searched: &["firstName", "lastName", "email"],
    refers: &[
        ("teamIds", "team"),
        ("siteId", "site"),
        ("agentProfileId", "agent-profile"),
        ("userProfileId", "user-profile"),
        ("multimediaProfileId", "multimedia-profile"),
    ],
    made_here: false,
    ..PLAIN
};
