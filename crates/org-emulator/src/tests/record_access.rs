//! What profiles and permission sets let people do with records, as queries tell it.

use serde_json::Value;

use super::Bench;
use crate::{Changes, Emulator, Guesses, Seed};

const AGENTS: &str = "Contact Center Agent";

fn bench(changes: Changes, guesses: Guesses) -> Bench {
    Bench::new(Emulator::builder().seed(Seed::number(1).changes(changes)).guesses(guesses))
}

/// How many rows a query finds of a profile's own permission set, or of a set of that label.
fn count(bench: &Bench, object: &str, label: &str, condition: &str) -> Value {
    let soql = format!("SELECT Id FROM {object} WHERE Parent.Label = '{label}' AND {condition}");
    bench.query(&soql)["totalSize"].clone()
}

#[test]
fn profiles_give_what_nobody_has_said_otherwise() {
    let changes = Changes::new()
        .field_access(AGENTS, "Task.Subject", true, false)
        .field_access(AGENTS, "Case.Origin", false, false)
        .object_access(AGENTS, "Case", false);
    let bench = bench(changes, Guesses::default());
    for (profile, condition, expected) in [
        (AGENTS, "Field = 'Task.Description' AND PermissionsEdit = true", 1),
        (AGENTS, "Field = 'Task.Subject' AND PermissionsRead = true", 1),
        (AGENTS, "Field = 'Task.Subject' AND PermissionsEdit = true", 0),
        (AGENTS, "Field = 'Case.Origin'", 0),
        // Everybody has it, so that there are no rows of it.
        (AGENTS, "Field = 'Contact.LastName'", 0),
        ("Call Recording Review", "Field = 'Task.Subject'", 0),
    ] {
        assert_eq!(count(&bench, "FieldPermissions", profile, condition), expected, "{condition}");
    }
    for (profile, condition, expected) in [
        (AGENTS, "SobjectType = 'Case' AND PermissionsEdit = false", 1),
        (AGENTS, "SobjectType = 'Lead' AND PermissionsCreate = true", 1),
        ("Read Only", "SobjectType = 'Lead' AND PermissionsCreate = true", 0),
        ("Minimum Access - Salesforce", "SobjectType = 'Lead'", 0),
        (AGENTS, "SobjectType = 'Task'", 0),
    ] {
        assert_eq!(count(&bench, "ObjectPermissions", profile, condition), expected, "{condition}");
    }
    let tasks =
        "SELECT Id FROM PermissionSet WHERE Label = 'Read Only' AND PermissionsEditTask = true";
    assert_eq!(bench.query(tasks)["totalSize"], 0);
    let apps = "SELECT Name FROM AppMenuItem WHERE Type = 'TabSet' AND Name = 'LightningService'";
    assert_eq!(bench.query(apps)["totalSize"], 1);
}

#[test]
fn a_packages_fields_go_to_whom_it_is_installed_for_and_with_it() {
    let bench = bench(Changes::new().installed("04tHp000000wXcZIAU"), Guesses::default());
    let field = "Field = 'Task.ciscocjs__ANI__c' AND PermissionsEdit = true";
    assert_eq!(count(&bench, "FieldPermissions", AGENTS, field), 1);
    let formula = "Field = 'Task.ciscocjs__Call_Label__c'";
    assert_eq!(count(&bench, "FieldPermissions", AGENTS, formula), 0, "it is not permissionable");
    let text = bench.world()["permission_sets"].to_string();
    assert!(text.contains("ciscocjs__ANI__c"));
}

#[test]
fn a_group_gives_what_its_members_give_unless_it_shows_nothing() {
    for shown in [true, false] {
        let changes = Changes::new()
            .field_access("Call Recording Review", "Task.Subject", true, true)
            .permission_set_group("Agents", ["Call_Recording_Review"], ["grace.hopper@"]);
        let guesses = Guesses::default().with("group_sets_show_permissions", shown).unwrap();
        let bench = bench(changes, guesses);
        let soql = "SELECT Id FROM FieldPermissions WHERE Parent.Type = 'Group' AND \
                    Field = 'Task.Subject' AND PermissionsEdit = true";
        assert_eq!(bench.query(soql)["totalSize"], u32::from(shown));
    }
}

#[test]
fn tasks_may_have_permissions_of_their_own() {
    let guesses = Guesses::default().with("tasks_have_object_permissions", true).unwrap();
    let bench = bench(Changes::new(), guesses);
    assert_eq!(count(&bench, "ObjectPermissions", AGENTS, "SobjectType = 'Task'"), 1);
}
