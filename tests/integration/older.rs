//! Files of the version before, which wrote names and texts and no ids: read as they are, and
//! written again without a loss.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use provision::engine::BaselineFile;
use provision::journal::Store;
use provision::model::{Baseline, BaselineEntry, OrgId, Target};
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::support::{Org, everything};

/// The org that the kept files are about.
const ID: &str = "00DNxJ7C0000001MFA";

const BASELINE: &str = include_str!("older/baseline.json");
const EXPORTED: &str = include_str!("older/exported.json");
const PLAN: &str = include_str!("older/plan.json");
const JOURNAL: &str = include_str!("older/journal.jsonl");

/// The run that wrote the journal.
const RUN: &str = "01a223cfe3ac727fa77615b8eaf206bd";

fn document(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The state directory's folder of an org.
fn folder(desk: &Desk, org: &Org) -> PathBuf {
    desk.state().join("orgs").join(&org.id)
}

fn run(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    desk.run(&[&["--instance-url", org.url.as_str()], arguments].concat())
}

/// Takes every id away that a file has beside its names, and its checksum.
fn without_ids(value: &mut Value) -> usize {
    match value {
        Value::Object(fields) => {
            fields.remove("checksum");
            let gone = usize::from(fields.remove("ids").is_some());
            gone + fields.values_mut().map(without_ids).sum::<usize>()
        }
        Value::Array(values) => values.iter_mut().map(without_ids).sum(),
        _ => 0,
    }
}

#[test]
fn every_kind_of_value_is_in_the_sample_and_known() {
    let entries = document(BASELINE)["data"]["entries"].clone();
    let kinds: BTreeSet<&str> = entries
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["subject"]["type"].as_str().expect("a type"))
        .collect();
    let all = [
        "ApexClass",
        "CallCenter",
        "CustomMetadata",
        "InstalledPackage",
        "PermissionSet",
        "PermissionSetAssignment",
        "Profile",
        "ProfileLayout",
        "SoftphoneLayout",
        "User",
    ];
    assert_eq!(kinds, BTreeSet::from(all));
    let entries: Vec<BaselineEntry> = serde_json::from_value(entries).expect("entries");
    for entry in entries {
        assert!(!matches!(entry.target, Target::Unknown(..)), "{entry:?}");
    }
}

#[test]
fn a_baseline_is_read_and_written_again_letter_by_letter() {
    let desk = Desk::new();
    let id = OrgId::parse(ID).expect("an id");
    let path = desk.state().join("orgs").join(id.long()).join("baseline.json");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, BASELINE).expect("the file");
    let store = Store::at(desk.state()).org(&id);
    let baseline = store.baseline().expect("a baseline");
    store.keep_baseline(&baseline).expect("it is kept");
    let written = fs::read_to_string(&path).expect("the file");
    let lines: Vec<&str> = written.lines().filter(|it| !it.starts_with("  \"checksum\"")).collect();
    assert_eq!(lines.join("\n"), BASELINE.trim_end(), "and a checksum");
    // What a later run records anew of the same value takes the place of its entry.
    let mut again = baseline.clone();
    for entry in baseline.entries.clone() {
        again.record(entry);
    }
    assert_eq!(again, baseline);
    let shown = desk.run(&["baseline", "show", "--id", &id.long(), "--output", "json"]);
    let shown = shown.exits(0).json()["data"].clone();
    assert_eq!(shown["entries"].as_array().map(Vec::len), Some(baseline.entries.len()));
    assert_eq!(shown["unknown"], 2);
    for (entry, was) in shown["entries"]
        .as_array()
        .into_iter()
        .flatten()
        .zip(document(BASELINE)["data"]["entries"].as_array().expect("a list"))
    {
        for key in ["item", "subject", "field", "ours", "run"] {
            assert_eq!(entry[key], was[key], "{was}");
        }
        assert_eq!(entry["before"], was["before"].get("known").cloned().unwrap_or_default());
    }
}

#[test]
fn an_exported_baseline_is_brought_in_and_exported_again() {
    let org = Org::named(ID);
    let desk = Desk::of(&org);
    desk.write("b.json", EXPORTED);
    let read = BaselineFile::read(EXPORTED.as_bytes(), "b.json").expect("a baseline");
    run(&desk, &org, &["baseline", "import", "b.json"]).exits(0);
    let kept = fs::read_to_string(folder(&desk, &org).join("baseline.json")).expect("the file");
    let wanted = document(EXPORTED)["entries"].clone();
    assert_eq!(document(&kept)["data"]["entries"], wanted);
    run(&desk, &org, &["baseline", "export", "again.json"]).exits(0);
    let again = desk.read("again.json");
    assert_eq!(document(&again)["entries"], wanted);
    assert_eq!(document(&again)["format"], document(EXPORTED)["format"]);
    let again = BaselineFile::read(again.as_bytes(), "again.json").expect("a baseline");
    assert_eq!(again.baseline(), read.baseline());
    let of_file = |text: &str| text[text.find("\"entries\"").expect("entries")..].to_owned();
    assert_eq!(of_file(&desk.read("again.json")), of_file(EXPORTED), "letter by letter");
}

#[test]
fn an_uninstall_goes_by_a_baseline_without_ids() {
    let org = Org::named(ID);
    let before = org.world();
    org.apply(&everything());
    let path = org.state.path().join("orgs").join(&org.id).join("baseline.json");
    let mut kept = document(&fs::read_to_string(&path).expect("the file"));
    assert!(without_ids(&mut kept) > 50, "{kept}");
    fs::write(&path, serde_json::to_string_pretty(&kept).expect("JSON")).expect("the file");
    let read: Baseline = serde_json::from_value(kept["data"].clone()).expect("a baseline");
    assert!(read.rows().iter().all(|row| row.ids.is_empty()));
    org.uninstall(&everything());
    assert_eq!(org.world(), before);
}

#[test]
fn a_run_fills_the_ids_in_of_what_it_sees() {
    let org = Org::named(ID);
    org.apply(&everything());
    let path = org.state.path().join("orgs").join(&org.id).join("baseline.json");
    let mut kept = document(&fs::read_to_string(&path).expect("the file"));
    without_ids(&mut kept);
    fs::write(&path, serde_json::to_string_pretty(&kept).expect("JSON")).expect("the file");
    let known = kept["data"]["entries"].as_array().expect("entries").len();
    let fewer = everything().replace("\"System Administrator\", ", "");
    org.apply(&fewer);
    let now = document(&fs::read_to_string(&path).expect("the file"));
    let entries = now["data"]["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), known, "no value has two entries");
    for entry in entries {
        let is_record = ["ProfileLayout", "User", "PermissionSetAssignment", "CallCenter"]
            .iter()
            .any(|kind| entry["subject"]["type"] == *kind);
        assert!(entry["ids"].is_object() || !is_record, "{entry}");
        if entry["subject"]["name"] == "System Administrator" {
            assert_eq!(entry["before"]["known"], entry["ours"], "{entry}");
        }
    }
}

#[test]
fn a_saved_plan_without_ids_is_to_be_saved_anew() {
    let org = Org::named(ID);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &everything());
    desk.write("monday.json", PLAN);
    let world = org.world();
    org.forget_requests();
    let refused = run(&desk, &org, &["apply", "monday.json", "--output", "json"]);
    let failure = refused.exits(2).json()["failure"].clone();
    assert_eq!(
        failure["message"],
        "The plan for \"Northwind Support\" was saved by an older version of provision (format 1)."
    );
    assert_eq!(failure["hints"], json!(["Save it again, and review it before you apply it."]));
    assert!(org.requests().is_empty(), "nobody asks the org for that");
    assert_eq!(org.world(), world);
    run(&desk, &org, &["plan", "--save", "tuesday.json"]).exits(0);
    run(&desk, &org, &["apply", "tuesday.json"]).exits(0);
}

#[test]
fn a_journal_is_listed_and_shown() {
    let org = Org::named(ID);
    let desk = Desk::of(&org);
    let run_folder = folder(&desk, &org).join("runs").join(RUN);
    fs::create_dir_all(&run_folder).expect("a folder");
    fs::write(run_folder.join("journal.jsonl"), JOURNAL).expect("the file");
    let listed = desk.run(&["runs", "--output", "json"]).exits(0).json()["data"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(listed[0]["run"], RUN);
    assert_eq!((&listed[0]["planned"], &listed[0]["changes"]), (&json!(8), &json!(7)));
    let shown = desk.run(&["runs", "show", &RUN[..6], "--output", "json"]).exits(0).json();
    let lines: Vec<Value> = JOURNAL.lines().map(document).collect();
    assert_eq!(shown["data"], Value::Array(lines));
    let text = desk.run(&["runs", "show", &RUN[..6]]);
    for words in ["Run 01a223cf", "8 changes", "7 changes", "done", "0HfNxJ7C0000001KFA"] {
        assert!(text.exits(0).out.contains(words), "{words}: {text}");
    }
}
