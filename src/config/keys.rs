//! The keys of a configuration: the one place that knows them.
//!
//! A reader that asks for a key which is not here fails its tests, a configuration that has one is
//! told so, and the JSON Schema and the table in `docs/reference.md` are made from it. The settings
//! of a call center are not here: they are in the definitions' data files.

use super::confirmed::CONFIRMED;
use super::key::{Absent, Key, NOBODY, NOTHING, Shape, key};
use super::softphone_layout_keys::SOFTPHONE_LAYOUT;
use super::webex_keys::WEBEX;
use crate::definitions::{recipe_names, regions};

const RECIPES: Absent = Absent::Said("the recipe's");

/// The keys at the top.
pub(super) static ROOT: [Key; 16] = [
    key(
        "recipe",
        Shape::Words(|| recipe_names().collect()),
        Absent::Text("webex-v1"),
        "Generation of the connector.",
    ),
    key(
        "data_center",
        Shape::Words(|| regions().iter().map(|region| region.name.as_str()).collect()),
        Absent::Refused,
        "Where the Webex Contact Center tenant is: drives the adapter URL and the three values of \
         the package's custom metadata in Version 1, the region and the WebRTC domain in Version 2.",
    ),
    key(
        "package",
        Shape::Table(&PACKAGE),
        Absent::Said("the recipe's; Version 1 has to be told its version"),
        "The managed package.",
    ),
    key(
        "call_center",
        Shape::CallCenter(&CALL_CENTER),
        NOTHING,
        "The call center and its settings.",
    ),
    key("users", Shape::Table(&USERS), NOBODY, "Who is in the call center."),
    key(
        "softphone_layout",
        Shape::Table(&SOFTPHONE_LAYOUT),
        NOTHING,
        "The softphone layout that agents are to get.",
    ),
    key("task_layout", Shape::Table(&TASK_LAYOUT), NOBODY, "The package's Task page layout."),
    key(
        "custom_metadata",
        Shape::Table(&CUSTOM_METADATA),
        NOTHING,
        "The data centre's values in the package's custom metadata.",
    ),
    key("omni_sync", Shape::Table(&OMNI_SYNC), NOTHING, "What agents need for state sync."),
    key(
        "agent_access",
        Shape::Table(&AGENT_ACCESS),
        Absent::Said("nobody looks"),
        "What agents are to be able to do: the app, the package's seats, records and their fields.",
    ),
    key("permission_sets", Shape::Table(&PERMISSION_SETS), NOTHING, "Permission sets of agents."),
    key("webex", Shape::Table(&WEBEX), NOTHING, "The Webex side."),
    key(
        "recipe_overrides",
        Shape::Table(&RECIPE_OVERRIDES),
        NOTHING,
        "Other names than those that the recipe states, for versions of the package that differ. An \
         uninstall takes out what the recipe itself states, or what provision recorded as its own.",
    ),
    key(
        "uninstall",
        Shape::Table(&UNINSTALL),
        NOTHING,
        "How the org is left when the connector goes.",
    ),
    key(
        "confirmed",
        Shape::Table(&CONFIRMED),
        NOTHING,
        "What people have confirmed, for machines that keep no state.",
    ),
    key(
        "orgs",
        Shape::Orgs(&ORG),
        NOTHING,
        "What differs by org: below each org's alias any key of the configuration.",
    ),
];

static RECIPE_OVERRIDES: [Key; 16] = [
    key("namespace", Shape::Text, RECIPES, "Namespace of the managed package."),
    key("app", Shape::Text, RECIPES, "Label of the app that the package brings."),
    key("task_layout", Shape::Text, RECIPES, "Name of the package's Task page layout."),
    key(
        "old_task_layouts",
        Shape::Texts,
        RECIPES,
        "Names of the package's page layouts that nobody is to use any more.",
    ),
    key(
        "contents",
        Shape::Switch,
        Absent::Switch(true),
        "Whether the app, the report and the outdated layouts are expected to be seen; that they are \
         not is a note.",
    ),
    key(
        "custom_metadata",
        Shape::Switch,
        Absent::Switch(true),
        "Whether the region's values stand in the package's custom metadata; `false` leaves the item \
         `data-center` alone.",
    ),
    key(
        "internal_name_prefix",
        Shape::Text,
        RECIPES,
        "What internal names of the connector's call centers begin with; digits follow.",
    ),
    key(
        "adapter_hosts",
        Shape::Texts,
        Absent::Said("those of the data centres"),
        "Further hosts of adapters by which copies of the connector's call center are known.",
    ),
    key(
        "permission_sets",
        Shape::Texts,
        RECIPES,
        "Permission sets of the package that every chosen user gets, by API name or label.",
    ),
    key("class", Shape::Text, RECIPES, "Name of the Apex class that the connector calls."),
    key("method", Shape::Text, RECIPES, "Its method that the connector calls."),
    key("test_class", Shape::Text, RECIPES, "Name of the test class that is deployed with it."),
    key(
        "permission_set",
        Shape::Text,
        RECIPES,
        "API name of the permission set that provision makes for state sync.",
    ),
    key(
        "agent_permission_set",
        Shape::Text,
        RECIPES,
        "API name of the permission set that provision makes for agents.",
    ),
    key(
        "agent_objects",
        Shape::Texts,
        RECIPES,
        "Objects whose records the package writes for agents, by API name.",
    ),
    key(
        "agent_fields",
        Shape::Texts,
        RECIPES,
        "Fields that the package fills for agents, as `Object.Field`.",
    ),
];

static UNINSTALL: [Key; 1] = [key(
    "fallback_layout",
    Shape::Text,
    Absent::Said("`Task Layout`, or the only one"),
    "The Task page layout for assignments of which nobody recorded what they were before.",
)];

static PACKAGE: [Key; 4] = [
    key(
        "version",
        Shape::Text,
        Absent::Said("the one that Cisco publishes, of Version 2 alone"),
        "Id of the package version, `04t…`, or the whole install link.",
    ),
    key(
        "install_for",
        Shape::Either(&[Shape::Words(|| vec!["admins", "all-users"]), Shape::Table(&INSTALL_FOR)]),
        Absent::Said("the recipe's"),
        "Who gets access to the package.",
    ),
    key(
        "approve_sites",
        Shape::Either(&[Shape::Words(|| vec!["all", "none"]), Shape::Texts]),
        Absent::Text("none"),
        "Third-party sites that the package may call.",
    ),
    key(
        "upgrade",
        Shape::Words(|| vec!["clean", "in-place"]),
        Absent::Said("a manual step that shows both ways"),
        "How an older version in the org is replaced: removed first (`clean`, as Cisco's article asks, with the data of its fields), or installed over (`in-place`).",
    ),
];

static INSTALL_FOR: [Key; 1] =
    [key("profiles", Shape::Texts, Absent::Refused, "Profiles that get access to the package.")];

static CALL_CENTER: [Key; 4] = [
    key(
        "definition",
        Shape::Text,
        Absent::Said("the recipe's"),
        "A built-in definition, or the path of Cisco's file.",
    ),
    key(
        "internal_name",
        Shape::Text,
        Absent::Said("the definition's"),
        "Its name for the API; another one makes a new call center, which takes over the values of the \
         old one.",
    ),
    key("display_name", Shape::Text, Absent::Said("the definition's"), "What people see."),
    key("values", Shape::Items, NOTHING, "Any item by `\"section/item\" = \"value\"`."),
];

static USERS: [Key; 5] = [
    key(
        "profiles",
        Shape::Texts,
        NOBODY,
        "Users with these profiles are in the call center; it has everybody whom any of these four \
         keys finds.",
    ),
    key("usernames", Shape::Texts, NOBODY, "Users by their user names."),
    key("permission_sets", Shape::Texts, NOBODY, "Users who have one of these permission sets."),
    key("where", Shape::Text, NOBODY, "Users for whom this SOQL condition holds."),
    key(
        "on_conflict",
        Shape::Words(|| vec!["refuse", "move"]),
        Absent::Text("refuse"),
        "What happens to users of another vendor's call center.",
    ),
];

static TASK_LAYOUT: [Key; 2] = [
    key(
        "profiles",
        Shape::Texts,
        NOBODY,
        "Who uses the package's Task page layout, by label or API name.",
    ),
    key(
        "record_types",
        Shape::Either(&[Shape::Words(|| vec!["all"]), Shape::Texts]),
        Absent::Text("all"),
        "For which record types of Task: all active ones, or these; the master assignment always.",
    ),
];

static CUSTOM_METADATA: [Key; 4] = [
    key(
        "data_center",
        Shape::Text,
        FOUND,
        "Where the name of the data centre stands: \
         `\"ns__Type__mdt.Record.ns__Field__c\"`, the record with or without namespace.",
    ),
    key("api_url", Shape::Text, FOUND, "Where the API URL stands."),
    key("redirect_uri", Shape::Text, FOUND, "Where the redirect URI stands."),
    key(
        "values",
        Shape::Table(&CUSTOM_METADATA_VALUES),
        NOTHING,
        "Other values than the data centre's; warns where they may disagree.",
    ),
];

const FOUND: Absent = Absent::Said("found by the shape of the values");

static CUSTOM_METADATA_VALUES: [Key; 3] = [
    key(
        "data_center",
        Shape::Text,
        Absent::Said("its name in capitals"),
        "The name of the data centre.",
    ),
    key(
        "api_url",
        Shape::Text,
        Absent::Said("`https://audioconnector.prod{dc}.ciscoccservice.com`"),
        "The API URL.",
    ),
    key("redirect_uri", Shape::Text, Absent::Said("the API URL and `/auth`"), "The redirect URI."),
];

static OMNI_SYNC: [Key; 3] = [
    key(
        "access",
        Shape::Words(|| vec!["permission-set", "profiles"]),
        Absent::Text("permission-set"),
        "What gives agents access to state sync: a permission set of its own that every chosen \
         user gets, or profiles.",
    ),
    key(
        "profiles",
        Shape::Texts,
        Absent::Said("none"),
        "Profiles that get the access instead, by label or API name.",
    ),
    key(
        "presence_statuses",
        Shape::Texts,
        Absent::Said("none"),
        "Labels of presence statuses that agents may take, besides \
         `call_center.omni_sync.presence_status`.",
    ),
];

static AGENT_ACCESS: [Key; 4] = [
    key(
        "manage",
        Shape::Switch,
        Absent::Switch(false),
        "Whether a permission set that provision makes gives it to every chosen user, and the phone is put \
         into the utility bar of `app` where that is an app of your own; otherwise what agents lack is \
         told, with the steps.",
    ),
    key(
        "app",
        Shape::Text,
        Absent::Said("any app with the phone"),
        "The app in which agents have the phone, by label or API name (with the namespace where it \
         has one).",
    ),
    key(
        "also",
        Shape::Texts,
        Absent::Said("none"),
        "Objects whose records agents create and edit besides, and fields that they edit: \
         `[\"Lead\", \"Case.Origin\"]`.",
    ),
    key(
        "except",
        Shape::Texts,
        Absent::Said("none"),
        "Objects and fields that agents do without, though the call center or the package fills them.",
    ),
];

static PERMISSION_SETS: [Key; 1] = [key(
    "assign",
    Shape::Texts,
    Absent::Said("none"),
    "Permission sets that every active user chosen under `[users]` has, by label or API name (with \
     the namespace where it has one).",
)];

static ORG: [Key; 3] = [
    key("protected", Shape::Switch, Absent::Switch(false), "Treat the org like a production org."),
    key("login", Shape::Text, NOTHING, "Where people log in to the org: `https://…`."),
    key("instance_url", Shape::Text, NOTHING, "Base URL of the org's APIs: `https://…`."),
];
