//! A configuration to begin with.

use insta::assert_snapshot;

use crate::desk::Desk;

#[test]
fn a_newcomer_gets_a_file_that_is_right_and_never_loses_one() {
    let desk = Desk::new();
    let without = desk.run(&["--instance-url", "https://acme.example", "plan"]);
    without.exits(4);
    assert_snapshot!(desk.run(&["init"]), @"
    Wrote provision.toml. Fill in the 4 places marked >>>.
    Next: Check it with `provision lint provision.toml`, log in (see `provision help login`), then run
          `provision --org ALIAS plan` to see what would change.
    ------- stderr -------
    [exit status: Some(0)]
    ");
    let written = desk.read("provision.toml");
    assert_eq!(written.matches("\n# >>> ").count(), 4);
    let plan = desk.run(&["--org", "demo", "--config", "provision.toml", "plan"]);
    plan.exits(2);
    assert!(plan.err.contains("still the placeholder of a new configuration"), "{plan}");
    assert!(plan.err.contains("cannot find the package version 04t000000000000AAA"), "{plan}");

    desk.write("provision.toml", "# mine");
    assert_snapshot!(desk.run(&["init"]), @"
    ------- stderr -------
    error: `provision.toml` already exists and was not changed.
      hint: Choose another file with --config FILE, or overwrite this one with --force.
      hint: To print it instead, add --stdout.
    [exit status: Some(2)]
    ");
    assert_eq!(desk.read("provision.toml"), "# mine");
    desk.run(&["init", "--force"]).exits(0);
    assert_eq!(desk.read("provision.toml"), written);
    desk.run(&["init", "--config", "none/b.toml"]).exits(2);
}

#[test]
fn a_file_that_is_not_there_is_said_with_the_way_to_one() {
    let mut desk = Desk::new();
    desk.token = Some("00D000000000001!x".to_owned());
    let outcome = desk.run(&["--instance-url", "https://acme.example", "plan"]);
    assert_snapshot!(outcome, @"
    ------- stderr -------
    error: There is no `provision.toml` in the current folder.
      hint: Create one: `provision init`
      hint: Or choose another file with --config FILE.
      hint: Or try it without any: `provision --org demo`
    [exit status: Some(2)]
    ");
}

#[test]
fn it_can_be_looked_at_without_a_file() {
    let desk = Desk::new();
    let printed = desk.run(&["init", "--stdout"]);
    let document = desk.run(&["init", "--stdout", "--output", "json"]).exits(0).json();
    assert_eq!(document["data"]["text"], printed.exits(0).out);
    assert!(document["data"]["file"].is_null() && document["org"].is_null(), "{document}");
    assert!(!desk.has("provision.toml"));
}
