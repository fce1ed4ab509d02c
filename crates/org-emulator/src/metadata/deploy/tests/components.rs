//! Component by component: what is applied, and what is refused.

use serde_json::{Value, json};

use super::{center, deploy_one, failure, file, sandbox};
use crate::OrgKind;
use crate::clock::JobTime;
use crate::metadata_api::tests::support::{deploy, manifest, org, world};
use crate::org::Org;
use crate::world::custom_metadata::Manageability;

#[test]
fn call_centers_keep_their_fields() {
    let mut org = sandbox();
    let path = "callCenters/Acme.callCenter";
    deploy_one(&mut org, "CallCenter", path, &center(" true "));
    let made = org.world().call_center("Acme").unwrap();
    assert_eq!(made.sections[0].items[0].label, "L");
    assert_eq!(made.custom_settings.as_deref(), Some("{\"reqUseApi\":\"true\"}"));
    let result = deploy_one(&mut org, "CallCenter", path, &center(""));
    assert_eq!(result["status"], "Succeeded");
    assert_eq!(org.world().call_center("Acme").unwrap().sections[0].items[0].value, "");
    let other = center("x").replace("reqUseApi", "reqOther");
    let result = deploy_one(&mut org, "CallCenter", path, &other);
    assert!(
        failure(&result)["problem"].as_str().unwrap().contains("cannot be changed once it exists")
    );
}

#[test]
fn profiles_are_overlaid_or_made() {
    let mut org = sandbox();
    let layout = "Task-ciscocjs__Webex Contact Center Task Layout";
    let content = file(
        "Profile",
        &format!("<layoutAssignments><layout>{layout}</layout></layoutAssignments>"),
    );
    let rows = org.world().profile_layouts.len();
    let others = |org: &Org| -> Vec<Value> {
        let id = org.world().layout_by_full_name(layout).unwrap().id.clone();
        let rows =
            org.world().profile_layouts.iter().filter(|row| row.layout_id.as_ref() != Some(&id));
        rows.map(|row| serde_json::to_value(row).unwrap()).collect()
    };
    let before = others(&org).len();
    let result = deploy_one(&mut org, "Profile", "profiles/Admin.profile", &content);
    assert_eq!(result["status"], "Succeeded", "{result}");
    assert_eq!((org.world().profile_layouts.len(), others(&org).len()), (rows, before - 1));
    let profiles = org.world().profiles.len();
    let result = deploy_one(&mut org, "Profile", "profiles/Chief%2FClerk.profile", &content);
    let success = &result["details"]["componentSuccesses"][1];
    assert_eq!(
        (&success["created"], &success["fullName"]),
        (&json!(true), &json!("Chief%2FClerk"))
    );
    assert_eq!(org.world().profiles.len(), profiles + 1);
    assert!(org.world().profile_by_full_name("Chief/Clerk").is_some());
    let wrong = content.replace("ciscocjs__", "");
    let result = deploy_one(&mut org, "Profile", "profiles/Admin.profile", &wrong);
    assert_eq!(
        failure(&result)["problem"],
        "In field: layout - no Layout named Task-Webex Contact Center Task Layout found"
    );
}

#[test]
fn managed_records_change_only_where_subscribers_may() {
    let mut org = sandbox();
    let types = &mut org.world_mut().custom_metadata_types;
    let kind = types.iter_mut().find(|kind| kind.visible_records().next().is_some()).unwrap();
    kind.records[0].protected = false;
    let record = kind.records[0].clone();
    kind.fields[0].kind = "string".to_owned();
    kind.fields[0].length = 255;
    let (field, full) = (kind.fields[0].api_name(), kind.record_full_name(&record));
    let type_name = full.split('.').next().unwrap().to_owned();
    let content = file(
        "CustomMetadata",
        &format!("<values><field>{field}</field><value>neu</value></values>"),
    );
    let path = format!("customMetadata/{full}.md");
    for (manageability, fits) in [
        (Manageability::Locked, false),
        (Manageability::DeveloperControlled, false),
        (Manageability::SubscriberControlled, true),
    ] {
        let types = &mut org.world_mut().custom_metadata_types;
        let kind = types
            .iter_mut()
            .find(|kind| kind.records.iter().any(|one| one.id == record.id))
            .unwrap();
        kind.fields[0].manageability = manageability;
        let result = deploy_one(&mut org, "CustomMetadata", &path, &content);
        assert_eq!(result["success"], fits, "{result}");
        if !fits {
            let problem = failure(&result)["problem"].as_str().unwrap();
            assert_eq!(
                problem,
                format!(
                    "Cannot modify managed object: entity=CustomMetadata, component={}, field={field}, state=installed",
                    record.id
                )
            );
        }
    }
    let created = file("CustomMetadata", "<label>Own</label>");
    let own = format!("customMetadata/{type_name}.Own.md");
    assert_eq!(deploy_one(&mut org, "CustomMetadata", &own, &created)["success"], true);
    let managed = format!("customMetadata/{type_name}.ciscocjs__Own.md");
    let result = deploy_one(&mut org, "CustomMetadata", &managed, &created);
    assert!(
        failure(&result)["problem"]
            .as_str()
            .unwrap()
            .starts_with("Cannot create a new component with the namespace: ciscocjs.")
    );
}

#[test]
fn apex_is_checked_as_far_as_it_can_be() {
    let meta = file("ApexClass", "<apiVersion>66.0</apiVersion><status>Active</status>");
    let good = "public class Sync { // }\n  String a = 'x\\'}'; }";
    let bad = [
        (good.replace("Sync", "Other"), "Invalid class name: Other is declared in file Sync.cls"),
        ("public class Sync {".to_owned(), "Missing '}' at '<EOF>'"),
        ("public class Sync { Integer a = (1]; }".to_owned(), "Missing ')' at ']'"),
        (
            "public class Sync { ServicePresenceStatus s; }".to_owned(),
            "Invalid type: ServicePresenceStatus",
        ),
        (
            "public class Sync { Object o = [SELECT Id FROM ServicePresenceStatus]; }".to_owned(),
            "sObject type 'ServicePresenceStatus' is not supported.",
        ),
    ];
    let deploy_class = |org: &mut Org, body: &str, options: Value| {
        let package = manifest(&[("ApexClass", "*")]);
        deploy(
            org,
            &[
                ("package.xml", &package),
                ("classes/Sync.cls", body),
                ("classes/Sync.cls-meta.xml", &meta),
            ],
            &options,
        )
    };
    for (body, problem) in bad {
        let mut org = sandbox();
        org.world_mut().features.omni_channel = false;
        assert_eq!(failure(&deploy_class(&mut org, &body, json!({})))["problem"], problem);
    }
    assert_eq!(deploy_class(&mut sandbox(), good, json!({}))["success"], true);
    let mut production = org(world(OrgKind::Production), JobTime::default());
    let result = deploy_class(&mut production, good, json!({}));
    assert!(
        result["details"]["runTestResult"]["codeCoverageWarnings"][0]["message"]
            .as_str()
            .unwrap()
            .contains("75%")
    );
    let result = deploy_class(&mut production, good, json!({"testLevel": "NoTestRun"}));
    assert_eq!(result["errorStatusCode"], "INVALID_OPERATION");
    let test = "@IsTest private class Sync { @IsTest static void works() {} static testMethod void too() {} }";
    let options = json!({"testLevel": "RunSpecifiedTests", "runTests": ["Sync"]});
    let result = deploy_class(&mut production, test, options);
    assert_eq!(
        (&result["success"], &result["numberTestsTotal"]),
        (&json!(true), &json!(2)),
        "{result}"
    );
}

#[test]
fn presence_statuses_are_allowed_and_taken_back() {
    let mut org = sandbox();
    org.world_mut().features.omni_channel = true;
    let set = |name: &str, enabled: bool| {
        let access = format!(
            "<label>Own</label><servicePresenceStatusAccesses><enabled>{enabled}</enabled>\
             <servicePresenceStatus>{name}</servicePresenceStatus></servicePresenceStatusAccesses>"
        );
        file("PermissionSet", &access)
    };
    let path = "permissionsets/Own.permissionset";
    for (enabled, count) in [(true, 1), (true, 1), (false, 0)] {
        let result = deploy_one(&mut org, "PermissionSet", path, &set("Busy", enabled));
        assert_eq!(result["success"], true, "{result}");
        let access = &org.world().setup_entity_access;
        let kind = "ServicePresenceStatus";
        assert_eq!(access.iter().filter(|one| one.setup_entity_type == kind).count(), count);
    }
    let unknown = "In field: servicePresenceStatus - no ServicePresenceStatus named Gone found";
    let result = deploy_one(&mut org, "PermissionSet", path, &set("Gone", true));
    assert_eq!(failure(&result)["problem"], unknown);
    org.world_mut().features.omni_channel = false;
    let result = deploy_one(&mut org, "PermissionSet", path, &set("Busy", true));
    assert_eq!(result["success"], false);
}

#[test]
fn what_is_in_use_is_not_deleted() {
    let mut org = sandbox();
    deploy_one(&mut org, "CallCenter", "callCenters/Acme.callCenter", &center("true"));
    let id = org.world().call_center("Acme").unwrap().id.clone();
    org.world_mut().users[0].call_center_id = Some(id.clone());
    let (package, doomed) = (manifest(&[]), manifest(&[("CallCenter", "Acme")]));
    let files = [("package.xml", package.as_str()), ("destructiveChanges.xml", &doomed)];
    let result = deploy(&mut org, &files, &json!({}));
    assert!(failure(&result)["problem"].as_str().unwrap().contains("1 users are assigned"));
    org.world_mut().users[0].call_center_id = None;
    let result = deploy(&mut org, &files, &json!({}));
    let success = &result["details"]["componentSuccesses"][2];
    assert_eq!(
        (&success["deleted"], &success["id"]),
        (&json!(true), &json!(id.as_str())),
        "{result}"
    );
    let result = deploy(&mut org, &files, &json!({"ignoreWarnings": true}));
    let warning = &result["details"]["componentSuccesses"][2];
    assert_eq!(
        (&warning["problem"], &warning["problemType"]),
        (&json!("No CallCenter named: Acme found"), &json!("Warning"))
    );
}

#[test]
fn packages_are_installed_by_their_number() {
    let mut org = org(world(OrgKind::Sandbox), JobTime::default());
    let path = "installedPackages/ciscocjs.installedPackage";
    let package = |number: &str, password: &str| {
        file(
            "InstalledPackage",
            &format!(
                "<versionNumber>{number}</versionNumber><activateRSS>true</activateRSS>{password}"
            ),
        )
    };
    for (number, problem) in [
        ("9.9", "InstalledPackage version number : 9.9 does not exist!"),
        (
            "3.2.1",
            "Unexpected Error, Details: The package installation failed. Error Message: An \
             installation key is required to install this package.",
        ),
    ] {
        let result = deploy_one(&mut org, "InstalledPackage", path, &package(number, ""));
        assert_eq!(failure(&result)["problem"], problem);
    }
    assert!(org.world().installed_package("ciscocjs").is_none());
    let key = r"<password>it's \a key\</password>";
    for (number, key, created) in [("3.2.1", key, true), ("4.2.0", "", false)] {
        let result = deploy_one(&mut org, "InstalledPackage", path, &package(number, key));
        let mut done = result["details"]["componentSuccesses"].as_array().unwrap().iter();
        let done = done.find(|one| one["componentType"] == "InstalledPackage").unwrap();
        assert_eq!((&done["created"], &done["changed"]), (&json!(created), &json!(true)));
    }
    let installed = org.world().installed_package("ciscocjs").unwrap();
    assert_eq!((installed.security_type.as_str(), installed.enable_rss), ("Full", true));
    assert!(org.world().jobs.installs.is_empty(), "no request is left behind");
    let both = manifest(&[("InstalledPackage", "ciscocjs"), ("CallCenter", "*")]);
    let file = package("4.1", "");
    let result = deploy(&mut org, &[("package.xml", &both), (path, &file)], &json!({}));
    let problem = "InstalledPackage must be the only type of a deployment";
    assert_eq!(failure(&result)["problem"], problem);
}

#[test]
fn objects_and_fields_are_given_as_the_files_say() {
    let mut org = sandbox();
    let path = "permissionsets/Own.permissionset";
    let set = |content: &str| file("PermissionSet", &format!("<label>Own</label>{content}"));
    let field = |name: &str, readable: bool, editable: bool| {
        format!(
            "<fieldPermissions><editable>{editable}</editable><field>{name}</field>\
             <readable>{readable}</readable></fieldPermissions>"
        )
    };
    let object = |name: &str, read: bool, edit: bool| {
        format!(
            "<objectPermissions><allowCreate>{edit}</allowCreate><allowDelete>false</allowDelete>\
             <allowEdit>{edit}</allowEdit><allowRead>{read}</allowRead>\
             <modifyAllRecords>false</modifyAllRecords><object>{name}</object>\
             <viewAllRecords>false</viewAllRecords></objectPermissions>"
        )
    };
    for (content, problem) in [
        (
            field("Task.Gone__c", true, true),
            "In field: field - no CustomField named Task.Gone__c found",
        ),
        (field("Subject", true, true), "In field: field - no CustomField named Subject found"),
        (
            field("Contact.LastName", true, true),
            "You cannot deploy to a required field: Contact.LastName",
        ),
        (field("Task.Subject", false, true), "Field Task.Subject is editable and not readable"),
        (object("Gone__c", true, true), "In field: object - no CustomObject named Gone__c found"),
        (object("Task", true, true), "In field: object - no CustomObject named Task found"),
        (object("Case", false, true), "Permission Create Case depends on permission(s): Read Case"),
    ] {
        let result = deploy_one(&mut org, "PermissionSet", path, &set(&content));
        assert_eq!(failure(&result)["problem"], problem, "{result}");
    }
    let given = set(&(field("Task.Subject", true, true) + &object("Case", true, true)));
    for changed in [true, false] {
        let result = deploy_one(&mut org, "PermissionSet", path, &given);
        assert_eq!(result["success"], true, "{result}");
        assert_eq!(result["details"]["componentSuccesses"][1]["changed"], changed, "{result}");
    }
    let own = |org: &Org| {
        let sets = &org.world().permission_sets;
        let own = sets.iter().find(|set| set.name == "Own").unwrap();
        (own.fields.len(), own.objects.len())
    };
    assert_eq!(own(&org), (1, 1));
    // What is not mentioned stays; what is said to be taken goes.
    let taken = set(&(field("Task.Subject", false, false) + &object("Case", false, false)));
    for (content, left) in [(set(""), (1, 1)), (taken, (0, 0))] {
        let result = deploy_one(&mut org, "PermissionSet", path, &content);
        assert_eq!(result["success"], true, "{result}");
        assert_eq!(own(&org), left);
    }
}
