//! What people call things: languages, other names, groups.

use serde_json::{Value, json};

use super::Bench;
use crate::{Changes, Emulator, Seed};

fn changed(changes: Changes) -> Bench {
    Bench::new(Emulator::builder().seed(Seed::number(1).changes(changes)))
}

fn names(answer: &Value) -> Vec<&str> {
    let records = answer["records"].as_array().unwrap().iter();
    records.map(|record| record["Name"].as_str().unwrap()).collect()
}

#[test]
fn labels_follow_the_language_of_who_asks() {
    let german = json!({"LanguageLocaleKey": "de_AT"});
    let bench = changed(
        Changes::new()
            .user("ada.lovelace@", german)
            .translation("de", "Contact Center Agent", "Agent des Kontaktzentrums")
            .translation("de", "Task Layout", "Aufgabenlayout"),
    );
    let profiles = bench.query("SELECT Name FROM Profile");
    let profiles = names(&profiles);
    assert!(profiles.contains(&"Systemadministrator"), "{profiles:?}");
    assert!(profiles.contains(&"Agent des Kontaktzentrums"), "{profiles:?}");
    assert!(profiles.contains(&"Contact Center Supervisor"), "nobody translated it");
    let by_name = |name: &str| {
        bench.query(&format!("SELECT Id FROM User WHERE Profile.Name = '{name}'"))["totalSize"]
            .clone()
    };
    assert_eq!(by_name("Systemadministrator"), 1);
    assert_eq!(by_name("System Administrator"), 0);
    let layouts =
        "SELECT Layout.Name, Profile.Name FROM ProfileLayout WHERE TableEnumOrId = 'Task'";
    let (_, rows) = bench.tooling(layouts);
    let layouts = rows["records"].as_array().unwrap().iter().map(|row| &row["Layout"]["Name"]);
    assert!(layouts.clone().any(|name| name == "Aufgabenlayout"));
    assert!(!layouts.clone().any(|name| name == "Task Layout"));

    let english = Changes::new().user("ada.lovelace@", json!({"LanguageLocaleKey": "en_US"}));
    bench.emulator.org().change(&english).unwrap();
    assert_eq!(by_name("System Administrator"), 1);
    // The names of the Metadata API are the same in every language.
    assert_eq!(bench.world()["profiles"]["Admin"]["Name"], "System Administrator");
}

#[test]
fn people_rename_things_and_their_ids_stay() {
    let bench = changed(Changes::new());
    let ids = |soql: &str| bench.query(soql)["records"][0]["Id"].clone();
    let profile = "SELECT Id FROM Profile WHERE Name = ";
    let agents = ids(&format!("{profile}'Contact Center Agent'"));
    let layout = |name: &str| {
        let soql = format!("SELECT Id, Name FROM Layout WHERE Name = '{name}'");
        bench.tooling(&soql).1["records"][0]["Id"].clone()
    };
    let task = layout("Task Layout");
    let org = bench.emulator.org();
    let changes = Changes::new()
        .profile("Contact Center Agent", json!({"Name": "Agents"}))
        .layout("Task-Task Layout", json!({"Name": "Everybody's ✓ "}))
        .record_type("Task.Call", json!({"Name": "Phone"}))
        .user("grace.hopper@", json!({"Username": "grace.murray@northwind.example"}));
    org.change(&changes).unwrap();
    assert_eq!(ids(&format!("{profile}'Agents'")), agents);
    assert_eq!(layout("Everybody\\'s ✓ "), task);
    assert_eq!(
        bench.query("SELECT Id FROM User WHERE Username LIKE 'grace.murray%25'")["totalSize"],
        1
    );
    let world = bench.world();
    assert_eq!(world["profiles"]["Agents"]["FullName"], "Agents");
    assert!(org.change(&Changes::new().layout("Task-Gone", json!({}))).is_err());

    // A second profile of that label, which keeps the API name that it had.
    let twin = Changes::new().profile("Contact Center Supervisor", json!({"Name": "Agents"}));
    org.change(&twin).unwrap();
    assert_eq!(bench.query(&format!("{profile}'Agents'"))["totalSize"], 2);
    assert_eq!(bench.world()["profiles"]["Contact Center Supervisor"]["Name"], "Agents");
}

#[test]
fn who_is_in_a_group_has_what_its_sets_give() {
    let changes = Changes::new().permission_set_group(
        "Agents_of_the_Desk",
        ["Call_Recording_Review", "Record_View"],
        ["grace.hopper@"],
    );
    let bench = changed(changes);
    let groups =
        bench.query("SELECT DeveloperName, Status, NamespacePrefix FROM PermissionSetGroup");
    assert_eq!(groups["records"][0]["DeveloperName"], "Agents_of_the_Desk");
    let given = bench.query(
        "SELECT Assignee.Username, PermissionSet.Type, PermissionSetGroup.DeveloperName FROM \
         PermissionSetAssignment WHERE PermissionSetGroupId != null",
    );
    assert_eq!(given["totalSize"], 1);
    let row = &given["records"][0];
    assert_eq!(row["PermissionSet"]["Type"], "Group");
    assert_eq!(row["PermissionSetGroup"]["DeveloperName"], "Agents_of_the_Desk");
    let direct = "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username LIKE \
                  'grace.hopper%25' AND PermissionSet.Name = 'Record_View'";
    assert_eq!(bench.query(direct)["totalSize"], 0, "only through the group");
    let parts = bench.query(
        "SELECT PermissionSet.Name FROM PermissionSetGroupComponent WHERE \
         PermissionSetGroup.DeveloperName = 'Agents_of_the_Desk'",
    );
    assert_eq!(parts["totalSize"], 2);

    let group = bench.query("SELECT Id FROM PermissionSetGroup")["records"][0]["Id"].clone();
    let user = bench.query("SELECT Id FROM User WHERE Username LIKE 'alan.turing%25'");
    let body = json!({"AssigneeId": user["records"][0]["Id"], "PermissionSetGroupId": group});
    let path = "/services/data/v68.0/sobjects/PermissionSetAssignment";
    assert_eq!(bench.call("POST", path, Some(&body)).0, 201);
    assert_eq!(bench.call("POST", path, Some(&body)).1[0]["errorCode"], "DUPLICATE_VALUE");
}

#[test]
fn a_group_permits_what_its_sets_permit() {
    let changes = Changes::new().permission_set_group("Seers", ["Record_View"], ["grace.hopper@"]);
    let bench = changed(changes);
    let set = bench.query("SELECT Id FROM PermissionSet WHERE Name = 'Record_View'");
    let path = format!(
        "/services/data/v68.0/sobjects/PermissionSet/{}",
        set["records"][0]["Id"].as_str().unwrap()
    );
    let token = bench.emulator.org().access_token_of("grace.hopper@").unwrap();
    let grace = Bench { token, ..bench };
    let setup = "SELECT Id FROM Layout";
    assert_eq!(grace.tooling(setup).0, 400);
    let admin = grace.emulator.org().access_token().to_owned();
    let admin = Bench { token: admin, ..grace };
    assert_eq!(admin.call("PATCH", &path, Some(&json!({"PermissionsViewSetup": true}))).0, 204);
    let token = admin.emulator.org().access_token_of("grace.hopper@").unwrap();
    assert_eq!(Bench { token, ..admin }.tooling(setup).0, 200);
}
