//! Whole command lines: both streams and the code.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use org_emulator::Emulator;
use provision::checklist::ItemId;
use serde_json::Value;

use crate::desk::Desk;
use crate::support::{Org, demo};

#[test]
fn the_readmes_first_command_works_in_an_empty_folder_and_then_changes_nothing() {
    let desk = Desk::new();
    let first = desk.run(&["--org", "demo"]);
    first.exits(0);
    assert!(first.out.contains("Done. "), "{first}");
    assert!(first.out.contains("provision --org demo confirm csp-allow-list"), "{first}");
    let second = desk.run(&["--org", "demo"]);
    second.exits(0);
    assert!(second.out.contains("Nothing to change"), "{second}");
    desk.run(&["--org", "demo", "verify"]).exits(0);
    desk.run(&["--org", "demo", "plan", "--check"]).exits(0);
    desk.run(&["demo", "reset"]).exits(0);
    desk.run(&["--org", "demo", "plan", "--check"]).exits(3);
    desk.run(&["--org", "demo", "verify"]).exits(3);
}

#[test]
fn json_is_one_document_of_the_contracted_shape() {
    let desk = Desk::new();
    let outcome = desk.run(&["--org", "demo", "--output", "json"]);
    let document = outcome.exits(0).json();
    let keys: Vec<&String> = document.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "format",
            "command",
            "org",
            "tenant",
            "outcome",
            "items",
            "requests",
            "polls",
            "api_calls",
            "duration_ms",
            "stages",
            "run"
        ]
    );
    assert_eq!(document["format"], 1);
    assert_eq!(document["command"], "apply");
    assert_eq!(document["outcome"], "needs-human");
    assert_eq!(document["org"]["alias"], "demo");
    let ids: Vec<&Value> =
        document["items"].as_array().expect("items").iter().map(|item| &item["id"]).collect();
    let expected = ItemId::all().map(ItemId::as_str).collect::<Vec<_>>();
    assert_eq!(ids, expected);
    let items = document["items"].as_array().expect("items");
    for item in items.iter().filter(|item| item["outcome"] == "needs-human") {
        assert!(item["steps"].as_array().is_some_and(|steps| !steps.is_empty()), "{item}");
    }
    for item in items.iter().filter(|item| item["changes"] != serde_json::json!([])) {
        let human = item["id"] == "softphone-layout";
        assert_eq!(item["outcome"], if human { "needs-human" } else { "changed" }, "{item}");
        let change = &item["changes"][0];
        let keys: Vec<&String> = change.as_object().expect("a change").keys().collect();
        assert_eq!(keys, ["subject", "field", "before", "after", "action"]);
        let subject: Vec<&String> =
            change["subject"].as_object().expect("a subject").keys().collect();
        assert_eq!(subject, ["type", "name", "record_type"]);
    }
}

#[test]
fn a_plan_says_what_is_only_known_after_the_package() {
    let desk = Desk::new();
    let document = desk.run(&["--org", "demo", "plan", "--output", "json"]).exits(0).json();
    assert_eq!(document["outcome"], "changes");
    assert_eq!(document["run"], Value::Null);
    for id in ["task-layout", "data-center"] {
        let items = document["items"].as_array().expect("items");
        let item = items.iter().find(|item| item["id"] == id).expect("the item");
        let after = &item["changes"][0]["after"];
        assert_eq!(after, &serde_json::json!({"known_after": "package"}), "{id}");
    }
}

#[test]
fn json_lines_are_events_and_the_document_comes_last() {
    let desk = Desk::new();
    let outcome = desk.run(&["--org", "demo", "--output", "jsonl"]);
    let lines: Vec<Value> = outcome
        .exits(0)
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    let (document, events) = lines.split_last().expect("lines");
    assert_eq!(document["outcome"], "needs-human");
    let names: Vec<&str> =
        events.iter().map(|event| event["event"].as_str().expect("an event")).collect();
    // Both halves are looked at side by side; either may answer first.
    assert_eq!(names[0], "observing");
    let mut connected = [names[1], names[2]];
    connected.sort_unstable();
    assert_eq!(connected, ["connected", "tenant-connected"]);
    assert_eq!(names.iter().filter(|name| **name == "planned").count(), 1);
    assert_eq!(names.iter().filter(|name| **name == "wave-started").count(), 4);
}

#[test]
fn an_org_by_its_address_takes_its_token_from_the_environment() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    desk.run(&["--instance-url", &org.url, "plan", "--check"]).exits(3);
    desk.run(&["--instance-url", &org.url]).exits(0);
    desk.run(&["--instance-url", &org.url, "verify"]).exits(0);

    let without = Desk::new();
    without.write("provision.toml", &demo());
    let outcome = without.run(&["--instance-url", &org.url, "plan"]);
    assert!(outcome.exits(4).err.contains("PROVISION_ACCESS_TOKEN"), "{outcome}");
}

#[test]
fn a_wrong_token_is_an_authentication_failure_and_is_never_shown() {
    let org = Org::new();
    let mut desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let wrong = format!("{}!CanaryCanaryCanary", &org.token[..15]);
    desk.token = Some(wrong);
    for format in ["text", "json", "jsonl"] {
        let outcome = desk.run(&["--instance-url", &org.url, "--output", format]);
        outcome.exits(4);
        assert!(!format!("{outcome}").contains("Canary"), "{outcome}");
    }
    let document = desk.run(&["--instance-url", &org.url, "--output", "json"]).json();
    assert_eq!(document["outcome"], "unauthenticated");
    assert_eq!(document["failure"]["kind"], "authentication");
}

#[test]
fn tokens_reach_no_file_and_no_stream() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let secret = org.token.split_once('!').expect("a token of two parts").1;
    for format in ["text", "json", "jsonl"] {
        let outcome = desk.run(&["--instance-url", &org.url, "--output", format]);
        assert!(!format!("{}", outcome.exits(0)).contains(secret), "{outcome}");
    }
    no_file_holds(&desk.state(), secret);
}

fn no_file_holds(folder: &Path, secret: &str) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            no_file_holds(&path, secret);
        } else {
            let bytes = fs::read(&path).expect("a file");
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(secret), "{}", path.display());
        }
    }
}

#[test]
fn an_org_that_is_not_there_is_unreachable() {
    let mut desk = Desk::new();
    desk.token = Some("00D000000000001!x".to_owned());
    desk.write("provision.toml", &demo());
    let outcome = desk.run(&["--instance-url", "http://127.0.0.1:1", "plan"]);
    outcome.exits(7);
    let far = desk.run(&["--instance-url", "http://example.com", "plan"]);
    assert!(far.exits(2).err.contains("http"), "{far}");
}

#[test]
fn production_is_not_touched_without_its_name() {
    let org = Org::with(Emulator::builder().kind(org_emulator::OrgKind::Production));
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let world = org.world();
    let refused = desk.run(&["--instance-url", &org.url, "--yes"]);
    assert!(refused.exits(5).err.contains("--confirm"), "{refused}");
    desk.run(&["--instance-url", &org.url, "--yes", "--confirm", "Some Other Org"]).exits(5);
    assert_eq!(org.world(), world);
    desk.run(&["--instance-url", &org.url, "plan"]).exits(0);
    // Its sandboxes have the same name.
    let name = org.announcement.orgs[0].name.clone();
    let by_name = desk.run(&["--instance-url", &org.url, "--yes", "--confirm", &name]);
    assert!(by_name.exits(5).err.contains(&org.id), "{by_name}");
    assert_eq!(org.world(), world);
    desk.run(&["--instance-url", &org.url, "--confirm", &org.id]).exits(0);
}

#[test]
fn mistakes_in_the_configuration_point_at_the_place_and_send_nothing() {
    let org = Org::new();
    let desk = Desk::of(&org);
    org.forget_requests();
    for (wrong, right, word) in [
        ("data_center = \"us9\"", "data_center = \"us1\"", "us9"),
        ("[call_centre.softphone]", "[call_center.softphone]", "call_center"),
        ("height = \"tall\"", "height = 600", "height"),
        ("advanced = 1", "advanced = true", "advanced"),
    ] {
        desk.write("provision.toml", &demo().replace(right, wrong));
        let outcome = desk.run(&["--instance-url", &org.url]);
        outcome.exits(2);
        assert!(outcome.err.contains("provision.toml:"), "{outcome}");
        assert!(outcome.err.contains(word), "{outcome}");
        let json = desk.run(&["--instance-url", &org.url, "--output", "json"]).json();
        assert_eq!(json["outcome"], "failed");
        assert_eq!(json["org"], Value::Null);
        assert_eq!(json["failure"]["kind"], "usage");
    }
    assert_eq!(org.requests(), Vec::<Value>::new());
}

#[test]
fn rules_between_settings_are_checked_before_anything_is_sent() {
    let org = Org::new();
    let desk = Desk::of(&org);
    org.forget_requests();
    let wrong =
        demo().replace("cad_variable = \"AccountNumber\"", "cad_variable = \"cad_variable\"");
    desk.write("provision.toml", &wrong);
    let outcome = desk.run(&["--instance-url", &org.url]);
    assert!(outcome.exits(2).err.contains("CC010"), "{outcome}");
    assert!(outcome.err.contains("provision.toml:"), "{outcome}");
    assert_eq!(org.requests(), Vec::<Value>::new());
}

#[test]
fn past_runs_are_listed_and_shown() {
    let desk = Desk::new();
    assert!(desk.run(&["runs"]).exits(0).out.len() < 200);
    let document = desk.run(&["--org", "demo", "--output", "json"]).json();
    let run = document["run"].as_str().expect("a run").to_owned();
    let items = document["items"].as_array().expect("items");
    let changed = items.iter().filter(|item| item["outcome"] == "changed");
    let made: usize = changed.filter_map(|item| item["changes"].as_array()).map(Vec::len).sum();
    let listed = desk.run(&["runs", "--output", "json"]).exits(0).json();
    // One line for each half of the run.
    let lines = listed["data"].as_array().expect("a list");
    assert!(lines.len() == 2 && lines.iter().all(|line| line["run"] == *run), "{listed}");
    let counted = lines.iter().filter_map(|line| line["changes"].as_u64()).sum::<u64>();
    assert_eq!(usize::try_from(counted).expect("a count"), made);
    let shown = desk.run(&["runs", "show", &run[..20]]);
    assert!(shown.exits(0).out.contains(&run), "{shown}");
    // What it changed, with before and after.
    let words = shown.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("+ call_center.softphone.height → 600"), "{shown}");
    desk.run(&["runs", "show", "nothing-like-this"]).exits(2);
}

#[test]
fn the_command_line_says_what_is_wrong_with_it() {
    let desk = Desk::new();
    desk.run(&["--org", "demo", "--instance-url", "http://127.0.0.1:1"]).exits(2);
    desk.run(&["aply"]).exits(2);
    let nothing = desk.run(&["plan"]);
    assert!(nothing.exits(2).err.contains("--org demo"), "{nothing}");
    let alias = desk.run(&["--org", "sandbox", "plan"]);
    assert!(matches!(alias.code, Some(2 | 4)), "{alias}");
    desk.run(&["--version"]).exits(0);
    assert!(desk.run(&["--help"]).exits(0).out.contains("--org demo"));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_crash() {
    let desk = Desk::new();
    let mut child = desk
        .command(&["--org", "demo", "plan"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[cfg(unix)]
#[test]
fn what_the_demo_leaves_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    desk.run(&["--org", "demo"]).exits(0);
    let mut folders = vec![desk.state()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let mode = fs::metadata(&path).expect("rights").permissions().mode() & 0o077;
            assert_eq!(mode, 0, "{}", path.display());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
}
