//! Uninstalling packages, as a matter of the world alone.

use serde::Deserialize;
use serde_json::{Value, json};

use super::World;
use super::custom_metadata::CustomMetadataRecord;
use super::jobs::UninstallStatus;
use super::people::PermissionSetAssignment;
use super::refusal::Refusal;
use super::things::{ApexClass, Report};
use super::writes::Writer;
use crate::clock::JobTime;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::kind::OrgKind;
use crate::seed::{Changes, Recipe, grow};

const NEWEST: &str = "04tHp000000wXcZIAU";
const SECOND: &str = "04tUl000000VK45IAG";

/// An org in which packages were installed for everybody.
fn org(packages: &[&str]) -> World {
    let mut world = grow(Recipe { seed: 1, place: 0, users: 12, kind: OrgKind::Production });
    for package in packages {
        install(&mut world, package);
    }
    world
}

fn install(world: &mut World, package: &str) {
    let ada = world.users[0].id.clone();
    let fields = json!({
        "SubscriberPackageVersionKey": package, "SecurityType": "Full", "EnableRss": true,
    });
    let fields = fields.as_object().unwrap();
    world.request_install(&ada, fields, JobTime::default(), 0, Guesses::default()).unwrap();
    world.finish_install(world.jobs.installs.len() - 1, 0);
    assert_eq!(world.jobs.installs.last().unwrap().errors, [""; 0]);
}

fn request(world: &mut World, version: &str, guesses: Guesses) -> Result<Id, Refusal> {
    let ada = world.users[0].id.clone();
    let fields = json!({"SubscriberPackageVersionId": version});
    world.request_uninstall(&ada, fields.as_object().unwrap(), JobTime::default(), 0, guesses)
}

fn create(world: &mut World, object: &str, fields: &Value) -> Id {
    let user = world.users[0].id.clone();
    let writer = Writer { user, now: 0, guesses: Guesses::default() };
    world.create(&writer, object, fields.as_object().unwrap()).unwrap()
}

#[test]
fn a_package_goes_with_all_that_it_brought_and_with_the_data_in_it() {
    let mut world = org(&[]);
    create(&mut world, "Task", &json!({"Subject": "A call", "Description": "stays"}));
    let before = world.export();
    install(&mut world, NEWEST);
    let fields = json!({"Subject": "Another", "ciscocjs__ANI__c": "+1 555 0100"});
    let task = create(&mut world, "Task", &fields);
    create(&mut world, "ciscocjs__Call_Segment__c", &json!({"ciscocjs__Call_Key__c": "k"}));
    let license = world.package_licenses.last().unwrap().id.clone();
    let user = world.users[1].id.clone();
    let seat = json!({"PackageLicenseId": license, "UserId": user});
    create(&mut world, "UserPackageLicense", &seat);

    assert_eq!(world.uninstall("ciscocjs", Guesses::default()), Ok(()));
    let tasks = world.records.get_mut("Task").unwrap();
    assert!(tasks.iter().flat_map(|row| row.keys()).all(|name| !name.starts_with("ciscocjs")));
    tasks.retain(|row| row["Id"] != task.as_str());
    assert!(world.export() == before, "something stays behind");
    assert!(world.installed_package("brightcti").is_some(), "the other vendor's stays");

    // And back again.
    install(&mut world, NEWEST);
    assert!(world.installed_package("ciscocjs").is_some());
}

#[test]
fn every_blocker_is_listed_with_what_it_refers_to() {
    let mut world = org(&[NEWEST, SECOND]);
    assert_eq!(world.blockers("ciscocjs"), []);
    let layout =
        world.layout_by_full_name("Task-ciscocjs__Webex Contact Center Task Layout").unwrap();
    let layout = layout.id.clone();
    let profile = |world: &World, name: &str| {
        world.profiles.iter().find(|it| it.name == name).unwrap().id.clone()
    };
    let (unused, hidden) =
        (profile(&world, "Solution Manager"), profile(&world, "Automated Process"));
    let kind = world.record_types.iter().find(|it| it.developer_name == "Call").unwrap().id.clone();
    world.assign_layout(&unused, None, &layout, "Task");
    world.assign_layout(&unused, Some(&kind), &layout, "Task");
    world.assign_layout(&hidden, None, &layout, "Task");
    let id = world.new_id("00O");
    world.reports.push(Report {
        id,
        name: "Unsere Anrufe".to_owned(),
        developer_name: "Unsere_Anrufe".to_owned(),
        namespace_prefix: None,
        folder: "Webex_Contact_Center_Reports".to_owned(),
    });
    let id = world.new_id("01p");
    world.apex_classes.push(ApexClass {
        id,
        name: "CallLogger".to_owned(),
        namespace_prefix: None,
        body: "class CallLogger { Object a = CiscoCJS.ActivityController.class; \
               String b = 'ciscocjs__ANI__c, ciscocjs__DNIS__ccc'; }"
            .to_owned(),
        api_version: 60.0,
        status: "Active".to_owned(),
        is_valid: true,
        manageable_state: "unmanaged".to_owned(),
    });
    let id = world.new_id("m00");
    let types = &mut world.custom_metadata_types;
    let zone = types.iter_mut().find(|it| it.namespace_prefix.as_deref() == Some("ciscocjs"));
    let zone = zone.unwrap();
    "Zone".clone_into(&mut zone.label);
    "Zone".clone_into(&mut zone.developer_name);
    let record = CustomMetadataRecord {
        id,
        developer_name: "Own".to_owned(),
        namespace_prefix: None,
        ..zone.records[0].clone()
    };
    zone.records.push(record);
    let set = world.permission_sets.last().unwrap().id.clone();
    let (id, assignee) = (world.new_id("0Pa"), world.users[3].id.clone());
    world.permission_set_assignments.push(PermissionSetAssignment {
        id,
        assignee_id: assignee,
        permission_set_id: set,
        permission_set_group_id: None,
    });

    let before = world.export();
    let problems = world.uninstall("ciscocjs", Guesses::default()).unwrap_err();
    insta::assert_snapshot!(problems.join("\n"), @"
    Page Layout Task.Webex Contact Center Task Layout: This installed component is referenced by a locally created component (User Profile). Solution Manager
    Page Layout Task.Webex Contact Center Task Layout: This installed component is referenced by a locally created component (User Profile). Solution Manager
    Page Layout Task.Webex Contact Center Task Layout: This installed component is referenced by a locally created component (User Profile). Automated Process
    Folder Webex Contact Center Reports: This folder contains items that were added after installation. Unsere Anrufe
    Custom Metadata Type Zone: Component is in use by another component in your organization. ciscocjs__Zone.Own
    Apex Class ActivityController: Component is in use by another component in your organization. CallLogger
    Custom Field ANI: Component is in use by another component in your organization. CallLogger
    ");
    let problems = world.uninstall("cisco_wxcc", Guesses::default()).unwrap_err();
    insta::assert_snapshot!(problems.join("\n"), @"Permission Set Webex Contact Center Agent: Component is in use by another component in your organization. katherine.johnson@northwind.example");
    assert!(world.export() == before, "a blocked uninstall changed something");

    let guesses = Guesses { uninstall_errors_name_referrers: false, ..Guesses::default() };
    let problems = world.uninstall("ciscocjs", guesses).unwrap_err();
    assert!(problems[0].ends_with("locally created component (User Profile)."), "{}", problems[0]);
    assert_eq!(problems[0], problems[1], "the same text comes once for each record type");
}

#[test]
fn only_the_installed_version_of_the_second_generation_can_be_asked_to_go() {
    let mut world = org(&[NEWEST]);
    let guesses = Guesses::default();
    let code = |world: &mut World, version: &str, guesses| {
        request(world, version, guesses).unwrap_err().code
    };
    assert_eq!(code(&mut world, "", guesses), "REQUIRED_FIELD_MISSING");
    assert_eq!(code(&mut world, "033Ul0000004K2vIAE", guesses), "MALFORMED_ID");
    assert_eq!(code(&mut world, SECOND, guesses), "INVALID_CROSS_REFERENCE_KEY");
    assert_eq!(code(&mut world, NEWEST, guesses), "INVALID_CROSS_REFERENCE_KEY");
    let both = Guesses { uninstall_request_takes_first_generation: true, ..guesses };
    request(&mut world, NEWEST, both).unwrap();
    assert_eq!(code(&mut world, NEWEST, both), "ALREADY_IN_PROCESS");
    let version = world.package_version(&Id::parse(NEWEST).unwrap()).unwrap();
    assert_eq!(world.install_validation(version), "UNINSTALL_IN_PROGRESS");
    world.finish_uninstall(0, 7, both);
    assert_eq!(world.jobs.uninstalls[0].status, UninstallStatus::Success);
    assert!(world.installed_package("ciscocjs").is_none());

    let ada = world.users[0].profile_id.clone();
    for set in &mut world.permission_sets {
        if set.profile_id.as_ref() == Some(&ada) {
            set.permissions.remove("InstallPackaging");
        }
    }
    assert_eq!(code(&mut world, NEWEST, both), "INSUFFICIENT_ACCESS_OR_READONLY");
}

#[test]
fn what_people_made_blocks_until_they_take_it_away() {
    let mut world = org(&[NEWEST]);
    let before = world.export();
    change(
        &mut world,
        &json!({
            "installed": ["04tQk000000xTnEIAU"],
            "components": [
                {"Type": "WorkflowRule", "FullName": "Task.Rückruf",
                 "RefersTo": ["CustomField:Task.ciscocjs__ANI__c"]},
                {"Type": "Layout", "FullName": "Task-Task Layout",
                 "RefersTo": ["CustomField:Task.ciscocjs__DNIS__c"]},
                {"Type": "FlexiPage", "FullName": "Desk_UtilityBar",
                 "RefersTo": ["CustomApplication:ciscocjs__Webex_Contact_Center"]},
                {"Type": "Flow", "FullName": "Not_Ours",
                 "RefersTo": ["CustomField:Task.brightcti__Call_Key__c"]},
            ],
            "scheduled_jobs": [{"Name": "Nightly", "ApexClass": "ciscocjs__ActivityController"}],
        }),
    );
    let problems = world.uninstall("ciscocjs", Guesses::default()).unwrap_err();
    insta::assert_snapshot!(problems.join("\n"), @"
    Custom Field ANI: The custom field is in use in a workflow rule. Task.Rückruf
    Custom Field DNIS: The object is in use by another object and cannot be deleted. Task-Task Layout
    Custom App Webex Contact Center: Component is in use by another component in your organization. Desk_UtilityBar
    Apex Class ActivityController: This schedulable class has jobs pending or in progress. Nightly
    Installed Package Call Insights: This extension depends on the package you are trying to uninstall. callinsights
    ");
    change(
        &mut world,
        &json!({"removed": ["WorkflowRule:Task.Rückruf", "Layout:Task-Task Layout",
                "FlexiPage:Desk_UtilityBar", "Flow:Not_Ours", "ScheduledJob:Nightly"]}),
    );
    assert_eq!(world.uninstall("ciscocjs", Guesses::default()).unwrap_err().len(), 1);
    world.uninstall("callinsights", Guesses::default()).unwrap();
    assert!(world.export() == before);
    world.uninstall("ciscocjs", Guesses::default()).unwrap();
}

fn change(world: &mut World, changes: &Value) {
    Changes::deserialize(changes).unwrap().apply(world).unwrap();
}

#[test]
fn a_life_with_the_package_leaves_each_kind_of_trace_somewhere() {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    let mut free = 0;
    for number in 0..60 {
        let mut world = org(&[]);
        change(&mut world, &json!({"installed": [NEWEST, SECOND], "lived_in": number}));
        let again = {
            let mut other = org(&[]);
            change(&mut other, &json!({"installed": [NEWEST, SECOND], "lived_in": number}));
            other
        };
        assert!(world.export() == again.export(), "{number} is not the same twice");
        let blockers = [world.blockers("ciscocjs"), world.blockers("cisco_wxcc")].concat();
        free += usize::from(blockers.is_empty());
        for blocker in blockers {
            *seen.entry(blocker.problem.to_owned()).or_default() += 1;
        }
    }
    assert_eq!(seen.len(), 6, "every problem but that of extensions occurs: {seen:#?}");
    assert!(free < 60, "{free} of 60 can go at once");
}

/// An org without its records, which a life fills.
fn settings(world: &World) -> Value {
    let mut export = world.export();
    export.as_object_mut().unwrap().remove("records");
    export
}

#[test]
fn nothing_of_a_package_is_left_once_people_let_go_of_it() {
    let mut blocked = 0;
    for number in 0..40 {
        let mut world = org(&[]);
        let before = settings(&world);
        let (layouts, classes) = (world.profile_layouts.clone(), world.apex_classes.clone());
        change(&mut world, &json!({"installed": [NEWEST, SECOND], "lived_in": number}));
        blocked += usize::from(!world.blockers("ciscocjs").is_empty());

        world.profile_layouts = layouts;
        world.components.clear();
        world.scheduled_jobs.clear();
        world.reports.retain(|report| report.namespace_prefix.is_some());
        world
            .apex_classes
            .retain(|class| class.namespace_prefix.is_some() || classes.contains(class));
        for kind in &mut world.custom_metadata_types {
            kind.records.retain(|record| record.namespace_prefix.is_some());
        }
        let sets = world.permission_sets.iter();
        let sets = sets.filter(|set| set.namespace_prefix.is_some()).map(|set| set.id.clone());
        let sets: Vec<Id> = sets.collect();
        world.permission_set_assignments.retain(|it| !sets.contains(&it.permission_set_id));
        for namespace in ["ciscocjs", "cisco_wxcc"] {
            assert_eq!(world.uninstall(namespace, Guesses::default()), Ok(()), "{number}");
        }
        assert!(settings(&world) == before, "{number}: something stays behind");
        let names = world.records.values().flatten().flat_map(|row| row.keys());
        assert!(names.into_iter().all(|name| !name.starts_with("ciscocjs")), "{number}");
    }
    assert!(blocked > 20, "only {blocked} of 40 lives left something");
}
