//! Files that people and other programs write.

use std::io;

use jiff::Timestamp;
use provision::config;
use provision::definitions::{SetupFile, write_setup_file};
use provision::engine::{BaselineFile, SavedPlan, is_snapshot, read_snapshot, write_snapshot};
use provision::lint::{Subject, Verdict, judge};
use provision::model::Severity;
use provision::view::{Style, draw};

/// Judges a file, and draws what was found as people see it.
fn judged(name: &str, bytes: &[u8]) -> Verdict {
    let read = |_: &str| Err(io::ErrorKind::NotFound.into());
    let now = Timestamp::UNIX_EPOCH;
    let verdict = judge(&Subject { name, bytes, org: None, now, read: &read });
    draw(&verdict.findings, Style::default());
    verdict
}

/// `provision.toml`
pub(super) fn configuration(bytes: &[u8]) {
    let verdict = judged("provision.toml", bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let read = &config::built_in_demo_file;
    for alias in
        std::iter::once(None).chain(config::org_aliases(text).iter().map(|it| Some(it.as_str())))
    {
        match config::load(text, "provision.toml", alias, read) {
            Ok(loaded) => {
                draw(&loaded.warnings, Style::default());
                let again = config::load(text, "provision.toml", alias, read);
                assert!(again.is_ok_and(|again| again.hash == loaded.hash), "another hash");
            }
            Err(mistakes) => {
                assert!(!mistakes.diagnostics.is_empty(), "refused, and nothing is said of it");
                let is_wrong = verdict.count(Severity::Error) > 0;
                assert!(is_wrong || alias.is_none(), "refused, and judged to be right: {mistakes}");
            }
        }
    }
    config::org_at(text, "https://acme.my.salesforce.com");
    config::webex_place(text);
    config::protected_orgs(text);
    config::profiles(text);
}

/// A call center definition, as Setup imports it.
pub(super) fn definition(bytes: &[u8]) {
    let verdict = judged("definition.xml", bytes);
    match SetupFile::read(bytes) {
        Ok(file) => {
            file.define("read");
            let written = write_setup_file(&file.call_center);
            let again = SetupFile::read(written.as_bytes());
            let again = again.expect("what was written can be read").call_center;
            assert_eq!(again, file.call_center, "written and read again");
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "refused, and nothing is said of it");
            assert!(verdict.count(Severity::Error) > 0, "refused, and judged to be right");
        }
    }
}

/// A desktop layout of Webex.
pub(super) fn desktop_layout(bytes: &[u8]) {
    judged("layout.json", bytes);
}

/// What `plan --save` writes.
pub(super) fn saved_plan(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let is_one = SavedPlan::is_one(text);
    let Ok(plan) = SavedPlan::read(text) else { return };
    assert!(is_one, "it is read, and said to be none");
    plan.selection();
    plan.deletes_call_centers();
    let again = SavedPlan::read(&plan.write());
    assert!(again.is_ok_and(|again| again == plan), "written and read again");
}

/// What `baseline export` writes.
pub(super) fn exported_baseline(bytes: &[u8]) {
    let Ok(file) = BaselineFile::read(bytes, "baseline.json") else { return };
    file.baseline();
    file.org.shown();
    let again = BaselineFile::read(file.write().as_bytes(), "baseline.json");
    assert!(again.is_ok_and(|again| again == file), "written and read again");
}

/// What `snapshot save` writes.
pub(super) fn snapshot(bytes: &[u8]) {
    let Ok(snapshot) = read_snapshot(bytes, "snapshot.toml") else { return };
    let text = write_snapshot(&snapshot);
    assert!(is_snapshot(&text), "it is written, and said to be none");
    let again = read_snapshot(text.as_bytes(), "snapshot.toml");
    let mut again = again.expect("what was written can be read");
    // Whose they are tells the order of the rows.
    let mut read = snapshot;
    for one in [&mut again, &mut read] {
        one.rows.sort_by_key(|row| format!("{row:?}"));
    }
    assert_eq!(again, read, "written and read again");
}
