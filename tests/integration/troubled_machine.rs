//! A machine that is in trouble: no room, no home, a newer version's files, a reader that goes away.
//! The org is not touched where what was there before could not be written down.

#![cfg(unix)]

use std::fs::{self, File};
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use serde_json::Value;

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo};

/// A desk for that org, with the demo's configuration.
fn desk(org: &Org) -> Desk {
    let desk = Desk::of(org);
    desk.write("provision.toml", &demo());
    desk
}

/// The failure on standard error, without what tells one machine from another.
fn failure(desk: &Desk, outcome: &Outcome) -> String {
    let lines = outcome.err.lines().skip_while(|line| !line.starts_with("error:"));
    let text = lines.collect::<Vec<_>>().join("\n");
    // Lines break where the folder's name lets them.
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(&desk.folder().display().to_string(), "FOLDER").replace(" hint:", "\n  hint:")
}

/// Runs a line of shell, in which `provision` is the program.
fn shell(desk: &Desk, line: &str) -> Outcome {
    let prepared = desk.command(&[]);
    let program = env!("CARGO_BIN_EXE_provision");
    let mut command = Command::new("sh");
    command.args(["-c", &line.replace("provision ", &format!("'{program}' "))]);
    command.current_dir(desk.folder()).stdin(Stdio::null()).env_clear();
    command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
    for (name, value) in prepared.get_envs() {
        command.env(name, value.expect("a value"));
    }
    Outcome::of(command.output().expect("a shell"))
}

#[test]
fn a_file_stands_where_the_state_directory_should_be() {
    let org = Org::named("00DNxJ7C0000001MFA");
    let desk = desk(&org);
    desk.write("state", "not a folder");
    org.forget_requests();
    let outcome = desk.run(&["--instance-url", &org.url]);
    outcome.exits(5);
    assert_snapshot!(failure(&desk, &outcome), @"
    error: Cannot create FOLDER/state/orgs/00DNxJ7C0000001MFA: Not a directory (os error 20).
      hint: provision keeps baselines and journals there: make sure that it is writable and has room, or name another folder with --state-dir or PROVISION_STATE_DIR.
    ");
    assert_eq!(org.requests(), Vec::<Value>::new(), "nothing is sent");
    let demo = desk.run(&["--org", "demo"]);
    assert_snapshot!(failure(&desk, demo.exits(5)), @"
    error: The folder FOLDER/state/demo cannot be made. caused by: Not a directory (os error 20)
      hint: Name another state directory with --state-dir or PROVISION_STATE_DIR.
    ");
    let confirm = desk.run(&["--instance-url", &org.url, "confirm", "csp-allow-list"]);
    assert_snapshot!(failure(&desk, confirm.exits(5)), @"
    error: Cannot create FOLDER/state/tenants/7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10: Not a directory (os error 20).
      hint: provision keeps baselines and journals there: make sure that it is writable and has room, or name another folder with --state-dir or PROVISION_STATE_DIR.
    ");
    assert_eq!(fs::read_to_string(desk.state()).expect("the file"), "not a folder");
}

#[test]
fn a_disk_without_room_stops_a_run_before_it_changes_anything() {
    let org = Org::new();
    let desk = desk(&org);
    let world = org.world();
    // No file may grow at all, and then only to some kilobytes: the journal fits, the rest not.
    for blocks in ["0", "2"] {
        let line = format!(
            "trap '' XFSZ; ulimit -f {blocks}; provision --instance-url {} --output json | cat",
            org.url
        );
        let outcome = shell(&desk, &line);
        let document: Value = serde_json::from_str(&outcome.out).expect("one document");
        assert_eq!(document["outcome"], "refused", "{outcome}");
        assert!(outcome.err.contains("make sure that it is writable and has room"), "{outcome}");
        assert_eq!(org.world(), world, "nothing may have changed");
    }
    // Nothing that was written halfway stands in the way once there is room again.
    desk.run(&["--instance-url", &org.url]).exits(0);
    desk.run(&["--instance-url", &org.url, "verify"]).exits(0);
}

#[test]
fn files_of_a_newer_version_are_left_alone() {
    let org = Org::named("00DNxJ7C0000001MFA");
    let desk = desk(&org);
    desk.run(&["--instance-url", &org.url]).exits(0);
    let baseline = desk.state().join("orgs").join(&org.id).join("baseline.json");
    let newer = r#"{"format": 2, "values": "as a later version keeps them"}"#;
    fs::write(&baseline, newer).expect("a file of a newer version");
    let world = org.world();
    let outcome = desk.run(&["--instance-url", &org.url]);
    assert_snapshot!(failure(&desk, outcome.exits(5)), @"
    error: FOLDER/state/orgs/00DNxJ7C0000001MFA/baseline.json has format 2, and this version of provision knows formats up to 1.
      hint: Update provision on this machine.
    ");
    assert_eq!(fs::read_to_string(&baseline).expect("the file"), newer);
    assert_eq!(org.world(), world);
}

#[test]
fn without_a_home_directory_a_folder_must_be_named() {
    let desk = Desk::new();
    let nowhere = |desk: &Desk, arguments: &[&str]| {
        let mut command = desk.command(arguments);
        // A user of no system, who has no home in the list of users either.
        command.env("HOME", "").env_remove("PROVISION_STATE_DIR");
        Outcome::of(command.output().expect("the program starts"))
    };
    let outcome = nowhere(&desk, &["runs"]);
    // The list of users may know a home; where it does not, the program says what to do.
    if outcome.code != Some(0) {
        assert!(outcome.exits(2).err.contains("--state-dir"), "{outcome}");
    }
    let state = desk.folder().join("own");
    let state = state.to_str().expect("UTF-8");
    let named = nowhere(&desk, &["--org", "demo", "--state-dir", state, "plan", "--check"]);
    named.exits(3);
}

#[test]
fn a_reader_that_goes_away_changes_nothing_about_the_run() {
    let org = Org::new();
    let desk = desk(&org);
    let line = format!("provision --instance-url {} | head -1", org.url);
    let outcome = shell(&desk, &line);
    assert!(outcome.out.starts_with("Plan for"), "{outcome}");
    assert!(!outcome.err.contains("panicked") && !outcome.err.contains("error"), "{outcome}");
    desk.run(&["--instance-url", &org.url, "verify"]).exits(0);
    for command in ["--help", "man", "completions bash", "runs --output json"] {
        let outcome = shell(&desk, &format!("provision {command} | head -1"));
        assert_eq!((outcome.err.as_str(), outcome.out.lines().count()), ("", 1), "{outcome}");
    }
}

#[test]
fn a_full_disk_behind_standard_output_is_told() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let org = Org::new();
    let desk = desk(&org);
    let mut command = desk.command(&["--instance-url", &org.url, "plan"]);
    let outcome = Outcome::of(command.stdout(full).output().expect("the program starts"));
    assert_snapshot!(failure(&desk, outcome.exits(1)), @"error: Standard output could not be written to its end. caused by: No space left on device (os error 28)");
}

/// Runs a line at a terminal of that many columns; nothing where no terminal can be had.
fn at_terminal(desk: &Desk, columns: usize, line: &str) -> Option<String> {
    let inner = format!("stty cols {columns} rows 50; {line}");
    let outcome = shell(desk, &format!("exec script -qec \"{inner}\" /dev/null"));
    (outcome.code != Some(127)).then_some(outcome.out)
}

#[test]
fn a_narrow_terminal_gets_lines_that_fit() {
    let org = Org::new();
    let desk = desk(&org);
    for command in ["plan", "verify", "--help", "plan --help"] {
        let line = format!("TERM=dumb provision --instance-url {} {command}", org.url);
        let Some(shown) = at_terminal(&desk, 40, &line) else { return };
        assert!(shown.contains("provision"), "{shown}");
        assert!(!shown.contains('\u{1b}'), "no colours, no moving lines: {shown:?}");
        let progress = |line: &&str| !line.starts_with("Connected to");
        for line in shown.lines().map(str::trim_end).filter(progress) {
            // What cannot be broken is a long word, or there to be copied.
            let long = |word: &str| word.chars().count() > 25;
            let copied =
                line.trim_start().starts_with("provision ") || line.contains("`provision ");
            let wide = line.chars().count() > 40;
            assert!(
                !wide || copied || line.split(' ').any(long),
                "{} columns: {line}",
                line.chars().count()
            );
        }
    }
}

#[test]
fn colours_are_for_terminals_that_want_them() {
    let org = Org::new();
    let desk = desk(&org);
    let coloured = |set: &str| {
        let line = format!("{set} provision --instance-url {} verify", org.url);
        at_terminal(&desk, 80, &line).map(|shown| shown.contains("\u{1b}[3"))
    };
    for (set, expected) in [
        ("TERM=xterm-256color", true),
        ("TERM=xterm-256color NO_COLOR=1", false),
        ("TERM=xterm-256color CLICOLOR=0", false),
        ("TERM=dumb", false),
    ] {
        let Some(found) = coloured(set) else { return };
        assert_eq!(found, expected, "{set}");
    }
    let piped = shell(&desk, &format!("TERM=xterm provision --instance-url {} verify", org.url));
    assert!(!piped.out.contains('\u{1b}') && !piped.err.contains('\u{1b}'), "{piped}");
    let forced = format!("CLICOLOR_FORCE=1 provision --instance-url {} verify", org.url);
    assert!(shell(&desk, &forced).out.contains('\u{1b}'));
}
