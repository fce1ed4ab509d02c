//! What deploys refuse, where they see it, and what they leave behind.

mod components;
mod packages;
mod stored;

use serde_json::{Value, json};

use crate::OrgKind;
use crate::clock::JobTime;
use crate::metadata_api::tests::install;
use crate::metadata_api::tests::support::{deploy, manifest, org, world};
use crate::org::Org;
use crate::soap::METADATA;

/// A served sandbox with the package in it.
fn sandbox() -> Org {
    let mut world = world(OrgKind::Sandbox);
    install(&mut world);
    org(world, JobTime::default())
}

/// A file of a type.
fn file(kind: &str, content: &str) -> String {
    format!("<{kind} xmlns=\"{METADATA}\">\n{content}\n</{kind}>")
}

/// A call center with one section.
fn center(value: &str) -> String {
    file(
        "CallCenter",
        &format!(
            "<displayName>Acme</displayName><displayNameLabel>D</displayNameLabel>\
             <internalNameLabel>I</internalNameLabel><sections><items><label> L </label>\
             <name>reqUseApi</name><value>{value}</value></items><label>G</label>\
             <name>reqGeneralInfo</name></sections>"
        ),
    )
}

/// Deploys one file that the manifest names.
fn deploy_one(org: &mut Org, kind: &str, path: &str, content: &str) -> Value {
    let name = path.split('/').nth(1).unwrap().rsplit_once('.').unwrap().0;
    let package = manifest(&[(kind, name)]);
    deploy(org, &[("package.xml", &package), (path, content)], &json!({}))
}

/// The first failure.
fn failure(result: &Value) -> &Value {
    &result["details"]["componentFailures"][0]
}

/// A world without what differs from deploy to deploy.
fn export(org: &Org) -> Value {
    org.world().export()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
fn files_are_refused_with_line_and_column() {
    let layouts =
        "  <layoutAssignments>\n    <layout>Task-Nowhere</layout>\n  </layoutAssignments>";
    for (kind, path, content, line, column, problem) in [
        (
            "CallCenter",
            "callCenters/Acme.callCenter",
            file(
                "CallCenter",
                "<displayName>A</displayName>\n<sections>\n  <items><sortOrder>0</sortOrder></items></sections>",
            ),
            4,
            21,
            "Element {http://soap.sforce.com/2006/04/metadata}sortOrder invalid at this location in type CallCenterItem",
        ),
        (
            "CallCenter",
            "callCenters/Acme.callCenter",
            file(
                "CallCenter",
                "<sections><label>L</label><name>N</name></sections><version>4</version>\n<sections><label>L</label><name>M</name></sections>",
            ),
            3,
            11,
            "Element {http://soap.sforce.com/2006/04/metadata}sections is duplicated at this location in type CallCenter",
        ),
        (
            "CallCenter",
            "callCenters/Acme.callCenter",
            file(
                "CallCenter",
                "<displayNameLabel>a</displayNameLabel><internalNameLabel>b</internalNameLabel>",
            ),
            1,
            61,
            "Required field is missing: displayName",
        ),
        (
            "CallCenter",
            "callCenters/Acme.callCenter",
            center("x").replace("<name>reqUseApi</name>", ""),
            2,
            127,
            "The name \"null\" is not valid.",
        ),
        (
            "Profile",
            "profiles/Admin.profile",
            file("Profile", layouts),
            2,
            22,
            "In field: layout - no Layout named Task-Nowhere found",
        ),
        (
            "Profile",
            "profiles/Admin.profile",
            file(
                "Profile",
                "<layoutAssignments><layout>Task-ciscocjs__Webex Contact Center Task Layout</layout>\n<recordType>Task.Nope</recordType></layoutAssignments>",
            ),
            2,
            20,
            "In field: recordType - no RecordType named Task.Nope found",
        ),
        (
            "Profile",
            "profiles/Admin.profile",
            file("Profile", "<layoutAssignments><recordType>x</recordType></layoutAssignments>"),
            2,
            20,
            "Required field is missing: layout",
        ),
        (
            "Profile",
            "profiles/Admin.profile",
            file("Profile", "<loginHours/>"),
            2,
            14,
            "The emulator does not keep loginHours of profiles",
        ),
    ] {
        let mut org = sandbox();
        let before = export(&org);
        let result = deploy_one(&mut org, kind, path, &content);
        let failure = failure(&result);
        assert_eq!(result["status"], "Failed", "{problem}");
        assert_eq!(failure["problem"], problem);
        assert_eq!(
            (&failure["lineNumber"], &failure["columnNumber"]),
            (&json!(line), &json!(column)),
            "{problem}"
        );
        assert_eq!(failure["fileName"], path);
        assert_eq!(result["numberComponentErrors"], 1);
        assert_eq!(export(&org), before, "{problem}");
    }
    let mut org = sandbox();
    let result = deploy_one(
        &mut org,
        "CallCenter",
        "callCenters/A.callCenter",
        "<CallCenter>\n<a></CallCenter>",
    );
    assert!(failure(&result)["problem"].as_str().unwrap().starts_with("Error parsing file: "));
    assert_eq!(failure(&result)["lineNumber"], 2);
}

#[test]
fn manifests_and_files_must_fit() {
    let acme = center("true");
    let package = manifest(&[("CallCenter", "Acme")]);
    let nothing = manifest(&[]);
    let path = "callCenters/Acme.callCenter";
    let wrong_root = "<Package xmlns=\"urn:x\"/>";
    let unknown = manifest(&[("Nonsense", "x")]);
    for (files, options, problem) in [
        (vec![(path, acme.as_str())], json!({}), "No package.xml found"),
        (vec![("classes/x.cls", "")], json!({"singlePackage": false}), "No package.xml found"),
        (
            vec![("package.xml", package.as_str())],
            json!({}),
            "An object 'Acme' of type CallCenter was named in package.xml, but was not found in zipped directory",
        ),
        (vec![("package.xml", &nothing), (path, &acme)], json!({}), "Not in package.xml"),
        (
            vec![("package.xml", wrong_root)],
            json!({}),
            "Error parsing file: expected element {http://soap.sforce.com/2006/04/metadata}Package, but found {urn:x}Package",
        ),
        (
            vec![("package.xml", &unknown)],
            json!({}),
            "Unknown type name 'Nonsense' specified in package.xml",
        ),
    ] {
        let mut org = sandbox();
        let result = deploy(&mut org, &files, &options);
        assert_eq!(result["status"], "Failed", "{problem}");
        assert_eq!(failure(&result)["problem"], problem);
    }
    for (files, options) in [
        (
            vec![("package.xml", package.as_str())],
            json!({"allowMissingFiles": true, "ignoreWarnings": true}),
        ),
        (vec![("package.xml", &nothing), (path, &acme)], json!({"ignoreWarnings": true})),
        (
            vec![
                ("zip/", ""),
                ("zip/callCenters/", ""),
                ("zip/callCenters/Acme.callCenter", &acme),
                ("zip/package.xml", &package),
            ],
            json!({}),
        ),
        (
            vec![("one/package.xml", &package), ("one/callCenters/Acme.callCenter", &acme)],
            json!({"singlePackage": false}),
        ),
    ] {
        let result = deploy(&mut sandbox(), &files, &options);
        assert_eq!(result["status"], "Succeeded", "{result}");
    }
    let result = deploy(&mut sandbox(), &[("../package.xml", &package)], &json!({}));
    assert_eq!(result["errorStatusCode"], "INVALID_INPUT", "{result}");
}

#[test]
fn a_failure_takes_the_rest_with_it_unless_told_otherwise() {
    let acme = center("true");
    let package = manifest(&[("CallCenter", "Acme"), ("Profile", "Admin")]);
    let profile = file("Profile", "<layoutAssignments><layout>x</layout></layoutAssignments>");
    let files = [
        ("package.xml", package.as_str()),
        ("callCenters/Acme.callCenter", &acme),
        ("profiles/Admin.profile", &profile),
    ];
    let mut org = sandbox();
    let result = deploy(&mut org, &files, &json!({}));
    assert_eq!(result["status"], "Failed");
    assert_eq!(
        (&result["numberComponentErrors"], &result["numberComponentsTotal"]),
        (&json!(1), &json!(2))
    );
    assert!(org.world().call_center("Acme").is_none());
    let result = deploy(&mut org, &files, &json!({"rollbackOnError": false}));
    assert_eq!(result["status"], "SucceededPartial");
    assert!(org.world().call_center("Acme").is_some());
    let mut org = sandbox();
    let result = deploy(
        &mut org,
        &files[..2],
        &json!({"checkOnly": true, "allowMissingFiles": true, "ignoreWarnings": true}),
    );
    assert_eq!(result["status"], "Succeeded");
    assert!(org.world().call_center("Acme").is_none());
}
