//! What an emulator says of itself: its address, its orgs, and how to log in.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use crate::kind::OrgKind;
use crate::state::State;
use crate::world::World;
use crate::world::logins::PLATFORM_CLI;
use crate::world::package::PackageVersion;
use crate::world::people::User;

/// How many users of an org are listed.
const LISTED: usize = 5;

/// What an emulator says of itself; shown as one line of JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Announcement {
    /// Version of the JSON's shape.
    pub format: u32,
    /// `http://127.0.0.1:PORT`, or the same with `https`.
    pub url: String,
    /// The process that it runs in.
    pub pid: u32,
    /// With HTTPS: the certificate that clients have to trust.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_certificate: Option<PathBuf>,
    /// Its orgs.
    pub orgs: Vec<AnnouncedOrg>,
    /// The Webex tenant beside them: its address, whose it is, and how to log in.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub webex: Value,
}

/// An org, and who can log in to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AnnouncedOrg {
    /// `00D…`, 18 characters.
    pub org_id: String,
    /// `Organization.Name`
    pub name: String,
    /// What its `Organization` record makes of it.
    pub kind: OrgKind,
    /// Where its APIs are: the emulator's address, for the token chooses the org.
    pub instance_url: String,
    /// The newest version on offer of the first package, `04t…`.
    pub package_version_id: Option<String>,
    /// All versions on offer.
    pub package_versions: Vec<String>,
    /// The first active users, the administrator before all others.
    pub users: Vec<AnnouncedUser>,
}

/// A user, and the tokens that they begin with.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AnnouncedUser {
    /// `005…`, 18 characters.
    pub id: String,
    /// `User.Username`
    pub username: String,
    /// `Profile.Name`
    pub profile: Option<String>,
    /// Good until somebody ends it.
    pub access_token: Option<String>,
    /// Of the app `PlatformCLI`.
    pub refresh_token: Option<String>,
}

impl fmt::Display for Announcement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Announcement {
    /// What an emulator says now.
    pub(crate) fn of(state: &State) -> Self {
        Self {
            format: 1,
            url: state.settings.url.clone(),
            pid: std::process::id(),
            ca_certificate: state.settings.authority.clone(),
            orgs: orgs(state),
            webex: Value::Null,
        }
    }
}

/// The orgs, as `GET /_emulator/orgs` shows them too.
pub(crate) fn orgs(state: &State) -> Vec<AnnouncedOrg> {
    state.orgs.iter().map(|org| announced(org.world(), &state.settings.url)).collect()
}

/// An org as it is announced.
pub(crate) fn announced(world: &World, url: &str) -> AnnouncedOrg {
    let offered: Vec<&PackageVersion> =
        world.package_versions.iter().filter(|version| version.on_offer).collect();
    // The package that the checklist is about is the first on offer.
    let package = offered.first().map(|version| &version.subscriber_package_id);
    let newest = offered
        .iter()
        .filter(|version| Some(&version.subscriber_package_id) == package)
        .max_by_key(|version| version.order());
    let users = world.users.iter().filter(|user| user.is_active).take(LISTED);
    AnnouncedOrg {
        org_id: world.organization.id.to_string(),
        name: world.organization.name.clone(),
        kind: kind(world),
        instance_url: url.to_owned(),
        package_version_id: newest.map(|version| version.id.to_string()),
        package_versions: offered.iter().map(|version| version.id.to_string()).collect(),
        users: users.map(|user| announced_user(world, user)).collect(),
    }
}

fn announced_user(world: &World, user: &User) -> AnnouncedUser {
    let renewed = world
        .refresh_tokens
        .iter()
        .find(|(_, login)| login.user == user.id && login.consumer_key == PLATFORM_CLI);
    AnnouncedUser {
        id: user.id.to_string(),
        username: user.username.clone(),
        profile: world.profile(&user.profile_id).map(|profile| profile.name.clone()),
        access_token: world.access_token(&user.id),
        refresh_token: renewed.map(|(token, _)| token.clone()),
    }
}

/// What kind of org it is, told as clients tell it.
fn kind(world: &World) -> OrgKind {
    let organization = &world.organization;
    match (organization.is_sandbox, organization.trial_expiration_date.is_some()) {
        (true, false) => OrgKind::Sandbox,
        (true, true) => OrgKind::Scratch,
        (false, true) => OrgKind::Trial,
        (false, false) if organization.organization_type == "Developer Edition" => {
            OrgKind::Developer
        }
        (false, false) => OrgKind::Production,
    }
}
