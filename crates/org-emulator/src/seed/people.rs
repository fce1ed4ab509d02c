//! Profiles, permission sets and users.

use std::collections::BTreeSet;

use super::names::{AWKWARD_PROFILES, DEPARTMENTS, PEOPLE, TIME_ZONES, TITLES};
use super::{BORN, Random, Recipe};
use crate::clock::rest_time;
use crate::ids::Id;
use crate::world::World;
use crate::world::pages::encoded;
use crate::world::people::{PERMISSIONS, PermissionSet, PermissionSetAssignment, Profile, User};

/// Standard profiles: label, API name, hidden.
const STANDARD: [(&str, &str, bool); 10] = [
    ("System Administrator", "Admin", false),
    ("Standard User", "Standard", false),
    ("Standard Platform User", "StandardAul", false),
    ("Read Only", "ReadOnly", false),
    ("Solution Manager", "SolutionManager", false),
    ("Marketing User", "MarketingProfile", false),
    ("Contract Manager", "ContractManager", false),
    ("Minimum Access - Salesforce", "Minimum Access - Salesforce", false),
    ("Automated Process", "AutomatedProcess", true),
    ("Platform Integration User", "PlatformIntegration", true),
];

/// The profile that the checklist is about.
const AGENTS: &str = "Contact Center Agent";

/// Makes the profiles and fills them with people.
pub(super) fn settle(world: &mut World, random: &mut Random, recipe: Recipe) {
    for (name, full_name, hidden) in STANDARD {
        add_profile(world, name, full_name, false, hidden);
    }
    add_profile(world, AGENTS, AGENTS, true, false);
    add_profile(world, "Contact Center Supervisor", "Contact Center Supervisor", true, false);
    let skipped = if recipe.seed == 1 { None } else { Some(random.below(AWKWARD_PROFILES.len())) };
    for (place, name) in AWKWARD_PROFILES.iter().enumerate() {
        if Some(place) != skipped {
            add_profile(world, name, name, true, false);
        }
    }
    for (name, label) in [
        ("Call_Recording_Review", "Call Recording Review"),
        ("Перегляд_записів", "Перегляд записів"),
    ] {
        let id = world.new_id("0PS");
        let ascii = if name.is_ascii() { name } else { "Record_View" };
        world.permission_sets.push(PermissionSet {
            id,
            name: ascii.to_owned(),
            label: label.to_owned(),
            description: None,
            namespace_prefix: None,
            profile_id: None,
            permissions: BTreeSet::new(),
            fields: std::collections::BTreeMap::new(),
            objects: std::collections::BTreeMap::new(),
            permission_set_group_id: None,
        });
    }
    add_users(world, random, recipe);
}

pub(super) fn add_profile(
    world: &mut World,
    name: &str,
    full_name: &str,
    custom: bool,
    hidden: bool,
) {
    let id = world.new_id("00e");
    let own = world.new_id("0PS");
    let permissions: BTreeSet<String> = match full_name {
        "Admin" => PERMISSIONS.iter().map(|&permission| permission.to_owned()).collect(),
        _ => ["ApiEnabled".to_owned()].into(),
    };
    world.permission_sets.push(PermissionSet {
        id: own,
        // Salesforce names these sets by an id of its own making.
        name: format!("X{}", id.short()),
        label: name.to_owned(),
        description: None,
        namespace_prefix: None,
        profile_id: Some(id.clone()),
        permissions,
        fields: std::collections::BTreeMap::new(),
        objects: std::collections::BTreeMap::new(),
        permission_set_group_id: None,
    });
    world.profiles.push(Profile {
        id,
        name: name.to_owned(),
        full_name: full_name.to_owned(),
        description: custom.then(|| format!("Made in this org: {}", encoded(name))),
        user_type: "Standard".to_owned(),
        custom,
        hidden,
    });
}

/// Which profile the user of that place has, so that some profiles stay empty.
fn profile_of(world: &World, place: usize) -> Id {
    let name = match place % 10 {
        0 => "Standard User",
        1 | 3 | 4 | 6 | 8 => AGENTS,
        2 => "Contact Center Supervisor",
        5 => "Standard Platform User",
        7 => AWKWARD_PROFILES[place / 10 % 2],
        _ => "Read Only",
    };
    let named = |wanted: &str| world.profiles.iter().find(|profile| profile.name == wanted);
    // Whichever awkward profile this seed lacks, agents are always there.
    named(name).or_else(|| named(AGENTS)).map_or_else(super::unassigned, |it| it.id.clone())
}

fn add_users(world: &mut World, random: &mut Random, recipe: Recipe) {
    // User names are unique in the whole world, so only the first org's can be plain.
    let tag = match (recipe.seed, recipe.place) {
        (1, 0) => String::new(),
        (seed, place) => format!(".s{seed}-{}", place + 1),
    };
    let administrator = world.profiles.first().map_or_else(super::unassigned, |it| it.id.clone());
    add_user(world, ("Ada", "Lovelace"), "ada.lovelace", &tag, administrator, true, random);
    for place in 0..recipe.users.saturating_sub(1) {
        let (first, last) = PEOPLE[place % PEOPLE.len()];
        let round = place / PEOPLE.len();
        let handle = if round == 0 {
            handle(first, last, place)
        } else {
            format!("{}.{}", handle(first, last, place), round + 1)
        };
        let profile = profile_of(world, place);
        // Every ninth has left; the first nine are all there.
        let active = place % 9 != 8;
        add_user(world, (first, last), &handle, &tag, profile, active, random);
    }
    let set = world.permission_sets.iter().find(|set| set.name == "Call_Recording_Review");
    let Some(set) = set.map(|set| set.id.clone()) else {
        return;
    };
    let users: Vec<Id> =
        world.users.iter().skip(1).step_by(4).map(|user| user.id.clone()).collect();
    for assignee in users {
        let id = world.new_id("0Pa");
        world.permission_set_assignments.push(PermissionSetAssignment {
            id,
            assignee_id: assignee,
            permission_set_id: set.clone(),
            permission_set_group_id: None,
        });
    }
}

/// The part of a user name before the `@`: ASCII, whatever the name is written in.
fn handle(first: &str, last: &str, place: usize) -> String {
    let ascii = |name: &str| -> String { name.to_lowercase().chars().filter_map(plain).collect() };
    let (first, last) = (ascii(first), ascii(last));
    if first.len() < 2 || last.len() < 2 {
        format!("agent{}", place + 1)
    } else {
        format!("{first}.{last}")
    }
}

/// A letter as people write it where accents are not allowed.
fn plain(letter: char) -> Option<char> {
    let plain = match letter {
        'á' | 'ä' | 'å' => 'a',
        'é' | 'ë' => 'e',
        'ñ' => 'n',
        'ö' => 'o',
        'ú' => 'u',
        other => other,
    };
    plain.is_ascii_alphanumeric().then_some(plain)
}

/// When somebody came last: on one of the days before the org was seeded, or never.
fn last_login(number: usize) -> Option<String> {
    const DAY: u64 = 86_400_000;
    let days = number as u64 % 30 + 1;
    (number % 8 != 5).then(|| rest_time(BORN - days * DAY))
}

fn add_user(
    world: &mut World,
    (first, last): (&str, &str),
    handle: &str,
    tag: &str,
    profile_id: Id,
    is_active: bool,
    random: &mut Random,
) {
    let number = world.users.len() + 1;
    let is_japanese = first == "健太" || first == "美咲";
    let language = if is_japanese { "ja" } else { "en_US" };
    let id = world.new_id("005");
    world.users.push(User {
        id,
        username: format!("{handle}@northwind.example{tag}"),
        first_name: Some(first.to_owned()),
        last_name: last.to_owned(),
        email: format!("{handle}@northwind.example"),
        alias: format!("u{number:06}"),
        is_active,
        is_frozen: false,
        last_login_date: last_login(number),
        profile_id,
        call_center_id: None,
        company_name: Some("Northwind".to_owned()),
        department: Some((*random.pick(&DEPARTMENTS)).to_owned()),
        division: None,
        title: Some((*random.pick(&TITLES)).to_owned()),
        employee_number: Some(format!("{:05}", 10_000 + number)),
        user_type: "Standard".to_owned(),
        time_zone_sid_key: (*random.pick(&TIME_ZONES)).to_owned(),
        locale_sid_key: "en_US".to_owned(),
        language_locale_key: language.to_owned(),
        email_encoding_key: "UTF-8".to_owned(),
    });
}
