//! The keys of `[softphone_layout]`, as [`super::keys`] has those of the rest.

use super::key::{Absent, Key, NOTHING, Shape, key};

pub(super) static SOFTPHONE_LAYOUT: [Key; 8] = [
    key(
        "name",
        Shape::Text,
        Absent::Refused,
        "Name of the softphone layout; without the table nothing is wanted.",
    ),
    key(
        "default",
        Shape::Switch,
        Absent::Switch(true),
        "Whether it is the default layout; else it is to be assigned to the agents' profiles. Where it is \
         left out and users of other vendors' call centers would get the default too, it is assigned to \
         the profiles of the chosen users instead.",
    ),
    key(
        "profiles",
        Shape::Texts,
        NOTHING,
        "Profiles that get it by assignment, by their labels. A layout that is the default covers every \
         profile that has none of its own.",
    ),
    key(
        "check_users",
        Shape::Texts,
        NOTHING,
        "Aliases of logins of agents, for example one a profile: what they get is compared, for no API \
         tells it to anybody else.",
    ),
    key(
        "inbound",
        Shape::Table(&CALL_TYPE),
        NOTHING,
        "What is wanted for incoming calls; keys that are absent may be as they are.",
    ),
    key("outbound", Shape::Table(&CALL_TYPE), NOTHING, "The same for outgoing calls."),
    key("internal", Shape::Table(&CALL_TYPE), NOTHING, "The same for internal calls."),
    key(
        "apply",
        Shape::Words(|| vec!["auto", "browser", "guide", "verify"]),
        Absent::Text("auto"),
        "Who brings it about, as no API does: `browser`, your own browser, which you watch; `guide`, you, \
         with the steps; `verify`, nobody. `auto` is `browser` at a terminal, but in production orgs.",
    ),
];

static CALL_TYPE: [Key; 5] = [
    key("objects", Shape::Texts, NOTHING, "API names of the objects that are shown."),
    key(
        "no_match",
        Shape::Words(|| vec!["none", "new:", "page:", "flow:"]),
        NOTHING,
        "What opens where no record matches.",
    ),
    key(
        "single_match",
        Shape::Words(|| vec!["none", "detail", "page:", "flow:"]),
        NOTHING,
        "What opens where one record matches.",
    ),
    key(
        "multiple_matches",
        Shape::Words(|| vec!["none", "search", "page:", "flow:"]),
        NOTHING,
        "What opens where several records match.",
    ),
    key(
        "opens_in",
        Shape::Words(|| vec!["existing", "new"]),
        NOTHING,
        "Whether it opens in the existing window or a new one.",
    ),
];
