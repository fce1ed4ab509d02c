//! What an emulator says of itself: its address, its orgs, and how to log in.

use serde_json::{Value, json};

use super::state::State;
use super::world::World;
use super::world::logins::PLATFORM_CLI;
use super::world::package::PackageVersion;

/// How many users of an org are listed.
const LISTED: usize = 5;

/// The document: format, address, process, and the orgs.
pub(crate) fn document(state: &State) -> Value {
    let mut document = json!({
        "format": 1,
        "url": state.settings.url,
        "pid": std::process::id(),
    });
    if let Some(path) = &state.settings.authority {
        document["ca_certificate"] = path.to_string_lossy().into();
    }
    document["orgs"] = orgs(state);
    document
}

/// The orgs, as `GET /_emulator/orgs` shows them too.
pub(crate) fn orgs(state: &State) -> Value {
    state.orgs.iter().map(|org| entry(org.world(), &state.settings.url)).collect()
}

fn entry(world: &World, url: &str) -> Value {
    let offered: Vec<&PackageVersion> =
        world.package_versions.iter().filter(|version| version.on_offer).collect();
    // The package that the checklist is about is the first on offer.
    let package = offered.first().map(|version| &version.subscriber_package_id);
    let newest = offered
        .iter()
        .filter(|version| Some(&version.subscriber_package_id) == package)
        .max_by_key(|version| version.order());
    let users = world.users.iter().filter(|user| user.is_active).take(LISTED);
    let users: Vec<Value> = users
        .map(|user| {
            let token = world.sessions.iter().find(|(_, session)| session.user == user.id);
            let renewed = world
                .refresh_tokens
                .iter()
                .find(|(_, login)| login.user == user.id && login.consumer_key == PLATFORM_CLI);
            json!({
                "id": user.id,
                "username": user.username,
                "profile": world.profile(&user.profile_id).map(|profile| &profile.name),
                "access_token": token.map(|(token, _)| token),
                "refresh_token": renewed.map(|(token, _)| token),
            })
        })
        .collect();
    json!({
        "org_id": world.organization.id,
        "name": world.organization.name,
        "kind": kind(world),
        "instance_url": url,
        "package_version_id": newest.map(|version| &version.id),
        "package_versions": offered.iter().map(|version| &version.id).collect::<Vec<_>>(),
        "users": users,
    })
}

/// What kind of org it is, told as clients tell it.
fn kind(world: &World) -> &'static str {
    let organization = &world.organization;
    match (organization.is_sandbox, organization.trial_expiration_date.is_some()) {
        (true, false) => "sandbox",
        (true, true) => "scratch",
        (false, true) => "trial",
        (false, false) if organization.organization_type == "Developer Edition" => "developer",
        (false, false) => "production",
    }
}
