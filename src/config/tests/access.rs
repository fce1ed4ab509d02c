//! `[omni_sync]` and `[permission_sets]`.

use super::*;
use crate::model::OmniAccess;

#[test]
fn access_comes_from_a_permission_set_unless_profiles_are_named() {
    let access = |text: &str| after_head(text).desired.connectors[0].omni_sync.access.clone();
    assert_eq!(access(""), OmniAccess::PermissionSet);
    assert_eq!(access("[omni_sync]\naccess = \"permission-set\"\n"), OmniAccess::PermissionSet);
    let agents = OmniAccess::Profiles(vec!["Agent".to_owned()]);
    assert_eq!(access("[omni_sync]\nprofiles = [\"Agent\"]\n"), agents);
    assert_eq!(access("[omni_sync]\naccess = \"profiles\"\nprofiles = [\"Agent\"]\n"), agents);
}

#[test]
fn statuses_and_permission_sets_are_lists_that_count() {
    let text =
        "[omni_sync]\npresence_statuses = [\"Lunch\"]\n[permission_sets]\nassign = [\"A\"]\n";
    let loaded = after_head(text);
    assert_eq!(loaded.desired.connectors[0].omni_sync.presence_statuses, ["Lunch"]);
    assert_eq!(loaded.desired.connectors[0].permission_sets, ["A"]);
    assert_ne!(loaded.hash, after_head("").hash);
    assert_ne!(loaded.hash, after_head(&text.replace("Lunch", "Busy")).hash);
    assert_eq!(after_head("[omni_sync]\n[permission_sets]\n").hash, after_head("").hash);
}

#[test]
fn what_does_not_go_together_is_told() {
    let text = "[omni_sync]\naccess = \"permission-set\"\nprofiles = [\"Agent\"]\n";
    insta::assert_snapshot!(wrong_after_head(text), @r#"
    error[CF007]: `omni_sync.profiles` has no effect: access comes from a permission set, which every
                  user chosen under `[users]` gets.
     --> provision.toml:6:1
      |
    5 | access = "permission-set"
      |          ---------------- the permission set
    6 | profiles = ["Agent"]
      | ^^^^^^^^
      |
      = help: Remove it, or write access = "profiles".
    "#);
    insta::assert_snapshot!(wrong_after_head("[omni_sync]\naccess = \"profiles\"\n"), @r#"
    error[CF006]: `omni_sync.access` is "profiles", but no profiles are named.
     --> provision.toml:5:10
      |
    5 | access = "profiles"
      |          ^^^^^^^^^^
      |
      = help: For example: profiles = ["Contact Center Agent"]
    "#);
}

#[test]
fn settings_of_the_call_center_are_sent_there() {
    let text = "[omni_sync]\nenabled = true\nprofile = []\n";
    insta::assert_snapshot!(wrong_after_head(text), @"
    error[CF002]: `omni_sync` has no key `enabled`.
     --> provision.toml:5:1
      |
    5 | enabled = true
      | ^^^^^^^
      |
      = help: Allowed here: `access`, `profiles`, `presence_statuses`.
      = help: It is a setting of the call center: write `enabled` under `[call_center.omni_sync]`.

    error[CF002]: `omni_sync` has no key `profile`.
     --> provision.toml:6:1
      |
    6 | profile = []
      | ^^^^^^^
      |
      = help: Did you mean `profiles`?
      = help: Allowed here: `access`, `profiles`, `presence_statuses`.
    ");
    insta::assert_snapshot!(wrong_after_head("[permission_sets]\nassigned = [\"A\"]\n"), @r#"
    error[CF002]: `permission_sets` has no key `assigned`.
     --> provision.toml:5:1
      |
    5 | assigned = ["A"]
      | ^^^^^^^^
      |
      = help: Did you mean `assign`?
      = help: Allowed here: `assign`.
    "#);
}
