//! Permission sets of the chosen users, against an emulated org.

use std::sync::atomic::{AtomicBool, Ordering};

use org_emulator::{Changes, Emulator, Guesses};
use provision::checklist::ItemId;
use provision::engine::{Event, Goal, ItemOutcome, ItemReport, Report};
use provision::failure::Kind;
use provision::model::Wave;
use serde_json::{Value, json};

use crate::support::{Org, assert_nothing_to_do, assert_settled, demo, everything, wait};

const ASSIGNED: &str = "SELECT Id, Assignee.Username, PermissionSet.Name FROM \
                        PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = false AND \
                        Assignee.Profile.Name = 'Contact Center Agent' AND \
                        Assignee.IsActive = true";

fn assigning(names: &str) -> String {
    format!("{}\n[permission_sets]\nassign = [{names}]\n", demo())
}

fn item(report: &Report) -> &ItemReport {
    report.items.iter().find(|item| item.id == ItemId::PERMISSION_SET).expect("the item")
}

fn having(org: &Org, set: &str) -> usize {
    org.query(ASSIGNED).iter().filter(|row| row["PermissionSet"]["Name"] == set).count()
}

/// Does something between the look and the first request of the records' wave.
fn meanwhile(org: &Org, configuration: &str, what: impl Fn() + Sync) -> Report {
    let done = AtomicBool::new(false);
    let at = |event: &Event| {
        if let Event::WaveStarted { wave: Wave::Records, .. } = event
            && !done.swap(true, Ordering::Relaxed)
        {
            // A run has a runtime of its own, in which no other can wait.
            std::thread::scope(|scope| {
                scope.spawn(&what);
            });
        }
    };
    org.watched(Goal::Apply, configuration, &at)
}

#[test]
fn chosen_users_get_them_once_and_lose_what_nobody_wants_any_more() {
    let org = Org::new();
    let before = having(&org, "Call_Recording_Review");
    assert!(before > 0, "somebody has it already");
    let both = assigning("\"Call Recording Review\", \"Record_View\"");
    let report = org.apply(&both);
    assert_eq!(item(&report).outcome, ItemOutcome::Changed);
    let agents = having(&org, "Record_View");
    assert!(agents > 5);
    assert_eq!(having(&org, "Call_Recording_Review"), agents);
    assert_eq!(item(&report).changes.len(), 2 * agents - before);
    assert_nothing_to_do(&org.apply(&both));
    assert_settled(&org.run(Goal::Verify, &both));
    // What was there before us stays; what we gave goes, whether the list or its users change.
    let report = org.apply(&assigning("\"Record_View\""));
    assert_eq!(item(&report).changes.len(), agents - before);
    assert_eq!(having(&org, "Call_Recording_Review"), before);
    let report = org.apply(&demo());
    assert_eq!(item(&report).changes.len(), agents);
    assert_eq!(having(&org, "Record_View"), 0);
    assert_nothing_to_do(&org.apply(&demo()));
}

#[test]
fn what_many_have_is_not_taken_from_them_by_accident() {
    let mut org = Org::new();
    org.apply(&assigning("\"Record_View\""));
    let agents = having(&org, "Record_View");
    org.allow_removals = false;
    let report = org.run(Goal::Apply, &demo());
    let failure = report.failure.expect("a refusal");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.message().contains("users lose the permission set"), "{}", failure.message());
    assert_eq!(having(&org, "Record_View"), agents, "nothing was changed");
    assert!(org.run(Goal::Plan, &demo()).failure.is_none(), "a plan may be looked at");
}

#[test]
fn more_than_a_collection_takes_travel_in_several() {
    let org = Org::with(Emulator::builder().users(900));
    let both = assigning("\"Call_Recording_Review\", \"Перегляд записів\"");
    let report = org.apply(&both);
    assert!(item(&report).changes.len() > 600, "{}", item(&report).changes.len());
    assert_nothing_to_do(&org.apply(&both));
    let report = org.apply(&demo());
    assert!(item(&report).changes.len() > 600);
    assert_eq!(having(&org, "Record_View"), 0);
}

#[test]
fn what_was_given_before_a_request_failed_stays_and_the_next_run_gives_the_rest() {
    let org = Org::with(Emulator::builder().users(900));
    let wanted = assigning("\"Record_View\"");
    let before = org.world();
    org.apply(&demo());
    let body = json!({"method": "POST", "operation": "composite", "body": "PermissionSetId"});
    let refusal = json!({"status": 403, "code": "REQUEST_LIMIT_EXCEEDED", "message": "No more."});
    let second = json!({"faults": [{"match": body, "skip": 1, "times": 1, "effect": refusal}]});
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), &second);
    let report = org.run(Goal::Apply, &wanted);
    let failure = report.failure.as_ref().expect("a failure");
    assert!(format!("{failure:?}").contains("REQUEST_LIMIT_EXCEEDED"), "{failure:?}");
    assert_eq!(having(&org, "Record_View"), 200, "the first request was carried out");
    assert_eq!(item(&report).outcome, ItemOutcome::Failed, "{:#?}", item(&report));
    let report = org.apply(&wanted);
    assert!(item(&report).changes.len() > 100, "{}", item(&report).changes.len());
    assert_settled(&org.run(Goal::Verify, &wanted));
    org.uninstall(&wanted);
    assert_eq!(org.world(), before);
}

#[test]
fn names_that_the_org_lacks_come_with_a_suggestion() {
    let org = Org::new();
    let report = org.run(Goal::Apply, &assigning("\"Call Recoding Review\""));
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Usage);
    assert_eq!(failure.advice(), ["Did you mean \"Call Recording Review\"?"]);
    let users = demo().replace("[users]", "[users]\npermission_sets = [\"Call Recoding Review\"]");
    assert_eq!(org.run(Goal::Apply, &users).failure.expect("a failure").kind, Kind::Usage);
}

#[test]
fn who_was_given_it_in_the_meantime_has_it() {
    let org = Org::new();
    let set = &org.query("SELECT Id FROM PermissionSet WHERE Name = 'Record_View'")[0]["Id"];
    let agents = org.query(
        "SELECT Id FROM User WHERE Profile.Name = 'Contact Center Agent' AND IsActive = true",
    );
    let fields = json!({ "AssigneeId": agents[0]["Id"], "PermissionSetId": set });
    let report = meanwhile(&org, &assigning("\"Record_View\""), || {
        wait(org.client().create("PermissionSetAssignment", &fields)).expect("a record");
    });
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(item(&report).outcome, ItemOutcome::Changed);
    assert_eq!(having(&org, "Record_View"), agents.len());
}

#[test]
fn what_the_org_refuses_is_named_and_the_rest_stays() {
    let org = Org::new();
    let sets = org.query("SELECT Id FROM PermissionSet WHERE Name = 'Record_View'");
    let id = sets[0]["Id"].as_str().expect("an id");
    let both = assigning("\"Call_Recording_Review\", \"Record_View\"");
    let report = meanwhile(&org, &both, || {
        wait(org.client().delete("PermissionSet", id)).expect("the set is deleted");
    });
    let failure = report.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, Kind::Failed);
    let agents = having(&org, "Call_Recording_Review");
    assert!(agents > 5, "the other set was given");
    // The org says the same of all of them: one line.
    let said = failure.message();
    let line = said.lines().find(|line| line.contains(": Record_View: ")).expect("a line");
    assert_eq!(line.matches("@northwind.example").count(), agents, "{said}");
    assert!(failure.advice().iter().any(|hint| hint.contains("has been deleted")), "{failure:#?}");
    assert_eq!(item(&report).outcome, ItemOutcome::Failed);
    let users = report.items.iter().find(|item| item.id == ItemId::USERS).expect("the users");
    assert_eq!(users.outcome, ItemOutcome::Changed, "the call center has its users all the same");
    let again = org.run(Goal::Apply, &assigning("\"Call_Recording_Review\""));
    assert_nothing_to_do(&again);
}

#[test]
fn a_caller_who_may_not_assign_is_told_which_permission_is_missing() {
    let text = r#"
        seed = 1
        [permissions]
        "System Administrator" = ["ApiEnabled", "ViewSetup", "CustomizeApplication",
            "InstallPackaging", "ManageCallCenters", "ManageProfilesPermissionsets",
            "ModifyMetadata", "ModifyAllData", "AuthorApex"]
    "#;
    let org = Org::from_file(text, Emulator::builder());
    let report = org.run(Goal::Apply, &assigning("\"Record_View\""));
    let failure = report.failure.expect("a failure");
    assert!(failure.message().contains("\"Assign Permission Sets\""), "{failure:#?}");
    assert!(report.run.is_none(), "nothing was begun");
}

#[test]
fn the_set_of_state_sync_goes_when_state_sync_goes() {
    let org = Org::new();
    let report = org.apply(&everything());
    let own = "Webex_Contact_Center_Omni_Sync";
    let agents = having(&org, own);
    assert_eq!(item(&report).changes.iter().filter(|change| change.field == own).count(), agents);
    assert!(agents > 5);
    let off = everything().replace("enabled = true", "enabled = false");
    org.apply(&off);
    assert_eq!(having(&org, own), 0);
    assert_nothing_to_do(&org.apply(&off));
    let document: Value = serde_json::to_value(&report).expect("JSON");
    let items = document["items"].as_array().expect("items");
    let sets = items.iter().find(|item| item["id"] == "permission-set").expect("the item");
    let change = &sets["changes"][0];
    assert_eq!(change["subject"]["type"], "PermissionSetAssignment");
    assert_eq!((&change["after"], &change["action"]), (&json!("assigned"), &json!("create")));
}

/// Two people who have `Record_View` by a group alone, and a configuration that chooses by permission set.
fn with_group(builder: org_emulator::Builder) -> Org {
    let org = Org::with(builder);
    let changes = Changes::new().permission_set_group(
        "Agents_of_the_Desk",
        ["Record_View"],
        ["grace.hopper@", "ken.thompson@"],
    );
    org.emulated.change(&changes).expect("a group");
    org
}

fn choosing(names: &str) -> String {
    demo().replace("profiles = [\"Contact Center Agent\"]", &format!("permission_sets = [{names}]"))
}

fn chosen(report: &Report) -> Vec<String> {
    let users = report.items.iter().find(|item| item.id == ItemId::USERS).expect("the item");
    let rows = users.changes.iter();
    rows.map(|row| row.subject.name.split('@').next().expect("a name").to_owned()).collect()
}

#[test]
fn whoever_has_a_set_by_a_group_is_chosen_by_it() {
    let without = |guesses: Guesses, name| guesses.with(name, false).expect("a switch");
    let no_components = without(Guesses::default(), "group_component_semi_join");
    let neither = without(no_components, "assignment_semi_join");
    for guesses in [Guesses::default(), no_components, neither] {
        let org = with_group(Emulator::builder().guesses(guesses));
        let direct = org.query(
            "SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = \
             'Record_View' AND Assignee.IsActive = true",
        );
        for names in ["\"Record_View\"", "\"Agents_of_the_Desk\"", "\"Agents of the Desk\""] {
            let report = org.run(Goal::Plan, &choosing(names));
            assert!(report.failure.is_none(), "{names}: {:#?}", report.failure);
            let chosen = chosen(&report);
            assert!(chosen.contains(&"grace.hopper".to_owned()), "{names}: {chosen:?}");
            assert!(chosen.contains(&"ken.thompson".to_owned()), "{names}: {chosen:?}");
            let others = if names.contains("Agents") { 0 } else { direct.len() };
            assert_eq!(chosen.len(), 2 + others, "{names}: {chosen:?}");
        }
    }
}
