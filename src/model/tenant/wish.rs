//! What is wanted of a Webex organization's contact center.

/// What is wanted of a contact center. What is absent is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TenantWish {
    /// Id of the Webex organization, a UUID.
    pub id: String,
    /// Its data centre: `us1`.
    pub data_center: String,
    /// The layout that ties the Agent Desktop to Salesforce.
    pub desktop_layout: Option<DesktopLayoutWish>,
    /// The teams that get it, by name.
    pub teams: Vec<String>,
    /// The teams that get back what they had before, by name; `None`: whichever have the layout from a run
    /// and are not among those that get it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_back: Option<Vec<String>>,
    /// Idle codes of state sync.
    pub idle_codes: Option<IdleCodesWish>,
    /// Variables that mappings use.
    pub variables: Option<VariablesWish>,
    /// What outgoing calls need.
    pub outdial: Option<OutdialWish>,
    /// Who may play recordings.
    pub recording_rights: Option<RecordingRightsWish>,
}

impl TenantWish {
    /// Nothing is wanted of an organization, in whatever data centre it is.
    pub fn nothing(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            data_center: String::new(),
            desktop_layout: None,
            teams: Vec::new(),
            given_back: None,
            idle_codes: None,
            variables: None,
            outdial: None,
            recording_rights: None,
        }
    }
}

/// The longest name of a desktop layout, in characters.
pub const LONGEST_LAYOUT_NAME: usize = 255;

/// The wanted desktop layout.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DesktopLayoutWish {
    /// Its name in the contact center.
    pub name: String,
    /// Name of the file that it comes from.
    pub file: String,
    /// The JSON, adapted to the site.
    pub content: String,
    /// Whether a team's own layout is replaced, instead of getting the connector into a copy of it.
    pub replace: bool,
}

/// Idle codes that state sync names.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct IdleCodesWish {
    /// Names, besides the one that the call center names.
    pub names: Vec<String>,
    /// Whether missing ones are made, and allowed in the desktop profiles of the teams' agents.
    pub manage: bool,
}

/// Variables that mappings use.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct VariablesWish {
    /// Names, besides those that the call center's mappings name.
    pub names: Vec<String>,
    /// Whether what they lack is given to them. Variables are never made or renamed: flows fill them.
    pub manage: bool,
}

/// What outgoing calls need.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct OutdialWish {
    /// The entry point of outgoing calls, by name.
    pub entry_point: String,
    /// The list of numbers that they may show, by name.
    pub ani: Option<String>,
    /// Whether the desktop profiles of the teams' agents are set to both.
    pub manage: bool,
}

/// Who may play recordings.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RecordingRightsWish {
    /// User profiles, by name.
    pub user_profiles: Vec<String>,
    /// The permission that shows recordings, by the API's name. That this one does is a guess.
    pub permission: String,
}
