//! What is: one observation of a Webex organization's contact center.

use std::collections::BTreeMap;

use super::TenantRecordId;
use crate::model::Observed;

/// A contact center at one moment. What a look fills is unasked until it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantState {
    /// Which organization it is.
    pub tenant: Tenant,
    /// Every desktop layout, without its content.
    pub layouts: Observed<Vec<LayoutRow>>,
    /// The contents of those layouts that matter, as text, by id.
    pub contents: BTreeMap<TenantRecordId, Observed<String>>,
    /// Every team.
    pub teams: Observed<Vec<TeamRow>>,
    /// Every idle code.
    pub idle_codes: Observed<Vec<IdleCodeRow>>,
    /// Every global variable.
    pub variables: Observed<Vec<VariableRow>>,
    /// Every desktop profile of agents.
    pub agent_profiles: Observed<Vec<AgentProfileRow>>,
    /// Every entry point.
    pub entry_points: Observed<Vec<EntryPointRow>>,
    /// Every dial number that is mapped to an entry point.
    pub dial_numbers: Observed<Vec<DialNumberRow>>,
    /// Every list of numbers that outgoing calls may show.
    pub anis: Observed<Vec<AniRow>>,
    /// Every user profile.
    pub user_profiles: Observed<Vec<UserProfileRow>>,
    /// Agents by the desktop profile that they have.
    pub agents: Observed<Vec<AgentRow>>,
}

/// The organization itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its id, a UUID.
    pub id: String,
    /// Its name, as the service tells it.
    pub name: String,
    /// Base address of the API that it was seen by.
    pub api_url: String,
}

/// One thing of a contact center that can be looked at by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TenantLook {
    /// Desktop layouts and which team has which.
    DesktopLayouts,
    /// Teams.
    Teams,
    /// Idle codes.
    IdleCodes,
    /// Global variables.
    Variables,
    /// Desktop profiles of agents.
    AgentProfiles,
    /// Entry points.
    EntryPoints,
    /// Dial numbers.
    DialNumbers,
    /// Numbers that outgoing calls may show.
    OutdialAnis,
    /// User profiles with what they permit.
    UserProfiles,
    /// Agents.
    Agents,
}

impl TenantLook {
    /// What it shows, in words: `the teams`.
    pub fn words(self) -> &'static str {
        match self {
            Self::DesktopLayouts => "the desktop layouts",
            Self::Teams => "the teams",
            Self::IdleCodes => "the idle codes",
            Self::Variables => "the global variables",
            Self::AgentProfiles => "the desktop profiles",
            Self::EntryPoints => "the entry points",
            Self::DialNumbers => "the dial numbers",
            Self::OutdialAnis => "the outdial ANI lists",
            Self::UserProfiles => "the user profiles",
            Self::Agents => "the agents",
        }
    }
}

/// A desktop layout as a list tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// Whether it is the layout of teams without one of their own, or the service's own. Such a
    /// layout is never written.
    pub untouchable: bool,
    /// Whether it is in use.
    pub active: bool,
    /// The teams that it belongs to.
    pub teams: Vec<TenantRecordId>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// Its own layout; `None`: the global one.
    pub layout: Option<TenantRecordId>,
}

/// An idle code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdleCodeRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
}

/// A global variable.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own in the service")]
pub struct VariableRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
    /// Whether agents see it.
    pub viewable: bool,
    /// Whether agents, and the desktop for them, may change it.
    pub editable: bool,
    /// Whether it is kept for reports.
    pub reportable: bool,
    /// What agents see it called.
    pub label: Option<String>,
}

/// A desktop profile of agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentProfileRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// The idle codes that it allows.
    pub idle_codes: AllowedCodes,
    /// Whether its agents may dial out, where the service tells that.
    pub outdial: Option<bool>,
    /// The entry point of its outgoing calls.
    pub outdial_entry_point: Option<TenantRecordId>,
    /// The list of numbers that its outgoing calls may show.
    pub ani: Option<TenantRecordId>,
    /// What its agents may take calls with, in the API's words: `AGENT_DN`, `EXTENSION`, `BROWSER`.
    /// `None` where the service does not say.
    pub voice_options: Option<Vec<String>>,
}

/// The idle codes that a desktop profile allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowedCodes {
    /// Every one.
    All,
    /// These.
    Listed(Vec<TenantRecordId>),
    /// Some; which, shows only a profile that was read by itself.
    Unread,
    /// None, or in a way that is not known here: only a person changes that.
    Otherwise,
}

/// An entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPointRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
    /// Whether it takes outgoing calls.
    pub outdial: bool,
    /// Whether it has a flow, a strategy or a queue that handles its calls.
    pub handled: bool,
}

/// A dial number and the entry point that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialNumberRow {
    /// The number.
    pub number: String,
    /// The entry point.
    pub entry_point: Option<TenantRecordId>,
}

/// A list of numbers that outgoing calls may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AniRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// Its numbers; `None` where they were not read.
    pub numbers: Option<Vec<String>>,
}

/// A user profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserProfileRow {
    /// Its id.
    pub id: TenantRecordId,
    /// Its name.
    pub name: String,
    /// `SUPERVISOR`, `STANDARD_AGENT` …; empty where the service does not say.
    pub kind: String,
    /// Whether it is the service's own, which nobody changes.
    pub stock: bool,
    /// Whether it permits everything that there is to permit, so that nothing is listed.
    pub permits_all: bool,
    /// What it permits, by the API's names, with the access: `EDIT`, `VIEW`, `NONE` … `None` where it was
    /// not read.
    pub permissions: Option<BTreeMap<String, String>>,
}

/// Why whoever has a user profile plays no recordings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRecordings {
    /// It is no supervisor's.
    Kind,
    /// It is the service's own.
    Stock,
    /// It lacks the permission.
    Permission,
    /// What it permits was not seen.
    Unseen,
}

impl UserProfileRow {
    /// What keeps whoever has it from playing recordings, which that permission shows; `None`: nothing that
    /// is known. A profile of the service's own may have the permission, and Cisco asks for a supervisor's
    /// that somebody has made.
    pub fn keeps_from_recordings(&self, permission: &str) -> Option<NoRecordings> {
        if !["SUPERVISOR", "ADMINISTRATOR", ""].contains(&self.kind.as_str()) {
            Some(NoRecordings::Kind)
        } else if self.stock {
            Some(NoRecordings::Stock)
        } else {
            match self.may_play_recordings(permission) {
                Some(true) => None,
                Some(false) => Some(NoRecordings::Permission),
                None => Some(NoRecordings::Unseen),
            }
        }
    }

    /// Whether whoever has it may play recordings, which that permission shows; `None`: that was not seen.
    fn may_play_recordings(&self, permission: &str) -> Option<bool> {
        if self.permits_all {
            return Some(true);
        }
        let access = self.permissions.as_ref()?.get(permission);
        Some(access.is_some_and(|access| ["VIEW", "EDIT", "ENABLED"].contains(&access.as_str())))
    }
}

/// An agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRow {
    /// The agent's name.
    pub name: String,
    /// The agent's e-mail address, by which a Salesforce user is known here.
    pub email: String,
    /// Whether the agent may sign in.
    pub active: bool,
    /// The desktop profile that the agent has.
    pub profile: Option<TenantRecordId>,
    /// The user profile, which says what the agent is permitted.
    pub user_profile: Option<TenantRecordId>,
    /// The agent's teams.
    pub teams: Vec<TenantRecordId>,
}

impl TenantState {
    /// A contact center of which nothing but its name was seen.
    pub fn new(tenant: Tenant) -> Self {
        Self {
            tenant,
            layouts: Observed::Unasked,
            contents: BTreeMap::new(),
            teams: Observed::Unasked,
            idle_codes: Observed::Unasked,
            variables: Observed::Unasked,
            agent_profiles: Observed::Unasked,
            entry_points: Observed::Unasked,
            dial_numbers: Observed::Unasked,
            anis: Observed::Unasked,
            user_profiles: Observed::Unasked,
            agents: Observed::Unasked,
        }
    }

    /// What was refused, with the service's words: `the teams: HTTP 403`.
    pub fn refusal(&self, look: TenantLook) -> Option<String> {
        fn words<T>(part: &Observed<T>) -> Option<&str> {
            match part {
                Observed::Refused(refused) => Some(&refused.words),
                Observed::Seen(_) | Observed::Unasked => None,
            }
        }
        let words = match look {
            TenantLook::DesktopLayouts => words(&self.layouts),
            TenantLook::Teams => words(&self.teams),
            TenantLook::IdleCodes => words(&self.idle_codes),
            TenantLook::Variables => words(&self.variables),
            TenantLook::AgentProfiles => words(&self.agent_profiles),
            TenantLook::EntryPoints => words(&self.entry_points),
            TenantLook::DialNumbers => words(&self.dial_numbers),
            TenantLook::OutdialAnis => words(&self.anis),
            TenantLook::UserProfiles => words(&self.user_profiles),
            TenantLook::Agents => words(&self.agents),
        }?;
        Some(format!("{}: {}", look.words(), words.trim_end_matches('.')))
    }

    /// The layout that the agents of a team see: its own, else the one of teams without one.
    pub fn layout_of(&self, team: &TeamRow) -> Option<&LayoutRow> {
        let layouts = || self.layouts.iter();
        let own = layouts().find(|layout| team.layout.as_ref() == Some(&layout.id));
        own.or_else(|| layouts().find(|it| !it.untouchable && it.teams.contains(&team.id)))
            .or_else(|| layouts().find(|it| it.untouchable))
    }

    /// The content of a layout, where it was seen.
    pub fn content(&self, id: &TenantRecordId) -> Option<&str> {
        self.contents.get(id)?.seen().map(String::as_str)
    }
}
