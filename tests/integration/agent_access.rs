//! What agents may do, against an emulated org.

use org_emulator::{Changes, Emulator, Guesses, Seed};
use provision::checklist::ItemId;
use provision::engine::{Goal, ItemOutcome, ItemReport, Outcome, Report};
use provision::failure::Kind;
use serde_json::Value;

use crate::desk::Desk;
use crate::rewriting_proxy::{Rewrite, RewritingProxy};
use crate::support::{Org, assert_nothing_to_do, assert_settled, demo};
use crate::undo::undo;
use crate::version_2::demo_of_version_2;

const AGENTS: &str = "Contact Center Agent";
const SET: &str = "Webex_Contact_Center_Agent_Access";
const GIVEN: &str = "SELECT Field FROM FieldPermissions WHERE PermissionsEdit = true AND Parent.Name = \
                     'Webex_Contact_Center_Agent_Access'";
const HAVING: &str = "SELECT Assignee.Username FROM PermissionSetAssignment WHERE \
                      PermissionSet.Name LIKE 'Webex_Contact_Center_Agent_Access%'";

/// A configuration with what agents need of a mapping, and the item as that says.
fn wanting(configuration: &str, access: &str) -> String {
    let mappings = "update_fields = true\nmappings = [{ variable = \"Queue\", field = \
                    \"CallDisposition\", is_constant = false, constant = \"\" }]\n";
    let configuration = configuration.replacen(
        "[call_center.activity]\n",
        &format!("[call_center.activity]\n{mappings}"),
        1,
    );
    format!("{configuration}\n[agent_access]\n{access}\n")
}

fn item(report: &Report) -> &ItemReport {
    report.items.iter().find(|item| item.id == ItemId::AGENT_ACCESS).expect("the item")
}

/// An org whose agents may neither write a field of the mapping nor cases.
fn strict(guesses: Guesses) -> Org {
    let changes = Changes::new()
        .field_access(AGENTS, "Task.CallDisposition", true, false)
        .object_access(AGENTS, "Case", false);
    let seed = Seed::number(1).changes(changes);
    Org::with(Emulator::builder().seed(seed).guesses(guesses))
}

fn without_ids(org: &Org, text: &str) -> String {
    text.replace(&org.url, "ORG")
}

#[test]
fn what_agents_lack_is_told_and_nothing_is_changed() {
    let org = strict(Guesses::default());
    org.apply(&demo());
    let configuration = wanting(&demo(), "");
    org.apply(&configuration);
    let before = org.world();
    org.forget_requests();
    let report = org.run(Goal::Verify, &configuration);
    assert!(org.requests().len() <= 9, "{:#?}", org.requests());
    assert_eq!(report.outcome, Outcome::Differs, "{:#?}", report.failure);
    assert_eq!(item(&report).outcome, ItemOutcome::Differs);
    let told = item(&report).message.clone().unwrap_or_default();
    let steps = item(&report).steps.join("\n");
    insta::assert_snapshot!(without_ids(&org, &format!("{told}\n{steps}")), @r#"
    11 agents of the profile "Contact Center Agent" (agent7@northwind.example, alan.turing@northwind.example, barbara.liskov@northwind.example﷐, dennis.ritchie@northwind.example, donald.knuth@northwind.example, edsger.dijkstra@northwind.example, margaret.hamilton@northwind.example, niklaus.wirth@northwind.example, percy.100ludgate@northwind.example, tony.hoare@northwind.example and zoe.vanderberg@northwind.example﷑ and 8 more﷒) may not create and edit Case (the connector) and edit Task.CallDisposition (call_center.activity.mappings).
    Open ORG/lightning/setup/PermSets/home and choose a permission set that these agents have, or create one and assign it (or use the profile "Contact Center Agent"). Grant there:
    - Object Settings > Case > Object Permissions: Read, Create, Edit
    - Object Settings > Task > Field Permissions > Edit Access: CallDisposition
    "#);
    assert_eq!(org.world(), before);
    // A person does it.
    org.emulated
        .change(
            &Changes::new()
                .field_access(AGENTS, "Task.CallDisposition", true, true)
                .object_access(AGENTS, "Case", true),
        )
        .expect("changes");
    assert_settled(&org.run(Goal::Verify, &configuration));
}

#[test]
fn a_permission_set_of_ours_gives_it_once_and_goes_again() {
    let turned = ["tasks_have_object_permissions", "group_sets_show_permissions"];
    let guesses = turned.iter().map(|name| Guesses::default().turned(name).expect("a guess"));
    for guesses in guesses.chain([Guesses::default()]) {
        let org = strict(guesses);
        let before = org.world();
        let configuration = wanting(&demo(), "manage = true");
        let planned = org.run(Goal::Plan, &configuration);
        assert_eq!(planned.outcome, Outcome::Changes, "{:#?}", planned.failure);
        let report = org.apply(&configuration);
        assert_eq!(item(&report).outcome, ItemOutcome::Changed);
        let given = org.query(GIVEN);
        let has = |field: &str| given.iter().any(|row| row["Field"] == field);
        assert!(has("Task.CallDisposition") && has("Task.ciscocjs__Agent_Name__c"), "{given:#?}");
        assert!(!has("Task.ciscocjs__Call_Label__c"), "nobody writes a formula");
        let agents = org.query(HAVING).len();
        assert!(agents > 5);
        assert_nothing_to_do(&org.apply(&configuration));
        assert_settled(&org.run(Goal::Verify, &configuration));
        let report = org.uninstall(&configuration);
        assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
        assert_eq!(org.world(), before);
    }
}

/// An app that is in no menu has no name there, and a deploy without it would take it away.
#[test]
fn an_app_of_our_permission_set_that_the_org_does_not_name_holds_the_item() {
    let org = strict(Guesses::default());
    org.apply(&wanting(&demo(), "manage = true"));
    let given = org.query(
        "SELECT Id FROM SetupEntityAccess WHERE SetupEntityType = 'TabSet' AND Parent.Name = \
         'Webex_Contact_Center_Agent_Access'",
    );
    assert!(!given.is_empty(), "the set gives an app");
    let proxy = RewritingProxy::to(&org.url);
    let behind = org.behind(&proxy.url);
    proxy.rewrite_all("FROM AppMenuItem", &Rewrite::Empty);
    let more = wanting(&demo(), "manage = true\nalso = [\"Case.Origin\"]");
    let report = behind.run(Goal::Plan, &more);
    let failure = report.failure.as_ref().expect("what the item does not see");
    assert!(failure.message().contains("that the org does not name"), "{}", failure.message());
    assert!(item(&report).changes.is_empty(), "{:#?}", item(&report));
    // Where the set is not to be deployed, the item goes on.
    let report = behind.run(Goal::Plan, &wanting(&demo(), ""));
    assert!(proxy.leave() > 0, "nobody asks for apps");
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_ne!(item(&report).outcome, ItemOutcome::Failed, "{:#?}", item(&report));
    let message = item(&report).message.clone().unwrap_or_default();
    assert!(!message.contains("Not seen"), "{message}");
}

#[test]
fn names_count_in_whatever_case_they_are_written() {
    let org = strict(Guesses::default());
    let configuration = wanting(&demo(), "manage = true\nalso = [\"case.Origin\", \"lead\"]");
    let report = org.run(Goal::Apply, &configuration);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_nothing_to_do(&org.apply(&configuration));
}

#[test]
fn what_a_later_run_has_added_is_taken_back_alone() {
    let org = strict(Guesses::default());
    let before = org.world();
    let plain = wanting(&demo(), "manage = true");
    org.apply(&plain);
    let between = org.world();
    let more = wanting(
        &demo(),
        "manage = true\nalso = [\"Case.Reason\", \"Lead\"]\nexcept = [\"Task.WhoId\"]",
    );
    let report = org.apply(&more);
    let fields: Vec<&str> = item(&report).changes.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(
        fields,
        ["objectPermissions/Lead", "fieldPermissions/Case.Reason", "fieldPermissions/Task.WhoId"]
    );
    undo(&org, None, &more);
    assert_eq!(org.world(), between);
    assert_nothing_to_do(&org.apply(&plain));
    org.apply(&more);
    org.uninstall(&more);
    assert_eq!(org.world(), before);
}

#[test]
fn version_2_has_one_of_its_own() {
    let org = strict(Guesses::default());
    let before = org.world();
    let configuration = format!("{}\n[agent_access]\nmanage = true\n", demo_of_version_2());
    org.apply(&configuration);
    let given = org.query(
        "SELECT Field, Parent.Name FROM FieldPermissions WHERE Parent.Name LIKE \
         'Webex_Contact_Center_Agent_Access%' AND Field = 'Case.SuppliedPhone'",
    );
    assert_eq!(given[0]["Parent"]["Name"], format!("{SET}_V2"));
    assert!(org.query(HAVING).len() > 5);
    assert_nothing_to_do(&org.apply(&configuration));
    assert_settled(&org.run(Goal::Verify, &configuration));
    org.uninstall(&configuration);
    assert_eq!(org.world(), before);
}

#[test]
fn what_the_org_does_not_show_is_not_taken_for_missing() {
    let org = strict(Guesses::default());
    let configuration = wanting(&demo(), "manage = true");
    org.apply(&configuration);
    let before = org.world();
    let proxy = RewritingProxy::to(&org.url);
    let mut behind = org.behind(&proxy.url);
    behind.state = tempfile::TempDir::new().expect("a state directory");
    for question in ["FROM FieldPermissions", "FROM ObjectPermissions", "FROM AppMenuItem"] {
        proxy.rewrite_all(question, &Rewrite::Error(403, "INSUFFICIENT_ACCESS"));
        let report = behind.run(Goal::Apply, &configuration);
        assert!(proxy.leave() > 0, "{question}");
        let message = item(&report).message.clone().unwrap_or_default();
        assert!(message.contains("Not seen: what agents may do"), "{question}: {message}");
        assert!(item(&report).changes.is_empty(), "{question}");
        assert_eq!(org.world(), before, "{question}");
    }
}

#[test]
fn a_set_of_somebody_else_is_never_replaced() {
    let org = strict(Guesses::default());
    let fields = serde_json::json!({ "Name": SET, "Label": "Ours" });
    crate::support::wait(org.client().create("PermissionSet", &fields)).expect("a set");
    let before = org.world();
    let report = org.run(Goal::Apply, &wanting(&demo(), "manage = true"));
    assert_eq!(report.failure.expect("a refusal").kind, Kind::Refused);
    assert_eq!(org.world(), before);
}

#[test]
fn doctor_says_of_a_user_what_is_missing() {
    let org = strict(Guesses::default());
    org.apply(&demo());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &wanting(&demo(), ""));
    let state = org.state.path().to_str().expect("a path");
    let arguments =
        ["--instance-url", &org.url, "--state-dir", state, "doctor", "--output", "json"];
    let user = [&arguments[..], &["--user", "alan.turing@northwind.example"]].concat();
    let data = desk.run(&user).json()["data"].take();
    let check = |checks: &Value, id: &str| -> Value {
        let checks = checks.as_array().expect("a list of checks");
        checks.iter().find(|check| check["id"] == id).cloned().expect("the check")
    };
    let of_user = check(&data["user"]["checks"], "user-record-access");
    let evidence = of_user["evidence"].as_str().expect("a text");
    assert!(evidence.contains("create and edit Case"), "{of_user:#}");
    let of_all = check(&data["checks"], "agent-access");
    assert_eq!(of_all["verdict"], "problem", "{of_all:#}");
}
