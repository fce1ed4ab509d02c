//! The heart of the checklist, as a client would do it: one API changes what the others show.

use std::io::Write;

use serde_json::{Value, json};

use super::Bench;
use crate::*;

const CALL_CENTER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<CallCenter xmlns="http://soap.sforce.com/2006/04/metadata">
    <adapterUrl>https://desktop.wxcc-us1.cisco.com/</adapterUrl>
    <displayName>Desktop</displayName>
    <displayNameLabel>Display Name</displayNameLabel>
    <internalNameLabel>InternalName</internalNameLabel>
    <sections>
        <items><label>CTI Adapter URL</label><name>reqAdapterUrl</name>
            <value>https://desktop.wxcc-us1.cisco.com/</value></items>
        <items><label>Use CTI API</label><name>reqUseApi</name><value>true</value></items>
        <label>General</label>
        <name>reqGeneralInfo</name>
    </sections>
</CallCenter>"#;

const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Profile xmlns="http://soap.sforce.com/2006/04/metadata">
    <layoutAssignments>
        <layout>Task-ciscocjs__Webex Contact Center Task Layout</layout>
    </layoutAssignments>
    <layoutAssignments>
        <layout>Task-ciscocjs__Webex Contact Center Task Layout</layout>
        <recordType>Task.Cisco_Webex</recordType>
    </layoutAssignments>
</Profile>"#;

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types><members>WebexDesktop</members><name>CallCenter</name></types>
    <types><members>Admin</members><name>Profile</name></types>
    <version>68.0</version>
</Package>"#;

fn archive() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("package.xml", MANIFEST),
        ("callCenters/WebexDesktop.callCenter", CALL_CENTER),
        ("profiles/Admin.profile", PROFILE),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::DEFAULT).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn deploy(bench: &Bench) -> Value {
    let options = json!({"deployOptions": {"singlePackage": true, "rollbackOnError": true}});
    let form = reqwest::multipart::Form::new()
        .part(
            "entity_content",
            reqwest::multipart::Part::text(options.to_string())
                .mime_str("application/json")
                .unwrap(),
        )
        .part(
            "file",
            reqwest::multipart::Part::bytes(archive())
                .file_name("deploy.zip")
                .mime_str("application/zip")
                .unwrap(),
        );
    let url = format!("{}/services/data/v68.0/metadata/deployRequest", bench.emulator.url());
    bench.runtime.block_on(async {
        let request = bench.client.post(url).bearer_auth(&bench.token).multipart(form);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 201);
        response.json().await.unwrap()
    })
}

#[test]
fn package_call_center_layout_and_users() {
    let options = Emulator::builder().deploy_time(JobTime::Polls(2));
    let bench = Bench::new(options);
    let install = json!({
        "SubscriberPackageVersionKey": "04tHp000000wXcZIAU", "SecurityType": "Full",
    });
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    assert_eq!(bench.call("POST", path, Some(&install)).0, 201);

    let before = bench.world();
    let id = deploy(&bench)["id"].as_str().unwrap().to_owned();
    assert_eq!(bench.world(), before, "a deploy changes nothing before it has run");
    let path = format!("/services/data/v68.0/metadata/deployRequest/{id}?includeDetails=true");
    let running = bench.get(&path);
    assert_eq!(running["deployResult"]["done"], false, "{running}");
    let (_, requests) = bench.tooling("SELECT Id, Status FROM DeployRequest");
    assert_eq!(requests["records"][0]["Status"], "InProgress");
    let done = bench.get(&path);
    assert_eq!(done["deployResult"]["status"], "Succeeded", "{done}");

    let found = bench.query("SELECT Id, Name FROM CallCenter WHERE InternalName = 'WebexDesktop'");
    let center = &found["records"][0];
    assert_eq!(center["Name"], "Desktop");
    let users = bench.query(
        "SELECT Id FROM User WHERE Profile.Name = 'Contact Center Agent' AND IsActive = true",
    );
    let records: Vec<Value> = users["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| {
            json!({"attributes": {"type": "User"}, "id": user["Id"], "CallCenterId": center["Id"]})
        })
        .collect();
    let body = json!({"allOrNone": false, "records": records});
    let (_, rows) = bench.call("PATCH", "/services/data/v68.0/composite/sobjects", Some(&body));
    assert!(rows.as_array().unwrap().iter().all(|row| row["success"] == true));

    let after = bench.world();
    assert_eq!(after["users"]["grace.hopper@northwind.example"]["CallCenterId"], Value::Null);
    assert_eq!(after["users"]["alan.turing@northwind.example"]["CallCenterId"], "WebexDesktop");
    assert_eq!(after["call_centers"]["WebexDesktop"]["Sections"][0]["Name"], "reqGeneralInfo");
    // Two cells of the administrators' row moved, and no other.
    let cells = |world: &Value| world["profile_layouts"].as_object().unwrap().clone();
    let (old, new) = (cells(&before), cells(&after));
    assert_eq!(old.len(), new.len());
    let moved: Vec<&String> =
        new.iter().filter(|(cell, row)| old[*cell] != **row).map(|(cell, _)| cell).collect();
    assert_eq!(moved, ["Task / Admin / -", "Task / Admin / Task.Cisco_Webex"]);
}
