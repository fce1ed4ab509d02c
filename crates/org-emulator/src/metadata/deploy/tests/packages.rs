//! Destructive changes that uninstall packages.

use serde_json::{Value, json};

use crate::OrgKind;
use crate::clock::JobTime;
use crate::guesses::Guesses;
use crate::metadata_api::tests::support::{deploy, manifest, org, world};
use crate::org::Org;

/// A served production org with one version of a package in it.
fn with(version: &str) -> Org {
    let mut world = world(OrgKind::Production);
    let ada = world.users[0].id.clone();
    let fields = json!({"SubscriberPackageVersionKey": version});
    let fields = fields.as_object().unwrap();
    world.request_install(&ada, fields, JobTime::default(), 0, Guesses::default()).unwrap();
    world.finish_install(0, 0);
    org(world, JobTime::default())
}

/// Deploys one destructive manifest.
fn destroy(org: &mut Org, file: &str, members: &[(&str, &str)]) -> Value {
    deploy(org, &[("package.xml", &manifest(&[])), (file, &manifest(members))], &json!({}))
}

fn problem(result: &Value) -> &str {
    result["details"]["componentFailures"][0]["problem"].as_str().unwrap_or_default()
}

const FIRST: &str = "04tHp000000wXcZIAU";

#[test]
fn a_first_generation_package_goes_by_its_namespace() {
    for file in
        ["destructiveChanges.xml", "destructiveChangesPre.xml", "destructiveChangesPost.xml"]
    {
        let mut org = with(FIRST);
        let result = destroy(&mut org, file, &[("InstalledPackage", "ciscocjs")]);
        assert_eq!(result["status"], "Succeeded", "{result}");
        let parts = result["details"]["componentSuccesses"].as_array().unwrap();
        let part = parts.iter().find(|part| part["fullName"] == "ciscocjs").unwrap();
        assert_eq!(
            (&part["deleted"], &part["componentType"]),
            (&json!(true), &json!("InstalledPackage"))
        );
        assert!(org.world().installed_package("ciscocjs").is_none());
        let again = destroy(&mut org, file, &[("InstalledPackage", "ciscocjs")]);
        assert_eq!(problem(&again), "No InstalledPackage named: ciscocjs found");
    }
}

#[test]
fn what_blocks_is_a_failure_each_and_nothing_changes() {
    let mut org = with(FIRST);
    let world = org.world_mut();
    let layouts =
        world.layouts.iter().filter(|it| it.namespace_prefix.as_deref() == Some("ciscocjs"));
    let layouts: Vec<_> = layouts.map(|layout| layout.id.clone()).collect();
    let profile = world.profiles[3].id.clone();
    world.assign_layout(&profile, None, &layouts[0], "Task");
    let kind = world.record_types[0].id.clone();
    world.assign_layout(&profile, Some(&kind), &layouts[1], "Task");
    let before = world.export();
    let result = destroy(&mut org, "destructiveChanges.xml", &[("InstalledPackage", "ciscocjs")]);
    assert_eq!(result["status"], "Failed");
    assert_eq!(result["errorStatusCode"], "PACKAGING_API_UNINSTALL_FAILED");
    assert_eq!(result["numberComponentErrors"], 2);
    let failures = result["details"]["componentFailures"].as_array().unwrap();
    let problems: Vec<&str> = failures.iter().filter_map(|it| it["problem"].as_str()).collect();
    insta::assert_snapshot!(problems.join("\n"), @"
    Page Layout Task.Cisco Webex Contact Center Task Layout: This installed component is referenced by a locally created component (User Profile). Read Only
    Page Layout Task.Webex Contact Center Task Layout: This installed component is referenced by a locally created component (User Profile). Read Only
    ");
    assert!(org.world().export() == before);
}

#[test]
fn a_package_stands_alone_and_is_not_only_checked() {
    let mut org = with(FIRST);
    let before = org.world().export();
    let both = [("InstalledPackage", "ciscocjs"), ("ApexClass", "Nowhere")];
    let result = destroy(&mut org, "destructiveChanges.xml", &both);
    assert_eq!(problem(&result), "InstalledPackage must be the only type of a deployment");
    let doomed = manifest(&[("InstalledPackage", "ciscocjs")]);
    let doomed = ("destructiveChanges.xml", doomed.as_str());
    let result =
        deploy(&mut org, &[("package.xml", &manifest(&[("Profile", "*")])), doomed], &json!({}));
    assert_eq!(problem(&result), "InstalledPackage must be the only type of a deployment");
    let files = [("package.xml", &*manifest(&[])), doomed];
    let result = deploy(&mut org, &files, &json!({"checkOnly": true}));
    assert!(problem(&result).contains("check-only"), "{result}");
    assert!(org.world().export() == before);

    let mut org = with("04tUl000000VK45IAG");
    let members = [("InstalledPackage", "cisco_wxcc")];
    let result = destroy(&mut org, "destructiveChanges.xml", &members);
    assert!(problem(&result).contains("second-generation"), "{result}");
}
