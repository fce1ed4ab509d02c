//! Somebody else is at work in the org.

use serde_json::{Value, json};

use super::Bench;
use crate::Emulator;
use crate::metadata_api::tests::support::{archive, manifest};
use crate::soap::METADATA;

const RUNNING: &str = "SELECT Id, Status, CreatedBy.Name FROM DeployRequest WHERE Status IN ('Pending', 'InProgress')";

#[test]
fn a_deploy_waits_for_somebody_elses() {
    let seed = "[[changes.running]]\nTakes = \"4 polls\"\nUser = \"grace.hopper\"";
    let bench = Bench::seeded(seed, Emulator::builder());
    let running = bench.tooling(RUNNING).1;
    assert_eq!(running["records"][0]["Status"], "InProgress");
    assert_eq!(running["records"][0]["CreatedBy"]["Name"], "Grace Hopper");
    let zip = archive(&[("package.xml", &manifest(&[]))]);
    let body = format!(
        "<deploy><ZipFile>{zip}</ZipFile><DeployOptions><singlePackage>true</singlePackage>\
         </DeployOptions></deploy>"
    );
    let (_, text) = bench.soap("/services/Soap/m/68.0", METADATA, &body);
    let id = text.split_once("<id>").unwrap().1.split_once("</id>").unwrap().0;
    let path = format!("/services/data/v68.0/metadata/deployRequest/{id}");
    let status = || bench.get(&path)["deployResult"]["status"].clone();
    assert_eq!(status(), "Pending");
    let rows = bench.tooling(RUNNING).1;
    let statuses: Vec<&Value> =
        rows["records"].as_array().unwrap().iter().map(|row| &row["Status"]).collect();
    assert_eq!(statuses, ["InProgress", "Pending"]);
    assert_eq!(status(), "Succeeded");
    assert_eq!(bench.tooling(RUNNING).1["totalSize"], 0);
}

#[test]
fn an_install_waits_for_somebody_elses() {
    let bench = Bench::new(Emulator::builder());
    let running =
        json!({"Version": "04tUl000000VK45IAG", "Takes": "2 polls", "User": "alan.turing"});
    bench.change(&json!({"running": [running]}));
    let soql = "SELECT Status, CreatedBy.Username FROM PackageInstallRequest";
    let row = bench.tooling(soql).1["records"][0].clone();
    assert_eq!(row["Status"], "IN_PROGRESS");
    assert_eq!(row["CreatedBy"]["Username"], "alan.turing@northwind.example");
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let package = json!({"SubscriberPackageVersionKey": "04tHp000000wXcZIAU"});
    assert_eq!(bench.call("POST", path, Some(&package)).1[0]["errorCode"], "ALREADY_IN_PROCESS");
    assert_eq!(bench.tooling(soql).1["records"][0]["Status"], "SUCCESS");
    assert_eq!(bench.call("POST", path, Some(&package)).0, 201);
    let wrong = json!({"running": [{"Takes": "soon"}]});
    let path = format!("/_emulator/orgs/{}/world", bench.org);
    assert_eq!(bench.call("PATCH", &path, Some(&wrong)).0, 400);
}
