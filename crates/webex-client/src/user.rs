//! Users, who are made in Control Hub: which teams they are in, and what they may do.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use wire::{Call, Method};

use crate::area::write;
use crate::encode::component;
use crate::resource::{Sealed, operations};
use crate::{
    AgentProfile, Area, Client, Error, Filter, Id, Listed, Operations, Query, Referable, Resource,
    Site, Stored, Team, UserProfile,
};

/// What an agent knows, and how well; only its id is used here.
#[derive(Debug)]
#[non_exhaustive]
pub enum SkillProfile {}

/// A user of the contact center.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct User {
    /// The e-mail address, by which the same person is found in Salesforce.
    pub email: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// Whether the user may be used at all.
    pub active: Option<bool>,
    /// Whether the user is one of the contact center.
    pub contact_center_enabled: Option<bool>,
    /// What the user may do in Webex: `SUPERVISOR`, `PREMIUM_AGENT`, … where the service tells it.
    pub user_profile_type: Option<String>,
    /// What the user may do in Webex.
    pub user_profile_id: Option<Id<UserProfile>>,
    /// What the user may do at the desktop.
    pub agent_profile_id: Option<Id<AgentProfile>>,
    /// What the user knows.
    pub skill_profile_id: Option<Id<SkillProfile>>,
    /// Where the user works.
    pub site_id: Option<Id<Site>>,
    /// The teams that the user is in; they come back in another order than they were sent.
    pub team_ids: Option<Vec<Id<Team>>>,
}

/// What is to be changed of a user; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserChange(Map<String, Value>);

impl UserChange {
    /// Changes nothing.
    pub fn new() -> UserChange {
        UserChange::default()
    }

    /// The user is to be in these teams and in no other.
    #[must_use]
    pub fn teams(self, ids: &[Id<Team>]) -> UserChange {
        self.with("teamIds", json!(ids))
    }

    /// The user is to have this agent profile.
    #[must_use]
    pub fn agent_profile(self, id: &Id<AgentProfile>) -> UserChange {
        self.with("agentProfileId", json!(id))
    }

    /// The user is to have this skill profile, or none.
    #[must_use]
    pub fn skill_profile(self, id: Option<&Id<SkillProfile>>) -> UserChange {
        self.with("skillProfileId", json!(id))
    }

    fn with(mut self, field: &str, value: Value) -> UserChange {
        self.0.insert(field.to_owned(), value);
        self
    }
}

impl Resource for User {
    const LIST: &'static str = "/v2/user";
    const ITEM: &'static str = "/user";
    const OPERATIONS: Operations = operations!("a user", "users");
}

impl Sealed for User {}

impl Referable for User {
    const REFERENCES: &'static str = Self::ITEM;
}

/// How many e-mail addresses one request asks for: addresses of requests are not to be longer than what
/// proxies take.
const EMAILS_AT_ONCE: usize = 40;

impl Area<'_, User> {
    /// The users with these e-mail addresses; whoever is not found is left out. Their case does not count.
    pub async fn with_emails(&self, emails: &[&str]) -> Result<Vec<Listed<User>>, Error> {
        let mut users = Vec::new();
        for emails in emails.chunks(EMAILS_AT_ONCE) {
            let filter = Filter::one_of("email", emails);
            users.extend(self.query(&Query::matching(filter)).await?);
        }
        let wanted = |user: &Listed<User>| {
            let email = user.email.as_deref().unwrap_or_default();
            emails.iter().any(|wanted| wanted.eq_ignore_ascii_case(email))
        };
        users.retain(wanted);
        Ok(users)
    }

    /// A user together with the user profile, its permissions included.
    pub async fn get_with_profile(
        &self,
        id: &Id<User>,
    ) -> Result<(Stored<User>, Option<UserProfile>), Error> {
        let operation = User::OPERATIONS.read;
        let path = format!("/user/with-user-profile/{}", component(id.as_str()));
        let user: Value = self.client.json(Call::get(self.client.path(&path), operation)).await?;
        let profile = match &user["userProfileGranularAccessData"] {
            Value::Null => Ok(None),
            profile => crate::decode::value(operation, profile).map(Some),
        };
        let both = profile.and_then(|profile| Ok((Stored::read(operation, user)?, profile)));
        both.map_err(|error| self.client.without_secrets(error))
    }

    /// Changes a user; the result is what the service says the user is now.
    pub async fn change(&self, id: &Id<User>, change: &UserChange) -> Result<Stored<User>, Error> {
        let operation = User::OPERATIONS.update;
        // A plain object with what changes: the service breaks down over a JSON Patch.
        let path = self.item_path(operation, id)?;
        let call = write(Method::PATCH, path, operation, &Value::Object(change.0.clone()));
        self.client.record(call).await
    }
}

impl Client {
    /// Users.
    pub fn users(&self) -> Area<'_, User> {
        Area::new(self)
    }
}
