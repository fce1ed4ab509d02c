//! What people get wrong about an org, and what orgs lack: each error read as a person reads it,
//! and nothing changed in the org.

use insta::assert_snapshot;
use org_emulator::Emulator;
use provision::engine::Goal;
use provision::failure::Kind;
use serde_json::Value;

use crate::desk::Desk;
use crate::support::{Org, assert_nothing_to_do, assert_settled, demo};

const OFFERED: &str = "04tHp000000wXcZIAU";
const KEYED: &str = "04tHp000000wXcKIAU";
const OLD: &str = "04tHp000000wXcAIAU";

/// What a person reads on standard error when that configuration is refused with that code. The
/// org must be as it was.
#[track_caller]
fn refused(org: &Org, desk: &Desk, configuration: &str, code: i32) -> String {
    desk.write("provision.toml", configuration);
    let world = org.world();
    let mut command = desk.command(&["--instance-url", &org.url, "--output", "json"]);
    let output = command.output().expect("the program starts");
    let document: Value = serde_json::from_slice(&output.stdout).expect("one document");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(document["failure"]["message"].is_string(), "{document}");
    assert_eq!(document["run"], Value::Null, "a run that did not begin has no journal");
    assert_eq!(org.world(), world, "nothing may have changed");
    let progress = |line: &&str| !line.starts_with("Looking at") && !line.starts_with("Connected");
    said.lines().filter(progress).collect::<Vec<_>>().join("\n")
}

/// The same with the demo's configuration changed in one place.
#[track_caller]
fn refused_with(org: &Org, (right, wrong): (&str, &str), code: i32) -> String {
    let configuration = demo().replacen(right, wrong, 1);
    assert_ne!(configuration, demo(), "{right} is not in the demo's configuration");
    refused(org, &Desk::of(org), &configuration, code)
}

#[test]
fn an_id_that_is_no_package_versions() {
    let org = Org::new();
    org.forget_requests();
    assert_snapshot!(refused_with(&org, (OFFERED, "0334W000000ABCDEFG"), 2), @r#"
    error[CF005]: `package.version` is the id of a package, not of one of its versions:
                  `0334W000000ABCDEFG`.
     --> provision.toml:7:11
      |
    7 | version = "0334W000000ABCDEFG"
      |           ^^^^^^^^^^^^^^^^^^^^
      |
      = help: Copy the package's install link, or the id in it that begins with 04t. An org that has
              the package shows it too.
    "#);
    assert_eq!(org.requests(), Vec::<Value>::new(), "nothing is sent");
}

#[test]
fn a_package_version_that_does_not_exist() {
    let org = Org::new();
    assert_snapshot!(refused_with(&org, (OFFERED, "04tHp0000000000"), 2), @r#"
    error: This org cannot find the package version 04tHp0000000000.
     --> provision.toml:7:11
      |
    7 | version = "04tHp0000000000"
      |           ^^^^^^^^^^^^^^^^^
      |
      = help: Take the 04t id from the install link on AppExchange; a sandbox may not see a version
              that only production may install, and the reverse.
    "#);
}

#[test]
fn an_installation_key_that_is_missing_or_wrong() {
    let org = Org::new();
    assert_snapshot!(refused_with(&org, (OFFERED, KEYED), 5), @"
    error: Package version 04tHp000000wXcKIAU needs an installation key. The org says: An installation
           key is required to install this package.
      hint: Set the environment variable PROVISION_INSTALLATION_KEY to the key.
    ");
    let mut desk = Desk::of(&org);
    desk.key = Some("wrong'key\\".to_owned());
    let said = refused(&org, &desk, &demo().replace(OFFERED, KEYED), 5);
    assert!(!said.contains("wrong'key"), "{said}");
    assert_snapshot!(said, @"
    error: The installation key for package version 04tHp000000wXcKIAU is wrong. The org says: The
           installation key is invalid.
      hint: Correct the environment variable PROVISION_INSTALLATION_KEY.
    ");
    desk.key = Some("it's \\a key\\".to_owned());
    let right = desk.run(&["--instance-url", &org.url, "plan"]);
    assert!(right.exits(0).out.contains("1 package to install"), "{right}");
}

#[test]
fn a_package_version_older_than_the_installed_one() {
    let org = Org::new();
    org.apply(&demo());
    assert_snapshot!(refused_with(&org, (OFFERED, OLD), 5), @r#"
    error: The org has version 4.2 of "Webex Contact Center", and the configuration wants version 2.6.
      hint: Salesforce never installs an older version over a newer one: put the newer version's 04t id
            into the configuration.
    "#);
}

#[test]
fn an_org_without_open_cti() {
    let org = Org::from_file("seed = 1\n[features]\nCallCenter = false\n", Emulator::builder());
    assert_snapshot!(refused(&org, &Desk::of(&org), &demo(), 5), @r#"
    error: This org has no call centers: Open CTI is not available in it, or the calling user may not
           see it. The org says: sObject type 'CallCenter' is not supported
      hint: Newly created Agentforce Service orgs come without Open CTI, and Salesforce retires it on 28
            February 2028.
      hint: If Setup shows Call Centers here, the calling user needs "Manage Call Centers".
    "#);
}

#[test]
fn users_that_are_unknown_inactive_or_taken() {
    let org = Org::new();
    let unknown = ("[users]", "[users]\nusernames = [\"grace.hopper@northwind.exmple\"]");
    assert_snapshot!(refused_with(&org, unknown, 2), @r#"
    error: `users.usernames` names "grace.hopper@northwind.exmple", but this org has no such user.
      --> provision.toml:23:14
       |
    23 | usernames = ["grace.hopper@northwind.exmple"]
       |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: Usernames look like email addresses; in a sandbox they end in the sandbox's name.
    "#);
    let inactive = demo().replace(
        "[users]\nprofiles = [\"Contact Center Agent\"]",
        "[users]\nusernames = [\"agent9@northwind.example\"]",
    );
    let report = org.run(Goal::Plan, &inactive);
    let users = report.items.iter().find(|item| item.id.as_str() == "users").expect("the item");
    assert!(users.changes.is_empty());
    assert_snapshot!(
        users.notes[0].text(),
        @r#"Skipped, because they are inactive: "agent9@northwind.example"."#
    );
    let taken = Org::seeded(3);
    assert_snapshot!(refused(&taken, &Desk::of(&taken), &demo(), 5), @r#"
    error: One chosen user is in another vendor's call center, BrightCTI:
           "edsger.dijkstra@northwind.example.s3-1".
      hint: A user can be in only one call center. To move them, set on_conflict = "move" under [users];
            to leave them there, do not choose them.
    "#);
}

#[test]
fn profiles_and_record_types_that_do_not_exist() {
    let org = Org::new();
    assert_snapshot!(refused_with(&org, ("\"Standard User\"", "\"Standard Usr\""), 2), @r#"
    error: `task_layout.profiles` names the profile "Standard Usr", which this org does not have.
      --> provision.toml:37:37
       |
    37 | profiles = ["System Administrator", "Standard Usr", "Contact Center Agent"]
       |                                     ^^^^^^^^^^^^^^
       |
       = help: Did you mean "Standard User"?
       = help: Labels of standard profiles depend on the calling user's language; API names, such as
               Admin for System Administrator, do not.
    "#);
    let record_type = ("[task_layout]", "[task_layout]\nrecord_types = [\"Cisco_Webx\"]");
    assert_snapshot!(refused_with(&org, record_type, 2), @r#"
    error: `task_layout.record_types` names "Cisco_Webx", but Task has no such record type in this org.
      --> provision.toml:37:17
       |
    37 | record_types = ["Cisco_Webx"]
       |                 ^^^^^^^^^^^^
       |
       = help: Did you mean "Cisco_Webex"?
    "#);
}

#[test]
fn a_package_that_brings_no_task_layout() {
    let org = Org::new();
    let report = org.run(Goal::Apply, &demo().replace(OFFERED, OLD));
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Failed);
    assert_snapshot!([vec![failure.message()], failure.advice()].concat().join("\n"), @r#"
    2 things are wrong that provision cannot fix:
      - The package is installed, but this does not show in the org: the Task page layout "Webex Contact Center Task Layout".
      - The package is installed, but Task has no page layout "ciscocjs__Webex Contact Center Task Layout" in this org.
    Look at Setup > Installed Packages > View Components: an older version may not bring it, the calling user may lack access, or the version may be another product's.
    Look at Setup > Object Manager > Task > Page Layouts.
    "#);
    // What was done stays; a second run finds the same without beginning anything.
    let world = org.world();
    let again = org.run(Goal::Apply, &demo().replace(OFFERED, OLD));
    assert_eq!(again.failure.expect("a failure").kind, Kind::Failed);
    assert_eq!((again.run, org.world()), (None, world));
}

#[test]
fn awkward_names_come_through_every_api_unharmed() {
    let seed = "seed = 1\n[organization]\nName = \"O'Brien & \\\"Söhne\\\" <100%> — 営業_部\"\n\
                [users.\"grace.hopper@\"]\nDepartment = \"R&D's \\\"50%\\\" _x\\\\y Отдел\"\n";
    let org = Org::from_file(seed, Emulator::builder());
    let profiles = "[\"Sales & Service (EMEA)\", \"Оператор поддержки\", \"営業担当\", \
                    \"Night-Shift 100% Remote\", \"Partner's \\\"Gold\\\" Users\", \
                    \"Back_Office-Team / Tier 2\"]";
    let configuration = demo()
        .replace(
            "[users]\nprofiles = [\"Contact Center Agent\"]",
            &format!(
                "[users]\nprofiles = {profiles}\nwhere = \
                 \"\"\"Department = 'R&D\\\\'s \"50%\" _x\\\\\\\\y Отдел'\"\"\"\non_conflict = \"move\""
            ),
        )
        .replace("[task_layout]\nprofiles = [", "[task_layout]\nprofiles = [\n  # more\n  ")
        .replace("# more\n", &format!("{},\n", profiles.trim_matches(['[', ']'])))
        .replace(
            "[call_center.softphone]",
            "[call_center]\ndisplay_name = \"Desk <A&B> 'x' \\\"y\\\" 100% 東京\"\n\n\
             [call_center.softphone]",
        );
    let first = org.apply(&configuration);
    assert_settled(&first);
    let users = first.items.iter().find(|item| item.id.as_str() == "users").expect("the item");
    assert!(
        users.changes.iter().any(|change| change.subject.name.starts_with("grace.hopper@")),
        "{users:#?}"
    );
    let layouts =
        first.items.iter().find(|item| item.id.as_str() == "task-layout").expect("the item");
    for profile in ["営業担当", "Partner's \"Gold\" Users", "Night-Shift 100% Remote"] {
        assert!(layouts.changes.iter().any(|change| change.subject.name == profile), "{profile}");
    }
    assert!(org.world().to_string().contains("Desk <A&B> 'x' \\\"y\\\" 100% 東京"));
    assert_nothing_to_do(&org.apply(&configuration));
    assert_eq!(
        org.run(Goal::Verify, &configuration).failure.map(|failure| failure.message()),
        None
    );
}
