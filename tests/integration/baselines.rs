//! What was there before: shown, taken along, brought in.

use std::fs;

use jiff::Timestamp;
use org_emulator::{Emulator, OrgKind, Seed};
use provision::engine::BaselineFile;
use provision::journal::Store;
use provision::model::{Baseline, BaselineRow, Before, Ids, OrgId, Subject, SubjectKind};
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo};

/// A copy of the demo org, as a sandbox is one of its parent: most users are not to be told.
const COPY: &str = r#"
seed = 2
[users."alan.turing@"]
Username = "alan.turing@northwind.example.uat"
[users."tony.hoare@"]
Username = "tony.hoare@northwind.example"
[users."barbara.liskov@"]
Username = "barbara.liskov@northwind.example.uat"
[users."grace.hopper@"]
Username = "barbara.liskov@northwind.example.dev"
"#;

fn id(org: &Org) -> OrgId {
    OrgId::parse(&org.id).expect("an id")
}

/// What a state directory knows of the org's past.
fn past(state: &std::path::Path, org: &Org) -> Baseline {
    Store::at(state).org(&id(org)).baseline().expect("a baseline")
}

/// `baseline` at a desk, for an org.
fn baseline(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    let start = ["--instance-url", org.url.as_str(), "baseline"];
    desk.run(&[start.as_slice(), arguments].concat())
}

/// The demo's baseline in a file on the desk, exported on the machine that installed.
fn exported(desk: &Desk, org: &Org) -> Baseline {
    org.apply(&demo());
    let state = org.state.path().to_str().expect("UTF-8");
    let start = ["--instance-url", org.url.as_str(), "--state-dir", state];
    desk.run(&[start.as_slice(), &["baseline", "export", "b.json"]].concat()).exits(0);
    past(org.state.path(), org)
}

#[test]
fn what_people_confirmed_comes_along_but_not_into_another_org() {
    let (org, copy) = (Org::new(), Org::from_file(COPY, Emulator::builder()));
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let confirm = ["--instance-url", org.url.as_str(), "confirm"];
    desk.run(&[confirm.as_slice(), &["csp-allow-list", "softphone-layout"]].concat()).exits(0);
    let written =
        baseline(&desk, &org, &["export", "only.json", "--output", "json"]).exits(0).json();
    assert_eq!(
        (&written["data"]["values"], &written["data"]["confirmations"]),
        (&json!(0), &json!(2))
    );
    let file = desk.read("only.json");

    let other = Desk::of(&org);
    other.write("provision.toml", &demo());
    other.write("only.json", &file);
    let done = baseline(&other, &org, &["import", "only.json"]);
    done.exits(0);
    assert!(done.out.contains("Imported: 2 confirmations of"), "{done}");
    let plan = other.run(&["--instance-url", &org.url, "plan", "--output", "json"]).exits(0).json();
    let outcomes = |document: &Value| {
        let items = document["items"].as_array().expect("items").iter();
        items.filter(|item| item["confirmed"]["by"] == "ada").count()
    };
    assert_eq!(outcomes(&plan), 2);

    let there = Desk::of(&copy);
    there.write("provision.toml", &demo());
    there.write("only.json", &file);
    let done = baseline(&there, &copy, &["import", "only.json", "--from-other-org"]);
    done.exits(0);
    assert!(done.out.contains("Imported: 1 confirmation of"), "{done}");
    assert!(
        done.out.contains("the confirmation of softphone-layout, which is for the other"),
        "{done}"
    );
}

/// An id in a file becomes the name of a folder.
#[test]
fn a_file_that_names_no_webex_organization_is_refused() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    desk.run(&["--instance-url", org.url.as_str(), "confirm", "csp-allow-list"]).exits(0);
    baseline(&desk, &org, &["export", "only.json"]).exits(0);
    let file: Value = serde_json::from_str(&desk.read("only.json")).expect("a file");
    for id in ["../orgs/00D000000000001AAA", "/elsewhere", "", "x"] {
        let mut other = file.clone();
        other["confirmations"][0]["webex_org_id"] = json!(id);
        let there = Desk::of(&org);
        there.write("other.json", &other.to_string());
        let refused = baseline(&there, &org, &["import", "other.json"]);
        assert!(
            refused.exits(2).err.contains("is not the id of a Webex organization"),
            "{refused}"
        );
        assert!(!there.folder().join("state/tenants").exists(), "{id}");
    }
}

#[test]
fn a_baseline_is_the_same_on_another_machine() {
    let org = Org::new();
    let desk = Desk::of(&org);
    let there = exported(&desk, &org);
    assert!(there.entries.len() > 20, "{there:?}");
    let text = desk.read("b.json");
    assert!(!text.contains(&org.token) && !text.contains("127.0.0.1"), "{text}");

    assert!(baseline(&desk, &org, &["show"]).exits(0).out.contains("No baseline:"));
    assert!(desk.run(&["baseline"]).exits(0).out.contains("No baselines yet"));
    let done = baseline(&desk, &org, &["import", "b.json", "--output", "json"]).exits(0).json();
    let keys: Vec<&String> = done.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["format", "command", "org", "outcome", "data"]);
    assert_eq!(done["command"], "baseline import");
    assert_eq!(done["data"]["values"], there.entries.len());
    assert_eq!(done["data"]["replaced"], Value::Null);
    assert_eq!(past(&desk.state(), &org), there);

    let shown = baseline(&desk, &org, &["show", "--output", "json"]).exits(0).json();
    assert_eq!(shown["org"]["name"], "Northwind Support");
    assert_eq!(shown["data"]["entries"].as_array().map(Vec::len), Some(there.entries.len()));
    let agent = shown["data"]["entries"]
        .as_array()
        .and_then(|entries| entries.iter().find(|entry| entry["subject"]["record_type"] == "Call"))
        .expect("an assignment");
    assert_eq!(agent["field"], "layout");
    assert_eq!((&agent["before_known"], &agent["before"]), (&json!(true), &json!("Task Layout")));
    let by_id = desk.run(&["baseline", "show", "--id", &org.id, "--all"]);
    assert!(by_id.exits(0).out.contains("alan.turing@northwind.example"), "{by_id}");
    let list = desk.run(&["baseline", "--output", "json"]).exits(0).json();
    assert_eq!(list["data"]["baselines"][0]["org_id"], json!(org.id));
    let again = desk.run(&["baseline", "export", "-", "--id", &org.id]);
    let again = BaselineFile::read(again.exits(0).out.as_bytes(), "-").expect("a baseline");
    assert_eq!(again.baseline(), there);
    let runs = desk.run(&["runs", "--output", "json"]).exits(0).json();
    assert_eq!(runs["data"][0]["command"], "baseline import");
}

#[test]
fn no_baseline_is_overwritten_by_mistake() {
    let org = Org::new();
    let desk = Desk::of(&org);
    let there = exported(&desk, &org);
    let twice = desk.run(&["baseline", "export", "b.json", "--id", &org.id]);
    assert!(twice.exits(2).err.contains("there is no baseline"), "{twice}");
    baseline(&desk, &org, &["import", "b.json"]).exits(0);
    let twice = baseline(&desk, &org, &["export", "b.json"]);
    assert!(twice.exits(2).err.contains("already exists"), "{twice}");

    let store = Store::at(desk.state()).org(&id(&org));
    let mut ours = there.clone();
    ours.entries.truncate(3);
    store.keep_baseline(&ours).expect("it is kept");
    let refused = baseline(&desk, &org, &["import", "b.json"]);
    assert!(refused.exits(5).err.contains("with 3 values."), "{refused}");
    assert_eq!(past(&desk.state(), &org), ours);

    let lock = store.lock("somebody").expect("the lock");
    let refused = baseline(&desk, &org, &["import", "b.json", "--replace"]);
    assert!(refused.exits(5).err.contains("Another run is at work"), "{refused}");
    drop(lock);

    let done = baseline(&desk, &org, &["import", "b.json", "--replace", "--output", "json"]);
    let done = done.exits(0).json();
    assert_eq!(past(&desk.state(), &org), there);
    let kept = done["data"]["replaced"].as_str().expect("where it is kept");
    let kept: Value =
        serde_json::from_slice(&fs::read(kept).expect("the file")).expect("a document");
    assert_eq!(kept["data"]["entries"].as_array().map(Vec::len), Some(3));

    // What cannot be read is somebody's past all the same.
    let path = desk.state().join("orgs").join(&org.id).join("baseline.json");
    fs::write(&path, "{").expect("it is damaged");
    let refused = baseline(&desk, &org, &["import", "b.json"]);
    assert!(refused.exits(5).err.contains("is damaged"), "{refused}");
    baseline(&desk, &org, &["import", "b.json", "--replace"]).exits(0);
    assert_eq!(past(&desk.state(), &org), there);
}

#[test]
fn a_file_that_is_no_baseline_changes_nothing() {
    let org = Org::new();
    let desk = Desk::of(&org);
    exported(&desk, &org);
    baseline(&desk, &org, &["import", "b.json"]).exits(0);
    let before = past(&desk.state(), &org);
    let text = desk.read("b.json");
    desk.write("newer.json", &text.replace("\"format\": 1", "\"format\": 9"));
    desk.write("cut.json", &text[..text.len() / 2]);
    desk.write("empty.json", "");
    desk.write("plan.json", r#"{"format": 1, "changes": []}"#);
    for (name, says) in [
        ("newer.json", "was written by a newer version of provision"),
        ("cut.json", "holds no exported baseline"),
        ("empty.json", "holds no exported baseline"),
        ("plan.json", "holds no exported baseline"),
        ("none.json", "cannot be read"),
        (".", "cannot be read"),
    ] {
        let refused = baseline(&desk, &org, &["import", name, "--replace"]);
        assert!(refused.exits(2).err.contains(says), "{name}: {refused}");
    }
    assert_eq!(past(&desk.state(), &org), before);
}

#[test]
fn a_sandbox_takes_its_parents_baseline_with_its_own_user_names() {
    let parent = Org::new();
    let mut desk = Desk::of(&parent);
    let there = exported(&desk, &parent);
    let copy = Org::from_file(COPY, Emulator::builder());
    desk.token = Some(copy.token.clone());
    let refused = baseline(&desk, &copy, &["import", "b.json"]);
    assert!(refused.exits(5).err.contains("--from-other-org"), "{refused}");
    assert!(past(&desk.state(), &copy).entries.is_empty());

    copy.forget_requests();
    let import = ["import", "b.json", "--from-other-org"];
    let done = baseline(&desk, &copy, &[import.as_slice(), &["--output", "json"]].concat());
    let done = done.exits(0).json();
    assert_eq!(copy.requests().len(), 3, "versions, names, layouts");
    let data = &done["data"];
    assert_eq!(
        data["mapped"],
        json!([{
            "from": "alan.turing@northwind.example", "to": "alan.turing@northwind.example.uat"
        }])
    );
    let left_out = data["left_out"].as_array().expect("a list");
    let of = |name: &str| {
        let whose = |value: &&Value| value["subject"]["name"] == name;
        left_out.iter().find(whose).expect("left out")["candidates"].clone()
    };
    assert_eq!(
        of("barbara.liskov@northwind.example"),
        json!(["barbara.liskov@northwind.example.dev", "barbara.liskov@northwind.example.uat"])
    );
    assert_eq!(of("donald.knuth@northwind.example"), json!([]));
    let missing = json!({ "type": "RecordType", "name": "Denwa", "values": 3 });
    assert!(data["missing"].as_array().expect("a list").contains(&missing), "{data}");

    let here = past(&desk.state(), &copy);
    assert_eq!(here.entries.len() + left_out.len(), there.entries.len());
    let user = |baseline: &Baseline, name: &str| {
        let subject = Subject::new(SubjectKind::User, format!("{name}@northwind.example"));
        baseline.rows().into_iter().find(|it| it.subject == subject && it.field == "CallCenterId")
    };
    assert!(user(&here, "tony.hoare").is_some() && user(&here, "alan.turing").is_none());
    let text = baseline(&desk, &copy, &[import.as_slice(), &["--replace"]].concat());
    assert!(text.exits(0).out.contains("donald.knuth@northwind.example\n"), "{text}");
    assert!(text.out.contains("This org has no record type of Task \"Denwa\": 3 values"), "{text}");
}

#[test]
fn the_baseline_of_production_is_offered_in_a_new_sandbox_of_it() {
    const PARENT: &str = "00D000000000009EAA";
    let seed = Seed::default().organization("Id", PARENT);
    let parent = Org::with(Emulator::builder().kind(OrgKind::Production).seed(seed));
    let mut desk = Desk::of(&parent);
    desk.write("provision.toml", &demo());
    let at = |url: &str, desk: &Desk, arguments: &[&str]| {
        desk.run(&[&["--instance-url", url], arguments].concat())
    };
    at(&parent.url, &desk, &["apply", "--yes", "--confirm", PARENT]).exits(0);
    // A sandbox has the name of the org that it was made from.
    let copy = Org::new();
    desk.token = Some(copy.token.clone());
    let told = |ended: &Outcome| {
        let text = format!("{} {}", ended.exits(0).out, ended.err);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let plan = told(&at(&copy.url, &desk, &["plan"]));
    assert!(plan.contains("This machine has no baseline for this sandbox"), "{plan}");
    let export = format!("`provision baseline export --id {PARENT} production.json`");
    assert!(plan.contains(&export), "{plan}");
    desk.run(&["baseline", "export", "--id", PARENT, "production.json"]).exits(0);
    let import = ["baseline", "import", "--from-other-org", "production.json"];
    at(&copy.url, &desk, &import).exits(0);
    assert!(!past(&desk.state(), &copy).entries.is_empty());
    let plan = told(&at(&copy.url, &desk, &["plan"]));
    assert!(!plan.contains("Nothing is recorded of this sandbox"), "{plan}");
}

#[test]
fn thousands_of_users_take_few_requests() {
    let copy = Org::new();
    let desk = Desk::of(&copy);
    let entry = |name: String| BaselineRow {
        item: "users".to_owned(),
        subject: Subject::new(SubjectKind::User, name),
        field: "CallCenterId".to_owned(),
        before: Before::Known(None),
        ours: Some("V1".to_owned()),
        run: "01".to_owned(),
        recipe: None,
        ids: Ids::default(),
        giving_back: false,
    };
    let mut entries: Vec<BaselineRow> =
        (0..3_000).map(|number| entry(format!("nobody.{number}@northwind.example"))).collect();
    let parent = OrgId::parse("00D000000000001EAA").expect("an id");
    let write = |entries: &[BaselineRow]| {
        let entries = entries.iter().cloned().map(Into::into).collect();
        let baseline = Baseline { entries };
        let file = BaselineFile::of(&parent, None, &baseline, Timestamp::now());
        desk.write("many.json", &file.write());
    };
    let import = ["import", "many.json", "--from-other-org", "--output", "json"];
    write(&entries);
    let nobody = baseline(&desk, &copy, &import);
    assert!(nobody.exits(5).err.contains("None of the 3000 values fits this org"), "{nobody}");
    assert!(past(&desk.state(), &copy).entries.is_empty());

    entries.push(entry("alan.turing@northwind.example".to_owned()));
    write(&entries);
    copy.forget_requests();
    let done = baseline(&desk, &copy, &import).exits(0).json();
    assert_eq!(copy.requests().len(), 4, "versions, names in two batches, layouts");
    assert_eq!(done["data"]["values"], 1);
    assert_eq!(done["data"]["left_out"].as_array().map(Vec::len), Some(3_000));
}

#[test]
fn a_damaged_file_is_told_with_what_was_there_before_the_last_write() {
    let org = Org::named("00DNxJ7C0000001MFA");
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let run = |arguments: &[&str]| desk.run(&[&["--instance-url", &org.url], arguments].concat());
    run(&["apply"]).exits(0);
    let folder = desk.state().join("orgs").join(&org.id);
    let path = folder.join("baseline.json");
    let mut bytes = fs::read(&path).expect("a baseline");
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    fs::write(&path, &bytes).expect("a flipped bit");
    let world = org.world();
    for arguments in [&["apply"][..], &["uninstall", "--yes-delete-data", &org.id, "--no-export"]] {
        let refused = run(arguments);
        let told = refused.exits(5).err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("baseline.json is damaged"), "{told}");
        assert!(told.contains("baseline.json.copy in its place"), "{told}");
        assert_eq!(org.world(), world);
    }
    fs::rename(folder.join("baseline.json.copy"), &path).expect("the copy");
    run(&["verify"]).exits(0);
}

#[test]
fn an_uninstall_can_be_given_up_and_gone_on_with_though_its_file_is_damaged() {
    let org = Org::named("00DNxJ7C0000001MFA");
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let run = |arguments: &[&str]| desk.run(&[&["--instance-url", &org.url], arguments].concat());
    let untouched = org.world();
    run(&["apply"]).exits(0);
    let path = desk.state().join("orgs").join(&org.id).join("unfinished.json");
    fs::write(&path, "{").expect("a damaged file");
    let refused = run(&["apply"]);
    let told = refused.exits(5).err.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = format!("with `provision --instance-url {} uninstall --abandon`", org.url);
    assert!(told.contains(&format!("delete it {command}")), "{told}");
    let given_up = run(&["uninstall", "--abandon", "--output", "json"]);
    assert_eq!(given_up.exits(0).json()["data"]["abandoned"], "unknown");
    run(&["apply"]).exits(0);
    fs::write(&path, "{").expect("a damaged file");
    let uninstall = ["uninstall", "--yes-delete-data", &org.id, "--no-export"];
    let installed = org.world();
    let refused = run(&uninstall);
    assert!(refused.exits(5).err.contains("unfinished.json is damaged"), "{refused}");
    assert_eq!(org.world(), installed);
    assert_eq!(fs::read_to_string(&path).expect("the file"), "{");
    let given_up = run(&["uninstall", "--abandon"]);
    assert!(given_up.exits(0).out.contains("damaged record of unfinished work"), "{given_up}");
    run(&uninstall).exits(0);
    assert!(!path.exists());
    assert_eq!(org.world(), untouched);
}

#[test]
fn damaged_confirmations_are_told_for_what_they_are() {
    let org = Org::named("00DNxJ7C0000001MFA");
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let folder = desk.state().join("orgs").join(&org.id);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("confirmations.json"), "{").expect("a damaged file");
    let refused = desk.run(&["--instance-url", &org.url, "verify"]);
    let told = refused.exits(5).err.split_whitespace().collect::<Vec<_>>().join(" ");
    let todo = format!("confirm again what `provision --instance-url {} todo` names", org.url);
    assert!(told.contains(&todo), "{told}");
}

#[cfg(unix)]
#[test]
fn files_that_hold_user_names_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let org = Org::named("00DNxJ7C0000001MFA");
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let run = |arguments: &[&str]| desk.run(&[&["--instance-url", &org.url], arguments].concat());
    run(&["plan", "--save", "plan.json"]).exits(0);
    run(&["apply"]).exits(0);
    run(&["baseline", "export", "baseline.json"]).exits(0);
    run(&["snapshot", "save", "snapshot.json"]).exits(0);
    for name in ["plan.json", "baseline.json", "snapshot.json"] {
        let found = fs::metadata(desk.folder().join(name)).expect(name);
        assert_eq!(found.permissions().mode() & 0o777, 0o600, "{name}");
    }
}
