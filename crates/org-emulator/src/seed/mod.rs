//! Makes orgs out of a number: the same number, the same org.
//!
//! Every seed has another vendor's call center with users in it, profiles that nobody uses,
//! inactive users and record types, and names that break careless programs. What differs from
//! seed to seed is which of them, how many, and what the package calls its settings.

mod apply;
mod apps;
mod changes;
mod file;
mod groups;
mod life;
mod many;
mod names;
mod others;
mod pages;
mod people;
mod random;
mod renames;
mod settings;
mod tasks;
mod vendor;
mod webex;

use std::collections::BTreeMap;

pub(crate) use self::apps::furnish;
pub use self::changes::Changes;
pub use self::file::Seed;
use self::random::Random;
use super::clock::Millis;
use super::ids::{Id, IdSource};
use super::kind::OrgKind;
use super::world::jobs::Jobs;
use super::world::logins::{LoginPolicy, PLATFORM_CLI, Session};
use super::world::stored::Stored;
use super::world::things::{App, PresenceStatus};
use super::world::{Features, Organization, World, storage};

/// What an org is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe {
    pub(crate) seed: u64,
    /// Which of several orgs it is, from 0.
    pub(crate) place: usize,
    pub(crate) users: usize,
    pub(crate) kind: OrgKind,
}

/// A moment that every seeded org was made at: 1 September 2026.
const BORN: Millis = 1_788_256_800_000;

/// Makes an org, the same for the same recipe.
#[cfg(test)]
pub(crate) fn grow(recipe: Recipe) -> World {
    grow_as(recipe, None)
}

/// Makes an org of that id; its records' ids and its users' secrets are the recipe's.
pub(crate) fn grow_as(recipe: Recipe, id: Option<Id>) -> World {
    let number = recipe.seed.wrapping_mul(1009).wrapping_add(recipe.place as u64);
    let mut random = Random::new(number);
    let mut ids = IdSource::new(Random::new(number ^ 0x5EED).next());
    let own = ids.next("00D");
    let organization = organization(recipe, id.unwrap_or(own));
    let mut world = World {
        organization,
        features: Features {
            call_center: true,
            omni_channel: recipe.seed % 3 != 2,
            daily_api_requests: 100_000,
            untidy_dependencies: false,
            broken_package: false,
            voice_licenses: None,
            salesforce_licenses: None,
            data_storage: storage(),
            data_storage_remaining: storage() - 1_024,
        },
        users: Vec::new(),
        profiles: Vec::new(),
        permission_sets: Vec::new(),
        permission_set_assignments: Vec::new(),
        setup_entity_access: Vec::new(),
        record_types: Vec::new(),
        layouts: Vec::new(),
        profile_layouts: Vec::new(),
        package_versions: Vec::new(),
        installed_packages: Vec::new(),
        package_licenses: Vec::new(),
        user_package_licenses: Vec::new(),
        remote_sites: Vec::new(),
        call_centers: Vec::new(),
        custom_metadata_types: Vec::new(),
        custom_objects: Vec::new(),
        custom_fields: Vec::new(),
        apex_classes: Vec::new(),
        apps: Vec::new(),
        report_folders: Vec::new(),
        reports: Vec::new(),
        components: Vec::new(),
        scheduled_jobs: Vec::new(),
        presence_statuses: Vec::new(),
        softphone_layouts: vec![pages::standard_softphone_layout()],
        setup_pages: pages::setup_pages(recipe.seed),
        stored: Stored::default(),
        records: BTreeMap::new(),
        sessions: BTreeMap::new(),
        login_policy: LoginPolicy::default(),
        connected_apps: Vec::new(),
        refresh_tokens: BTreeMap::new(),
        translations: BTreeMap::new(),
        permission_set_groups: Vec::new(),
        jobs: Jobs::default(),
        ids,
        born: BORN,
    };
    people::settle(&mut world, &mut random, recipe);
    things(&mut world);
    webex::offer(&mut world, &mut random, recipe.seed);
    vendor::install(&mut world, &mut random, recipe.seed);
    pages::lay_out(&mut world, &mut random, recipe.seed);
    sessions(&mut world, number);
    furnish(&mut world);
    world.open_records();
    world
}

fn organization(recipe: Recipe, id: Id) -> Organization {
    let name = match (recipe.seed, recipe.place) {
        (1, 0) => "Northwind Support".to_owned(),
        (seed, place) => format!("Northwind Support {seed}-{}", place + 1),
    };
    let (kind, sandbox, trial, instance) = match recipe.kind {
        OrgKind::Production => ("Enterprise Edition", false, false, "EU48"),
        OrgKind::Sandbox => ("Enterprise Edition", true, false, "CS112"),
        OrgKind::Scratch => ("Developer Edition", true, true, "CS89"),
        OrgKind::Developer => ("Developer Edition", false, false, "EU47"),
        OrgKind::Trial => ("Enterprise Edition", false, true, "NA224"),
    };
    Organization {
        id,
        name,
        organization_type: kind.to_owned(),
        is_sandbox: sandbox,
        trial_expiration_date: trial.then(|| "2027-01-31T08:00:00.000+0000".to_owned()),
        instance_name: instance.to_owned(),
        namespace_prefix: None,
        language_locale_key: "en_US".to_owned(),
        default_locale_sid_key: "en_US".to_owned(),
        time_zone_sid_key: "Europe/Berlin".to_owned(),
    }
}

fn things(world: &mut World) {
    for (developer_name, label) in
        [("LightningSales", "Sales"), ("LightningService", "Service Console")]
    {
        let id = world.new_id("02u");
        world.apps.push(App::lightning(id, developer_name, label, Some("standard")));
    }
    for (developer_name, label) in
        [("Available", "Available"), ("Busy", "Busy"), ("Lunch", "Обед (Lunch)")]
    {
        let id = world.new_id("0N5");
        world.presence_statuses.push(PresenceStatus {
            id,
            developer_name: developer_name.to_owned(),
            master_label: label.to_owned(),
        });
    }
}

/// Gives every user an access token, in the form that real ones have, and has Salesforce's own CLI
/// remember them.
fn sessions(world: &mut World, number: u64) {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    let org = world.organization.id.short().to_owned();
    for (place, user) in world.users.iter().enumerate() {
        let mut random = Random::new(number ^ ((place as u64 + 1) << 32));
        let secret: String = (0..86).map(|_| char::from(*random.pick(LETTERS))).collect();
        world.sessions.insert(format!("{org}!AQEA{secret}"), Session::of(user.id.clone()));
    }
    let users: Vec<Id> = world.users.iter().map(|user| user.id.clone()).collect();
    for user in users {
        world.remember(&user, PLATFORM_CLI, None);
    }
}

/// An id that is replaced when the component it belongs to is added to an org.
fn unassigned() -> Id {
    const NOBODY: &str = "000000000000000AAA";
    // Fifteen zeroes have the checksum AAA.
    Id::parse(NOBODY).unwrap_or_else(|| IdSource::new(0).next("000"))
}

#[cfg(test)]
mod tests;
