//! Installs and deploys that fail, are refused, or are seen late.

use serde_json::{Value, json};

use super::{METADATA_PATH, any, bench};
use crate::metadata_api::tests::support::{archive, manifest};
use crate::soap::METADATA;
use crate::tests::Bench;
use crate::*;

impl Bench {
    fn install(&self) -> (u16, Value) {
        let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
        let body = json!({"SubscriberPackageVersionKey": "04tHp000000wXcZIAU"});
        self.call("POST", path, Some(&body))
    }

    /// Deploys a permission set.
    fn deploy(&self) -> (u16, String) {
        let set = format!(
            "<PermissionSet xmlns=\"{METADATA}\"><hasActivationRequired>false\
             </hasActivationRequired><label>Agents</label></PermissionSet>"
        );
        let zip = archive(&[
            ("package.xml", &manifest(&[("PermissionSet", "Agents")])),
            ("permissionsets/Agents.permissionset", &set),
        ]);
        let body = format!(
            "<deploy><ZipFile>{zip}</ZipFile><DeployOptions><rollbackOnError>true\
             </rollbackOnError><singlePackage>true</singlePackage></DeployOptions></deploy>"
        );
        self.soap(METADATA_PATH, METADATA, &body)
    }

    /// The outcome of the last deploy.
    fn deployed(&self) -> Value {
        let jobs = self.get(&format!("/_emulator/orgs/{}/jobs", self.org));
        jobs["deploys"].as_array().unwrap().last().unwrap()["outcome"].clone()
    }
}

#[test]
fn an_install_fails_once_and_then_succeeds() {
    let bench = bench(&any(&json!({"fail_install": "Apex compile failure"})));
    let before = bench.world();
    let (status, made) = bench.install();
    assert_eq!(status, 201, "{made}");
    assert_eq!(bench.last()["fault"], "fail_install");
    let path = format!(
        "/services/data/v68.0/tooling/sobjects/PackageInstallRequest/{}",
        made["id"].as_str().unwrap()
    );
    let job = bench.get(&path);
    assert_eq!(job["Status"], "ERROR");
    assert_eq!(job["Errors"]["errors"][0]["message"], "Apex compile failure");
    assert_eq!(bench.world(), before);
    let (_, made) = bench.install();
    let path = path.rsplit_once('/').unwrap().0;
    assert_eq!(bench.get(&format!("{path}/{}", made["id"].as_str().unwrap()))["Status"], "SUCCESS");
}

#[test]
fn a_deploy_fails_at_a_component_and_leaves_nothing() {
    for (component, kind) in
        [("Agents", "PermissionSet"), ("PermissionSet", "PermissionSet"), ("Elsewhere", "")]
    {
        let failure = json!({"component": component, "problem": "The org says no"});
        let bench = bench(&any(&json!({"fail_deploy": failure})));
        let before = bench.world();
        assert_eq!(bench.deploy().0, 200);
        assert_eq!(bench.last()["fault"], "fail_deploy");
        let outcome = bench.deployed();
        assert_eq!(outcome["status"], "Failed");
        let failures = &outcome["details"]["componentFailures"];
        assert_eq!(failures[0]["problem"], "The org says no", "{failures}");
        assert_eq!(failures[0]["componentType"], kind);
        assert_eq!(bench.world(), before);
        assert_eq!(bench.deploy().0, 200);
        assert_eq!(bench.deployed()["status"], "Succeeded");
    }
}

#[test]
fn a_locked_setup_takes_no_install_and_no_deploy() {
    let bench = bench(&json!([{"times": 2, "effect": {"lock": true}}]));
    let (status, answer) = bench.install();
    assert_eq!((status, &answer[0]["errorCode"]), (400, &json!("ALREADY_IN_PROCESS")));
    let (status, text) = bench.deploy();
    assert_eq!(status, 500);
    assert!(text.contains("<faultcode>sf:ALREADY_IN_PROCESS</faultcode>"), "{text}");
    let jobs = bench.get(&format!("/_emulator/orgs/{}/jobs", bench.org));
    assert_eq!(jobs, json!({"installs": [], "uninstalls": [], "deploys": []}));
}

#[test]
fn a_deploy_that_lags_is_still_finished() {
    let bench = Bench::new(Emulator::builder().deploy_time(JobTime::Polls(1)));
    bench.faults(&any(&json!({"lag": 2})));
    let (_, text) = bench.deploy();
    let id = text.split_once("<id>").unwrap().1.split_once("</id>").unwrap().0;
    let status = format!("/services/data/v68.0/metadata/deployRequest/{id}");
    assert_eq!(bench.get(&status)["deployResult"]["status"], "Succeeded");
    let sets = "SELECT Id FROM PermissionSet WHERE Name = 'Agents'";
    assert_eq!(bench.query(sets)["totalSize"], 0);
    assert_eq!(bench.query(sets)["totalSize"], 0);
    assert_eq!(bench.query(sets)["totalSize"], 1);
}
