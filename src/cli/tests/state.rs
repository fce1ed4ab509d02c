//! The state directory and the runs in it.

use super::*;

#[test]
fn state_needs_a_place() {
    assert_snapshot!(outcome("", &Surroundings::bare(), "runs"), @"
        ------- stderr -------
        error: There is no home directory to keep baselines and journals in.
          hint: Give a folder with --state-dir DIR or PROVISION_STATE_DIR.
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
          "`provision --state-dir FOLDER/none runs` lists them all."
        ],
        "diagnostics": [
          {
            "severity": "error",
            "message": "No run's id begins with `01`.",
            "hints": [
              "`provision --state-dir FOLDER/none runs` lists them all."
            ]
          }
        ]
      }
    }
    ------- stderr -------
    error: No run's id begins with `01`.
      hint: `provision --state-dir FOLDER/none runs` lists them all.
    [exit status: 2]
    "#);
}

#[test]
fn a_demo_that_was_never_used_is_reset_all_the_same() {
    let line = "demo reset --state-dir FOLDER/none";
    assert_snapshot!(outcome("", &Surroundings::bare(), line), @"
        The demo org is already empty.
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
