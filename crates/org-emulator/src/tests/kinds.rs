//! Every kind of org, told apart as clients do it.

use serde_json::{Value, json};

use super::Bench;
use crate::{Emulator, OrgKind};

const ORGANIZATION: &str = "SELECT Id, Name, InstanceName, IsSandbox, TrialExpirationDate, \
    NamespacePrefix, OrganizationType FROM Organization";

#[test]
fn each_kind_has_the_fields_that_tell_it() {
    for (kind, name, edition, sandbox, trial) in [
        (OrgKind::Production, "production", "Enterprise Edition", false, false),
        (OrgKind::Sandbox, "sandbox", "Enterprise Edition", true, false),
        (OrgKind::Scratch, "scratch", "Developer Edition", true, true),
        (OrgKind::Developer, "developer", "Developer Edition", false, false),
        (OrgKind::Trial, "trial", "Enterprise Edition", false, true),
    ] {
        let bench = Bench::new(Emulator::builder().kind(kind));
        let row = bench.query(ORGANIZATION)["records"][0].clone();
        assert_eq!(row["OrganizationType"], edition, "{name}");
        assert_eq!(row["IsSandbox"], sandbox, "{name}");
        assert_eq!(row["TrialExpirationDate"].is_string(), trial, "{name}: {row}");
        assert_eq!(row["NamespacePrefix"], Value::Null);
        assert_eq!(bench.announced()["orgs"][0]["kind"], name);
    }
}

#[test]
fn a_seed_file_says_which_kind_an_org_is() {
    let seed = json!({"organization": {
        "IsSandbox": false, "OrganizationType": "Professional Edition",
        "TrialExpirationDate": "2026-12-24T00:00:00.000+0000",
    }});
    let bench = Bench::seeded(&seed.to_string(), Emulator::builder());
    let soon = "SELECT OrganizationType FROM Organization WHERE TrialExpirationDate > TODAY";
    assert_eq!(bench.query(soon)["records"][0]["OrganizationType"], "Professional Edition");
    assert_eq!(bench.announced()["orgs"][0]["kind"], "trial");
}
