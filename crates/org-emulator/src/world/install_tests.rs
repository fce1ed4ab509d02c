//! Installing packages, as a matter of the world alone.

use serde_json::{Value, json};

use super::World;
use super::jobs::InstallStatus;
use super::refusal::Refusal;
use super::writes::Writer;
use crate::clock::JobTime;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::kind::OrgKind;
use crate::seed::{Recipe, grow};

const OLD: &str = "04tHp000000wXcAIAU";
const NEWEST: &str = "04tHp000000wXcZIAU";

fn org() -> World {
    grow(Recipe { seed: 1, place: 0, users: 12, kind: OrgKind::Production })
}

/// Asks for an install and lets it end.
fn install(world: &mut World, fields: &Value) -> Result<InstallStatus, Refusal> {
    let ada = world.users[0].id.clone();
    let fields = fields.as_object().unwrap();
    world.request_install(&ada, fields, JobTime::default(), 0, Guesses::default())?;
    let last = world.jobs.installs.len() - 1;
    world.finish_install(last, 0);
    Ok(world.jobs.installs[last].status)
}

fn version(id: &str) -> Value {
    json!({"SubscriberPackageVersionKey": id})
}

/// Labels of the profiles that may open the package's app.
fn audience(world: &World) -> Vec<&str> {
    let app = world.apps.iter().find(|app| app.namespace_prefix.as_deref() == Some("ciscocjs"));
    let app = &app.unwrap().id;
    let mut labels: Vec<&str> = world
        .setup_entity_access
        .iter()
        .filter(|access| access.setup_entity_id == *app)
        .filter_map(|access| world.permission_sets.iter().find(|set| set.id == access.parent_id))
        .map(|set| set.label.as_str())
        .collect();
    labels.sort_unstable();
    labels
}

#[test]
fn the_audience_is_who_was_asked_for() {
    let mut world = org();
    assert_eq!(install(&mut world, &version(NEWEST)), Ok(InstallStatus::Success));
    assert_eq!(audience(&world), ["System Administrator"], "nobody else where nothing is said");

    let mut world = org();
    let mut fields = version(NEWEST);
    fields["SecurityType"] = "FULL".into();
    install(&mut world, &fields).unwrap();
    let shown = world.profiles.iter().filter(|profile| !profile.hidden).count();
    assert_eq!(audience(&world).len(), shown);

    let mut world = org();
    fields["SecurityType"] = "Custom".into();
    assert_eq!(install(&mut world, &fields).unwrap_err().code, "REQUIRED_FIELD_MISSING");
    fields["ProfileMappings"] =
        json!({"profileMappings": [{"source": "x", "target": "Contact Center Agent"}]});
    install(&mut world, &fields).unwrap();
    assert_eq!(audience(&world), ["Contact Center Agent", "System Administrator"]);
    fields["ProfileMappings"]["profileMappings"][0]["target"] = "Nobody".into();
    assert_eq!(install(&mut world, &fields).unwrap_err().code, "INVALID_CROSS_REFERENCE_KEY");
}

#[test]
fn an_upgrade_adds_what_is_new_and_keeps_what_people_set() {
    let mut world = org();
    install(&mut world, &version(OLD)).unwrap();
    let old = "Task-ciscocjs__Cisco Webex Contact Center Task Layout";
    let new = "Task-ciscocjs__Webex Contact Center Task Layout";
    let id = world.layout_by_full_name(old).unwrap().id.clone();
    assert!(world.layout_by_full_name(new).is_none());
    assert_eq!(install(&mut world, &version("04tHp000000wXcPIAU")), Ok(InstallStatus::Success));
    assert_eq!(world.layout_by_full_name(old).unwrap().id, id);
    assert!(world.layout_by_full_name(new).is_some());
    let kind = world
        .custom_metadata_types
        .iter_mut()
        .find(|kind| kind.namespace_prefix.as_deref() == Some("ciscocjs"))
        .unwrap();
    let name = kind.api_name();
    for value in kind.records[0].values.values_mut() {
        *value = "EU1".into();
    }
    install(&mut world, &version(NEWEST)).unwrap();
    let kind = world.custom_metadata_types.iter().find(|kind| kind.api_name() == name).unwrap();
    assert!(kind.records[0].values.values().all(|value| value == "EU1"));
    let ours = world.installed_package("ciscocjs").unwrap();
    assert_eq!(ours.subscriber_package_version_id.as_str(), NEWEST);

    // The way back is barred.
    let old = world.package_version(&Id::parse(OLD).unwrap()).unwrap();
    assert_eq!(world.install_validation(old), "CANNOT_INSTALL_EARLIER_VERSION");
    assert_eq!(install(&mut world, &version(OLD)), Ok(InstallStatus::Error));
    assert!(world.jobs.installs.last().unwrap().errors[0].contains("later version"));
}

#[test]
fn an_install_that_fails_changes_nothing() {
    let mut world = org();
    let before = world.export();
    assert_eq!(install(&mut world, &version("04t000000000001AAA")), Ok(InstallStatus::Error));
    assert!(world.jobs.installs[0].errors[0].contains("doesn't yet exist"));
    assert!(world.export() == before);

    let keyed = "04tHp000000wXcKIAU";
    assert_eq!(install(&mut world, &version(keyed)).unwrap_err().code, "INSTALL_KEY_REQUIRED");
    let mut fields = version(keyed);
    fields["Password"] = "guess".into();
    assert_eq!(install(&mut world, &fields).unwrap_err().code, "INSTALL_KEY_INVALID");
    assert_eq!(install(&mut world, &version("04t")).unwrap_err().code, "MALFORMED_ID");
    assert_eq!(install(&mut world, &json!({})).unwrap_err().code, "REQUIRED_FIELD_MISSING");

    let newest = Id::parse(NEWEST).unwrap();
    for version in &mut world.package_versions {
        if version.id == newest {
            version.install_error = Some("The post install script failed.".to_owned());
        }
    }
    let before = world.export();
    assert_eq!(install(&mut world, &version(NEWEST)), Ok(InstallStatus::Error));
    assert!(world.export() == before);
}

#[test]
fn whether_inactive_users_take_a_call_center_is_a_guess() {
    let mut world = org();
    let center = world.call_centers[0].id.clone();
    let gone = world.users.iter().find(|user| !user.is_active).unwrap().id.clone();
    let fields = json!({"CallCenterId": center});
    let mut write = |inactive_users_take_call_center| {
        let guesses = Guesses { inactive_users_take_call_center, ..Guesses::default() };
        let writer = Writer { user: world.users[0].id.clone(), now: 0, guesses };
        world.update(&writer, "User", &gone, fields.as_object().unwrap())
    };
    assert_eq!(write(false).unwrap_err().code, "FIELD_INTEGRITY_EXCEPTION");
    assert_eq!(write(true), Ok(()));
}
