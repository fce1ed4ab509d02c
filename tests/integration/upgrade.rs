//! A newer version of the package in the place of an older one: over it, or after it.

use std::collections::BTreeSet;

use org_emulator::{Changes, Emulator, OrgKind, Seed};
use provision::checklist::{ItemId, Note};
use provision::engine::{Approval, Goal, ItemOutcome, ItemReport, Outcome, Removal, Report};
use provision::journal::Unfinished;
use provision::model::{Before, OrgId};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::support::{Org, assert_same_world, demo, everything, load, wait};
use crate::undo::{find, undo};
use crate::version_2::demo_of_version_2;

const OLDEST: &str = "04tHp000000wXcAIAU";
pub(crate) const OLDER: &str = "04tHp000000wXcPIAU";
pub(crate) const NEWEST: &str = "04tHp000000wXcZIAU";

/// The configuration with that version, replaced in that way.
pub(crate) fn wanting(configuration: &str, version: &str, upgrade: &str) -> String {
    let newest = format!("version = \"{NEWEST}\"\n");
    assert!(configuration.contains(&newest));
    configuration.replace(&newest, &format!("version = \"{version}\"\n{upgrade}"))
}

pub(crate) const CLEAN: &str = "upgrade = \"clean\"\n";
pub(crate) const IN_PLACE: &str = "upgrade = \"in-place\"\n";

/// An org with the older version as configured.
fn older(configuration: &str) -> Org {
    let mut org = Org::new();
    org.apply(&wanting(configuration, OLDER, ""));
    org.delete_data = Some(org.id.clone());
    org
}

/// The world without what tells when something was made, and which ids it got.
fn comparable(org: &Org) -> Value {
    org.world()
}

#[track_caller]
fn fine(report: Report) -> Report {
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert!(matches!(report.outcome, Outcome::Done | Outcome::NeedsHuman), "{:#?}", report.items);
    report
}

#[test]
fn both_ways_end_where_a_fresh_installation_ends() {
    // What agents get of the package's fields goes with it, and is given again.
    let managed = format!("{}\n[agent_access]\nmanage = true\n", everything());
    for configuration in [demo(), managed] {
        let fresh = Org::new();
        fresh.apply(&configuration);
        for way in [IN_PLACE, CLEAN] {
            let org = older(&configuration);
            let wanted = wanting(&configuration, NEWEST, way);
            let plan = org.run(Goal::Plan, &wanted);
            assert_eq!(plan.outcome, Outcome::Changes, "{way}: {:#?}", plan.failure);
            fine(org.run(Goal::Apply, &wanted));
            let nothing = org.run(Goal::Apply, &wanted);
            assert!(
                nothing.items.iter().all(|item| item.outcome != ItemOutcome::Changed),
                "{way}: {:#?}",
                nothing.items
            );
            fine(org.run(Goal::Verify, &wanted));
            assert_eq!(comparable(&org), comparable(&fresh), "{way}");
        }
    }
}

#[test]
fn what_is_new_with_the_version_is_told() {
    for way in [IN_PLACE, CLEAN] {
        let before = Changes::new().installed(OLDEST);
        let mut org = Org::with(Emulator::builder().seed(Seed::default().changes(before)));
        org.delete_data = Some(org.id.clone());
        let wanted = wanting(&demo(), NEWEST, way);
        let report = fine(org.run(Goal::Apply, &wanted));
        let fresh = Org::new();
        fresh.apply(&demo());
        assert_same_world(&org.world(), &fresh.world(), way);
        let package = report.items.iter().find(|it| it.id == ItemId::PACKAGE).expect("the item");
        let told = "New with version 4.2 of the package: 1 Task page layout (\"Webex Contact Center \
                    Task Layout\")";
        let notes = &package.notes;
        assert!(notes.iter().any(|note| note.text().starts_with(told)), "{way}: {notes:?}");
        let nothing = org.run(Goal::Apply, &wanted);
        assert!(
            nothing
                .items
                .iter()
                .flat_map(|it| &it.notes)
                .all(|note| !note.text().starts_with(told))
        );
    }
}

/// Somebody gives the package's layout to a profile that no configuration names. The assignment, and the
/// layout.
fn give_to_another_profile(org: &Org) -> (String, Value) {
    let before = org.world();
    let assignments = before["profile_layouts"].as_object().expect("assignments");
    let is_packaged =
        |it: &Value| it["LayoutId"].as_str().is_some_and(|it| it.contains("ciscocjs"));
    let packaged = assignments.values().find(|it| is_packaged(it)).expect("one of the package");
    let packaged = packaged["LayoutId"].as_str().expect("a layout").to_owned();
    let (other, assignment) = assignments
        .iter()
        .find(|(_, it)| {
            let profile = it["ProfileId"].as_str().expect("a profile");
            !is_packaged(it)
                && it["LayoutId"].as_str().is_some_and(|it| it.starts_with("Task."))
                && it["RecordTypeId"].is_null()
                && before["profiles"][profile]["Hidden"] != true
        })
        .expect("an assignment of another layout");
    let profile = assignment["ProfileId"].as_str().expect("a profile");
    let profile = &before["profiles"][profile]["Name"];
    let layout = packaged.replacen("Task.", "Task-", 1);
    let given = json!({ "page_layouts": [{ "Profile": profile, "Layout": layout }] });
    org.patch("world", &given);
    assert_eq!(org.world()["profile_layouts"][other]["LayoutId"], json!(packaged), "{assignment}");
    (other.clone(), json!(packaged))
}

/// The package of Version 2 brings a permission set, which somebody may have given to others.
pub(crate) const VERSION_2_BEFORE: &str = "04tUl000000VK2PIAW";
const HOLDERS_OF_VERSION_2: &str = "SELECT Assignee.Username FROM PermissionSetAssignment \
                                    WHERE PermissionSet.NamespacePrefix = 'cisco_wxcc'";

#[test]
fn both_ways_leave_everybody_the_permission_set_of_version_2() {
    const SET: &str = "SELECT Id FROM PermissionSet WHERE NamespacePrefix = 'cisco_wxcc'";
    let holders = |org: &Org| -> BTreeSet<String> {
        let rows = org.query(HOLDERS_OF_VERSION_2);
        rows.iter().map(|row| row["Assignee"]["Username"].to_string()).collect()
    };
    let wanted = |version: &str| {
        let head = "recipe = \"webex-v2\"\n";
        let demo = demo_of_version_2();
        assert!(demo.contains(head) && !demo.contains("[package]"), "{demo}");
        format!("{demo}\n[package]\n{version}")
    };
    for way in [IN_PLACE, CLEAN] {
        let mut org = Org::new();
        org.apply(&wanted(&format!("version = \"{VERSION_2_BEFORE}\"\n")));
        org.delete_data = Some(org.id.clone());
        let supervisor =
            org.query("SELECT Id FROM User WHERE Username = 'ada.lovelace@northwind.example'");
        let fields = json!({ "AssigneeId": supervisor[0]["Id"], "PermissionSetId": org.query(SET)[0]["Id"] });
        wait(org.client().create("PermissionSetAssignment", &fields)).expect("a row");
        let before = holders(&org);
        fine(org.run(Goal::Apply, &wanted(way)));
        assert_eq!(holders(&org), before, "{way}");
        fine(org.run(Goal::Verify, &wanted(way)));
        let installed =
            org.query("SELECT Id FROM PermissionSet WHERE NamespacePrefix = 'cisco_wxcc'");
        assert_eq!(installed.len(), 1, "{way}");
    }
}

/// A configuration may name what goes with the old version and comes back with the new one.
#[test]
fn a_clean_upgrade_gives_the_packages_own_sets_back_that_are_configured() {
    let mut org = Org::new();
    let old = format!("{}\n[package]\nversion = \"{VERSION_2_BEFORE}\"\n", demo_of_version_2());
    org.apply(&old);
    org.delete_data = Some(org.id.clone());
    let sets = org.query(
        "SELECT Name, Label, NamespacePrefix FROM PermissionSet WHERE NamespacePrefix = 'cisco_wxcc'",
    );
    let (name, label) = (sets[0]["Name"].as_str().unwrap(), sets[0]["Label"].as_str().unwrap());
    let qualified = format!("cisco_wxcc__{name}");
    let wanted = |lines: &str| format!("{}\n[package]\n{CLEAN}{lines}", demo_of_version_2());
    // Whoever is chosen by it would not be chosen any more.
    let before = org.world();
    let users = "[users]\nprofiles = [\"Contact Center Agent\"]";
    let by_set = wanted("").replace(users, &format!("[users]\npermission_sets = [\"{label}\"]"));
    assert!(by_set.contains(label), "{by_set}");
    let report = org.run(Goal::Apply, &by_set);
    let failure = report.failure.expect("a stop");
    assert!(
        failure.message().contains("A clean upgrade uninstalls the package first"),
        "{}",
        failure.message()
    );
    assert_eq!(org.world(), before);
    let assigned = wanted(&format!("[permission_sets]\nassign = [\"{qualified}\"]\n"));
    let holders = org.query(HOLDERS_OF_VERSION_2).len();
    fine(org.run(Goal::Apply, &assigned));
    assert_eq!(org.query(HOLDERS_OF_VERSION_2).len(), holders);
    fine(org.run(Goal::Verify, &assigned));
}

#[test]
fn a_clean_upgrade_does_not_take_the_call_center_from_many_by_accident() {
    let mut org = older(&demo());
    org.allow_removals = false;
    let before = org.world();
    let users = "[users]\nprofiles = [\"Contact Center Agent\"]";
    assert!(demo().contains(users));
    let nobody = demo().replace(users, "[users]\nprofiles = []");
    let report = org.run(Goal::Apply, &wanting(&nobody, NEWEST, CLEAN));
    assert_eq!(report.outcome, Outcome::Refused, "{report:#?}");
    let failure = report.failure.expect("a refusal");
    assert!(failure.message().contains("users lose their call center"), "{}", failure.message());
    assert_eq!(org.world(), before);
    // Whoever is asked and says no is heard, though the org was named for its data.
    org.approval = Approval::No;
    let report = org.run(Goal::Apply, &wanting(&nobody, NEWEST, CLEAN));
    assert_eq!(report.outcome, Outcome::Refused, "{report:#?}");
    assert_eq!(org.world(), before);
}

/// What the org says of the next installation.
fn fail_next_installation(org: &Org) {
    org.put(
        "faults",
        &json!({ "faults": [{ "match": {}, "times": 1,
            "effect": { "fail_install": "The post install script failed." } }] }),
    );
}

/// What was begun in the org and is not through.
fn unfinished(org: &Org) -> Vec<Unfinished> {
    let store = provision::journal::Store::at(org.state.path());
    let place = store.org(&OrgId::parse(&org.id).expect("an id"));
    place.unfinished().expect("a readable file")
}

/// An upgrade that has taken the old package out, and whose installation failed. The assignment that it has
/// still to give back, and the layout.
fn broken_off(org: &Org, wanted: &str) -> (String, Value) {
    let given = give_to_another_profile(org);
    fail_next_installation(org);
    let report = org.run(Goal::Apply, wanted);
    assert_eq!(report.outcome, Outcome::Failed, "{report:#?}");
    assert_ne!(org.world()["profile_layouts"][&given.0]["LayoutId"], given.1);
    given
}

/// Version 2 for somebody whom no configuration of Version 1 chooses.
fn version_2() -> String {
    let chosen = "profiles = [\"Contact Center Agent\"]";
    let configuration = demo_of_version_2();
    assert!(configuration.contains(chosen));
    configuration.replace(chosen, "profiles = [\"System Administrator\"]")
}

#[test]
fn what_another_connector_does_in_between_ends_no_upgrade() {
    let org = older(&demo());
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    let (other, packaged) = broken_off(&org, &wanted);
    let begun = unfinished(&org);
    assert_eq!(begun.len(), 1);
    fine(org.run(Goal::Apply, &version_2()));
    assert_eq!(unfinished(&org), begun, "an apply of Version 2");
    let taken_out = org.uninstall(&version_2());
    assert!(taken_out.failure.is_none(), "{:#?}", taken_out.failure);
    assert_eq!(unfinished(&org), begun, "an uninstall of Version 2");
    fine(org.run(Goal::Apply, &wanted));
    assert_eq!(unfinished(&org), []);
    assert_eq!(org.world()["profile_layouts"][&other]["LayoutId"], packaged);
}

#[test]
fn an_undo_of_another_connector_leaves_an_upgrade_what_it_has_to_give_back() {
    let org = older(&demo());
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    let (other, packaged) = broken_off(&org, &wanted);
    let begun = unfinished(&org);
    let before = org.world();
    fine(org.run(Goal::Apply, &version_2()));
    // It is no part of the upgrade, and is broken off, too.
    let deploy = json!({ "match": { "operation": "metadata/deployRequest", "method": "POST" },
        "times": 1, "effect": { "fail_deploy": { "component": "wxCcCallCenter", "problem": "No" } } });
    org.put("faults", &json!({ "faults": [deploy] }));
    let stopped = crate::undo::undo_to(&org, Goal::Apply, None, &version_2());
    assert_eq!(stopped.outcome, Outcome::Failed, "{stopped:#?}");
    assert_eq!(unfinished(&org).len(), 2);
    undo(&org, None, &version_2());
    assert_same_world(&org.world(), &before, "before Version 2");
    assert_eq!(unfinished(&org), begun);
    fine(org.run(Goal::Apply, &wanted));
    assert_eq!(unfinished(&org), []);
    assert_eq!(org.world()["profile_layouts"][&other]["LayoutId"], packaged);
}

/// What a run says of the package.
fn notes(report: &Report) -> Vec<String> {
    let package = report.items.iter().find(|item| item.id == ItemId::PACKAGE).expect("the item");
    package.notes.iter().map(Note::text).collect()
}

#[test]
fn what_others_use_of_the_package_is_given_back_after_a_clean_upgrade() {
    let org = older(&demo());
    let (other, packaged) = give_to_another_profile(&org);
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    fine(org.run(Goal::Apply, &wanted));
    assert_eq!(org.world()["profile_layouts"][&other]["LayoutId"], packaged);
    let nothing = org.run(Goal::Apply, &wanted);
    assert!(nothing.items.iter().all(|item| item.outcome != ItemOutcome::Changed));
}

#[test]
fn an_upgrade_that_stopped_after_the_removal_goes_on() {
    let org = older(&demo());
    let (other, packaged) = give_to_another_profile(&org);
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    fail_next_installation(&org);
    let report = org.run(Goal::Apply, &wanted);
    assert_eq!(report.outcome, Outcome::Failed, "{report:#?}");
    // Taken out for the upgrade and not brought back: nothing that is done.
    let done = |item: &&ItemReport| item.outcome == ItemOutcome::Changed;
    let done: Vec<&str> = report.items.iter().filter(done).map(|item| item.title).collect();
    assert!(done.is_empty(), "{done:?}");
    let layouts =
        report.items.iter().find(|item| item.id == ItemId::TASK_LAYOUT).expect("the item");
    let said = layouts.message.clone().unwrap_or_default();
    assert!(said.ends_with("changes made; the rest was not reached"), "{said}");
    let store = provision::journal::Store::at(org.state.path());
    let place = store.org(&OrgId::parse(&org.id).expect("an id"));
    let [begun] = unfinished(&org).try_into().expect("an upgrade that has begun");
    assert_eq!(begun.command, "upgrade");
    assert_ne!(org.world()["profile_layouts"][&other]["LayoutId"], packaged);
    // It still has something to give back, and is not to be forgotten.
    let desk = Desk::of(&org);
    desk.write("provision.toml", &wanted);
    let state = org.state.path().display().to_string();
    let arguments = ["--state-dir", &state, "--instance-url", &org.url, "uninstall", "--abandon"];
    let refused = desk.run(&arguments);
    refused.exits(5);
    assert!(refused.err.contains("a package upgrade"), "{refused}");
    // Whoever runs it again need not say anything else.
    fine(org.run(Goal::Apply, &wanted));
    assert!(place.unfinished().expect("a readable file").is_empty());
    let fresh = Org::new();
    fresh.apply(&demo());
    // What the first run took from somebody for a while, the second has given back.
    give_to_another_profile(&fresh);
    assert_eq!(comparable(&org), comparable(&fresh));
}

#[test]
fn nobody_deletes_data_for_an_upgrade_by_accident() {
    let mut org = older(&demo());
    org.delete_data = None;
    org.approval = Approval::Unasked;
    let before = org.world();
    let report = org.run(Goal::Apply, &wanting(&demo(), NEWEST, CLEAN));
    assert_eq!(report.outcome, Outcome::Refused, "{report:#?}");
    assert!(report.failure.expect("a failure").message().contains("was not confirmed"));
    assert_eq!(org.world(), before);
}

#[test]
fn without_a_word_both_ways_are_told_and_nobody_waits() {
    let org = older(&demo());
    let wanted = wanting(&demo(), NEWEST, "").replace("height = 600", "height = 620");
    let report = fine(org.run(Goal::Apply, &wanted));
    let package = report.items.iter().find(|item| item.id.as_str() == "package").expect("an item");
    assert_eq!(package.outcome, ItemOutcome::NeedsHuman);
    let steps = package.steps.join("\n");
    assert!(
        steps.contains("upgrade = \"clean\"") && steps.contains("upgrade = \"in-place\""),
        "{steps}"
    );
    assert!(report.items.iter().any(|item| item.outcome == ItemOutcome::Changed));
}

#[test]
fn an_upgrade_that_is_taken_back_leaves_the_newer_package_and_says_so() {
    let mut org = older(&demo());
    let wanted = wanting(&demo(), NEWEST, IN_PLACE);
    let other = wanted.replace("height = 600", "height = 620");
    fine(org.run(Goal::Apply, &other));
    org.delete_data = None;
    let report = undo(&org, None, &other);
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    let notes = notes(&report);
    assert!(notes[0].starts_with("The package stays at version 4.2"), "{notes:?}");
    fine(org.run(Goal::Verify, &wanted));
}

#[test]
fn a_clean_upgrade_that_is_taken_back_leaves_the_newer_package_and_says_so() {
    let wanted = wanting(&demo(), NEWEST, CLEAN).replace("height = 600", "height = 620");
    for configuration in [wanting(&demo(), OLDER, ""), wanted.clone()] {
        let mut org = older(&demo());
        fine(org.run(Goal::Apply, &wanted));
        // Nothing is deleted by it, and nobody is asked for that.
        org.delete_data = None;
        let report = undo(&org, None, &configuration);
        assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
        let notes = notes(&report);
        assert!(notes[0].starts_with("The package stays at version 4.2"), "{notes:?}");
        let fresh = Org::new();
        fresh.apply(&demo());
        assert_eq!(comparable(&org), comparable(&fresh));
    }
}

#[test]
fn an_installation_is_taken_back_that_a_clean_upgrade_came_after() {
    let mut org = Org::new();
    let before = org.world();
    let first = org.apply(&wanting(&demo(), OLDER, "")).run.expect("a journal");
    org.delete_data = Some(org.id.clone());
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    fine(org.run(Goal::Apply, &wanted));
    let report = undo(&org, Some(&first), &wanted);
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    assert_same_world(&org.world(), &before, "undone");
    let nothing = undo(&org, None, &wanted);
    assert_eq!(nothing.outcome, Outcome::NothingToDo);
}

#[test]
fn a_clean_upgrade_with_a_newer_definition_is_taken_back() {
    let first = "[call_center.softphone]\n";
    assert!(demo().contains(first));
    let old = crate::newer_definition::OLD;
    let other = format!("[call_center]\ninternal_name = \"{old}\"\n{first}");
    let mut org = older(&demo().replace(first, &other));
    let between = org.world();
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    fine(org.run(Goal::Apply, &wanted));
    assert_ne!(org.world()["users"], between["users"]);
    org.delete_data = None;
    let report = undo(&org, None, &wanted);
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    let after = org.world();
    assert_eq!(after["users"], between["users"]);
    assert_eq!(after["call_centers"], between["call_centers"]);
    let notes = notes(&report);
    assert!(notes[0].starts_with("The package stays at version 4.2"), "{notes:?}");
}

#[test]
fn an_upgrade_of_several_runs_is_taken_back_whole() {
    let mut org = older(&demo());
    let (other, packaged) = give_to_another_profile(&org);
    let wanted = wanting(&demo(), NEWEST, CLEAN).replace("height = 600", "height = 620");
    fail_next_installation(&org);
    let stopped = org.run(Goal::Apply, &wanted);
    assert_eq!(stopped.outcome, Outcome::Failed, "{stopped:#?}");
    let went_on = fine(org.run(Goal::Apply, &wanted));
    org.delete_data = None;
    for run in [None, went_on.run.as_deref()] {
        let found = find(&org, run, &load(&wanted).desired).expect("runs to take back");
        assert_eq!((found.run, found.later), (stopped.run.clone(), 1));
    }
    let report = undo(&org, None, &wanted);
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    let notes = notes(&report);
    assert!(notes[0].starts_with("The package stays at version 4.2"), "{notes:?}");
    assert_eq!(org.world()["profile_layouts"][&other]["LayoutId"], packaged);
    fine(org.run(Goal::Verify, &wanting(&demo(), NEWEST, "")));
}

#[test]
fn an_upgrade_that_stopped_after_the_removal_is_gone_on_with_or_goes_back_to_the_old_version() {
    let org = older(&demo());
    give_to_another_profile(&org);
    let before = org.world();
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    fail_next_installation(&org);
    let stopped = org.run(Goal::Apply, &wanted);
    assert_eq!(stopped.outcome, Outcome::Failed, "{stopped:#?}");
    // There is nothing that the rest could be put back on.
    let failure = find(&org, None, &load(&wanted).desired).expect_err("no package");
    assert!(failure.message().contains("the new one is not installed yet"), "{failure}");
    let hints: Vec<String> = failure.steps().iter().map(ToString::to_string).collect();
    assert!(hints[1].contains(&format!("package.version = \"{OLDER}\"")), "{hints:?}");
    // Whoever asks for the old version again gets all of it back, and what others had of it.
    let again = wanting(&demo(), OLDER, "");
    let report = undo(&org, None, &again);
    assert!(matches!(report.outcome, Outcome::Done | Outcome::NeedsHuman), "{report:#?}");
    assert_same_world(&org.world(), &before, "the old version");
    let store = provision::journal::Store::at(org.state.path());
    let place = store.org(&OrgId::parse(&org.id).expect("an id"));
    assert!(place.unfinished().expect("a readable file").is_empty());
    fine(org.run(Goal::Verify, &again));
}

#[test]
fn what_is_new_is_told_by_the_run_that_goes_on_with_an_upgrade_in_place() {
    let before = Changes::new().installed(OLDEST);
    let org = Org::with(Emulator::builder().seed(Seed::default().changes(before)));
    let deploy = json!({ "match": { "operation": "metadata/deployRequest", "method": "POST" },
        "times": 1, "effect": { "fail_deploy": { "component": "WebexCCAgentDesktopV20241121", "problem": "No" } } });
    org.put("faults", &json!({ "faults": [deploy] }));
    let wanted = wanting(&demo(), NEWEST, IN_PLACE);
    let stopped = org.run(Goal::Apply, &wanted);
    assert_eq!(stopped.outcome, Outcome::Failed, "{stopped:#?}");
    let report = fine(org.run(Goal::Apply, &wanted));
    let told = "New with version 4.2 of the package: ";
    assert!(notes(&report).iter().any(|note| note.starts_with(told)), "{:?}", notes(&report));
    let nothing = org.run(Goal::Apply, &wanted);
    assert!(notes(&nothing).iter().all(|note| !note.starts_with(told)), "{nothing:#?}");
}

#[test]
fn what_the_old_version_held_is_in_files_after_a_clean_upgrade_of_production() {
    let org = Org::with(Emulator::builder().kind(OrgKind::Production));
    let desk = Desk::of(&org);
    desk.write("provision.toml", &wanting(&demo(), OLDER, ""));
    let run = |arguments: &[&str]| desk.run(&[&["--instance-url", &org.url], arguments].concat());
    run(&["apply", "--yes", "--confirm", &org.id]).exits(0);
    org.emulated.change(&Changes::new().tasks(3_000)).expect("people worked");

    // Nobody has chosen a way yet: what one of them costs is told.
    desk.write("provision.toml", &wanting(&demo(), NEWEST, ""));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let choice = words(&run(&["plan"]).exits(0).out);
    assert!(choice.contains("it is not restored automatically: the values of"), "{choice}");

    desk.write("provision.toml", &wanting(&demo(), NEWEST, CLEAN));
    let plan = words(&run(&["plan"]).exits(0).out);
    assert!(plan.contains("The old version's data is not restored automatically"), "{plan}");
    assert!(plan.contains("agents notice at once, even in the middle of a call"), "{plan}");
    let before = org.world();
    let id = org.id.as_str();
    let data = ["--yes-delete-data", id, "--export", "data"];
    let refused = run(&[&["apply", "--yes"][..], &data].concat());
    assert!(refused.exits(5).err.contains("--confirm"), "{refused}");
    let refused = run(&["apply", "--yes", "--confirm", id]);
    assert!(refused.exits(5).err.contains("--yes-delete-data"), "{refused}");
    assert_same_world(&org.world(), &before, "refused");

    let arguments = [&["apply", "--yes", "--confirm", id, "--output", "json"][..], &data].concat();
    let done = run(&arguments).exits(0).json();
    let exported = done["exported"].as_array().expect("files");
    let tasks = exported.iter().find(|it| it["object"] == "Task").expect("the activities");
    let lines = desk.read("data/Task.csv").lines().count();
    assert!(lines > 1_000 && tasks["records"].as_u64() > Some(1_000), "{tasks}");
    assert_eq!(tasks["file"], "Task.csv");
}

#[test]
fn a_new_user_upgrades_the_demo_org_and_goes_back() {
    let desk = Desk::new();
    let run = |arguments: &[&str]| {
        desk.run(&[&["--org", "demo", "--config", "own.toml"], arguments].concat())
    };
    let old = wanting(&demo(), OLDER, "");
    desk.write("own.toml", &old);
    run(&[]).exits(0);
    desk.write("own.toml", &old.replace(OLDER, NEWEST));
    let choice = run(&["plan"]);
    assert!(choice.exits(0).out.contains("upgrade = \"clean\""), "{choice}");
    assert!(choice.out.contains("upgrade = \"in-place\""), "{choice}");
    let lower = |text: &str| text.replace("height = 600", "height = 620");
    desk.write("own.toml", &lower(&wanting(&demo(), NEWEST, CLEAN)));
    let refused = run(&["apply", "--yes"]);
    assert!(refused.exits(5).err.contains("--yes-delete-data 00DNxJ7C0000001MFA"), "{refused}");
    let done = run(&["apply", "--yes", "--yes-delete-data", "00DNxJ7C0000001MFA"]);
    assert!(done.exits(0).out.contains("Managed package          2 changes made"), "{done}");
    let undone = run(&["undo", "--yes"]);
    assert!(undone.exits(0).out.contains("The package stays at version 4.2"), "{undone}");
    assert!(undone.out.contains("CTI settings             1 change made"), "{undone}");
}

#[test]
fn a_change_that_never_came_about_is_no_work_of_somebody_else() {
    let org = older(&demo());
    let wanted = wanting(&demo(), NEWEST, IN_PLACE);
    fail_next_installation(&org);
    let stopped = org.run(Goal::Apply, &wanted);
    assert_eq!(stopped.outcome, Outcome::Failed, "{stopped:#?}");
    fine(org.run(Goal::Apply, &wanted));
    let store = provision::journal::Store::at(org.state.path());
    let place = store.org(&OrgId::parse(&org.id).expect("an id"));
    let baseline = place.baseline().expect("a baseline");
    let package = baseline.of_item("package").next().expect("the package");
    // The old version was ours, and none was there before it.
    assert_eq!(package.before, Before::Known(None));
}

#[test]
fn an_uninstalled_version_that_is_configured_no_more_is_named_and_nothing_is_put_on_it() {
    let org = older(&demo());
    org.uninstall(&wanting(&demo(), OLDER, ""));
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    let report = undo(&org, None, &wanted);
    let told = notes(&report);
    assert!(told.iter().any(|note| note.starts_with("Not restored")), "{told:?}");
    // The call center comes back, and the layouts of the package wait for it.
    assert!(org.world()["call_centers"].to_string().contains("WebexCCAgentDesktopV20241121"));
    assert!(!org.world()["profile_layouts"].to_string().contains("ciscocjs"));
    fine(org.run(Goal::Apply, &wanted));
    let fresh = Org::new();
    fresh.apply(&demo());
    assert_same_world(&org.world(), &fresh.world(), "applied");
}

#[test]
fn users_do_not_wait_for_a_newer_package() {
    for way in ["", CLEAN] {
        let org = older(&demo());
        org.patch("world", &json!({ "users": { AGENT: { "CallCenterId": null } } }));
        let before = org.world();
        let desk = Desk::of(&org);
        desk.write("provision.toml", &wanting(&demo(), NEWEST, way));
        let run =
            |arguments: &[&str]| desk.run(&[&["--instance-url", &org.url], arguments].concat());
        // Nobody has to agree that data are deleted: none are.
        let done = run(&["apply", "--yes", "--only", "users"]);
        assert!(done.exits(0).out.contains("1 change made"), "{way}: {done}");
        run(&["verify", "--only", "users"]).exits(0);
        let after = org.world();
        assert!(before["users"][AGENT].is_object(), "{way}");
        assert!(before["users"][AGENT]["CallCenterId"].is_null(), "{way}");
        assert!(!after["users"][AGENT]["CallCenterId"].is_null(), "{way}");
        assert_eq!(after["packages"], before["packages"], "{way}");
    }
}

const AGENT: &str = "alan.turing@northwind.example";

#[test]
fn what_an_upgrade_has_to_give_back_outlives_damage_to_its_file() {
    let org = older(&demo());
    let wanted = wanting(&demo(), NEWEST, CLEAN);
    let (other, packaged) = broken_off(&org, &wanted);
    let folder = org.state.path().join("orgs").join(&org.id);
    let [path, copy] = ["unfinished.json", "unfinished.json.copy"].map(|it| folder.join(it));
    std::fs::write(&path, "{").expect("a damaged file");
    let world = org.world();
    let removed = org.remove(Goal::Apply, Removal::default(), &demo());
    for report in [org.run(Goal::Apply, &wanted), removed] {
        let failure = report.failure.expect("a refusal");
        let told = format!("{} {}", failure.message(), failure.advice().join(" "));
        assert!(told.contains("unfinished.json is damaged"), "{told}");
        assert!(told.contains(&format!("put {} in its place", copy.display())), "{told}");
        assert_eq!(org.world(), world);
    }
    std::fs::copy(&copy, &path).expect("the copy");
    fine(org.run(Goal::Apply, &wanted));
    assert_eq!(org.world()["profile_layouts"][&other]["LayoutId"], packaged);
    assert!(!path.exists() && !copy.exists());
}
