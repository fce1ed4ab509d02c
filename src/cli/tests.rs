//! Whole command lines that end before an org is called.

mod help;
mod reference;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use secrecy::SecretString;

use super::arguments::Arguments;
use super::context::Context;
use super::surroundings::Surroundings;
use super::trace::Tracing;
use super::{guarded, run_with};
use crate::view::Terminal;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap();
        anstream::adapter::strip_str(std::str::from_utf8(&bytes).unwrap()).to_string()
    }
}

/// What a command line leaves behind, in a folder with `provision.toml`.
fn outcome(configuration: &str, surroundings: &Surroundings, line: &str) -> String {
    // Where lines break must not depend on how long the folder's name is.
    let mut surroundings = surroundings.clone();
    surroundings.terminal.error.width = Some(400);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("provision.toml");
    std::fs::write(&file, configuration).unwrap();
    let at = |word: &str| word.replace("FOLDER", &folder.path().display().to_string());
    let words = std::iter::once("provision").chain(line.split(' '));
    let words: Vec<OsString> = words.map(|word| at(word).into()).collect();
    let (out, err) = (Kept::default(), Kept::default());
    let terminal =
        Terminal::new(surroundings.settings(), Box::new(out.clone()), Box::new(err.clone()));
    let code = run_with(words, &surroundings, &terminal);
    let text = format!("{}------- stderr -------\n{}[exit status: {code}]", out.text(), err.text());
    shortened(&text, folder.path())
}

fn shortened(text: &str, folder: &Path) -> String {
    text.replace(&folder.display().to_string(), "FOLDER")
}

fn with_token() -> Surroundings {
    let mut surroundings = Surroundings::bare();
    surroundings.access_token = Some(SecretString::from("canary"));
    surroundings
}

const LEAST: &str = "recipe = \"webex-v1\"\ndata_center = \"us1\"\n[package]\nversion = \
                     \"04tUl000000VK45IAG\"\n";

#[test]
fn without_an_org_it_says_how_to_name_one() {
    assert_snapshot!(outcome("", &Surroundings::bare(), "plan"), @"
    ------- stderr -------
    error: No org is named.
      hint: Try it without any org: provision --org demo
      hint: For a real one, log in once (provision login ALIAS), and name it: --org ALIAS
      hint: Or give its address with --instance-url URL and a token in the environment variable PROVISION_ACCESS_TOKEN.
    [exit status: 2]
    ");
}

#[test]
fn without_a_token_it_says_where_one_goes() {
    let line = "plan --instance-url https://acme.example --output json";
    assert_snapshot!(outcome("", &Surroundings::bare(), line), @r#"
        {
          "format": 1,
          "command": "plan",
          "org": null,
          "outcome": "unauthenticated",
          "items": [],
          "requests": 0,
          "polls": 0,
          "api_calls": 0,
          "duration_ms": 0,
          "run": null,
          "failure": {
            "kind": "authentication",
            "message": "There is no token for https://acme.example.",
            "hints": [
              "Put an access token into the environment variable PROVISION_ACCESS_TOKEN, for example from `sf org auth show-access-token`."
            ]
          }
        }
        ------- stderr -------
        error: There is no token for https://acme.example.
          hint: Put an access token into the environment variable PROVISION_ACCESS_TOKEN, for example from `sf org auth show-access-token`.
        [exit status: 4]
        "#);
}

#[test]
fn a_token_never_travels_in_the_clear() {
    let line =
        "--instance-url http://acme.example --state-dir FOLDER/s --config FOLDER/provision.toml";
    let text = outcome(LEAST, &with_token(), line);
    assert!(!text.contains("canary"));
    assert_snapshot!(text, @r#"
        ------- stderr -------
        error: The address "http://acme.example" cannot be used: plain http is allowed for this machine only; use https
          hint: An address looks like this: https://acme.my.salesforce.com
        [exit status: 2]
        "#);
}

#[test]
fn a_mistake_in_the_configuration_is_shown_where_it_is() {
    let wrong = LEAST.replace("data_center", "data_centre");
    let line =
        "verify --org demo --state-dir FOLDER/s --config FOLDER/provision.toml --output json";
    assert_snapshot!(outcome(&wrong, &Surroundings::bare(), line), @r#"
    {
      "format": 1,
      "command": "verify",
      "org": null,
      "outcome": "failed",
      "items": [],
      "requests": 0,
      "polls": 0,
      "api_calls": 0,
      "duration_ms": 0,
      "run": null,
      "failure": {
        "kind": "usage",
        "message": "FOLDER/provision.toml:2:1: The configuration has no key `data_centre`.\nFOLDER/provision.toml:1:1: `data_center` is missing: it says where the Webex Contact Center tenant is.",
        "hints": [
          "Did you mean `data_center`?",
          "Write for example: data_center = \"us1\""
        ]
      }
    }
    ------- stderr -------
    error: The configuration has no key `data_centre`.
     --> FOLDER/provision.toml:2:1
      |
    2 | data_centre = "us1"
      | ^^^^^^^^^^^
      |
      = help: Did you mean `data_center`?
      = help: Allowed here: `recipe`, `data_center`, `package`, `call_center`, `users`, `softphone_layout`, `task_layout`, `custom_metadata`, `omni_sync`, `permission_sets`, `webex`, `uninstall`, `orgs`.

    error: `data_center` is missing: it says where the Webex Contact Center tenant is.
    --> FOLDER/provision.toml
     = help: Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.
     = help: Write for example: data_center = "us1"
    [exit status: 2]
    "#);
}

#[test]
fn an_alias_that_nobody_logged_in_under_says_how() {
    let line = "--org prod --state-dir FOLDER/s --config FOLDER/provision.toml";
    assert_snapshot!(outcome(LEAST, &Surroundings::bare(), line), @"
    ------- stderr -------
    error: There is no login for the org `prod`.
      hint: Log in: provision login prod. `provision orgs` lists the logins that there are.
      hint: `FOLDER/provision.toml` has no table [orgs.prod] either: is the alias spelt right?
    [exit status: 4]
    ");
    let known = format!("{LEAST}[orgs.prod]\ninstance_url = \"https://acme.my.salesforce.com\"\n");
    assert_snapshot!(outcome(&known, &Surroundings::bare(), line), @"
    ------- stderr -------
    error: There is no login for the org `prod`.
      hint: Log in: provision login prod. `provision orgs` lists the logins that there are.
    [exit status: 4]
    ");
}

#[test]
fn state_needs_a_place() {
    assert_snapshot!(outcome("", &Surroundings::bare(), "runs"), @"
        ------- stderr -------
        error: There is no home directory, so there is no place for baselines and journals.
          hint: Name a folder with --state-dir DIR or PROVISION_STATE_DIR.
        [exit status: 2]
        ");
}

#[test]
fn runs_that_are_not_there() {
    let line = "runs --output json --state-dir FOLDER/none";
    assert_snapshot!(outcome("", &Surroundings::bare(), line), @r#"
        {
          "format": 1,
          "command": "runs",
          "org": null,
          "outcome": "done",
          "data": []
        }
        ------- stderr -------
        [exit status: 0]
        "#);
    let line = "runs show 01 --output json --state-dir FOLDER/none";
    assert_snapshot!(outcome("", &Surroundings::bare(), line), @r#"
        {
          "format": 1,
          "command": "runs show",
          "org": null,
          "outcome": "failed",
          "data": null,
          "failure": {
            "kind": "usage",
            "message": "No run's id begins with `01`.",
            "hints": [
              "`provision runs` lists them all."
            ]
          }
        }
        ------- stderr -------
        error: No run's id begins with `01`.
          hint: `provision runs` lists them all.
        [exit status: 2]
        "#);
}

#[test]
fn a_demo_that_was_never_used_is_reset_all_the_same() {
    let line = "demo reset --state-dir FOLDER/none";
    assert_snapshot!(outcome("", &Surroundings::bare(), line), @"
        The demo org is as new: nothing was done in it yet.
        ------- stderr -------
        [exit status: 0]
        ");
    let line = "demo reset --output jsonl --state-dir FOLDER/none";
    assert_snapshot!(outcome("", &Surroundings::bare(), line), @r#"
        {"format":1,"command":"demo reset","org":null,"outcome":"done","data":{"removed":false}}
        ------- stderr -------
        [exit status: 0]
        "#);
}

#[test]
fn a_misspelt_command_line_gets_no_document() {
    let line = "plan --instance-ur x --output json";
    assert_snapshot!(outcome("", &Surroundings::bare(), line), @"
        ------- stderr -------
        error: unexpected argument '--instance-ur' found

          tip: a similar argument exists: '--instance-url'

        Usage: provision plan --instance-url <URL>

        For more information, try '--help'.
        [exit status: 2]
        ");
}

#[test]
fn somebody_at_a_terminal_is_asked_or_says_yes_beforehand() {
    let mut surroundings = with_token();
    surroundings.terminal.input = true;
    let line =
        "--instance-url https://acme.example --state-dir FOLDER/s --config FOLDER/provision.toml";
    assert_snapshot!(outcome(LEAST, &surroundings, line), @"
        ------- stderr -------
        error: Nobody can be asked whether to make the changes: standard error does not go to the terminal.
          hint: Add --yes to make the planned changes without asking.
        [exit status: 5]
        ");
}

#[test]
fn settings_that_break_a_rule_are_shown_where_they_are() {
    let wrong = format!(
        "{LEAST}[call_center.screen_pop]\nadvanced = true\ncad_variable = \"cad_variable\"\n"
    );
    let line = "plan --org demo --state-dir FOLDER/s --config FOLDER/provision.toml";
    assert_snapshot!(outcome(&wrong, &Surroundings::bare(), line), @r#"
    ------- stderr -------
    error[CC010]: `call_center.screen_pop.advanced` is on, but `call_center.screen_pop.cad_variable` still has its placeholder `cad_variable`.
     --> FOLDER/provision.toml:6:12
      |
    6 | advanced = true
      |            ^^^^
    7 | cad_variable = "cad_variable"
      |                --------------
      |
      = help: Set `call_center.screen_pop.cad_variable` to the name of a variable of your flow.
    [exit status: 2]
    "#);
}

#[test]
fn a_mistake_in_the_program_still_ends_with_a_document() {
    let surroundings = Surroundings::bare();
    let (out, err) = (Kept::default(), Kept::default());
    let terminal =
        Terminal::new(surroundings.settings(), Box::new(out.clone()), Box::new(err.clone()));
    let words = ["provision", "verify", "--output", "json"].map(OsString::from);
    let Arguments { globals, command, .. } =
        Arguments::read(words, surroundings.settings().out).unwrap();
    let tracing = Tracing::default();
    let context =
        Context { globals, surroundings: &surroundings, terminal: &terminal, tracing: &tracing };
    let code = guarded(&context, command.name(), || panic!("a mistake, made to be caught"));
    assert_eq!(code, 70);
    let document: serde_json::Value = serde_json::from_str(&out.text()).unwrap();
    assert_eq!(document["command"], "verify");
    assert_eq!(document["failure"]["kind"], "bug");
    assert!(err.text().contains("This is a mistake in provision."), "{}", err.text());
}

#[test]
fn a_misspelt_alias_is_recognised() {
    let said = outcome(
        LEAST,
        &Surroundings::bare(),
        "plan --config FOLDER/provision.toml --state-dir FOLDER --org dmeo",
    );
    assert!(said.contains("Did you mean the emulator's org, --org demo?"), "{said}");
    let said = outcome(
        LEAST,
        &Surroundings::bare(),
        "plan --config FOLDER/provision.toml --state-dir FOLDER --org prod",
    );
    assert!(!said.contains("Did you mean"), "{said}");
    let said = outcome(
        &format!("{LEAST}[orgs.production]\ninstance_url = \"https://acme.my.salesforce.com\"\n"),
        &Surroundings::bare(),
        "plan --config FOLDER/provision.toml --state-dir FOLDER --org prodution",
    );
    assert!(said.contains("Did you mean --org production?"), "{said}");
}

#[test]
fn the_schema_is_json_and_nothing_else() {
    let text = outcome("", &Surroundings::bare(), "schema");
    let (schema, rest) = text.split_once("------- stderr -------\n").unwrap();
    assert_eq!(rest, "[exit status: 0]");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    assert_eq!(schema["title"], "provision.toml");
    let text = outcome("", &Surroundings::bare(), "schema --output jsonl");
    let document: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((&document["command"], &document["data"]), (&"schema".into(), &schema));
}

#[test]
fn a_file_is_judged_without_an_org() {
    let least = format!("{LEAST}[call_center.softphone]\nwidth = 300\n");
    assert_snapshot!(outcome(&least, &Surroundings::bare(), "lint FOLDER/provision.toml"), @"
    error[CC005]: `call_center.softphone.width` is `300`, but must be 500 or more.
     --> FOLDER/provision.toml:6:9
      |
    6 | width = 300
      |         ^^^

    FOLDER/provision.toml, a configuration: 1 error.
    Not checked without an org, but by `plan` and `apply`: CC020, CC022, CC033, CC041, CC060, CC070.
    ------- stderr -------
    [exit status: 2]
    ");
    assert_snapshot!(outcome(LEAST, &Surroundings::bare(), "lint --config FOLDER/provision.toml"), @"
    FOLDER/provision.toml, a configuration: nothing wrong.
    Not checked without an org, but by `plan` and `apply`: CC020, CC022, CC033, CC041, CC060, CC070.
    ------- stderr -------
    [exit status: 0]
    ");
    assert_snapshot!(outcome(LEAST, &Surroundings::bare(), "lint FOLDER/none.toml"), @"
    ------- stderr -------
    error: There is no file `FOLDER/none.toml`.
    [exit status: 2]
    ");
    assert_snapshot!(outcome(LEAST, &Surroundings::bare(), "lint FOLDER"), @"
    ------- stderr -------
    error: `FOLDER` is a folder.
      hint: Name one file of it.
    [exit status: 2]
    ");
}

#[test]
fn what_a_script_gets_of_a_file_is_as_contracted() {
    let least = format!("{LEAST}[call_center.softphone]\nwidth = 300\n");
    let text = outcome(&least, &Surroundings::bare(), "lint FOLDER/provision.toml --output json");
    assert_snapshot!(text, @r#"
    {
      "format": 1,
      "command": "lint",
      "file": "FOLDER/provision.toml",
      "kind": "config",
      "findings": [
        {
          "rule": "CC005",
          "severity": "error",
          "line": 6,
          "column": 9,
          "path": "call_center.softphone.width",
          "message": "`call_center.softphone.width` is `300`, but must be 500 or more."
        },
        {
          "rule": "CC020",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: An unknown caller is handled in one place, with an object that can be created."
        },
        {
          "rule": "CC022",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: Mapped fields exist and take what is written to them."
        },
        {
          "rule": "CC033",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: Live notes have a field of Task that takes text."
        },
        {
          "rule": "CC041",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: Automatic cases can be created."
        },
        {
          "rule": "CC060",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: State sync has a presence status and an idle code."
        },
        {
          "rule": "CC070",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: The namespace is that of the installed package."
        }
      ],
      "outcome": "findings"
    }
    ------- stderr -------
    [exit status: 2]
    "#);
    let text = outcome(LEAST, &Surroundings::bare(), "lint FOLDER/provision.toml --output jsonl");
    let document: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(document["outcome"], "ok");
    assert!(text.ends_with("[exit status: 0]"), "{text}");
}

#[test]
fn what_is_odd_in_a_configuration_is_shown_where_it_is() {
    let odd = format!(
        "{LEAST}[call_center]\nadapter_url = \"https://desktop.wxcc-eu1.cisco.com/\"\n\
         [custom_metadata.values]\ndata_center = \"EU1\"\n"
    );
    let line = "--instance-url http://127.0.0.1:1 --config FOLDER/provision.toml \
                --state-dir FOLDER/state plan";
    let text = outcome(&odd, &with_token(), line);
    let warnings = text.find("error:").map_or(&*text, |end| &text[..end]);
    assert_snapshot!(warnings, @r#"
    ------- stderr -------
    warning: `custom_metadata.values.data_center` may disagree with `data_center`: for `us1` the data centre is US1.
     --> FOLDER/provision.toml:8:15
      |
    2 | data_center = "us1"
      |               ----- the data centre
    ...
    8 | data_center = "EU1"
      |               ^^^^^
      |
      = help: Recordings play only where the three values name the tenant's data centre.

    warning[CC002]: `call_center.adapter_url` leads to the data centre `eu1`, but `data_center` is `us1`.
     --> FOLDER/provision.toml:6:15
      |
    2 | data_center = "us1"
      |               -----
    ...
    6 | adapter_url = "https://desktop.wxcc-eu1.cisco.com/"
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Agents sign in to a wrong data centre in vain: leave the address out.

    Looking at the org
    "#);
}

/// Devices have no end, and a pipe may never begin.
#[cfg(unix)]
#[test]
fn files_without_an_end_are_refused() {
    assert_snapshot!(outcome(LEAST, &with_token(), "--instance-url http://127.0.0.1:1 --config /dev/zero plan"), @"
    ------- stderr -------
    error: The configuration is larger than 1 MiB, which cannot be meant.
    --> /dev/zero
    [exit status: 2]
    ");
    assert_snapshot!(outcome(LEAST, &Surroundings::bare(), "lint /dev/zero"), @"
    error[CF001]: The configuration is larger than 1 MiB, which cannot be meant.
    --> /dev/zero

    /dev/zero, a configuration: 1 error.
    Not checked without an org, but by `plan` and `apply`: CC020, CC022, CC033, CC041, CC060, CC070.
    ------- stderr -------
    [exit status: 2]
    ");
    let device = format!("{LEAST}[call_center]\ndefinition = \"/dev/zero\"\n");
    assert_snapshot!(outcome(&device, &Surroundings::bare(), "lint FOLDER/provision.toml"), @r#"
    error[CF009]: The definition `/dev/zero` cannot be read: it is not a file.
     --> FOLDER/provision.toml:6:14
      |
    6 | definition = "/dev/zero"
      |              ^^^^^^^^^^^
      |
      = help: Allowed here: `2024-11`.
      = help: Paths are relative to the folder of the configuration.

    FOLDER/provision.toml, a configuration: 1 error.
    Not checked without an org, but by `plan` and `apply`: CC020, CC022, CC033, CC041, CC060, CC070.
    ------- stderr -------
    [exit status: 2]
    "#);
    assert_snapshot!(outcome(LEAST, &with_token(), "--instance-url http://127.0.0.1:1 --config FOLDER/provision.toml --state-dir FOLDER/state apply --yes /dev/zero"), @"
    ------- stderr -------
    error: `/dev/zero` is too large to be a saved plan.
    [exit status: 2]
    ");
}
