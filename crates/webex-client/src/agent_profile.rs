//! Agent profiles, called desktop profiles in Control Hub: what agents may do at their desktop.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::resource::{Sealed, operations};
use crate::words::words;
use crate::{
    Area, AuxiliaryCode, Client, Creatable, Deletable, EntryPoint, Id, Operations, OutdialAni,
    Referable, Replaceable, Resource, Site,
};

/// An agent profile. A change reaches every agent who has it, at their next sign-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AgentProfile {
    /// The name, of at most 80 characters.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// What it belongs to.
    pub parent_type: Option<ParentType>,
    /// The site that it belongs to, where it belongs to one.
    pub site_id: Option<Id<Site>>,
    /// Whether pop-ups of other pages are allowed.
    pub screen_popup: Option<bool>,
    /// Which idle codes its agents have.
    pub access_idle_code: Option<Access>,
    /// Those, where it is specific.
    pub idle_codes: Option<Vec<Id<AuxiliaryCode>>>,
    /// Which wrap-up codes its agents have.
    pub access_wrap_up_code: Option<Access>,
    /// Those, where it is specific.
    pub wrap_up_codes: Option<Vec<Id<AuxiliaryCode>>>,
    /// Which queues its agents may transfer to.
    pub access_queue: Option<Access>,
    /// Which entry points its agents may transfer to.
    pub access_entry_point: Option<Access>,
    /// Which teams its agents may consult.
    pub access_buddy_team: Option<Access>,
    /// Which numbers its agents may sign in with.
    #[serde(rename = "agentDNValidation")]
    pub agent_dn_validation: Option<Access>,
    /// Whether its agents may call out.
    pub outdial_enabled: Option<bool>,
    /// By which entry point.
    pub outdial_entry_point_id: Option<Id<EntryPoint>>,
    /// With which numbers to show.
    #[serde(rename = "outdialANIId")]
    pub outdial_ani_id: Option<Id<OutdialAni>>,
    /// By which devices its agents may take calls: `AGENT_DN`, `EXTENSION`, `BROWSER`.
    pub login_voice_options: Option<Vec<VoiceOption>>,
    /// Whether a contact is wrapped up by itself; goes with
    /// [`auto_wrap_after_seconds`](Self::auto_wrap_after_seconds).
    pub auto_wrap_up: Option<bool>,
    /// After how many seconds.
    pub auto_wrap_after_seconds: Option<i32>,
    /// Which statistics its agents see; an object of its own, which is sent as it came.
    viewable_statistics: Option<Value>,
}

words! {
    /// What an agent profile belongs to.
    ParentType {
        /// The organization.
        Organization = "ORGANIZATION",
        /// A site.
        Site = "SITE",
    }
}

words! {
    /// How much of something may be used.
    Access {
        /// What is listed.
        Specific = "SPECIFIC",
        /// All.
        All = "ALL",
        /// What is provisioned.
        Provisioned = "PROVISIONED_VALUE",
        /// Nothing.
        None = "NONE",
    }
}

words! {
    /// What an agent takes calls with.
    VoiceOption {
        /// A number.
        DialNumber = "AGENT_DN",
        /// An extension.
        Extension = "EXTENSION",
        /// The browser.
        Browser = "BROWSER",
    }
}

impl AgentProfile {
    /// A profile of the organization whose agents may use everything and not call out, with all that
    /// the service asks for.
    pub fn new(name: &str) -> AgentProfile {
        AgentProfile {
            name: name.to_owned(),
            description: None,
            active: Some(true),
            parent_type: Some(ParentType::Organization),
            site_id: None,
            screen_popup: Some(true),
            access_idle_code: Some(Access::All),
            idle_codes: None,
            access_wrap_up_code: Some(Access::All),
            wrap_up_codes: None,
            access_queue: Some(Access::All),
            access_entry_point: Some(Access::All),
            access_buddy_team: Some(Access::All),
            agent_dn_validation: Some(Access::All),
            outdial_enabled: Some(false),
            outdial_entry_point_id: None,
            outdial_ani_id: None,
            login_voice_options: None,
            auto_wrap_up: None,
            auto_wrap_after_seconds: None,
            viewable_statistics: Some(json!({
                "agentStats": true,
                "accessQueueStats": "ALL",
                "loggedInTeamStats": true,
                "accessTeamStats": "ALL",
            })),
        }
    }

    /// Whether agents with this profile have the idle code; `None` where the profile does not tell.
    pub fn allows_idle_code(&self, code: &Id<AuxiliaryCode>) -> Option<bool> {
        match self.access_idle_code.as_ref()? {
            Access::All => Some(true),
            Access::None => Some(false),
            Access::Specific => Some(self.idle_codes.as_ref()?.contains(code)),
            Access::Provisioned | Access::Other(_) => None,
        }
    }
}

impl Resource for AgentProfile {
    const LIST: &'static str = "/v2/agent-profile";
    const ITEM: &'static str = "/agent-profile";
    const OPERATIONS: Operations = operations!("an agent profile", "agent profiles");
}

impl Sealed for AgentProfile {}
impl Creatable for AgentProfile {}
impl Replaceable for AgentProfile {}
impl Deletable for AgentProfile {}

impl Referable for AgentProfile {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Client {
    /// Agent profiles, which Control Hub calls desktop profiles.
    pub fn agent_profiles(&self) -> Area<'_, AgentProfile> {
        Area::new(self)
    }
}
