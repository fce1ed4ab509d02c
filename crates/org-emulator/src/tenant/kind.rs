//! Which kinds of records there are.

use super::field::Type::{
    self, Between, Digits, Filled, Flag, Int, Ints, Name, Number, Object, Objects, OneOf, SomeOf,
    Text, Texts, Time, Word,
};

/// A kind of record.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Its name in paths and refusals.
    pub(crate) name: &'static str,
    /// Which version of the API its list is in.
    pub(crate) list: &'static str,
    /// What stands before its name in the paths of items.
    pub(crate) item: &'static str,
    /// Fields of its own.
    pub(crate) fields: &'static [(&'static str, Type)],
    /// Those that the service asks for.
    pub(crate) required: &'static [&'static str],
    /// Those that stay as they are, once the record is there.
    pub(crate) fixed: &'static [&'static str],
    /// Those that lists leave out.
    pub(crate) unlisted: &'static [&'static str],
    /// What must differ from one record to another.
    pub(crate) unique: &'static [&'static str],
    /// What `search` looks at.
    pub(crate) searched: &'static [&'static str],
    /// Fields with ids of other records, by their kind.
    pub(crate) refers: &'static [(&'static str, &'static str)],
    /// The status of an answer to a record that was made.
    pub(crate) created: u16,
    /// The status of an answer to a record that was deleted.
    pub(crate) deleted: u16,
    /// Whether records are made and deleted here.
    pub(crate) made_here: bool,
    /// Whether a record says that the service made it.
    pub(crate) has_system_default: bool,
}

/// Fields of every kind.
pub(crate) const COMMON: &[(&str, Type)] = &[
    ("organizationId", Filled),
    ("id", Text(100)),
    ("version", Int),
    ("systemDefault", Flag),
    ("createdTime", Time),
    ("lastUpdatedTime", Time),
];

const ACCESS: Type = OneOf(&["SPECIFIC", "ALL", "PROVISIONED_VALUE", "NONE"]);
const INCLUSION: Type = OneOf(&["INCLUDED", "EXCLUDED"]);
const ANY: Type = Text(1000);
const DESCRIPTION: (&str, Type) = ("description", Text(255));

/// What most kinds have in common.
const PLAIN: Kind = Kind {
    name: "",
    list: "/v2",
    item: "",
    fields: &[],
    required: &[],
    fixed: &[],
    unlisted: &[],
    unique: &["name"],
    searched: &["name"],
    refers: &[],
    created: 201,
    deleted: 204,
    made_here: true,
    has_system_default: true,
};

/// All kinds.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "desktop-layout",
        fields: &[
            ("name", Text(255)),
            DESCRIPTION,
            ("editedBy", Text(255)),
            ("jsonFileName", Text(255)),
            ("jsonFileContent", Filled),
            ("global", Flag),
            ("status", Flag),
            ("defaultJsonModified", Flag),
            ("validated", Flag),
            ("validatedTime", Time),
            ("defaultJsonModifiedTime", Time),
            ("modifiedTime", Time),
            ("teamIds", Texts),
        ],
        required: &[
            "name",
            "editedBy",
            "jsonFileName",
            "jsonFileContent",
            "global",
            "status",
            "defaultJsonModified",
            "validated",
        ],
        unlisted: &["jsonFileContent"],
        refers: &[("teamIds", "team")],
        ..PLAIN
    },
    Kind {
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
        refers: &[
            ("siteId", "site"),
            ("desktopLayoutId", "desktop-layout"),
            ("multiMediaProfileId", "multimedia-profile"),
        ],
        ..PLAIN
    },
    Kind {
        name: "site",
        fields: &[
            ("name", Name(80, "_- ")),
            DESCRIPTION,
            ("active", Flag),
            ("multimediaProfileId", Filled),
        ],
        required: &["name", "active", "multimediaProfileId"],
        refers: &[("multimediaProfileId", "multimedia-profile")],
        ..PLAIN
    },
    Kind {
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
    },
    Kind {
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
    },
    Kind {
        name: "agent-profile",
        fields: &[
            ("name", Name(80, "._-() ")),
            DESCRIPTION,
            ("parentType", OneOf(&["ORGANIZATION", "SITE"])),
            ("siteId", ANY),
            ("screenPopup", Flag),
            ("lastAgentRouting", Flag),
            ("autoWrapUp", Flag),
            ("autoAnswer", Flag),
            ("autoWrapAfterSeconds", Int),
            ("agentAvailableAfterOutdial", Flag),
            ("allowAutoWrapUpExtension", Flag),
            ("accessWrapUpCode", ACCESS),
            ("wrapUpCodes", Texts),
            ("accessIdleCode", ACCESS),
            ("idleCodes", Texts),
            ("accessQueue", ACCESS),
            ("queues", Texts),
            ("accessEntryPoint", ACCESS),
            ("entryPoints", Texts),
            ("accessBuddyTeam", ACCESS),
            ("buddyTeams", Texts),
            ("consultToQueue", Flag),
            ("outdialEnabled", Flag),
            ("outdialEntryPointId", ANY),
            ("outdialANIId", ANY),
            ("addressBookId", ANY),
            ("dialPlanEnabled", Flag),
            ("dialPlans", Texts),
            ("agentDNValidation", ACCESS),
            ("agentDNValidationCriteria", ACCESS),
            ("agentDNValidationCriterions", Texts),
            ("loginVoiceOptions", SomeOf(&["AGENT_DN", "EXTENSION", "BROWSER"])),
            ("viewableStatistics", Object(&["accessQueueStats", "accessTeamStats"])),
            ("thresholdRules", Texts),
            ("active", Flag),
            ("timeoutDesktopInactivityCustomEnabled", Flag),
            ("timeoutDesktopInactivityMins", Between(3, 10_000)),
            ("showUserDetailsMS", Flag),
            ("stateSynchronizationMS", Flag),
            ("showUserDetailsWebex", Flag),
            ("stateSynchronizationWebex", Flag),
        ],
        required: &[
            "name",
            "parentType",
            "active",
            "accessWrapUpCode",
            "accessIdleCode",
            "accessQueue",
            "accessEntryPoint",
            "accessBuddyTeam",
            "agentDNValidation",
            "viewableStatistics",
        ],
        refers: &[
            ("siteId", "site"),
            ("idleCodes", "auxiliary-code"),
            ("wrapUpCodes", "auxiliary-code"),
            ("outdialEntryPointId", "entry-point"),
            ("outdialANIId", "outdial-ani"),
            ("buddyTeams", "team"),
        ],
        ..PLAIN
    },
    Kind {
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
    },
    Kind {
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
        ..PLAIN
    },
    Kind {
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
    },
    Kind {
        name: "outdial-ani",
        fields: &[
            ("name", Name(80, "._- ")),
            DESCRIPTION,
            ("outdialANIEntries", Objects(&["name", "number"])),
        ],
        required: &["name"],
        unlisted: &["outdialANIEntries"],
        has_system_default: false,
        ..PLAIN
    },
    Kind {
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
        required: &[
            "name",
            "profileType",
            "active",
            "permissionAccessLevel",
            "resourceAccessLevel",
        ],
        unlisted: &["permissions"],
        ..PLAIN
    },
    Kind {
        name: "multimedia-profile",
        fields: &[
            ("name", Name(80, "._- ")),
            DESCRIPTION,
            ("chat", Int),
            ("email", Int),
            ("telephony", Int),
            ("social", Int),
            ("active", Flag),
            ("blendingModeEnabled", Flag),
            ("blendingMode", OneOf(&["BLENDED", "BLENDED_REALTIME", "EXCLUSIVE"])),
            ("manuallyAssignable", Object(&["chat", "email", "social", "telephony"])),
        ],
        required: &[
            "name",
            "active",
            "chat",
            "email",
            "telephony",
            "social",
            "blendingMode",
            "blendingModeEnabled",
        ],
        created: 200,
        deleted: 200,
        ..PLAIN
    },
];

/// A number of an outdial ANI list: a record inside another.
pub(crate) const ENTRY: &Kind = &Kind {
    name: "outdial-ani-entry",
    fields: &[("name", Name(80, "._- ")), ("number", Filled), ("defaultANIEntry", Flag)],
    required: &["name", "number"],
    deleted: 200,
    has_system_default: false,
    ..PLAIN
};

/// The kind of that name.
pub(crate) fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl Kind {
    /// The type of a field.
    pub(crate) fn field(&self, name: &str) -> Option<Type> {
        self.fields.iter().chain(COMMON).find(|(field, _)| *field == name).map(|(_, kind)| *kind)
    }
}
