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
    assert_eq!(production.desired.region.name, "eu1");
    assert_eq!(production.desired.users.profiles, ["Agent"]);
    assert_eq!(value(&production, "softphone.height"), "700");
    let origin = &production.origins[&ItemKey::new("reqGeneralInfo", "reqSoftphoneHeight")];
    assert_eq!(origin.path, "orgs.production.call_center.softphone.height");
    assert_ne!(sandbox.hash, production.hash);
    assert_eq!(sandbox.hash, good(ORGS, None).hash);
    let misspelt = good(ORGS, Some("prodcution"));
    insta::assert_snapshot!(warnings(&misspelt), @r"
warning: The org `prodcution` has no table of its own here, but `production` has one.
  --> provision.toml:10:7
   |
10 | [orgs.production]
   |       ^^^^^^^^^^ not used in this run
   |
   = help: If the alias was misspelt, correct it: this run uses the general values.
");
}

#[test]
fn other_orgs_are_checked_too() {
    let text = format!("{HEAD}[orgs.a]\ndata_center = \"us11\"\n[orgs.b]\npackage.version = 4\n");
    let errors = load(&text, "provision.toml", Some("a"), &read).unwrap_err();
    let paths: Vec<_> = errors.mistakes.iter().map(|mistake| mistake.path.as_str()).collect();
    assert_eq!(paths, ["orgs.a.data_center", "orgs.b.package.version"]);
}

#[test]
fn what_one_org_alone_says_need_not_be_said_for_all() {
    let text = "data_center = \"us1\"\n[orgs.a]\npackage.version = \"04t5f000000WxCcAAK\"\n";
    assert!(load(text, "provision.toml", Some("a"), &read).is_ok());
    assert!(load(text, "provision.toml", None, &read).is_err());
}
