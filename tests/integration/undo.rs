//! Taking runs back: what they changed is as it was before them, and what others did stays.

use org_emulator::tenant::Traps;
use provision::engine::{Aim, Approval, Goal, Outcome, Removal, Report, Taking, UndoneRuns};
use provision::failure::Failure;
use provision::journal::Store;
use provision::model::{Desired, OrgId};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::newer_definition::deploy;
use crate::support::{Org, assert_same_world, demo, everything, load, wait};
use crate::webex::{self, alone, records};

/// The runs that an undo takes back, as the journals tell them.
fn runs(org: &Org, run: Option<&str>, desired: &Desired) -> UndoneRuns {
    find(org, run, desired).expect("journals that can be read")
}

/// The same, or why nothing is taken back.
pub(crate) fn find(org: &Org, run: Option<&str>, desired: &Desired) -> Result<UndoneRuns, Failure> {
    let store = Store::at(org.state.path());
    let id = OrgId::parse(&org.id).expect("an id");
    UndoneRuns::find(&store, Some(&id), desired, run)
}

pub(crate) fn undo_to(org: &Org, goal: Goal, run: Option<&str>, configuration: &str) -> Report {
    let loaded = load(configuration);
    let runs = runs(org, run, &loaded.desired);
    let delete_data = Some(org.id.as_str());
    let removal = Removal { delete_data, ..Removal::default() };
    org.run_loaded((goal, Aim::Undone(Taking { runs: &runs, removal })), &load(configuration))
}

#[track_caller]
pub(crate) fn undo(org: &Org, run: Option<&str>, configuration: &str) -> Report {
    let report = undo_to(org, Goal::Apply, run, configuration);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    report
}

#[track_caller]
fn is_as_configured(org: &Org, configuration: &str) {
    let report = org.run(Goal::Verify, configuration);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert!(matches!(report.outcome, Outcome::Done | Outcome::NeedsHuman), "{:#?}", report.items);
}

#[test]
fn an_installation_is_taken_back_and_brought_back() {
    let managed = format!("{}\n[agent_access]\nmanage = true\n", everything());
    for configuration in [demo(), managed] {
        let org = Org::new();
        let before = org.world();
        org.apply(&configuration);

        let plan = undo_to(&org, Goal::Plan, None, &configuration);
        assert_eq!(plan.outcome, Outcome::Changes, "{:#?}", plan.failure);
        let report = undo(&org, None, &configuration);
        assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
        assert_eq!(org.world(), before);
        let store = Store::at(org.state.path()).org(&OrgId::parse(&org.id).expect("an id"));
        let left = store.baseline().expect("a baseline").entries;
        assert!(left.is_empty(), "{left:#?}");

        let undone = report.run.expect("a journal");
        let nothing = undo(&org, None, &configuration);
        assert_eq!(nothing.outcome, Outcome::NothingToDo);
        assert_eq!(nothing.undoes, None);

        let again = undo(&org, Some(&undone), &configuration);
        assert!(matches!(again.outcome, Outcome::Done | Outcome::NeedsHuman), "{again:#?}");
        is_as_configured(&org, &configuration);
        org.uninstall(&configuration);
        assert_eq!(org.world(), before);
    }
}

/// The demo with another height, and with the users of another profile.
fn changed(configuration: &str) -> String {
    let users = "profiles = [\"Contact Center Agent\"]\n";
    let more = "profiles = [\"Contact Center Agent\", \"Standard User\"]\non_conflict = \"move\"\n";
    let other = configuration.replace("height = 600", "height = 620").replace(users, more);
    assert_ne!(other, configuration);
    other
}

#[test]
fn runs_are_taken_back_newest_first_or_from_one_on() {
    let org = Org::new();
    let before = org.world();
    let first = org.apply(&demo()).run.expect("a journal");
    let installed = org.world();
    let other = changed(&demo());
    org.apply(&other);
    assert_ne!(org.world(), installed);

    let report = undo(&org, None, &other);
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    assert_eq!(org.world(), installed);
    is_as_configured(&org, &demo());

    // The settings are the first run's again, so that an uninstall or an undo knows them.
    org.apply(&other);
    let report = undo(&org, Some(&first), &other);
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    assert_eq!(org.world(), before);
}

#[test]
fn what_was_taken_back_with_others_is_not_taken_back_again() {
    let org = Org::new();
    let before = org.world();
    let first = org.apply(&demo()).run.expect("a journal");
    let other = changed(&demo());
    org.apply(&other);
    let second = org.world();
    let undone = undo(&org, Some(&first), &other).run.expect("a journal");
    assert_eq!(org.world(), before);
    let nothing = undo(&org, None, &other);
    assert_eq!((nothing.outcome, nothing.undoes), (Outcome::NothingToDo, None));
    assert_eq!(org.world(), before);
    // What an undo took is there again once that is taken back, and the newest of it would go first.
    undo(&org, Some(&undone), &other);
    assert_eq!(org.world(), second);
    let next = undo_to(&org, Goal::Plan, None, &other);
    assert_ne!((next.outcome, next.undoes), (Outcome::NothingToDo, Some(undone)));
}

#[test]
fn users_come_back_whom_nobody_chooses_any_more() {
    let org = Org::new();
    let other = changed(&demo());
    org.apply(&other);
    let before = org.world();
    // The users of the profile that is configured no more lose their call center.
    org.apply(&demo());
    let report = undo(&org, None, &demo());
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    assert_eq!(org.world(), before);
}

#[test]
fn an_uninstall_is_taken_back() {
    let org = Org::new();
    let before = org.world();
    org.apply(&demo());
    org.uninstall(&demo());
    let report = undo(&org, None, &demo());
    assert!(matches!(report.outcome, Outcome::Done | Outcome::NeedsHuman), "{report:#?}");
    is_as_configured(&org, &demo());
    org.uninstall(&demo());
    assert_eq!(org.world(), before);
}

/// Somebody sets a value of the call center in Setup.
fn set_in_setup(org: &Org, name: &str, item: &str, value: &str) {
    let client = org.client();
    let found = wait(client.metadata().read_call_centers(&[name])).expect("an answer");
    let mut call_center = found.into_iter().next().expect("the call center");
    let items = call_center.sections.iter_mut().flat_map(|section| &mut section.items);
    let place = items.into_iter().find(|it| it.name == item).expect("the item");
    assert_ne!(place.value, value);
    value.clone_into(&mut place.value);
    deploy(org, &call_center);
}

#[test]
fn a_deleted_call_center_comes_back_with_what_it_held() {
    let org = Org::new();
    org.apply(&demo());
    // Nobody has configured the one, and the other is configured otherwise.
    for (item, value) in [
        ("SubjectDateFormat", "dd.MM.yyyy hh:mm a"),
        ("screenpopSearchParamCadName", "CustomerNumber"),
    ] {
        set_in_setup(&org, "WebexCCAgentDesktopV20241121", item, value);
    }
    let before = org.world();
    org.uninstall(&demo());
    let report = undo(&org, None, &demo());
    assert!(matches!(report.outcome, Outcome::Done | Outcome::NeedsHuman), "{report:#?}");
    assert_same_world(&org.world(), &before, "the call center");
}

#[test]
fn a_deleted_call_center_comes_back_as_it_was_before_the_runs_that_are_taken_back() {
    let org = Org::new();
    org.apply(&demo());
    let before = org.world();
    let other = changed(&demo());
    let second = org.apply(&other).run.expect("a journal");
    org.uninstall(&other);
    let report = undo(&org, Some(&second), &other);
    assert!(matches!(report.outcome, Outcome::Done | Outcome::NeedsHuman), "{report:#?}");
    assert_eq!(org.world()["call_centers"], before["call_centers"]);
}

#[test]
fn what_somebody_else_has_changed_since_stays() {
    let org = Org::new();
    org.apply(&demo());
    let before = org.world();
    let other = changed(&demo());
    org.apply(&other);
    let joined: Vec<String> = org.world()["users"]
        .as_object()
        .expect("users")
        .iter()
        .filter(|(name, user)| user["CallCenterId"] != before["users"][*name]["CallCenterId"])
        .map(|(name, _)| name.clone())
        .collect();
    let [moved, ..] = joined.as_slice() else { panic!("nobody was put into the call center") };
    // An administrator has meanwhile put one of them somewhere else.
    let place = json!({ "users": { moved: { "CallCenterId": null } } });
    org.patch("world", &place);
    let report = undo(&org, None, &other);
    assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
    let after = org.world();
    assert_eq!(after["users"], {
        let mut users = before["users"].clone();
        users[moved]["CallCenterId"] = Value::Null;
        users
    });
    is_as_configured(&org, &demo());
}

#[test]
fn an_undo_that_stopped_halfway_goes_on() {
    let org = Org::new();
    let before = org.world();
    org.apply(&demo());
    let deploy = json!({ "match": { "operation": "metadata/deployRequest", "method": "POST" },
        "times": 1, "effect": { "fail_deploy": { "component": "WebexCCAgentDesktopV20241121", "problem": "No" } } });
    org.put("faults", &json!({ "faults": [deploy] }));
    let report = undo_to(&org, Goal::Apply, None, &demo());
    assert_eq!(report.outcome, Outcome::Failed, "{report:#?}");
    assert_ne!(org.world(), before);
    // What it has taken out stays out: an apply would put it back.
    let refused = org.run(Goal::Apply, &demo());
    assert_eq!(refused.outcome, Outcome::Refused, "{refused:#?}");
    let failure = refused.failure.expect("a failure");
    assert!(failure.message().starts_with("An undo that began at "), "{}", failure.message());
    undo(&org, None, &demo());
    assert_eq!(org.world(), before);
}

#[test]
fn an_undo_of_several_runs_that_stopped_halfway_goes_on_with_all_of_them() {
    let org = Org::new();
    let before = org.world();
    let first = org.apply(&demo()).run.expect("a journal");
    let higher = demo().replace("height = 600", "height = 650");
    org.apply(&higher);
    let deploy = json!({ "match": { "operation": "metadata/deployRequest", "method": "POST" },
        "times": 1, "effect": { "fail_deploy": { "component": "WebexCCAgentDesktopV20241121", "problem": "No" } } });
    org.put("faults", &json!({ "faults": [deploy] }));
    let report = undo_to(&org, Goal::Apply, Some(&first), &higher);
    assert_eq!(report.outcome, Outcome::Failed, "{report:#?}");
    // What it has changed already is not taken for something to take back.
    undo(&org, None, &higher);
    assert_eq!(org.world(), before);
}

#[test]
fn an_undo_of_values_that_stopped_halfway_is_gone_on_with() {
    let org = Org::new();
    org.apply(&demo());
    let installed = org.world();
    let second = org.apply(&demo().replace("height = 600", "height = 620")).run.expect("a journal");
    let third = changed(&demo()).replace("height = 620", "height = 650");
    org.apply(&third);
    let (after, users) = (org.world(), installed["users"].as_object().expect("users"));
    let moved = |id: &&String| after["users"][*id]["CallCenterId"] != users[*id]["CallCenterId"];
    let user = users.keys().find(moved).expect("a user who was moved");
    // The settings are back, and a user is not.
    let refusal = json!({ "status": 400, "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Not today" });
    let fault =
        json!({ "match": { "object": "User", "record": user }, "times": 1, "effect": refusal });
    org.put("faults", &json!({ "faults": [fault] }));
    let report = undo_to(&org, Goal::Apply, Some(&second), &third);
    assert_eq!(report.outcome, Outcome::Failed, "{report:#?}");
    assert_ne!(org.world(), installed);
    // A row that an org never takes keeps nobody from going another way.
    let other = org.run(Goal::Plan, &third);
    assert!(
        other
            .items
            .iter()
            .all(|item| item.notes.iter().all(|it| !it.text().contains("not finished")))
    );
    assert_eq!(other.outcome, Outcome::Changes, "{other:#?}");
    let report = undo(&org, None, &third);
    assert_eq!(report.undoes.as_deref(), Some(&*second));
    assert_same_world(&org.world(), &installed, "after the undo");
    is_as_configured(&org, &demo());
    org.apply(&demo());
}

#[test]
fn taking_an_installation_back_wants_the_same_words_as_an_uninstall() {
    let mut org = Org::new();
    org.apply(&demo());
    let before = org.world();
    org.approval = Approval::Unasked;
    let runs = runs(&org, None, &load(&demo()).desired);
    let taking = Taking { runs: &runs, removal: Removal::default() };
    let report = org.run_loaded((Goal::Apply, Aim::Undone(taking)), &load(&demo()));
    assert_eq!(report.outcome, Outcome::Refused, "{report:#?}");
    let failure = report.failure.expect("a failure");
    assert!(failure.message().contains("was not confirmed"), "{failure}");
    assert_eq!(org.world(), before);
}

#[test]
fn a_webex_organization_is_as_it_was_before_a_run() {
    let org = Org::new().with_tenant();
    let before = records(&org);
    let text = alone(&org);
    let job = |aim| org.run_loaded((Goal::Apply, aim), &webex::load(&text));
    let applied = job(Aim::Installed);
    assert!(applied.failure.is_none(), "{:#?}", applied.failure);
    let after = records(&org);
    assert_ne!(after, before);

    let desired = webex::load(&text).desired;
    let found = runs(&org, None, &desired);
    let taking = Taking { runs: &found, removal: Removal::default() };
    let undone = job(Aim::Undone(taking));
    assert!(undone.failure.is_none(), "{:#?}", undone.failure);
    assert_eq!(records(&org), before);

    let found = runs(&org, undone.run.as_deref(), &desired);
    let again = job(Aim::Undone(Taking { runs: &found, removal: Removal::default() }));
    assert!(again.failure.is_none(), "{:#?}", again.failure);
    let verified = org.run_loaded((Goal::Verify, Aim::Installed), &webex::load(&text));
    assert_eq!(verified.outcome, Outcome::Done, "{:#?}", verified.items);
}

/// Layouts with their contents, and teams with their layouts, by names: a layout that is made again has
/// another id.
fn by_names(records: &Value) -> [Vec<(String, String)>; 2] {
    let text = |record: &Value, key: &str| record[key].as_str().unwrap_or_default().to_owned();
    let list = |kind: &str| records[kind].as_array().expect("records").clone();
    let layouts = list("desktop-layout");
    let name_of = |id: String| {
        layouts
            .iter()
            .find(|it| text(it, "id") == id)
            .map(|it| text(it, "name"))
            .unwrap_or_default()
    };
    let mut contents: Vec<(String, String)> =
        layouts.iter().map(|it| (text(it, "name"), text(it, "jsonFileContent"))).collect();
    contents.sort();
    let of_team = |team: &Value| (text(team, "name"), name_of(text(team, "desktopLayoutId")));
    [contents, list("team").iter().map(of_team).collect()]
}

/// One run made a layout and deleted another, so that it is not taken back at once; the journal knows
/// both, and an uninstall puts everything back.
#[test]
fn a_layout_that_webex_did_not_change_and_that_was_replaced_is_put_back_by_an_uninstall() {
    let org = Org::new().with_tenant();
    let text = alone(&org);
    let at_first = by_names(&records(&org));
    let job = |aim, text: &str| {
        let report = org.run_loaded((Goal::Apply, aim), &webex::load(text));
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        report
    };
    job(Aim::Installed, &text);
    let mut traps = Traps::default();
    traps.silent_put = true;
    org.tenant().set_traps(traps);
    let newer = text.replace("+14085550100", "+14085550101");
    let applied = job(Aim::Installed, &newer);
    org.tenant().set_traps(Traps::default());
    let refused = find(&org, applied.run.as_deref(), &webex::load(&newer).desired);
    let words = refused.expect_err("a refusal").message();
    assert!(words.contains("both created and removed"), "{words}");
    job(Aim::Removed(Removal::default()), &newer);
    assert_eq!(by_names(&records(&org)), at_first);
}

#[test]
fn people_read_which_runs_are_taken_back() {
    let desk = Desk::new();
    desk.run(&["--org", "demo"]).exits(0);
    let plan = desk.run(&["--org", "demo", "undo", "--plan"]);
    assert!(plan.err.contains("This undoes run "), "{plan}");
    assert!(plan.out.contains("Undo plan") && plan.out.contains("undo 0"), "{plan}");
    let unknown = desk.run(&["--org", "demo", "undo", "zzz"]);
    unknown.exits(2);
    assert!(
        unknown.err.contains("No run in this org has an id that begins with `zzz`"),
        "{unknown}"
    );
    let refused = desk.run(&["--org", "demo", "undo", "--yes"]);
    refused.exits(5);
    assert!(refused.err.contains("--yes-delete-data"), "{refused}");
    desk.run(&["--org", "demo", "undo", "--yes-delete-data", "00DNxJ7C0000001MFA"]).exits(0);
    let nothing = desk.run(&["--org", "demo", "undo"]);
    nothing.exits(0);
    assert!(nothing.out.contains("Nothing to undo"), "{nothing}");
}

#[test]
fn what_other_configurations_have_changed_is_refused_or_said() {
    let org = Org::new().with_tenant();
    // A run of both halves, taken back with a configuration that speaks of one only.
    let both = webex::load(&webex::both(&org));
    let applied = org.run_loaded((Goal::Apply, Aim::Installed), &both);
    assert!(applied.failure.is_none(), "{:#?}", applied.failure);
    let first = applied.run.expect("a journal");
    let mut one = both.desired.clone();
    one.tenant = None;
    let found = runs(&org, Some(&first), &one);
    let [stays] = found.stays.as_slice() else { panic!("{:?}", found.stays) };
    assert!(stays.contains("the configuration does not include it"), "{stays}");

    // A run that a configuration of the other generation has made.
    let second = "recipe = \"webex-v2\"\ndata_center = \"eu2\"\n";
    org.apply(second);
    let store = Store::at(org.state.path());
    let id = OrgId::parse(&org.id).expect("an id");
    let desired = load(&demo()).desired;
    let failure = UndoneRuns::find(&store, Some(&id), &desired, None).expect_err("another recipe");
    assert!(failure.message().contains("the connector of the recipe `webex-v2`"), "{failure}");
    undo(&org, None, second);
}

#[test]
fn an_old_journal_that_is_damaged_is_in_nobodys_way() {
    let org = Org::new();
    let first = org.apply(&demo()).run.expect("a journal");
    let installed = org.world();
    org.apply(&changed(&demo()));
    let place = Store::at(org.state.path());
    let folder = org.state.path().join("orgs").join(&org.id).join("runs").join(&first);
    let file = std::fs::read_dir(&folder)
        .expect("the run's folder")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.extension().is_some_and(|it| it == "jsonl"))
        .expect("a journal");
    let journal = std::fs::read_to_string(&file).expect("a file");
    std::fs::write(&file, format!("{{\"what\": \"is this\"}}\n{journal}")).expect("a file");
    undo(&org, None, &changed(&demo()));
    assert_eq!(org.world(), installed);
    let id = OrgId::parse(&org.id).expect("an id");
    let desired = load(&demo()).desired;
    let failure = UndoneRuns::find(&place, Some(&id), &desired, Some(&first));
    assert!(failure.is_err(), "what is damaged is not taken for nothing");
}
