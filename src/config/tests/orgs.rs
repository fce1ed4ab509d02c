//! What differs by org.

use super::*;
use crate::model::ItemKey;

const ORGS: &str = r#"data_center = "us1"
[package]
version = "04t5f000000WxCcAAK"
[call_center.softphone]
height = 600
[users]
profiles = ["Agent", "Lead"]
[orgs.sandbox]
login = "https://test.salesforce.com"
[orgs.production]
protected = true
data_center = "eu1"
call_center.softphone.height = 700
users.profiles = ["Agent"]
"#;

#[test]
fn an_orgs_table_is_laid_over_the_rest() {
    let sandbox = good(ORGS, Some("sandbox"));
    assert!(!sandbox.protected);
    assert_eq!(sandbox.login.as_deref(), Some("https://test.salesforce.com"));
    assert_eq!(value(&sandbox, "softphone.height"), "600");
    let production = good(ORGS, Some("production"));
    assert!(production.protected);
    assert_eq!(production.desired.connectors[0].region.name, "eu1");
    assert_eq!(production.desired.connectors[0].users.profiles, ["Agent"]);
    assert_eq!(value(&production, "softphone.height"), "700");
    let origin = &production.origins[&ItemKey::new("reqGeneralInfo", "reqSoftphoneHeight")];
    assert_eq!(origin.path, "orgs.production.call_center.softphone.height");
    assert_ne!(sandbox.hash, production.hash);
    assert_eq!(sandbox.hash, good(ORGS, None).hash);
    let misspelt = good(ORGS, Some("prodcution"));
    insta::assert_snapshot!(warnings(&misspelt), @"
    warning[CF010]: The org `prodcution` has no table of its own here, but `production` has one.
      --> provision.toml:10:7
       |
    10 | [orgs.production]
       |       ^^^^^^^^^^ not used in this run
       |
       = help: If you misspelled the alias, correct it: this run uses the general values.
    ");
}

#[test]
fn other_orgs_are_checked_too() {
    let text = format!("{HEAD}[orgs.a]\ndata_center = \"us11\"\n[orgs.b]\npackage.version = 4\n");
    let errors = load(&text, "provision.toml", Some("a"), &read).unwrap_err();
    let paths: Vec<_> =
        errors.diagnostics.iter().map(|mistake| mistake.excerpt().unwrap().path.as_str()).collect();
    assert_eq!(paths, ["orgs.a.data_center", "orgs.b.package.version"]);
}

#[test]
fn what_one_org_alone_says_need_not_be_said_for_all() {
    let text = "data_center = \"us1\"\n[orgs.a]\npackage.version = \"04t5f000000WxCcAAK\"\n";
    assert!(load(text, "provision.toml", Some("a"), &read).is_ok());
    assert!(load(text, "provision.toml", None, &read).is_err());
}

#[test]
fn what_contradicts_itself_is_shown_at_both_places() {
    let of_one_address = "[orgs.a]\ninstance_url = \"https://acme.my.salesforce.com\"\n\
                          [orgs.b]\ninstance_url = \"https://ACME.my.salesforce.com/\"\n";
    insta::assert_snapshot!(wrong_after_head(of_one_address), @r#"
    error[CF007]: `orgs.a.instance_url` and `orgs.b.instance_url` are the same address.
     --> provision.toml:7:16
      |
    5 | instance_url = "https://acme.my.salesforce.com"
      |                -------------------------------- the other org
    6 | [orgs.b]
    7 | instance_url = "https://ACME.my.salesforce.com/"
      |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: One org has one table: remove one of the two, or correct its address.
    "#);
    let access = "[omni_sync]\nprofiles = [\"Agent\"]\n\
                  [orgs.a.omni_sync]\naccess = \"permission-set\"\n";
    let errors = load(&format!("{HEAD}{access}"), "provision.toml", Some("a"), &read).unwrap_err();
    insta::assert_snapshot!(draw(&errors.diagnostics, Style::default()), @r#"
    error[CF007]: `omni_sync.profiles` has no effect: access comes from a permission set, which every
                  user chosen under `[users]` gets.
     --> provision.toml:5:1
      |
    5 | profiles = ["Agent"]
      | ^^^^^^^^
    6 | [orgs.a.omni_sync]
    7 | access = "permission-set"
      |          ---------------- the permission set
      |
      = help: Remove it, or write access = "profiles".
    "#);
    let item = "[call_center.softphone]\nheight = 600\n\
                [orgs.a.call_center.values]\n\"reqGeneralInfo/reqSoftphoneHeight\" = \"700\"\n";
    let errors = load(&format!("{HEAD}{item}"), "provision.toml", Some("a"), &read).unwrap_err();
    insta::assert_snapshot!(draw(&errors.diagnostics, Style::default()), @r#"
    error[CF007]: `call_center.softphone.height` and
                  `orgs.a.call_center.values."reqGeneralInfo/reqSoftphoneHeight"` set the same item of
                  the call center, reqGeneralInfo/reqSoftphoneHeight.
     --> provision.toml:7:1
      |
    5 | height = 600
      | ------ and here
    6 | [orgs.a.call_center.values]
    7 | "reqGeneralInfo/reqSoftphoneHeight" = "700"
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ set here
      |
      = help: Keep one of the two.
    "#);
}
