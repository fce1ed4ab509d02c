//! What people read, at three widths: kept as snapshots, no line wider than it may be, and nothing cut.
//!
//! `INSTA_UPDATE=always cargo test --test integration screens` writes them anew; read the difference
//! aloud.

mod painted;
mod questions;
mod steady;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use provision::config;
use serde_json::json;

use self::steady::{steady, without_cost};

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
        let line = self
            .org_id
            .as_ref()
            .map_or_else(|| line.to_owned(), |id| line.replace(id, "00D000000000001AAA"));
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
    screens.show("--org demo-v2 plan", 0);
    screens.show("--org demo-v2 --yes", 0);
    // A deploy that the org refuses: what failed, what was rolled back with it, and what to do.
    let fails = json!({"fail_deploy": {"component": "Admin", "problem": "Layout is locked"}});
    let faults = json!({"faults": [{"match": {}, "times": 1, "effect": fails}]});
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), &faults);
    screens.desk.token = Some(org.token.clone());
    screens.org_id = Some(org.id.clone());
    screens.show("--org uat --config uat.toml --yes", 1);
    // A row that the org rejects, among others that it takes.
    let refusal = json!({"status": 400, "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Not on Fridays"});
    let faults = json!({"faults": [{
        "match": {"object": "User", "record": "alan.turing@"}, "times": 1, "effect": refusal,
    }]});
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), &faults);
    screens.show("--org uat --config uat.toml --yes", 1);
    screens.desk.run(&["--org", "uat", "--config", "uat.toml", "--yes"]).exits(0);
    screens.show("--org uat --config uat.toml migrate --to webex-v2 --plan", 0);
    let taller = screens.desk.read("uat.toml").replace("height = 600", "height = 700");
    screens.desk.write("uat.toml", &taller);
    screens.show("--org uat --config uat.toml --yes", 0);
    screens.show("--org uat --config uat.toml undo --yes", 0);
    screens.show(&format!("--org uat --config uat.toml uninstall --yes-delete-data {}", org.id), 0);
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

/// What is red, green and yellow: the plan of a new org, one that takes something away, and what differs.
#[test]
fn in_colours() {
    let desk = Desk::new();
    desk.write("taller.toml", &otherwise("height = 600", "height = 700"));
    let others = "profiles = [\"Standard User\"]\non_conflict = \"move\"";
    desk.write("others.toml", &otherwise("profiles = [\"Contact Center Agent\"]", others));
    let file = config::built_in_demo_file("desktop_layout.json").expect("the demo's layout");
    desk.write("desktop_layout.json", &String::from_utf8(file).expect("UTF-8"));
    let mut text = String::new();
    for line in [
        "--org demo plan",
        "--org demo --yes",
        "--org demo",
        "--org demo --config others.toml plan",
        "--org demo --config taller.toml verify",
        "--org demo doctor",
        "--org demo uninstall --plan",
        "--org nowhere plan",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let mut command = desk.command(&words);
        command.env("COLUMNS", "100").env("LANG", "C.UTF-8").env("CLICOLOR_FORCE", "1");
        let outcome = Outcome::of(command.output().expect("the program starts"));
        let painted = painted::in_words(&outcome.out);
        let error = outcome.err.lines().skip_while(|line| !line.contains("error"));
        let error = painted::in_words(&error.collect::<Vec<_>>().join("\n"));
        let shown = steady(&without_cost(&format!("{painted}{error}")));
        writeln!(text, "\n━━━ provision {line}\n{}", shown.trim_end()).expect("a text");
    }
    insta::assert_snapshot!("in_colours", text);
}

/// `docs/run.svg` is a recording: `scripts/record` makes it anew where this fails.
#[test]
fn the_recording_in_the_readme_shows_what_people_see() {
    let picture = include_str!("../../docs/run.svg");
    let last = picture.rsplit("<g id=\"p").next().expect("a picture");
    let lines = last.split("</text>").map(|line| {
        let pieces =
            line.split('<').map(|piece| piece.rsplit_once('>').map_or("", |(_, text)| text));
        let text = pieces.collect::<String>();
        text.replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    });
    let desk = Desk::new();
    let mut shown = String::new();
    for arguments in ["--org demo --yes", "--org demo", "--org demo verify"] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let mut command = desk.command(&words);
        command.env("COLUMNS", "92").env("LANG", "C.UTF-8");
        shown += &Outcome::of(command.output().expect("the program starts")).out;
    }
    let bare = |line: &str| steady(line).split_whitespace().collect::<String>();
    let shown: Vec<String> = without_cost(&shown).lines().map(bare).collect();
    let is_typed = |line: &str| line.starts_with('$') || line.contains("requests,");
    let gone: Vec<String> = lines
        .filter(|line| !line.trim().is_empty() && !is_typed(line))
        .filter(|line| !shown.contains(&bare(line)))
        .collect();
    assert!(shown.len() > 20 && gone.is_empty(), "no longer shown:\n{}", gone.join("\n"));
}
