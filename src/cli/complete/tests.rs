//! What is offered where.

use super::*;
use crate::cli::arguments::tree;
use crate::cli::surroundings::Surroundings;

/// The candidates of a line, on a machine with two orgs in its configuration.
fn words(line: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.toml");
    let text = "data_center = \"us1\"\n[users]\nprofiles = [\"Agent\", \"Team Lead\"]\n[orgs.uat]\n\
                [orgs.production.task_layout]\nprofiles = [\"Boss\"]\n";
    std::fs::write(&file, text).unwrap();
    let state = folder.path().join("state");
    let runs = state.join("orgs/00D000000000001EAA/runs");
    for run in ["0193a5f7", "0194a5f7"] {
        std::fs::create_dir_all(runs.join(run)).unwrap();
    }
    let before = ["--config", file.to_str().unwrap(), "--state-dir", state.to_str().unwrap()];
    let all = before.iter().chain(line).map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let machine = Machine::of(&all, &Surroundings::bare());
    let text = answer(read(&all, tree()), &machine);
    text.lines().map(|it| it.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn commands_and_options_come_from_the_command_line_itself() {
    assert_eq!(words(&["ver"]), ["verify"]);
    assert_eq!(words(&["runs", ""]), ["show", "help"]);
    assert_eq!(words(&["plan", "--che"]), ["--check"]);
    assert_eq!(words(&["plan", "--instance"]), ["--instance-url"]);
    assert!(!words(&[""]).iter().any(|it| it.starts_with("__")));
    assert_eq!(words(&["--output", "js"]), ["json", "jsonl"]);
    assert_eq!(words(&["plan", "--output=js"]), ["--output=json", "--output=jsonl"]);
    assert_eq!(words(&["plan", "--output", "=", "js"]), ["json", "jsonl"]);
    assert_eq!(words(&["completions", "ba"]), ["bash"]);
    assert_eq!(words(&["nonsense", "--org", ""]), words(&["--org", ""]));
    assert!(words(&["--", "--org"]).is_empty());
}

#[test]
fn aliases_come_from_logins_the_configuration_and_the_emulator() {
    for line in [["--org", ""], ["login", ""]] {
        let found = words(&line);
        for alias in ["production", "uat", "demo", "demo-v2"] {
            assert!(found.iter().any(|it| it == alias), "{line:?}: {found:?}");
        }
    }
    // Nobody has logged in to an emulated org, and so nobody logs out of one.
    assert!(words(&["logout", ""]).is_empty());
    assert_eq!(words(&["plan", "--org", "u"]), ["uat"]);
    assert_eq!(words(&["orgs", "default", "prod"]), ["production"]);
    assert_eq!(words(&["plan", "--org=u"]), ["--org=uat"]);
}

#[test]
fn items_go_on_behind_a_comma() {
    assert_eq!(words(&["plan", "--only", "pack"]), ["package"]);
    assert_eq!(words(&["plan", "--only", "package,cal"]), ["package,call-center"]);
    assert_eq!(words(&["plan", "--skip=package,cal"]), ["--skip=package,call-center"]);
    assert!(words(&["plan", "--only", "package,pack"]).is_empty());
    assert_eq!(words(&["confirm", ""]), ["softphone-layout", "data-center", "csp-allow-list"]);
    assert_eq!(words(&["confirm", "csp-allow-list", "so"]), ["softphone-layout"]);
}

#[test]
fn what_this_machine_keeps_is_offered_too() {
    assert_eq!(words(&["runs", "show", ""]), ["0194a5f7", "0193a5f7"]);
    assert_eq!(words(&["undo", "0193"]), ["0193a5f7"]);
    assert_eq!(words(&["migrate", "--profiles", ""]), ["Agent", "Boss", "Team Lead"]);
    assert_eq!(words(&["init", "--recipe", "webex-v2"]), ["webex-v2"]);
    assert_eq!(words(&["lint", ""]), [":files"]);
    assert_eq!(words(&["--config", ""]), [":files"]);
}

#[test]
fn quotation_marks_and_backslashes_are_the_shells() {
    let asked = |word: &str| asked(&["provision", "__complete", "--", word].map(OsString::from));
    for typed in ["Team\\ L", "\"Team L", "'Team L'", "Team L"] {
        assert_eq!(asked(typed).unwrap(), ["Team L"], "{typed}");
    }
    assert_eq!(asked("\"").unwrap(), [""]);
}
