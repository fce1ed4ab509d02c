//! The keys of `[webex]`, as [`super::keys`] has those of the rest.

use super::key::{Absent, Key, NOBODY, NOTHING, Shape, key};

pub(super) static WEBEX: [Key; 7] = [
    key("org_id", Shape::Text, NOTHING, "Id of the Webex organization, as Control Hub shows it."),
    key(
        "teams",
        Shape::Texts,
        NOBODY,
        "Teams of the contact center that get the desktop layout; their agents are looked at.",
    ),
    key(
        "desktop_layout",
        Shape::Table(&DESKTOP_LAYOUT),
        NOTHING,
        "The layout that ties the Agent Desktop to Salesforce.",
    ),
    key(
        "idle_codes",
        Shape::Table(&IDLE_CODES),
        NOTHING,
        "Idle codes that state sync names; without the table nothing is looked at.",
    ),
    key(
        "variables",
        Shape::Table(&VARIABLES),
        NOTHING,
        "Global variables that mappings name; without the table nothing is looked at.",
    ),
    key(
        "outdial",
        Shape::Table(&OUTDIAL),
        NOTHING,
        "What outgoing calls need; without the table nothing is looked at.",
    ),
    key(
        "recording_rights",
        Shape::Table(&RECORDING_RIGHTS),
        NOTHING,
        "Who may play recordings; without the table nothing is looked at.",
    ),
];

static DESKTOP_LAYOUT: [Key; 8] = [
    key("file", Shape::Text, Absent::Refused, "Path of Cisco's desktop layout file."),
    key(
        "name",
        Shape::Text,
        Absent::Text("Salesforce"),
        "Name of the layout in the contact center.",
    ),
    key(
        "outdial_ani",
        Shape::Text,
        Absent::Said("that of the desktop profile"),
        "The number that outgoing calls show: `\"+493012345\"`.",
    ),
    key(
        "actions_widget",
        Shape::Switch,
        Absent::Said("as in the file"),
        "Whether agents have the Salesforce Actions widget.",
    ),
    key(
        "call_notes_subject",
        Shape::Switch,
        Absent::Said("as in the file"),
        "Whether agents may write a subject for their call notes.",
    ),
    key("title", Shape::Text, Absent::Said("as in the file"), "What stands in the title bar."),
    key(
        "logo",
        Shape::Text,
        Absent::Said("as in the file"),
        "Address of the logo, 96 by 32 pixels.",
    ),
    key(
        "replace",
        Shape::Switch,
        Absent::Switch(false),
        "Whether a team's own layout is replaced, and somebody's layout of the same name written over; else \
         the connector goes into a copy of the team's.",
    ),
];

static IDLE_CODES: [Key; 2] =
    [key("names", Shape::Texts, NOTHING, "Besides the one that the call center names."), MANAGE];

static VARIABLES: [Key; 2] =
    [key("names", Shape::Texts, NOTHING, "Besides those that the mappings name."), MANAGE];

static OUTDIAL: [Key; 3] = [
    key("entry_point", Shape::Text, Absent::Refused, "The entry point of outgoing calls."),
    key("ani", Shape::Text, NOTHING, "The outdial ANI list of the agents' desktop profiles."),
    MANAGE,
];

static RECORDING_RIGHTS: [Key; 2] = [
    key(
        "user_profiles",
        Shape::Texts,
        Absent::Refused,
        "User profiles whose users play recordings.",
    ),
    key(
        "permission",
        Shape::Text,
        Absent::Text("audio-recording-transcript"),
        "The permission that shows recordings, by the API's name.",
    ),
];

const MANAGE: Key = key(
    "manage",
    Shape::Switch,
    Absent::Switch(false),
    "Whether provision changes what is missing; otherwise it shows the manual steps.",
);
