//! The command line itself, and how a command ends.

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
