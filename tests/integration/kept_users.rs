//! Who is chosen, and what an uninstall does where the org refuses a row of it.

use provision::checklist::ChangeRow;
use provision::engine::{Goal, Removal};
use provision::failure::Kind;
use provision::journal::{Entry, Store};
use provision::model::OrgId;
use serde_json::json;

use crate::desk::Desk;
use crate::newer_definition::deploy;
use crate::rewriting_proxy::{Rewrite, RewritingProxy};
use crate::support::{Org, assert_same_world, demo, wait};
use crate::version_2::demo_of_version_2;

const NEWEST: &str = "WebexCCAgentDesktopV20241121";
const BERLIN: &str = "WebexCCAgentDesktopV20241121Berlin";
const AGENT: &str = "alan.turing@northwind.example";

fn faults(org: &Org, faults: &serde_json::Value) {
    org.put("faults", &json!({ "faults": faults }));
}

#[test]
fn a_row_that_an_uninstall_is_refused_keeps_its_past_and_what_depends_on_it() {
    let org = Org::new();
    let before = org.world();
    // One agent comes from another vendor's call center.
    let wanted = demo().replace("[users]", "[users]\non_conflict = \"move\"").replace(
        "profiles = [\"Contact Center Agent\"]",
        "profiles = [\"Contact Center Agent\", \"Standard User\"]",
    );
    org.apply(&wanted);
    let refusal =
        json!({"status": 400, "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No."});
    faults(
        &org,
        &json!([{
            "match": {"body": "CallCenterId", "record": AGENT},
            "times": 100,
            "effect": refusal,
        }]),
    );
    let report = org.remove(Goal::Apply, Removal::default(), &wanted);
    let failure = report.failure.as_ref().expect("a refused row");
    assert_eq!(failure.kind, Kind::Failed, "{failure:#?}");
    let said = format!("{failure:?} {:?}", report.items);
    assert!(said.contains("FIELD_CUSTOM_VALIDATION_EXCEPTION") && said.contains(AGENT), "{said}");
    // Its call center stays, with the goal and what is known of the past.
    assert!(org.world()["call_centers"]["WebexCCAgentDesktopV20241121"].is_object());
    let store = Store::at(org.state.path()).org(&OrgId::parse(&org.id).expect("an id"));
    assert!(!store.unfinished().expect("a file that can be read").is_empty());
    let baseline = store.baseline().expect("a baseline");
    assert!(!baseline.entries.is_empty());
    faults(&org, &json!([]));
    let report = org.remove(Goal::Apply, Removal::default(), &wanted);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_same_world(&org.world(), &before, "once the row is taken");
}

#[test]
fn rows_that_were_rejected_before_a_step_failed_stand_in_the_journal() {
    let org = Org::new();
    let wanted = demo().replace("[users]", "[users]\non_conflict = \"move\"").replace(
        "profiles = [\"Contact Center Agent\"]",
        "profiles = [\"Contact Center Agent\", \"Standard User\"]",
    );
    let others =
        org.query("SELECT CallCenterId FROM User WHERE CallCenterId != null")[0]["CallCenterId"]
            .as_str()
            .expect("an id")
            .to_owned();
    org.apply(&wanted);
    // Those who go back to nobody are first, and then those of the other vendor.
    faults(
        &org,
        &json!([
            {
                "match": {"body": "CallCenterId", "record": AGENT},
                "times": 1,
                "effect": {"status": 400, "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No."},
            },
            {
                "match": {"body": format!("\"CallCenterId\":\"{others}\"")},
                "times": "always",
                "effect": {"status": 400, "code": "UNKNOWN_EXCEPTION", "message": "Not today."},
            },
        ]),
    );
    let report = org.remove(Goal::Apply, Removal::default(), &wanted);
    assert!(report.failure.is_some(), "{:#?}", report.items);
    let store = Store::at(org.state.path()).org(&OrgId::parse(&org.id).expect("an id"));
    let journal = store.journal(report.run.as_deref().expect("a journal")).expect("its lines");
    let rejected: Vec<_> = journal
        .into_iter()
        .filter_map(|record| match record.entry {
            Entry::Failed { rejected, .. } => Some(rejected),
            _ => None,
        })
        .flatten()
        .collect();
    let [rejection] = rejected.as_slice() else { panic!("{rejected:#?}") };
    assert!(rejection.message.contains("No."), "{rejection:?}");
    assert!(rejection.change.to_string().contains(AGENT), "{rejection:?}");
}

#[test]
fn rejected_users_and_rejected_assignments_of_one_step_all_stand_in_the_journal() {
    let org = Org::new();
    let wanted = format!("{}\n[permission_sets]\nassign = [\"Record_View\"]\n", demo());
    let refusal =
        json!({"status": 400, "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No."});
    let fault = |object: &str, record: &str| json!({"match": {"object": object, "record": record}, "times": 1, "effect": refusal});
    let of_sets = ["alan.turing@", "barbara.liskov@", "donald.knuth@"];
    let mut all = vec![fault("User", "edsger.dijkstra@")];
    all.extend(of_sets.map(|user| fault("PermissionSetAssignment", user)));
    faults(&org, &json!(all));
    let report = org.run(Goal::Apply, &wanted);
    assert!(report.failure.is_some(), "{:#?}", report.items);
    let store = Store::at(org.state.path()).org(&OrgId::parse(&org.id).expect("an id"));
    let journal = store.journal(report.run.as_deref().expect("a journal")).expect("its lines");
    let rejected = journal.into_iter().filter_map(|record| match record.entry {
        Entry::Done { rejected, .. } => Some(rejected),
        _ => None,
    });
    let mut found: Vec<String> = rejected.flatten().map(|it| it.change.to_string()).collect();
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 4, "{found:#?}");
    for user in of_sets.iter().chain(&["edsger.dijkstra@"]) {
        assert!(found.iter().any(|change| change.contains(user)), "{user}: {found:#?}");
    }
}

#[test]
fn a_row_that_could_not_be_given_back_is_given_back_by_the_next_run() {
    let org = Org::new();
    let few = demo().replace("[users]", "[users]\non_conflict = \"move\"");
    let many = few.replace(
        "profiles = [\"Contact Center Agent\"]",
        "profiles = [\"Contact Center Agent\", \"Standard User\"]",
    );
    assert_ne!(few, many);
    org.apply(&few);
    let world = org.world();
    org.apply(&many);
    assert_ne!(org.world(), world);
    let refusal =
        json!({"status": 400, "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No."});
    faults(&org, &json!([{"match": {"body": "CallCenterId"}, "times": 100, "effect": refusal}]));
    assert!(org.run(Goal::Apply, &few).failure.is_some());
    faults(&org, &json!([]));
    org.apply(&few);
    assert_same_world(&org.world(), &world, "given back");
    // What a person does from now on is the person's.
    let id = |soql: &'static str| org.query(soql)[0]["Id"].as_str().expect("an id").to_owned();
    let ours = id("SELECT Id FROM CallCenter WHERE InternalName = 'WebexCCAgentDesktopV20241121'");
    let clerk = id("SELECT Id FROM User WHERE Profile.Name = 'Standard User' AND IsActive = true");
    org.change("User", &clerk, &json!({"CallCenterId": ours}));
    let by_hand = org.world();
    assert_ne!(by_hand, world);
    org.apply(&few);
    assert_same_world(&org.world(), &by_hand, "by hand");
}

#[test]
fn nobody_loses_a_call_center_where_the_org_says_that_it_knows_none() {
    let org = Org::new();
    let proxy = RewritingProxy::to(&org.url);
    let behind = org.behind(&proxy.url);
    let wanted = demo().replace("[users]", "[users]\non_conflict = \"move\"").replace(
        "profiles = [\"Contact Center Agent\"]",
        "profiles = [\"Contact Center Agent\", \"Standard User\"]",
    );
    behind.apply(&wanted);
    let before = org.world();
    proxy.rewrite_all("FROM CallCenter", &Rewrite::Error(400, "INVALID_TYPE"));
    let report = behind.remove(Goal::Apply, Removal::default(), &wanted);
    assert!(proxy.leave() > 0, "nobody asks");
    let failure = report.failure.as_ref().expect("what was not seen");
    assert!(failure.message().contains("says that it knows none"), "{failure:?}");
    assert_eq!(org.world()["users"], before["users"]);
}

#[test]
fn a_permission_set_of_a_package_is_named_with_its_namespace() {
    let org = Org::new();
    let wanted = demo_of_version_2();
    org.apply(&wanted);
    let sets = org.query("SELECT Id, Name FROM PermissionSet WHERE NamespacePrefix = 'cisco_wxcc'");
    let name = format!("cisco_wxcc__{}", sets[0]["Name"].as_str().expect("a name"));
    let users = org.query("SELECT Id FROM User WHERE CallCenterId = null AND IsActive = true");
    let fields = json!({ "AssigneeId": users[0]["Id"], "PermissionSetId": sets[0]["Id"] });
    wait(org.client().create("PermissionSetAssignment", &fields)).expect("a row");
    let by = format!("permission_sets = [\"{name}\"]\n");
    let other = wanted.replace("profiles = [\"Contact Center Agent\"]\n", &by);
    assert_ne!(other, wanted);
    let report = org.run(Goal::Plan, &other);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let rows = report.items.iter().flat_map(|item| &item.changes);
    let into = |row: &&ChangeRow| row.field == "CallCenterId" && row.before.is_none();
    assert_eq!(rows.filter(into).count(), 1, "{:#?}", report.items);
}

#[test]
fn a_clone_is_deleted_where_the_command_line_names_it() {
    let org = Org::new();
    org.apply(&demo());
    let found = wait(org.client().metadata().read_call_centers(&[NEWEST])).expect("a call center");
    let found = found.into_iter().next().expect("one of that name");
    let mut copy = found;
    copy.full_name = BERLIN.to_owned();
    deploy(&org, &copy);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let at = ["--instance-url", &org.url];
    let uninstall = |words: &[&str]| desk.run(&[&at[..], &["uninstall", "--yes"], words].concat());
    // Status tells of it, and of whoever works in it.
    let id_of = |records: &[serde_json::Value], field: &str, name: &str| {
        let mut records = records.iter();
        let record = records.find(|it| it[field] == name).expect("one of that name");
        record["Id"].as_str().expect("an id").to_owned()
    };
    let agent = id_of(&org.query("SELECT Id, Username FROM User"), "Username", AGENT);
    let all = org.query("SELECT Id, InternalName FROM CallCenter");
    let berlin = id_of(&all, "InternalName", BERLIN);
    org.change("User", &agent, &json!({ "CallCenterId": berlin }));
    let status = desk.run(&[&at[..], &["status"]].concat());
    let told = format!("{BERLIN}, the connector's, cloned under another name");
    let (_, of_clone) = status.out.split_once(&told).unwrap_or_else(|| panic!("{status}"));
    assert!(of_clone.lines().take(4).any(|line| line.trim().starts_with("users    1")), "{status}");
    let plan = desk.run(&[&at[..], &["uninstall", "--plan"]].concat());
    assert!(plan.out.contains("--delete-call-center"), "{plan}");
    let done = uninstall(&["--yes-delete-data", &org.id, "--delete-call-center", BERLIN]);
    done.exits(0);
    let left = &org.world()["call_centers"];
    assert!(
        left.as_object().expect("call centers").keys().all(|name| name == "BrightCTI"),
        "{left}"
    );
}
