//! What people read, at three widths: kept as snapshots, no line wider than it may be, and nothing cut.
//!
//! `INSTA_UPDATE=always cargo test --test integration screens` writes them anew; read the difference
//! aloud.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use provision::config;
use serde_json::json;

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo};

/// A word that no terminal of that width can hold, or a line that is there to be copied.
fn may_be_wider(line: &str, width: usize) -> bool {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let is_command = text.starts_with("provision ")
        || text.starts_with("Journal: provision ")
        || text.contains("`provision ");
    // Lines of a file are shown as they are.
    let is_source = text.split_once(" | ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    let widest = text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    is_command || is_source || indent + widest + BESIDE > width
}

/// What may stand before a long word on its line: a sign, an arrow, a number.
const BESIDE: usize = 11;

/// What differs from run to run, with as many characters in its place.
fn steady(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("127.0.0.1:") {
        let (before, after) = rest.split_at(at + "127.0.0.1:".len());
        out.push_str(before);
        let digits = after.len() - after.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        out.push_str(&"0".repeat(digits));
        rest = &after[digits..];
    }
    out.push_str(rest);
    dated(&out)
}

/// Days and times of day, and ids of runs, which are made of time.
fn dated(text: &str) -> String {
    let is_day = |word: &str| {
        let parts: Vec<&str> = word.split('-').collect();
        parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok())
    };
    let is_time = |word: &str| {
        word.len() == 5
            && word.as_bytes()[2] == b':'
            && word.replace(':', "").parse::<u32>().is_ok()
    };
    let is_id = |word: &str| {
        matches!(word.len(), 8 | 32)
            && word.starts_with("01")
            && word.chars().all(|it| it.is_ascii_hexdigit())
    };
    let plain = |word: &str| word.trim_matches([',', '.', '`', '(', ')']).to_owned();
    let replaced = |word: &str| {
        let bare = plain(word);
        if bare.is_empty() {
            return word.to_owned();
        }
        let stands = match () {
            () if is_day(&bare) && bare.len() == 10 => "2026-01-02".to_owned(),
            () if is_time(&bare) => "03:04".to_owned(),
            // Calls that are left of a day's.
            () if bare.len() == 5 && bare.starts_with("9999") => "99990".to_owned(),
            () if is_id(&bare) => "0".repeat(bare.len()),
            () => return word.to_owned(),
        };
        word.replace(&bare, &stands)
    };
    let line = |line: &str| line.split(' ').map(replaced).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The text without what a run has cost, which is another time every time.
fn without_cost(text: &str) -> String {
    let is_cost = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        words.len() > 1 && words[0].parse::<u32>().is_ok() && words[1].starts_with("request")
    };
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        if !inside && is_cost(line) {
            out.push_str("(requests and times)\n");
            inside = true;
        }
        if !inside {
            out.push_str(line);
            out.push('\n');
        }
        inside &= !line.ends_with('.');
    }
    out
}

/// The screens of a person who follows the way from nothing to nothing, at one width.
struct Screens {
    desk: Desk,
    width: usize,
    text: String,
    /// An org whose id is another one every time.
    org_id: Option<String>,
}

impl Screens {
    fn type_in(&self, line: &str) -> Outcome {
        let words: Vec<&str> = line.split(' ').collect();
        let mut command = self.desk.command(&words);
        command.env("COLUMNS", self.width.to_string()).env("LANG", "C.UTF-8").env("TZ", "UTC");
        Outcome::of(command.output().expect("the program starts"))
    }

    /// Logs in to an org by its token, as pipelines do.
    fn log_in(&mut self, org: &Org) {
        let arguments =
            ["login", "uat", "--login-url", &org.url, "--access-token-stdin", "--vault", "none"];
        let mut command = self.desk.command(&arguments);
        let mut login = command
            .env("COLUMNS", self.width.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut stdin = login.stdin.take().expect("its standard input");
        stdin.write_all(org.token.as_bytes()).expect("the token is typed");
        drop(stdin);
        assert!(login.wait().expect("the end of it").success());
    }

    /// Types a line, checks what it shows, and keeps it.
    fn show(&mut self, line: &str, code: i32) {
        let outcome = self.type_in(line);
        outcome.exits(code);
        // What is told on the way is a log: one line an event, whatever the width.
        let begins = |line: &str| line.starts_with("error");
        let error: Vec<&str> = outcome.err.lines().skip_while(|line| !begins(line)).collect();
        let error = error.join("\n");
        let mut shown = steady(&without_cost(&format!("{}{error}", outcome.out)));
        if let Some(id) = &self.org_id {
            shown = shown.replace(id, "00D000000000001AAA");
        }
        self.fits(line, &shown);
        writeln!(self.text, "\n━━━ provision {line}\n{}", shown.trim_end()).expect("a text");
    }

    /// Types a line and checks what it shows, which is another text every time.
    fn look(&self, line: &str) {
        let outcome = self.type_in(line);
        outcome.exits(0);
        self.fits(line, &outcome.out);
    }

    fn fits(&self, line: &str, shown: &str) {
        let wide =
            |line: &&str| line.chars().count() > self.width && !may_be_wider(line, self.width);
        let wide: Vec<&str> = shown.lines().filter(wide).collect();
        assert!(wide.is_empty(), "wider than {} in `{line}`:\n{}", self.width, wide.join("\n"));
        let cut = |line: &&str| {
            // The only dots that are meant: an id and an address that somebody has to fill in.
            line.replace("04t…", "").replace("https://…", "").contains(['…'])
        };
        let cut: Vec<&str> = shown.lines().filter(cut).collect();
        assert!(cut.is_empty(), "cut in `{line}`:\n{}", cut.join("\n"));
    }
}

/// The demo's configuration with other words in the place of some.
fn otherwise(from: &str, to: &str) -> String {
    let demo = config::built_in_demo();
    assert!(demo.contains(from), "{from} is in the demo's configuration");
    demo.replacen(from, to, 1)
}

fn screens(width: usize) -> String {
    let desk = Desk::new();
    desk.write(
        "wrong.toml",
        &otherwise(
            "[call_center.softphone]\nheight = 600",
            "[call_center.softphone]\nheight = \"600\"\nwitdh = 3",
        ),
    );
    desk.write(
        "unknown.toml",
        &otherwise(
            "profiles = [\"Contact Center Agent\"]",
            "profiles = [\"Contact Centre Agent\"]",
        ),
    );
    desk.write("uat.toml", &demo());
    desk.write("taller.toml", &otherwise("height = 600", "height = 700"));
    desk.write(
        "others.toml",
        &otherwise(
            "profiles = [\"Contact Center Agent\"]",
            "profiles = [\"Standard User\"]\non_conflict = \"move\"",
        ),
    );
    let file = config::built_in_demo_file("desktop_layout.json").expect("the demo's layout");
    desk.write("desktop_layout.json", &String::from_utf8(file).expect("UTF-8"));
    let mut screens = Screens { desk, width, text: String::new(), org_id: None };
    screens.show("init", 0);
    screens.show("lint wrong.toml", 2);
    screens.show("--org demo plan", 0);
    screens.show("--org demo plan --full", 0);
    screens.show("--org demo --config unknown.toml plan", 2);
    screens.show("--org demo --yes", 0);
    screens.show("--org demo", 0);
    screens.show("--org demo --config taller.toml verify", 3);
    screens.show("--org demo --config others.toml plan", 0);
    screens.show("--org demo doctor", 0);
    screens.show("--org demo doctor --user alan.turing@northwind.example", 3);
    screens.show("--org demo status", 0);
    screens.show("--org demo todo", 0);
    screens.show("--org demo baseline show", 0);
    screens.show("--org demo undo --plan", 0);
    screens.show("--org demo uninstall --plan", 0);
    let org = Org::new();
    screens.log_in(&org);
    screens.show("orgs", 0);
    screens.look("runs");
    screens.look("baseline show");
    screens.look("runs show 01");
    // A deploy that the org refuses: what failed, what was rolled back with it, and what to do.
    let fails = json!({"fail_deploy": {"component": "Admin", "problem": "Layout is locked"}});
    let faults = json!({"faults": [{"match": {}, "times": 1, "effect": fails}]});
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), &faults);
    screens.desk.token = Some(org.token.clone());
    screens.org_id = Some(org.id.clone());
    screens.show("--org uat --config uat.toml --yes", 1);
    screens.text
}

#[test]
fn at_50_columns() {
    insta::assert_snapshot!("at_50_columns", screens(50));
}

#[test]
fn at_80_columns() {
    insta::assert_snapshot!("at_80_columns", screens(80));
}

#[test]
fn at_120_columns() {
    insta::assert_snapshot!("at_120_columns", screens(120));
}
