//! What an org refuses to show, one by one: who stands still for it, and who goes on.

use org_emulator::{Emulator, Guesses};
use provision::checklist::{ChangeRow, ItemId, Note, Selection};
use provision::engine::{Goal, ItemOutcome, ItemReport, Removal, Report};
use provision::failure::Kind;
use serde_json::json;

use crate::desk::{Desk, Outcome};
use crate::rewriting_proxy::{Rewrite, RewritingProxy};
use crate::support::{Org, assert_settled, demo, everything};
use crate::webex;

/// A new org behind a proxy that refuses these questions.
fn refusing(part: &str, status: u16, code: &'static str) -> (Org, RewritingProxy) {
    let mut org = Org::new();
    let proxy = RewritingProxy::to(&org.url);
    org.url.clone_from(&proxy.url);
    proxy.rewrite_all(part, &Rewrite::Error(status, code));
    (org, proxy)
}

fn rows(report: &Report) -> Vec<&ChangeRow> {
    report.items.iter().flat_map(|item| &item.changes).filter(|row| row.is_ours()).collect()
}

fn outcome(report: &Report, item: ItemId) -> ItemOutcome {
    report.items.iter().find(|it| it.id == item).expect("the item").outcome
}

#[test]
fn a_refused_form_of_a_question_has_a_plainer_one() {
    let wanted = everything().replace(
        "[users]",
        "[users]\non_conflict = \"move\"\npermission_sets = [\"Call Recording Review\"]",
    );
    let org = Org::new();
    org.apply(&wanted);
    for part in [
        "FROM PackageInstallRequest ORDER BY",
        "FROM DeployRequest WHERE Status IN ('Pending','InProgress','Finalizing') ORDER BY",
        "CallCenterId IN (SELECT Id FROM CallCenter",
        "SetupEntityId IN (SELECT Id FROM ServicePresenceStatus)",
        "SetupEntityId IN (SELECT Id FROM ApexClass",
        "Id IN (SELECT AssigneeId FROM PermissionSetAssignment",
        "IsOwnedByProfile = false AND Type != 'Group'",
        "TrialExpirationDate FROM Organization",
        "FROM InstalledSubscriberPackage ORDER BY",
        "CreatedBy.Name FROM DeployRequest",
        "CreatedBy.Name FROM PackageInstallRequest",
        "FROM Layout WHERE TableEnumOrId = 'Task' AND LayoutType",
        "FROM AppDefinition WHERE NamespacePrefix",
        "FROM Report WHERE NamespacePrefix",
        "AND QualifiedApiName LIKE",
    ] {
        let proxy = RewritingProxy::to(&org.url);
        let behind = org.behind(&proxy.url);
        // A first run asks other questions: it has no hints of an earlier one.
        behind.run(Goal::Verify, &wanted);
        proxy.rewrite_all(part, &Rewrite::Error(400, "MALFORMED_QUERY"));
        let report = behind.run(Goal::Verify, &wanted);
        assert!(proxy.leave() > 0, "nobody asks {part}");
        assert_settled(&report);
        let said = report.items.iter().flat_map(|item| &item.notes);
        assert!(!said.map(Note::text).any(|it| it.contains("Not seen")), "{part}");
    }
}

#[test]
fn a_broken_package_of_somebody_else_stops_only_what_needs_the_list() {
    let (org, _proxy) = refusing("FROM InstalledSubscriberPackage", 400, "UNKNOWN_EXCEPTION");
    let report = org.run(Goal::Apply, &demo());
    let failure = report.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, Kind::Failed);
    assert!(
        failure.message().contains("Not seen: the installed packages (InstalledSubscriberPackage)")
            && failure.message().contains("UNKNOWN_EXCEPTION"),
        "{}",
        failure.message()
    );
    assert_eq!(outcome(&report, ItemId::PACKAGE), ItemOutcome::Failed);
    assert_eq!(outcome(&report, ItemId::TASK_LAYOUT), ItemOutcome::Skipped);
    for item in [ItemId::CALL_CENTER, ItemId::CTI_SETTINGS, ItemId::USERS] {
        assert_eq!(outcome(&report, item), ItemOutcome::Changed, "{item}");
    }
}

/// Where only the joins are refused, each package is asked about by itself.
#[test]
fn a_broken_package_of_somebody_else_spoils_only_the_list_of_all() {
    let guesses = Guesses::default().with("installed_packages_joinable", false).expect("a switch");
    let org = Org::with(Emulator::builder().guesses(guesses));
    let sighted = Org::new();
    assert_eq!(rows(&org.run(Goal::Plan, &demo())), rows(&sighted.run(Goal::Plan, &demo())));
    org.apply(&demo());
    let report = org.run(Goal::Verify, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(outcome(&report, ItemId::PACKAGE), ItemOutcome::Already);
    // What the broken one is, stays untold: the connector's is known by its version all the same.
    let proxy = RewritingProxy::to(&org.url);
    let blind = org.behind(&proxy.url);
    proxy.rewrite_all("FROM SubscriberPackage WHERE", &Rewrite::Error(400, "UNKNOWN_EXCEPTION"));
    let report = blind.run(Goal::Verify, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(outcome(&report, ItemId::PACKAGE), ItemOutcome::Already);
    assert!(proxy.leave() > 0, "nobody asks for single packages");
}

/// A run looks once more in the end, at what is left to people: that it sees then what it did not see before has
/// done nothing.
#[test]
fn what_stood_still_is_told_though_the_org_shows_it_a_moment_later() {
    let mut told = 0;
    for times in 1..=4 {
        let org = Org::new();
        let profiles = "[\"System Administrator\", \"Standard User\", \"Contact Center Agent\"]";
        assert!(demo().contains(profiles));
        org.apply(&demo().replace(profiles, "[\"Contact Center Agent\"]"));
        let refusal = json!({ "status": 400, "code": "UNKNOWN_EXCEPTION", "message": "Not now." });
        let matched = json!({ "object": "ProfileLayout" });
        let fault = json!({ "match": matched, "times": times, "effect": refusal });
        org.put("faults", &json!({ "faults": [fault] }));
        let report = org.run(Goal::Apply, &demo());
        org.put("faults", &json!({ "faults": [] }));
        let verdict = org.run(Goal::Verify, &demo());
        let is_done = outcome(&verdict, ItemId::TASK_LAYOUT) == ItemOutcome::Already;
        assert_eq!(report.failure.is_none(), is_done, "{times}: {:#?}", report.items);
        told += usize::from(!is_done);
    }
    assert!(told > 0, "the org shows it each time");
}

#[test]
fn an_org_that_fails_at_telling_of_a_version_has_not_said_that_there_is_none() {
    let (org, proxy) = refusing("FROM SubscriberPackageVersion", 400, "UNKNOWN_EXCEPTION");
    let report = org.run(Goal::Plan, &demo());
    let failure = report.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, Kind::Failed, "{failure:#?}");
    assert!(failure.message().contains("the wanted package version"), "{}", failure.message());
    // A wrong id is the configuration's mistake, and not a permission that is missing.
    proxy.leave();
    let wrong = demo().replace("04tHp000000wXcZIAU", "04tHp0000000000");
    let report = org.run(Goal::Plan, &wrong);
    let failure = report.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, Kind::Usage, "{failure:#?}");
    assert!(failure.message().contains("cannot find the package version"), "{}", failure.message());
}

#[test]
fn what_nobody_needs_is_a_note() {
    let sighted = Org::new().run(Goal::Plan, &demo());
    for part in [
        "FROM AppDefinition",
        "FROM Report",
        "FROM EntityDefinition",
        "describeSoftphoneLayout",
        "SetupEntityId IN",
        "FROM DeployRequest",
        "FROM PackageInstallRequest",
        "FROM UserPermissionAccess",
    ] {
        let (org, _proxy) = refusing(part, 400, "UNKNOWN_EXCEPTION");
        let report = org.run(Goal::Plan, &demo());
        assert!(report.failure.is_none(), "{part}: {:#?}", report.failure);
        assert_eq!(rows(&report), rows(&sighted), "{part}");
    }
}

#[test]
fn only_users_is_the_daily_onboarding() {
    let mut org = Org::new();
    org.selection = Selection::Only([ItemId::USERS].into());
    let report = org.run(Goal::Apply, &demo());
    let failure = report.failure.as_ref().expect("there is no call center yet");
    assert!(failure.message().contains("waits for Call center"), "{}", failure.message());
    org.selection = Selection::All;
    org.apply(&demo());
    let user = org.query("SELECT Id FROM User WHERE CallCenterId != null LIMIT 1");
    let id = user[0]["Id"].as_str().expect("an id");
    org.change("User", id, &serde_json::json!({ "CallCenterId": null }));
    org.selection = Selection::Only([ItemId::USERS].into());
    let report = org.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(outcome(&report, ItemId::USERS), ItemOutcome::Changed);
    assert_eq!(outcome(&report, ItemId::PACKAGE), ItemOutcome::Skipped);
}

#[test]
fn a_half_of_which_nothing_is_chosen_needs_no_login() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &webex::both(&org));
    desk.write("layout.json", &webex::layout());
    let at = ["--instance-url", org.url.as_str()];
    let run = |rest: &[&str]| desk.run(&[&at[..], rest].concat());
    let whole = run(&["plan"]);
    assert!(whole.exits(4).err.contains("there is no login to it"), "{whole}");
    let only = run(&["plan", "--only", "call-center,users"]);
    let said = "--only leaves out all items of the Webex organization: it is not checked.";
    assert!(only.exits(0).err.contains(said), "{only}");
    assert!(only.out.contains("Left out: 1 change not made."), "{only}");
    assert!(only.out.contains("apply --only call-center,users` makes"), "{only}");
    // The other half needs no org, but a login of its own.
    let tenant = org.tenant().announcement();
    let alone = |rest: &[&str]| {
        let mut command = desk.command(rest);
        for (name, key) in
            [("PROVISION_WEBEX_ACCESS_TOKEN", "access_token"), ("PROVISION_WEBEX_URL", "url")]
        {
            command.env(name, tenant[key].as_str().expect("text"));
        }
        Outcome::of(command.env_remove("PROVISION_ACCESS_TOKEN").output().expect("it starts"))
    };
    let layout = alone(&["plan", "--only", "desktop-layout"]);
    assert!(layout.exits(0).err.contains("leaves out all items of the Salesforce org"), "{layout}");
    assert!(layout.out.contains("Left out: 2 changes not made."), "{layout}");
    let teams = alone(&["plan", "--only", "teams"]);
    assert!(teams.err.contains("waits for Desktop layout"), "{teams}");
    let all = demo();
    desk.write("provision.toml", all.split("[webex]").next().expect("the org's half"));
    let nothing = run(&["plan", "--only", "teams"]);
    let said = "--only excludes everything in the configuration.";
    assert!(nothing.exits(2).err.contains(said), "{nothing}");
}

#[test]
fn what_is_left_out_is_said_and_a_package_does_not_go_from_below_its_layouts() {
    let mut org = Org::new();
    org.selection = Selection::Without([ItemId::USERS].into());
    let report = org.run(Goal::Apply, &everything());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert!(!report.items.iter().any(|item| item.id == ItemId::USERS && !item.changes.is_empty()));
    let alan = &org.world()["users"]["alan.turing@northwind.example"]["CallCenterId"];
    assert!(alan.is_null(), "{alan}");
    org.selection = Selection::Only([ItemId::USERS].into());
    let verified = org.run(Goal::Verify, &everything());
    assert_eq!(outcome(&verified, ItemId::USERS), ItemOutcome::Differs);
    let others = verified.items.iter().filter(|item| item.id != ItemId::USERS);
    let left_out = |item: &ItemReport| item.outcome == ItemOutcome::Skipped;
    assert!(others.clone().count() > 5 && others.clone().all(left_out), "{:#?}", verified.items);
    org.selection = Selection::Only([ItemId::PACKAGE].into());
    let world = org.world();
    let refused = org.remove(Goal::Apply, Removal::default(), &everything());
    assert_eq!(refused.failure.expect("its layouts are in use").kind, Kind::Refused);
    assert_eq!(org.world(), world);
    org.selection = Selection::Without([ItemId::PACKAGE].into());
    let report = org.remove(Goal::Apply, Removal::default(), &everything());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let left = &org.world()["call_centers"];
    assert!(left["WebexCCAgentDesktopV20241121"].is_null(), "{left}");
    assert_eq!(
        org.query("SELECT Id FROM PackageLicense WHERE NamespacePrefix = 'ciscocjs'").len(),
        1,
        "the package stays"
    );
}
