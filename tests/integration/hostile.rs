//! Names and words of an org that mean harm to a terminal: whatever the program writes, to a terminal
//! or into a pipe, has none of it.

use org_emulator::Emulator;
use serde_json::json;

use crate::desk::Desk;
use crate::support::{Org, demo};

/// A title for the window, a cleared screen, hidden text, a line written over, C1, another direction.
const HARM: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[8m\rowned\u{9b}2J\u{90}q\u{202e}dedrawkcab";

/// Names in the org, as a seed file has them.
fn seed() -> String {
    let harm = serde_json::to_string(HARM).expect("text");
    // TOML escapes as JSON does, but for what JSON leaves as it is and TOML forbids.
    let harm = harm.replace('\u{9b}', "\\u009b").replace('\u{90}', "\\u0090");
    let name = harm.trim_matches('"');
    format!(
        "seed = 1\n[organization]\nName = \"Org {name}\"\n[users.\"grace.hopper@\"]\n\
         LastName = \"Hopper {name}\"\n"
    )
}

/// Every command that tells of the org, in an order in which each has something to say.
const COMMANDS: [&[&str]; 20] = [
    &["plan"],
    &["doctor", "--verbose"],
    &["doctor", "--user", "Grace"],
    &["status"],
    &["apply", "--yes"],
    &["verify"],
    &["runs"],
    &["runs", "show", "01"],
    &["baseline"],
    &["baseline", "show", "--all"],
    &["baseline", "export", "-"],
    &["snapshot", "save", "-"],
    &["snapshot", "save", "s.toml"],
    &["snapshot", "diff", "s.toml"],
    &["init", "--from-org", "--stdout"],
    &["orgs"],
    &["uninstall", "--plan"],
    &["lint", "wrong.toml"],
    &["plan", "--config", "wrong.toml"],
    &["plan", "--config", "nobody.toml"],
];

fn desk(org: &Org) -> Desk {
    let desk = Desk::of(org);
    desk.write("provision.toml", &demo());
    // What is wrong by itself, and a name that the org lacks; both quote what they are about.
    let escaped = "\\u001b]0;owned\\u0007\\u001b[2J\\u001b[8m\\rowned\\u009b2J\\u202edrawkcab";
    desk.write("wrong.toml", &format!("\"{escaped}\" = 1\ndata_center = \"{escaped}\"\n"));
    let nobody = demo().replacen("profiles = [", &format!("profiles = [\"{escaped}\", "), 1);
    assert_ne!(nobody, demo(), "the demo's configuration names profiles");
    desk.write("nobody.toml", &nobody);
    desk
}

/// What is harmful in a pipe: everything but text.
fn harmful(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter != '\n' && letter != '\t' && (letter.is_control() || turns)
}

#[track_caller]
fn is_clean(what: &str, text: &str) {
    let found = text.char_indices().find(|(_, letter)| harmful(*letter));
    if let Some((at, letter)) = found {
        let before: String = text[..at].chars().rev().take(60).collect();
        let before: String = before.chars().rev().collect();
        unreachable!("{what}: {letter:?} behind {before:?}");
    }
}

#[test]
fn nothing_harmful_reaches_a_pipe() {
    let org = Org::from_file(&seed(), Emulator::builder());
    for format in ["text", "json", "jsonl"] {
        let desk = desk(&org);
        let mut seen = String::new();
        for command in COMMANDS {
            let line = [command, &["--instance-url", &org.url, "--output", format]].concat();
            let outcome = desk.run(&line);
            assert!(outcome.code.is_some_and(|code| code < 70), "{line:?}\n{outcome}");
            is_clean(&format!("{command:?} {format}, standard output"), &outcome.out);
            is_clean(&format!("{command:?} {format}, standard error"), &outcome.err);
            seen += &outcome.out;
            seen += &outcome.err;
        }
        assert!(
            seen.contains("owned"),
            "nothing of what means harm was shown, so nothing is proven"
        );
    }
}

#[test]
fn the_orgs_refusals_are_harmless_too() {
    let org = Org::new();
    for (matched, command) in [
        (json!({ "operation": "query" }), "plan"),
        (json!({ "path": "tooling" }), "status"),
        (json!({ "method": "POST" }), "apply"),
    ] {
        for format in ["text", "json", "jsonl"] {
            org.put(
                "faults",
                &json!({ "faults": [{
                "match": matched, "times": 50,
                "effect": { "status": 400, "code": "UNKNOWN_EXCEPTION", "message": HARM },
            }] }),
            );
            let desk = desk(&org);
            let line = [command, "--yes", "--instance-url", &org.url, "--output", format];
            let outcome = desk.run(&line);
            is_clean(&format!("{command} {format}, standard output"), &outcome.out);
            is_clean(&format!("{command} {format}, standard error"), &outcome.err);
        }
    }
    org.put("faults", &json!({ "faults": [] }));
}

/// At a terminal the program moves the cursor itself, so that what was planted is looked for.
#[test]
fn nothing_harmful_reaches_a_terminal() {
    let org = Org::from_file(&seed(), Emulator::builder());
    let desk = desk(&org);
    let mut seen = String::new();
    for command in COMMANDS {
        for format in ["text", "json"] {
            let line = [command, &["--instance-url", &org.url, "--output", format]].concat();
            let Some(screen) = desk.at_terminal(&line) else {
                eprintln!("skipped: this machine has no `script` to lend a terminal");
                return;
            };
            for planted in ["\u{1b}]", "\u{7}", "\u{1b}[2J", "\u{1b}[8m", "\rowned", "\u{202e}"] {
                assert!(!screen.contains(planted), "{line:?} shows {planted:?}:\n{screen:?}");
            }
            let c1 = screen.chars().find(|letter| ('\u{80}'..='\u{9f}').contains(letter));
            assert_eq!(c1, None, "{line:?}:\n{screen:?}");
            seen += &screen;
        }
    }
    assert!(seen.contains("owned"), "nothing of what means harm was shown, so nothing is proven");
}
