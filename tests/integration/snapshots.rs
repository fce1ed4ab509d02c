//! What of the connector is in an org, kept in a file, compared with it later, and brought back.

use org_emulator::Emulator;
use provision::engine::{Goal, Outcome as Ended};
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::rewriting_proxy::{Rewrite, RewritingProxy};
use crate::support::{Org, assert_same_world, demo, everything};
use crate::webex::{self, records};

/// `snapshot` at a desk, for an org at some address.
fn snapshot_at(desk: &Desk, url: &str, arguments: &[&str]) -> Outcome {
    desk.run(&[&["--instance-url", url, "snapshot"], arguments].concat())
}

fn snapshot(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    snapshot_at(desk, &org.url, arguments)
}

/// What differs: `item name field: before → after`.
fn differences(desk: &Desk, org: &Org, file: &str) -> Vec<String> {
    let done = snapshot(desk, org, &["diff", file, "--output", "json"]);
    let document = done.json();
    let found = document["data"]["differences"].as_array().expect("a list").clone();
    done.exits(if found.is_empty() { 0 } else { 3 });
    assert_eq!(document["outcome"], if found.is_empty() { "done" } else { "differs" });
    let text = |value: &Value| value.as_str().unwrap_or("(none)").to_owned();
    let one = |it: &Value| {
        let record_type = it["subject"]["record_type"].as_str().map(|it| format!(" [{it}]"));
        format!(
            "{} {}{} {}: {} → {}",
            text(&it["item"]),
            text(&it["subject"]["name"]),
            record_type.unwrap_or_default(),
            text(&it["field"]),
            text(&it["before"]),
            text(&it["after"])
        )
    };
    found.iter().map(one).collect()
}

/// The id of a user.
fn user(org: &Org, name: &str) -> String {
    let found = org.query("SELECT Id, Username FROM User");
    let is_it = |row: &&Value| row["Username"].as_str().is_some_and(|it| it.starts_with(name));
    found.iter().find(is_it).expect("the user")["Id"].as_str().expect("an id").to_owned()
}

#[test]
fn what_an_administrator_changes_is_found_and_put_back() {
    let org = Org::new();
    org.apply(&everything());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &everything());
    let saved = snapshot(&desk, &org, &["save", "before.toml"]);
    assert!(saved.exits(0).out.contains("snapshot diff before.toml"), "{saved}");
    let text = desk.read("before.toml");
    assert!(!text.contains(&org.token) && !text.contains("127.0.0.1"), "{text}");
    assert!(text.contains("# Permission sets: 11 users with Record_View"), "{text}");
    assert!(differences(&desk, &org, "before.toml").is_empty());
    let before = org.world();

    // Somebody at another machine has changed the height, whose layout is the package's, and who has a
    // permission set, and an administrator has moved two users.
    let other = org.behind(&org.url);
    let wanted = everything()
        .replace("height = 600", "height = 620")
        .replace("\"Standard User\", \"Contact", "\"Read Only\", \"Contact")
        .replace("\"Call Recording Review\", ", "");
    other.apply(&wanted);
    other.run(Goal::Verify, &wanted);
    let (alan, tony) = (user(&org, "alan.turing"), user(&org, "agent13@"));
    let call_center = |name: &str| {
        let rows = org.query("SELECT Id, InternalName FROM CallCenter");
        let is_it = |row: &&Value| row["InternalName"] == name;
        rows.iter().find(is_it).expect("a call center")["Id"].clone()
    };
    org.change("User", &alan, &json!({ "CallCenterId": null }));
    let webex = call_center("WebexCCAgentDesktopV20241121");
    org.change("User", &tony, &json!({ "CallCenterId": webex }));
    let assignments =
        org.query("SELECT Id, PermissionSet.Name, Assignee.Username FROM PermissionSetAssignment");
    let taken = assignments
        .iter()
        .find(|row| {
            row["PermissionSet"]["Name"] == "Record_View"
                && row["Assignee"]["Username"].as_str().is_some_and(|it| it.starts_with("tony"))
        })
        .expect("an assignment");
    let id = taken["Id"].as_str().expect("an id");
    crate::support::wait(org.client().delete("PermissionSetAssignment", id)).expect("it goes");
    let changed = org.world();

    let found = differences(&desk, &org, "before.toml");
    let count = |part: &str| found.iter().filter(|it| it.starts_with(part)).count();
    let v1 = "WebexCCAgentDesktopV20241121";
    for expected in [
        format!("cti-settings {v1} reqGeneralInfo/reqSoftphoneHeight: 600 → 620"),
        format!("users alan.turing@northwind.example CallCenterId: {v1} → (none)"),
        format!("users agent13@northwind.example CallCenterId: BrightCTI → {v1}"),
        "permission-set tony.hoare@northwind.example Record_View: assigned → (none)".to_owned(),
        "task-layout Read Only layout: Task Layout → ciscocjs__Webex Contact Center Task Layout"
            .to_owned(),
    ] {
        assert!(found.contains(&expected), "{expected}: {found:#?}");
    }
    assert_eq!((count("cti-settings"), count("users")), (1, 2), "{found:#?}");
    assert_eq!((count("permission-set"), count("task-layout")), (1, 6), "{found:#?}");
    assert_eq!(found.len(), 10, "{found:#?}");

    let plan = snapshot(&desk, &org, &["restore", "before.toml", "--plan"]);
    assert!(plan.exits(0).out.contains("Restore plan for Northwind Support"), "{plan}");
    assert!(plan.out.contains("snapshot restore before.toml` makes"), "{plan}");
    assert_eq!(org.world(), changed, "a plan changes nothing");
    let done = snapshot(&desk, &org, &["restore", "before.toml"]);
    assert!(done.exits(0).out.contains("Done: the org matches the snapshot."), "{done}");
    assert!(differences(&desk, &org, "before.toml").is_empty());
    assert_same_world(&org.world(), &before, "what was restored");
    let again = snapshot(&desk, &org, &["restore", "before.toml"]);
    assert!(again.exits(0).out.contains("Nothing to restore"), "{again}");

    // It is a run like any other, and so it can be taken back.
    let undone = desk.run(&["--instance-url", &org.url, "undo"]);
    undone.exits(0);
    assert_same_world(&org.world(), &changed, "the restoration was taken back");
}

/// A copy of the demo org, as a sandbox is one of its parent.
const COPY: &str = r#"
seed = 2
[users."alan.turing@"]
Username = "alan.turing@northwind.example.uat"
[users."tony.hoare@"]
Username = "tony.hoare@northwind.example"
"#;

#[test]
fn productions_settings_come_to_its_sandbox_by_names() {
    let parent = Org::new();
    parent.apply(&demo().replace("height = 600", "height = 640"));
    let mut desk = Desk::of(&parent);
    snapshot(&desk, &parent, &["save", "production.toml"]).exits(0);

    let copy = Org::from_file(COPY, Emulator::builder());
    let wanted =
        demo().replace("\"us1\"", "\"eu1\"").replace("[users]", "[users]\non_conflict = \"move\"");
    copy.run(Goal::Apply, &wanted);
    desk.token = Some(copy.token.clone());
    let refused = snapshot(&desk, &copy, &["restore", "production.toml"]);
    assert!(refused.exits(5).err.contains("--from-other-org"), "{refused}");
    snapshot(&desk, &copy, &["save", "sandbox.toml"]).exits(0);
    let offline = desk.run(&["snapshot", "diff", "production.toml", "sandbox.toml"]);
    assert!(offline.exits(3).out.contains("reqSoftphoneHeight"), "{offline}");

    let world = copy.world();
    let from = ["restore", "production.toml", "--from-other-org"];
    let plan = snapshot(&desk, &copy, &[&from[..], &["--plan", "--output", "json"]].concat());
    let plan = plan.exits(0).json();
    let text = plan.to_string();
    assert!(text.contains("\"640\""), "{text}");
    assert!(!text.contains("wxcc-us1") && !text.contains("\"US1\""), "the region stays: {text}");
    assert_eq!(copy.world(), world);
    let only = snapshot(&desk, &copy, &[&from[..], &["--only", "cti-settings"]].concat());
    assert!(only.exits(0).err.contains("belongs to the Webex organization"), "{only}");
    let after = copy.world();
    assert_eq!(after["users"], world["users"]);
    let call_centers = after["call_centers"].to_string();
    assert!(call_centers.contains("640") && call_centers.contains("wxcc-eu1"), "{call_centers}");
}

#[test]
fn what_the_org_did_not_show_is_told_and_neither_compared_nor_restored() {
    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    let proxy = RewritingProxy::to(&org.url);
    proxy.rewrite_all("FROM User WHERE CallCenterId", &Rewrite::Error(403, "INSUFFICIENT_ACCESS"));
    let saved = snapshot_at(&desk, &proxy.url, &["save", "blind.toml"]);
    assert!(saved.exits(0).out.contains("Not seen: the chosen users"), "{saved}");
    proxy.leave();
    let text = desk.read("blind.toml");
    assert!(text.contains("[[not_seen]]\nitem = \"users\"\n"), "{text}");
    assert!(!text.contains("alan.turing"), "{text}");

    let alan = user(&org, "alan.turing");
    org.change("User", &alan, &json!({ "CallCenterId": null }));
    let world = org.world();
    let found = snapshot(&desk, &org, &["diff", "blind.toml"]);
    assert!(found.exits(0).out.contains("not compared (the first)"), "{found}");
    let nothing = snapshot(&desk, &org, &["restore", "blind.toml"]);
    assert!(nothing.exits(0).out.contains("Nothing to restore"), "{nothing}");
    assert_eq!(org.world(), world);
}

#[test]
fn what_teams_of_the_webex_organization_have_is_put_back() {
    let org = Org::new().with_tenant();
    let desk = Desk::of(&org);
    let wanted = webex::alone(&org);
    desk.write("provision.toml", &wanted);
    desk.write("other.toml", &wanted.replace("\"Support\", \"Billing\"", "\"Support\""));
    desk.write("layout.json", &webex::layout());
    let announced = org.tenant().announcement();
    let run = |arguments: &[&str]| {
        let mut command = desk.command(&[&["--instance-url", &org.url], arguments].concat());
        for (name, field) in
            [("PROVISION_WEBEX_ACCESS_TOKEN", "access_token"), ("PROVISION_WEBEX_URL", "url")]
        {
            command.env(name, announced[field].as_str().expect("text"));
        }
        Outcome::of(command.output().expect("the program starts"))
    };
    run(&["apply", "--yes"]).exits(0);
    run(&["snapshot", "save", "before.toml"]).exits(0);
    let before = records(&org);
    // The configuration leaves a team out, which gets back what it had.
    run(&["apply", "--yes", "--config", "other.toml"]).exits(0);
    assert_ne!(records(&org)["team"], before["team"]);
    let found = run(&["snapshot", "diff", "before.toml"]);
    assert!(found.exits(3).out.contains("Billing"), "{found}");
    run(&["snapshot", "restore", "before.toml", "--yes"]).exits(0);
    assert_eq!(records(&org)["team"], before["team"]);
    run(&["snapshot", "diff", "before.toml"]).exits(0);
    run(&["undo", "--yes"]).exits(0);
    assert_ne!(records(&org)["team"], before["team"], "the restoration was taken back");
    // What a snapshot never looked at is not taken, whatever another configuration looks at.
    run(&["snapshot", "save", "one.toml", "--config", "other.toml"]).exits(0);
    let plan = run(&["snapshot", "restore", "one.toml", "--plan"]);
    assert!(plan.exits(0).err.contains("is not in the snapshot"), "{plan}");
    let left = records(&org);
    run(&["snapshot", "restore", "one.toml", "--yes"]).exits(0);
    assert_eq!(records(&org), left);
}

#[test]
fn what_a_desktop_layout_consists_of_is_put_back() {
    let org = Org::new().with_tenant();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &webex::alone(&org));
    desk.write("layout.json", &webex::layout());
    let announced = org.tenant().announcement();
    let run = |arguments: &[&str]| {
        let mut command = desk.command(&[&["--instance-url", &org.url], arguments].concat());
        for (name, field) in
            [("PROVISION_WEBEX_ACCESS_TOKEN", "access_token"), ("PROVISION_WEBEX_URL", "url")]
        {
            command.env(name, announced[field].as_str().expect("text"));
        }
        Outcome::of(command.output().expect("the program starts"))
    };
    run(&["apply", "--yes"]).exits(0);
    run(&["snapshot", "save", "before.toml"]).exits(0);
    let before = records(&org);
    let layouts = before["desktop-layout"].as_array().expect("layouts");
    let ours = layouts.iter().find(|it| it["name"] == "Salesforce").expect("ours");
    let path = format!("desktop-layout/{}", ours["id"].as_str().expect("an id"));
    let content = ours["jsonFileContent"].as_str().expect("JSON");
    let other = content.replace("Webex Contact Center", "Somebody's");
    assert_ne!(other, content);
    org.patch_tenant(&path, &json!({ "jsonFileContent": other, "status": false }));
    let found = run(&["snapshot", "diff", "before.toml"]);
    assert!(found.exits(3).out.contains("Salesforce ["), "{found}");
    assert!(found.out.contains("true → false") || found.out.contains("Status"), "{found}");
    run(&["snapshot", "restore", "before.toml", "--yes"]).exits(0);
    run(&["snapshot", "diff", "before.toml"]).exits(0);
    let now = org.tenant_json(&path);
    let parsed = |text: &Value| -> Value {
        serde_json::from_str(text.as_str().expect("JSON")).expect("JSON")
    };
    assert_eq!(parsed(&now["jsonFileContent"]), parsed(&ours["jsonFileContent"]));
    assert_eq!(now["status"], true);
}

#[test]
fn many_people_lose_nothing_by_a_restoration_unasked() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    snapshot(&desk, &org, &["save", "empty.toml"]).exits(0);
    desk.run(&["--instance-url", &org.url, "apply", "--yes"]).exits(0);
    let before = org.world();
    let refused = snapshot(&desk, &org, &["restore", "empty.toml", "--yes"]);
    assert!(refused.exits(5).err.contains("users lose their call center"), "{refused}");
    assert_eq!(org.world(), before);
    snapshot(&desk, &org, &["restore", "empty.toml", "--yes", "--allow-removals"]).exits(0);
    assert_ne!(org.world()["users"], before["users"]);
}

#[test]
fn no_other_file_is_overwritten_and_no_link_is_followed() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("mine.toml", "format = 1\n");
    org.forget_requests();
    let refused = snapshot(&desk, &org, &["save", "mine.toml"]);
    assert!(refused.exits(2).err.contains("is not a snapshot, so it is left alone"), "{refused}");
    assert_eq!((org.requests().len(), desk.read("mine.toml").as_str()), (0, "format = 1\n"));
    snapshot(&desk, &org, &["save", "s.toml"]).exits(0);
    snapshot(&desk, &org, &["save", "s.toml"]).exits(0);
    #[cfg(unix)]
    {
        let link = desk.folder().join("link.toml");
        std::os::unix::fs::symlink(desk.folder().join("s.toml"), &link).expect("a link");
        let refused = snapshot(&desk, &org, &["save", "link.toml"]);
        assert!(refused.exits(2).err.contains("is a link, so it is left alone"), "{refused}");
    }
    let named = snapshot(&desk, &org, &["save"]).exits(0).out.clone();
    assert!(named.contains("snapshot-00D"), "{named}");
    for file in ["mine.toml", "none.toml", "."] {
        let no = snapshot(&desk, &org, &["restore", file]);
        assert!(no.exits(2).err.contains(file), "{no}");
    }
    let report = org.run(Goal::Plan, &demo());
    assert_eq!(report.outcome, Ended::Changes, "an org without the connector");
}
