//! The command line itself, and how a command ends.

use std::time::{Duration, SystemTime};

use super::*;

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
        error: Cannot ask for approval: standard error is not a terminal.
          hint: Add --yes to apply the planned changes without asking.
        [exit status: 5]
        ");
}

#[test]
fn a_secret_that_is_typed_as_a_word_is_not_shown() {
    let secret = "9f3c51d0a7b24e6f8c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7";
    for line in
        ["login webex acme WORD", "login uat WORD", "login webex WORD acme", "login a WORD b"]
    {
        let text = outcome("", &Surroundings::bare(), &line.replace("WORD", secret));
        assert!(!text.contains("9f3c51d0"), "{text}");
        assert!(
            text.contains("Usage: provision login") && text.ends_with("[exit status: 2]"),
            "{text}"
        );
    }
    // Elsewhere, only what is known to be one.
    let mut surroundings = Surroundings::bare();
    let line = format!("orgs default acme {secret}");
    assert!(outcome("", &surroundings, &line).contains(secret));
    surroundings.webex_client_secret = Some(SecretString::from(secret));
    let text = outcome("", &surroundings, &line);
    assert!(!text.contains("9f3c51d0") && text.contains("unexpected argument '***'"), "{text}");
}

#[test]
fn no_command_runs_by_a_clock_that_no_record_can_hold() {
    let surroundings = Surroundings::bare();
    let run = |now| {
        let (out, err) = (Kept::default(), Kept::default());
        let terminal =
            Terminal::new(surroundings.settings(), Box::new(out.clone()), Box::new(err.clone()));
        let words = ["provision", "schema"].map(OsString::from);
        (run_at(now, words, &surroundings, &terminal), out.text(), err.text())
    };
    let (code, out, err) = run(SystemTime::UNIX_EPOCH - Duration::from_secs(86_400));
    assert_eq!((code, out.as_str()), (5, ""));
    assert!(err.contains("clock is not between the years 1970 and 9999"), "{err}");
    let (code, out, _) = run(SystemTime::now());
    assert!(code == 0 && !out.is_empty());
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
    assert!(err.text().contains("This is a bug in provision."), "{}", err.text());
}
