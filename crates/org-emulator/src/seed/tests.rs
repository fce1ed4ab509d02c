use super::*;
use crate::world::custom_metadata::Visibility;
use crate::world::people::User;

fn seeded(seed: u64) -> World {
    grow(Recipe { seed, place: 0, users: 25, kind: OrgKind::Sandbox })
}

#[test]
fn the_same_number_gives_the_same_org() {
    assert_eq!(seeded(7), seeded(7));
    assert_ne!(seeded(7).export(), seeded(8).export());
}

#[test]
fn every_seed_has_what_breaks_careless_programs() {
    for seed in 0..40 {
        let world = seeded(seed);
        assert_eq!(world.users.len(), 25);
        let used = |profile: &Id| world.users.iter().any(|user| user.profile_id == *profile);
        assert!(world.profiles.iter().any(|it| !it.hidden && !used(&it.id)), "{seed}");
        assert!(world.profiles.iter().any(|it| it.hidden), "{seed}");
        assert!(world.users.iter().any(|user| !user.is_active), "{seed}");
        assert!(world.users.iter().any(|user| user.call_center_id.is_some()), "{seed}");
        assert!(world.record_types.iter().filter(|it| it.sobject_type == "Task").count() > 3);
        let agents = world.profiles.iter().find(|it| it.name == "Contact Center Agent").unwrap();
        assert!(used(&agents.id), "{seed}");
        let labels = world.profiles.iter().map(|it| it.name.as_str()).collect::<String>();
        for awkward in ["%", "&", "(", "\"", "_", "-", "'"] {
            let people: String = world.users.iter().map(User::name).collect();
            let layouts: String = world.layouts.iter().map(|it| it.name.as_str()).collect();
            assert!(format!("{labels}{people}{layouts}").contains(awkward), "{seed} {awkward}");
        }
    }
}

#[test]
fn offered_versions_are_the_same_for_every_seed() {
    let ids = |seed| {
        let world = seeded(seed);
        let offered = world.package_versions.into_iter().filter(|version| version.on_offer);
        offered.map(|version| version.id.to_string()).collect::<Vec<_>>()
    };
    let wanted = [
        webex::OLD,
        webex::WITH_KEY,
        webex::PREVIOUS,
        webex::NEWEST,
        webex::SECOND_PREVIOUS,
        webex::SECOND,
    ];
    assert_eq!(ids(1), wanted);
    assert_eq!(ids(99), wanted);
}

#[test]
fn the_package_hides_its_settings_in_some_seeds_only() {
    let hidden = |seed: u64| {
        let world = seeded(seed);
        let newest = Id::parse(webex::NEWEST).unwrap();
        let kinds = &world.package_version(&newest).unwrap().content.custom_metadata_types;
        kinds.iter().any(|kind| {
            kind.visibility != Visibility::Public || kind.records.iter().any(|it| it.protected)
        })
    };
    assert!(!hidden(1));
    assert!(hidden(2));
    assert!(hidden(4));
}

#[test]
fn a_seed_file_changes_what_it_names_and_refuses_what_is_not_there() {
    let mut world = seeded(1);
    let text = "seed = 1\n[features]\nOmniChannel = false\n[permissions]\n\
                \"System Administrator\" = [\"ApiEnabled\"]\n[users.\"ada.lovelace\"]\n\
                Department = \"IT\"\n[packages.04tHp000000wXcZIAU]\nObstacle = \"PACKAGE_BLOCKED\"";
    let overrides = Seed::parse(text).unwrap();
    overrides.apply(&mut world).unwrap();
    assert!(!world.features.omni_channel);
    let ada = &world.users[0];
    assert_eq!(ada.department.as_deref(), Some("IT"));
    assert!(!world.permits(&ada.id, "ManageUsers"));
    let newest = world.package_version(&Id::parse(webex::NEWEST).unwrap()).unwrap();
    assert_eq!(world.install_validation(newest), "PACKAGE_BLOCKED");

    let wrong = Seed::parse("{\"users\": {\"nobody\": {\"Title\": \"X\"}}}").unwrap();
    assert!(wrong.apply(&mut world).unwrap_err().contains("nobody"));
    let wrong = Seed::parse("{\"features\": {\"Omni\": true}}").unwrap();
    assert!(wrong.apply(&mut world).is_err());
    assert!(Seed::parse("colour = 1").is_err());
}

#[test]
fn the_first_org_can_be_set_up_without_a_question() {
    let world = seeded(1);
    let agents = world.profiles.iter().find(|it| it.name == "Contact Center Agent").unwrap();
    let elsewhere = |world: &World, profile: &Id| {
        let mut agents = world.users.iter().filter(|user| user.profile_id == *profile);
        agents.any(|user| user.call_center_id.is_some())
    };
    assert!(!elsewhere(&world, &agents.id));
    let other = seeded(7);
    let agents = other.profiles.iter().find(|it| it.name == "Contact Center Agent").unwrap();
    assert!(elsewhere(&other, &agents.id));
}

#[test]
fn a_company_of_many_branches_has_a_cell_for_every_profile_and_record_type() {
    let mut world = seeded(1);
    let cells = |world: &World| {
        world.profile_layouts.iter().filter(|cell| cell.table_enum_or_id == "Task").count()
    };
    let table = |world: &World| {
        let kinds = world.record_types.iter().filter(|kind| kind.sobject_type == "Task").count();
        world.profiles.len() * (1 + kinds)
    };
    let centers = world.call_centers.len();
    assert_eq!(cells(&world), table(&world));
    Changes::new().many(30, 20, 10).apply(&mut world).unwrap();
    assert_eq!(cells(&world), table(&world));
    assert!(cells(&world) > 30 * 20);
    assert_eq!(world.call_centers.len(), centers + 10);
    let names: std::collections::BTreeSet<_> =
        world.call_centers.iter().map(|center| &center.internal_name).collect();
    assert_eq!(names.len(), centers + 10);
}
