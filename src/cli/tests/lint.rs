//! Files that are judged by themselves.

use super::*;

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
          "message": "`call_center.softphone.width` is `300`, but must be 500 or more.",
          "hints": []
        },
        {
          "rule": "CC020",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: An unknown caller is handled in one place, with an object that can be created.",
          "hints": []
        },
        {
          "rule": "CC022",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: Mapped fields exist and take what is written to them.",
          "hints": []
        },
        {
          "rule": "CC033",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: Live notes have a field of Task that takes text.",
          "hints": []
        },
        {
          "rule": "CC041",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: Automatic cases can be created.",
          "hints": []
        },
        {
          "rule": "CC060",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: State sync has a presence status and an idle code.",
          "hints": []
        },
        {
          "rule": "CC070",
          "severity": "not-checked",
          "line": null,
          "column": null,
          "path": "",
          "message": "Not checked without an org: The namespace is that of the installed package.",
          "hints": []
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
