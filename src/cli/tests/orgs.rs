//! Which org a command is about, and with what it logs in.

use super::*;

#[test]
fn without_an_org_it_says_how_to_name_one() {
    assert_snapshot!(outcome("", &Surroundings::bare(), "plan"), @"
    ------- stderr -------
    error: No org is named.
      hint: Try it without an org: `provision --org demo`
      hint: For a real org, log in once with `provision login ALIAS`, then use --org ALIAS
      hint: Or use --instance-url URL with an access token in the environment variable PROVISION_ACCESS_TOKEN.
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
        ],
        "diagnostics": [
          {
            "severity": "error",
            "message": "There is no token for https://acme.example.",
            "hints": [
              "Put an access token into the environment variable PROVISION_ACCESS_TOKEN, for example from `sf org auth show-access-token`."
            ]
          }
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
fn an_alias_that_nobody_logged_in_under_says_how() {
    let line = "--org prod --state-dir FOLDER/s --config FOLDER/provision.toml";
    assert_snapshot!(outcome(LEAST, &Surroundings::bare(), line), @"
    ------- stderr -------
    error: There is no login for the org `prod`.
      hint: Log in: `provision --state-dir FOLDER/s login prod`
      hint: `provision --state-dir FOLDER/s orgs` lists your logins.
      hint: `FOLDER/provision.toml` has no table [orgs.prod] either. Check the spelling of the alias.
    [exit status: 4]
    ");
    let known = format!("{LEAST}[orgs.prod]\ninstance_url = \"https://acme.my.salesforce.com\"\n");
    assert_snapshot!(outcome(&known, &Surroundings::bare(), line), @"
    ------- stderr -------
    error: There is no login for the org `prod`.
      hint: Log in: `provision --state-dir FOLDER/s login prod`
      hint: `provision --state-dir FOLDER/s orgs` lists your logins.
    [exit status: 4]
    ");
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
fn an_alias_that_nobody_knows_is_told_before_what_is_wrong_in_the_configuration() {
    let wrong = format!("{LEAST}[user]\n[orgs.production]\n");
    for command in
        ["plan", "verify", "todo", "confirm softphone-layout", "doctor", "migrate --to webex-v2"]
    {
        let line =
            format!("{command} --config FOLDER/provision.toml --state-dir FOLDER --org prodution");
        let said = outcome(&wrong, &Surroundings::bare(), &line);
        assert!(said.contains("There is no login for the org `prodution`."), "{command}: {said}");
        assert!(said.contains("Did you mean --org production?"), "{command}: {said}");
        assert!(said.contains("[exit status: 4]") && !said.contains("CF002"), "{command}: {said}");
    }
}
