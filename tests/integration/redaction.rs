//! No secret is ever in anything that the program leaves behind: canaries are planted, every command
//! is run in every format, and all outputs and files are searched for them in every spelling.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use org_emulator::Emulator;
use serde_json::json;

use crate::desk::{Desk, Outcome};
use crate::secrets::{Search, files, secret_half};
use crate::support::{Org, demo};

/// An installation key with everything in it that some encoding writes differently.
const KEY: &str = "ké'y \"canary\\Kéy\" <&> 取+%/=";

/// A token that no org knows.
const WRONG_TOKEN: &str = "00DNxJ7C0000001MFA!AQwrongCanaryToken.x_y";

/// A key that opens nothing.
const WRONG_KEY: &str = "wrong'canary\"Schlüssel";

/// Every command that reaches an org or tells what was there, in an order in which each has
/// something to do. A new command is a line here.
const COMMANDS: [&str; 35] = [
    "plan",
    "plan --validate",
    "plan --save plan-FORMAT.json",
    "export exported-FORMAT",
    "export changes-FORMAT --changes",
    "apply",
    "runs show 01",
    "apply plan-FORMAT.json",
    "verify",
    "status",
    "doctor --verbose",
    "doctor --user Ada",
    "orgs",
    "confirm csp-allow-list",
    "confirm --print csp-allow-list",
    "confirm --forget csp-allow-list",
    "init --from-org --stdout",
    "init --from-org --force --config adopted.toml",
    "baseline",
    "baseline show --all",
    "baseline export baseline-FORMAT.json",
    "baseline import baseline-FORMAT.json --replace",
    "snapshot save snapshot-FORMAT.toml",
    "snapshot diff snapshot-FORMAT.toml",
    "snapshot restore snapshot-FORMAT.toml",
    "runs",
    "lint provision.toml",
    "schema",
    "undo",
    "undo --plan",
    "uninstall --abandon",
    "uninstall --plan",
    "uninstall --yes-delete-data Northwind",
    "uninstall --yes-delete-data ORG --export data-FORMAT",
    "status",
];

const FORMATS: [&str; 3] = ["text", "json", "jsonl"];

/// A desk, and what must not be found on it.
struct Watched {
    desk: Desk,
    search: Search,
    traces: usize,
    org_id: String,
}

impl Watched {
    fn new(org: &Org, key: &str) -> Self {
        let mut desk = Desk::of(org);
        desk.key = Some(key.to_owned());
        desk.write("provision.toml", &demo());
        let mut secrets = vec![KEY, WRONG_KEY, secret_half(WRONG_TOKEN)];
        for user in &org.announcement.orgs[0].users {
            secrets.push(secret_half(user.access_token.as_deref().expect("a token")));
            secrets.extend(user.refresh_token.as_deref());
        }
        let org_id = org.id.clone();
        Self { desk, search: Search::of(&secrets), traces: 0, org_id }
    }

    /// Runs a command with a trace, and searches what it says.
    #[track_caller]
    fn run(&mut self, org: &[&str], command: &str, format: &str) -> Outcome {
        self.traces += 1;
        let trace = format!("trace-{}.jsonl", self.traces);
        let command = command.replace("FORMAT", format);
        let mut words = org.to_vec();
        words.extend(["--output", format, "--trace", &trace]);
        let org_id = self.org_id.clone();
        words.extend(command.split_whitespace().map(|word| match word {
            "ORG" => org_id.as_str(),
            word => word,
        }));
        let outcome = self.desk.run(&words);
        self.search.nowhere_in(outcome.out.as_bytes(), &format!("the output of {command}"));
        self.search.nowhere_in(outcome.err.as_bytes(), &format!("the messages of {command}"));
        assert!(!matches!(outcome.code, None | Some(70)), "{command}: {outcome}");
        outcome
    }

    /// Searches all that was left behind, and gives back all traces.
    #[track_caller]
    fn search_files(&self, but: &dyn Fn(&Path) -> bool) -> String {
        self.search.nowhere_below(self.desk.folder(), but);
        let traces = (1..=self.traces).filter_map(|number| {
            let path = self.desk.folder().join(format!("trace-{number}.jsonl"));
            fs::read_to_string(path).ok()
        });
        traces.collect()
    }
}

/// An org whose package opens with the key only.
fn keyed() -> Org {
    let seed = json!({ "packages": { "04tHp000000wXcZIAU": { "InstallationKey": KEY } } });
    Org::from_file(&seed.to_string(), Emulator::builder())
}

#[test]
fn the_search_finds_a_secret_in_every_spelling() {
    let search = Search::of(&[KEY]);
    let envelope = BASE64_STANDARD.encode(format!("before {KEY} behind"));
    for text in [
        format!("x{KEY}x"),
        json!({ "key": KEY }).to_string(),
        json!({ "inner": json!({ "key": KEY }).to_string() }).to_string(),
        KEY.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        "k%C3%A9%27y%20%22canary%5CK%C3%A9y%22%20%3C%26%3E%20%E5%8F%96%2B%25%2F%3D".to_owned(),
        BASE64_STANDARD.encode(KEY),
        BASE64_STANDARD.encode(format!("a{KEY}")),
        envelope,
    ] {
        assert!(search.finds(text.as_bytes()).is_some(), "{text}");
    }
    assert_eq!(search.finds(b"InstallationKey = '***'"), None);
}

#[test]
fn no_command_lets_a_secret_out() {
    for format in FORMATS {
        let org = keyed();
        let mut watched = Watched::new(&org, KEY);
        for command in COMMANDS {
            if command == "uninstall --plan" {
                // People have worked with the package meanwhile, so that there is data to lose.
                let path = format!("orgs/{}/world", org.id);
                org.back_door_with("PATCH", &path, &json!({"tasks": 20}));
            }
            watched.run(&["--instance-url", &org.url], command, format);
        }
        let traces = watched.search_files(&|_| false);
        // The secrets were on their way, or nothing of this would prove anything.
        for masked in ["InstallationKey%20%3D%20%27***%27", r#""authorization":"***""#] {
            assert!(traces.contains(masked), "{masked} is in no trace");
        }
        assert!(traces.contains("PackageInstallRequest"), "the package was installed");
        assert!(traces.contains("UninstallRequest"), "the package was taken out");
        assert!(watched.desk.has(&format!("data-{format}/Task.csv")), "its data was kept");
    }
}

#[test]
fn no_refusal_lets_a_secret_out() {
    let org = keyed();
    for (token, key) in [(WRONG_TOKEN, KEY), (&*org.token, WRONG_KEY)] {
        let mut watched = Watched::new(&org, key);
        watched.desk.token = Some(token.to_owned());
        for (number, command) in COMMANDS.iter().enumerate() {
            // Each format has its share: a refusal takes the same way for all commands.
            watched.run(&["--instance-url", &org.url], command, FORMATS[number % FORMATS.len()]);
        }
        let traces = watched.search_files(&|_| false);
        assert!(traces.contains(r#""response":"#), "the org was asked");
    }
}

#[test]
fn no_fault_lets_a_secret_out() {
    let org = keyed();
    let quoted = KEY.replace('\\', "\\\\").replace('\'', "\\'");
    let told = format!("\nWHERE InstallationKey = '{quoted}' AND token {}\n ^", org.token);
    for (effect, times) in [
        (json!({"status": 400, "code": "MALFORMED_QUERY", "message": told}), 50),
        (json!({"status": 500, "code": "X", "message": format!("sid={}", org.token)}), 50),
        (json!({"expire_session": true}), 1),
        (json!({"html": 200}), 50),
        // Reads are sent again, so that a few are enough.
        (json!({"truncate": 20}), 3),
        (json!({"drop": "before"}), 3),
        (json!({"limit": true}), 50),
    ] {
        for skip in [0, 2] {
            let mut watched = Watched::new(&org, KEY);
            let script = json!({"faults": [
                {"match": {}, "skip": skip, "times": times, "effect": effect}
            ]});
            for (command, format) in [("plan", "text"), ("apply", "json"), ("status", "jsonl")] {
                org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), &script);
                watched.run(&["--instance-url", &org.url], command, format);
            }
            let traces = watched.search_files(&|_| false);
            assert!(traces.contains(r#""try":1"#), "the org was asked");
        }
    }
}

#[test]
fn a_token_that_was_typed_is_not_said_back() {
    let mut watched = Watched::new(&keyed(), KEY);
    for words in [
        &["--org", WRONG_TOKEN][..],
        &["--instance-url", WRONG_TOKEN],
        &["--config", WRONG_TOKEN],
        &["--org", "demo", "--ca-cert", WRONG_TOKEN],
    ] {
        for format in FORMATS {
            assert_ne!(watched.run(words, "plan", format).code, Some(0), "{words:?}");
        }
    }
    for command in [WRONG_TOKEN, "runs show ", "login "] {
        let command =
            if command == WRONG_TOKEN { command } else { &[command, WRONG_TOKEN].concat() };
        watched.run(&[], command, "text");
    }
}

#[test]
fn the_demo_keeps_its_tokens_in_its_own_file() {
    let desk = Desk::new();
    let org_id = "00D000000000001".to_owned();
    let mut watched = Watched { desk, search: Search(Vec::new()), traces: 0, org_id };
    watched.run(&["--org", "demo"], "apply", "text");
    let demo = watched.desk.state().join("demo");
    // The emulated org itself, which a real one keeps at Salesforce: its store, not the client's.
    let world = |file: &Path| file.starts_with(&demo);
    let stored: String = files(&demo)
        .iter()
        .map(|file| String::from_utf8_lossy(&fs::read(file).expect("a file")).into_owned())
        .collect();
    let token = |at: usize| {
        let rest = &stored[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c));
        &rest[..end.unwrap_or(rest.len())]
    };
    let tokens: Vec<&str> =
        stored.match_indices('!').map(|(at, _)| token(at)).filter(|it| it.len() > 20).collect();
    assert!(!tokens.is_empty(), "the demo org has tokens");
    watched.search = Search::of(&tokens);
    for (number, command) in COMMANDS.iter().enumerate() {
        watched.run(&["--org", "demo"], command, FORMATS[number % FORMATS.len()]);
    }
    assert!(watched.search_files(&world).contains(r#""authorization":"***""#));
}
