//! Teams: who works together, at which site, with which desktop layout.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::words::words;
use crate::{
    Area, Client, Creatable, Deletable, DesktopLayout, Id, Operations, Referable, Replaceable,
    Resource, Site, User,
};

/// A team. Who is in it, the users say ([`User::team_ids`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Team {
    /// The name.
    pub name: String,
    /// A description, of at most 255 characters.
    pub description: Option<String>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// Where it works; cannot be changed. Its users are of the same site.
    pub site_id: Option<Id<Site>>,
    /// What it consists of.
    pub team_type: Option<TeamType>,
    /// Whether it takes contacts.
    pub team_status: Option<TeamStatus>,
    /// Whether its queues are ranked for it.
    pub rank_queues_for_team: Option<bool>,
    /// Its layout; none means the global one, for which there is no other value.
    pub desktop_layout_id: Option<Id<DesktopLayout>>,
    /// Its users, where the service tells them.
    pub user_ids: Option<Vec<Id<User>>>,
}

words! {
    /// What a team consists of.
    TeamType {
        /// Agents.
        Agent = "AGENT",
        /// A number of lines somewhere else.
        Capacity = "CAPACITY",
    }
}

words! {
    /// Whether a team takes contacts.
    TeamStatus {
        /// It does.
        InService = "IN_SERVICE",
        /// It does not.
        NotAvailable = "NOT_AVAILABLE",
    }
}

impl Team {
    /// A team of agents that takes contacts, with all that the service asks for.
    pub fn new(name: &str, site_id: Id<Site>) -> Team {
        Team {
            name: name.to_owned(),
            description: None,
            active: Some(true),
            site_id: Some(site_id),
            team_type: Some(TeamType::Agent),
            team_status: Some(TeamStatus::InService),
            rank_queues_for_team: Some(false),
            desktop_layout_id: None,
            user_ids: None,
        }
    }
}

impl Resource for Team {
    const LIST: &'static str = "/v2/team";
    const ITEM: &'static str = "/team";
    const FIXED: &'static [(&'static str, &'static str)] =
        &[("siteId", "a team stays at the site that it was made for")];
    const OPERATIONS: Operations = operations!("a team", "teams");
}

impl Sealed for Team {}
impl Creatable for Team {}
impl Replaceable for Team {}
impl Deletable for Team {}

impl Referable for Team {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Client {
    /// Teams.
    pub fn teams(&self) -> Area<'_, Team> {
        Area::new(self)
    }
}
