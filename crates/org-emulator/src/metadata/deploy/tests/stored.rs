//! Components that are only kept: what is checked of them all the same, and who learns of them.

use serde_json::{Value, json};

use super::{deploy_one, failure, file, sandbox};
use crate::metadata_api::tests::support::{deploy, manifest};
use crate::org::Org;

/// Deletes a component.
fn delete(org: &mut Org, kind: &str, name: &str) -> Value {
    let (package, doomed) = (manifest(&[]), manifest(&[(kind, name)]));
    let files = [("package.xml", package.as_str()), ("destructiveChanges.xml", &doomed)];
    deploy(org, &files, &json!({}))
}

#[test]
fn every_type_has_its_place_its_root_and_its_home() {
    let report = "<format>Tabular</format><name>A</name><reportType>Activity</reportType>";
    for (kind, path, content, problem) in [
        (
            "Flow",
            "flows/A.flow",
            file("Workflow", ""),
            "Error parsing file: expected element {http://soap.sforce.com/2006/04/metadata}Flow, \
             but found {http://soap.sforce.com/2006/04/metadata}Workflow",
        ),
        ("Flow", "flows/A.flow", "<Flow".to_owned(), "Error parsing file: "),
        (
            "Flow",
            "flows/A.flow",
            file("Flow", "<a/><label>A</label><a/>"),
            "Element {http://soap.sforce.com/2006/04/metadata}a is duplicated at this location in \
             type Flow",
        ),
        ("Flow", "flows/A.flow", file("Flow", ""), "Required field is missing: label"),
        (
            "Layout",
            "layouts/Task-A.layout",
            file("Layout", ""),
            "Layout must have at least 1 section",
        ),
        (
            "Layout",
            "layouts/Gone__c-A.layout",
            file("Layout", "<layoutSections/>"),
            "Entity Enumeration Or ID: bad value for restricted picklist field: Gone__c",
        ),
        (
            "Layout",
            "layouts/Task-ciscocjs__A.layout",
            file("Layout", "<layoutSections/>"),
            "Cannot create a new component with the namespace: ciscocjs.",
        ),
        (
            "CustomObject",
            "objects/Own__c.object",
            file("CustomObject", ""),
            "Must specify a non-empty label for the CustomObject",
        ),
        ("Settings", "settings/A.settings", file("Account", ""), "Error parsing file: expected"),
        (
            "StaticResource",
            "staticresources/A.resource",
            "x".to_owned(),
            "staticresources/A.resource-meta.xml was not found in zipped directory",
        ),
    ] {
        let mut org = sandbox();
        let result = deploy_one(&mut org, kind, path, &content);
        let told = failure(&result)["problem"].as_str().unwrap_or_default();
        assert!(told.starts_with(problem), "{path}: {result}");
        assert_eq!(failure(&result)["componentType"], kind);
    }
    let mut org = sandbox();
    let (path, content) = ("reports/Nowhere/A.report", file("Report", report));
    let package = manifest(&[("Report", "Nowhere/A")]);
    let files = [("package.xml", package.as_str()), (path, &content)];
    let result = deploy(&mut org, &files, &json!({}));
    assert_eq!(failure(&result)["problem"], "Cannot find folder:Nowhere");
}

#[test]
fn only_what_the_manifest_names_is_taken_from_a_file() {
    let field =
        |name: &str| format!("<fields><fullName>{name}__c</fullName><type>Text</type></fields>");
    let object = file("CustomObject", &(field("One") + &field("Two")));
    let package = manifest(&[("CustomField", "Task.One__c"), ("CustomField", "Task.Three__c")]);
    let files = [("package.xml", package.as_str()), ("objects/Task.object", &object)];
    let mut org = sandbox();
    let result =
        deploy(&mut org, &files, &json!({"allowMissingFiles": true, "ignoreWarnings": true}));
    let told: Vec<(&str, &str)> = result["details"]["componentSuccesses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["fullName"].as_str().unwrap(), one["fileName"].as_str().unwrap()))
        .collect();
    assert!(told.contains(&("Task.One__c", "objects/Task.object")), "{told:?}");
    assert!(told.contains(&("Task.Three__c", "package.xml")), "{told:?}");
    let fields = &org.world().custom_fields;
    assert!(fields.iter().any(|field| field.api_name() == "One__c"));
    assert!(!fields.iter().any(|field| field.api_name() == "Two__c"));
}

#[test]
fn what_names_a_packaged_component_keeps_its_package() {
    let mut org = sandbox();
    let before = org.world().blockers("ciscocjs").len();
    let flow = "<label>Log</label><start><object>Task</object><filters><field>\
        ciscocjs__Webex_Contact_Center</field></filters></start>";
    let result = deploy_one(&mut org, "Flow", "flows/Log.flow", &file("Flow", flow));
    assert_eq!(result["status"], "Succeeded", "{result}");
    let blockers = org.world().blockers("ciscocjs");
    assert_eq!(blockers.len(), before + 1);
    assert!(blockers.iter().any(|blocker| {
        blocker.component == "Custom App Webex Contact Center" && blocker.referrer == "Log"
    }));
    let dependencies = org.world().dependencies();
    assert!(dependencies.iter().any(|it| it.from.kind == "Flow" && it.from.full_name == "Log"));
    assert_eq!(delete(&mut org, "Flow", "Log")["status"], "Succeeded");
    assert_eq!(org.world().blockers("ciscocjs").len(), before);
}

#[test]
fn what_is_needed_is_not_deleted() {
    let mut org = sandbox();
    let layout = org.world().profile_layouts[0].layout_id.clone().unwrap();
    let layout = org.world().layouts.iter().find(|row| row.id == layout).unwrap().full_name();
    for (kind, name, problem) in [
        ("Layout", layout.as_str(), "This layout is assigned to profiles"),
        ("RecordType", "Case.Service_Case", "Cannot delete record type through API"),
        ("CustomApplication", "ciscocjs__Webex_Contact_Center", "Cannot delete managed object"),
    ] {
        let result = delete(&mut org, kind, name);
        let told = failure(&result)["problem"].as_str().unwrap_or_default();
        assert!(told.starts_with(problem), "{result}");
    }
    let gone = delete(&mut org, "Flow", "Gone");
    assert_eq!(failure(&gone)["problem"], "No Flow named: Gone found");
}
