//! What is wrong or odd in a configuration, shown where it is.

use super::*;

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
        "message": "2 things are wrong in `FOLDER/provision.toml`:\n  - FOLDER/provision.toml:2:1: CF002: The configuration has no key `data_centre`.\n  - FOLDER/provision.toml:1:1: CF006: `data_center` is missing: it is where your Webex Contact Center tenant is.",
        "hints": [
          "Did you mean `data_center`?",
          "Allowed here: `recipe`, `data_center`, `package`, `call_center`, `users`, `softphone_layout`, `task_layout`, `custom_metadata`, `omni_sync`, `agent_access`, `permission_sets`, `webex`, `recipe_overrides`, `uninstall`, `confirmed`, `orgs`.",
          "Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.",
          "For example: data_center = \"us1\""
        ],
        "diagnostics": [
          {
            "code": "CF002",
            "severity": "error",
            "message": "The configuration has no key `data_centre`.",
            "place": {
              "path": "data_centre",
              "file": "FOLDER/provision.toml",
              "line": 2,
              "column": 1
            },
            "hints": [
              "Did you mean `data_center`?",
              "Allowed here: `recipe`, `data_center`, `package`, `call_center`, `users`, `softphone_layout`, `task_layout`, `custom_metadata`, `omni_sync`, `agent_access`, `permission_sets`, `webex`, `recipe_overrides`, `uninstall`, `confirmed`, `orgs`."
            ]
          },
          {
            "code": "CF006",
            "severity": "error",
            "message": "`data_center` is missing: it is where your Webex Contact Center tenant is.",
            "place": {
              "path": "data_center",
              "file": "FOLDER/provision.toml",
              "line": 1,
              "column": 1
            },
            "hints": [
              "Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.",
              "For example: data_center = \"us1\""
            ]
          }
        ]
      }
    }
    ------- stderr -------
    error[CF002]: The configuration has no key `data_centre`.
     --> FOLDER/provision.toml:2:1
      |
    2 | data_centre = "us1"
      | ^^^^^^^^^^^
      |
      = help: Did you mean `data_center`?
      = help: Allowed here: `recipe`, `data_center`, `package`, `call_center`, `users`, `softphone_layout`, `task_layout`, `custom_metadata`, `omni_sync`, `agent_access`, `permission_sets`, `webex`, `recipe_overrides`, `uninstall`, `confirmed`, `orgs`.

    error[CF006]: `data_center` is missing: it is where your Webex Contact Center tenant is.
    --> FOLDER/provision.toml
     = help: Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.
     = help: For example: data_center = "us1"
    [exit status: 2]
    "#);
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
    warning[CF010]: `custom_metadata.values.data_center` may disagree with `data_center`: for `us1` the data centre is US1.
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
      = help: Agents cannot sign in at the wrong data centre: leave the address out.

    Looking at the org
    "#);
}

/// Devices have no end, and a pipe may never begin.
#[cfg(unix)]
#[test]
fn files_without_an_end_are_refused() {
    assert_snapshot!(outcome(LEAST, &with_token(), "--instance-url http://127.0.0.1:1 --config /dev/zero plan"), @"
    ------- stderr -------
    error[CF001]: The configuration is larger than 1 MiB.
    --> /dev/zero
    [exit status: 2]
    ");
    assert_snapshot!(outcome(LEAST, &Surroundings::bare(), "lint /dev/zero"), @"
    error[CF001]: The configuration is larger than 1 MiB.
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
      = help: Allowed here: `2024-11`, `2026-04`.
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
