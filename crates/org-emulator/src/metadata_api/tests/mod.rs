//! Answers of the Metadata API, each checked against the official schema where it is there.

mod crud;
mod quick;
mod retrieve;
mod round_trip;
pub(crate) mod support;

use serde_json::{Value, json};

use self::support::{archive, ask, call, deploy, manifest, org, shared, text, validate, world};
use crate::OrgKind;
use crate::clock::JobTime;
use crate::metadata_api::{self, queue};
use crate::org::Org;
use crate::soap::METADATA;
use crate::soap::xml;
use crate::world::World;

/// An org with its newest package installed.
fn installed() -> Org {
    let mut world = world(OrgKind::Sandbox);
    install(&mut world);
    org(world, JobTime::default())
}

/// Brings the content of the newest Webex package into a world.
pub(crate) fn install(world: &mut World) {
    let versions = world.package_versions.iter();
    let newest = versions
        .filter(|version| version.namespace_prefix.as_deref() == Some("ciscocjs"))
        .max_by_key(|version| version.order())
        .unwrap();
    let content = newest.content.clone();
    world.unpack(content);
}

#[test]
fn every_answer_is_valid() {
    let mut org = installed();
    let members = [("Profile", "Nobody"), ("CallCenter", "*"), ("PermissionSet", "*")];
    let set = format!("<PermissionSet xmlns=\"{METADATA}\"><label>Own</label></PermissionSet>");
    let files = [
        ("package.xml", manifest(&members)),
        ("callCenters/A.callCenter", "<CallCenter/>".to_owned()),
        ("permissionsets/Own.permissionset", set),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, content)| (*path, content.as_str())).collect();
    let result = deploy(&mut org, &files, &json!({}));
    let id = result["id"].as_str().unwrap().to_owned();
    let zip = archive(&files);
    let record = org
        .world()
        .custom_metadata_types
        .iter()
        .find_map(|kind| Some(kind.record_full_name(kind.visible_records().next()?)))
        .unwrap();
    let list = |kinds: &[&str]| {
        let types = kinds.join("</type></queries><queries><type>");
        format!("<listMetadata><queries><type>{types}</type></queries></listMetadata>")
    };
    let read = |kind: &str, name: &str| {
        format!(
            "<readMetadata><type>{kind}</type><fullNames>{name}</fullNames><fullNames>Nowhere\
             </fullNames></readMetadata>"
        )
    };
    let mut asked = vec![
        list(&["ApexClass", "CallCenter", "CustomApplication"]),
        list(&["CustomField", "CustomMetadata", "CustomObject"]),
        list(&["InstalledPackage", "Layout", "PermissionSet"]),
        list(&["Profile", "RecordType", "ReportFolder"]),
        list(&["Report"]),
        list(&["Nonsense"]),
    ];
    asked.extend([
        read("Profile", "Admin"),
        read("CustomMetadata", &record),
        read("RecordType", "Task.Cisco_Webex"),
        read("CustomApplication", "ciscocjs__Webex_Contact_Center"),
        read("PermissionSet", "Call_Recording_Review"),
        read("CallCenter", &org.world().call_centers[0].internal_name),
        read("ApexClass", "x"),
        read("InstalledPackage", "ciscocjs"),
        read("Layout", &org.world().layouts[0].full_name()),
        read("CustomObject", "Task"),
        read("CustomField", "Task.ciscocjs__Region__c"),
        read("ReportFolder", "ciscocjs__Webex_Reports"),
        "<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>".to_owned(),
        format!("<deploy><ZipFile>{zip}</ZipFile><DeployOptions/></deploy>"),
        format!(
            "<checkDeployStatus><asyncProcessId>{id}</asyncProcessId><includeDetails>true\
             </includeDetails></checkDeployStatus>"
        ),
        format!("<checkDeployStatus><asyncProcessId>{id}</asyncProcessId></checkDeployStatus>"),
        format!("<cancelDeploy><id>{id}</id></cancelDeploy>"),
        "<cancelDeploy><String>x</String></cancelDeploy>".to_owned(),
        "<retrieve/>".to_owned(),
        "<retrieve><retrieveRequest><apiVersion>66.0</apiVersion></retrieveRequest></retrieve>"
            .to_owned(),
        "<nonsense/>".to_owned(),
    ]);
    let answers: Vec<(String, String)> = asked
        .iter()
        .enumerate()
        .map(|(number, asked)| (format!("{number}.xml"), text(&ask(&mut org, asked))))
        .collect();
    for (number, (_, answer)) in answers.iter().enumerate() {
        assert!(xml::parse(answer).is_ok(), "{}: {answer}", asked[number]);
    }
    // What is not there is a nil record in real answers, against their own schema.
    let nil = "<records xsi:nil=\"true\"/>";
    assert!(answers.iter().any(|(_, answer)| answer.contains(nil)));
    let lawful: Vec<_> =
        answers.into_iter().map(|(name, answer)| (name, answer.replace(nil, ""))).collect();
    validate(&["soap"], &lawful);
}

#[test]
fn rest_results_are_valid() {
    let mut org = installed();
    let package = manifest(&[("CallCenter", "*"), ("Profile", "Nobody")]);
    let files = [("package.xml", package.as_str()), ("callCenters/A.callCenter", "<CallCenter/>")];
    let failed = deploy(&mut org, &files, &json!({}));
    assert_eq!(failed["status"], "Failed");
    validate(&["json", "--type", "DeployResult"], &[("r.json".into(), failed.to_string())]);
}

#[test]
fn managed_layouts_are_listed_without_their_namespace() {
    let mut org = installed();
    let answer =
        text(&ask(&mut org, "<listMetadata><queries><type>Layout</type></queries></listMetadata>"));
    assert!(answer.contains("<fullName>Task-Webex Contact Center Task Layout</fullName>"));
    assert!(!answer.contains("Task-ciscocjs__"));
    assert!(answer.contains("<manageableState>installed</manageableState>"));
    assert!(answer.contains("<namespacePrefix>ciscocjs</namespacePrefix>"));
}

#[test]
fn what_is_too_much_or_unknown_is_refused() {
    let mut org = installed();
    let query = "<queries><type>Layout</type></queries>";
    let name = "<fullNames>x</fullNames>";
    for (asked, code) in [
        (format!("<listMetadata>{}</listMetadata>", query.repeat(4)), "EXCEEDED_ID_LIMIT"),
        (
            format!("<readMetadata><type>Profile</type>{}</readMetadata>", name.repeat(11)),
            "EXCEEDED_ID_LIMIT",
        ),
        ("<readMetadata><type>Foo</type></readMetadata>".into(), "INVALID_TYPE"),
        ("<checkDeployStatus/>".into(), "INVALID_CROSS_REFERENCE_KEY"),
    ] {
        let answer = ask(&mut org, &asked);
        assert_eq!(answer.status, 500);
        let body = text(&answer);
        assert!(body.contains(&format!("<faultcode>sf:{code}</faultcode>")), "{body}");
        assert!(body.contains(&format!("<faultstring>{code}: ")), "{body}");
    }
    let many =
        format!("<readMetadata><type>CustomMetadata</type>{}</readMetadata>", name.repeat(200));
    assert_eq!(ask(&mut org, &many).status, 200);
    assert_eq!(
        text(&ask(&mut org, "<listMetadata><queries><type>Report</type></queries></listMetadata>"))
            .matches("<result>")
            .count(),
        0
    );
}

#[test]
fn metadata_needs_a_permission() {
    let mut org = installed();
    let user = org
        .world()
        .users
        .iter()
        .find(|user| !org.world().may(&user.id, crate::world::access::Act::UseMetadata))
        .map(|user| user.id.clone())
        .unwrap();
    let mut call = call(&mut org);
    call.user = user;
    let body = support::envelope(
        METADATA,
        "<readMetadata><type>Profile</type><fullNames>Admin</fullNames></readMetadata>",
    );
    let answer = metadata_api::soap(&mut call, "readMetadata", body.as_bytes());
    assert!(text(&answer).contains("sf:INSUFFICIENT_ACCESS"));
    let answer = metadata_api::rest_deploy(&mut call, "POST", None, "", "", b"");
    assert_eq!(answer.status, 403);
}

#[test]
fn requests_of_real_clients_are_understood() {
    let Some(folder) = shared("samples/client-requests") else {
        return;
    };
    let known = [
        "listMetadata",
        "readMetadata",
        "describeMetadata",
        "deploy",
        "checkDeployStatus",
        "cancelDeploy",
        "retrieve",
        "checkRetrieveStatus",
        "checkStatus",
    ];
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let operation = name.split('.').nth(1).unwrap();
        if !known.contains(&operation) {
            continue;
        }
        let mut org = installed();
        let mut body = std::fs::read_to_string(&path).unwrap();
        let package = manifest(&[]);
        let files = [("zip/", ""), ("zip/package.xml", package.as_str())];
        let deployed = deploy(&mut org, &files, &json!({}));
        assert_eq!(deployed["status"], "Succeeded", "{deployed}");
        body = body.replace("0Af000000000001AAA", deployed["id"].as_str().unwrap());
        body = body.replace("UEs=", &archive(&files));
        let request = json!({"unpackaged": [["CallCenter", "*"]]});
        let retrieved = queue::queue_retrieve(&mut call(&mut org), request);
        body = body.replace("09S000000000001AAA", retrieved.as_str());
        let answer = metadata_api::soap(&mut call(&mut org), operation, body.as_bytes());
        let reply = text(&answer);
        let refused = operation == "cancelDeploy" && reply.contains("Deployment already completed");
        assert!(answer.status == 200 || refused, "{name}: {reply}");
        if operation == "deploy" {
            let job = org.world().jobs.deploys.last().unwrap();
            assert_eq!(job.status.name(), "Succeeded", "{name}: {:?}", job.outcome);
            assert!(job.option("singlePackage") && job.option("rollbackOnError"), "{name}");
        }
        seen += 1;
    }
    assert!(seen > 18, "{seen} requests were read");
}

#[test]
fn deploys_go_through_their_states() {
    let mut org = org(world(OrgKind::Sandbox), JobTime::Polls(2));
    let package = manifest(&[]);
    let zip = archive(&[("package.xml", &package)]);
    let ids: Vec<String> = (0..3)
        .map(|_| {
            queue::queue_deploy(&mut call(&mut org), zip.clone(), json!({"singlePackage": true}))
        })
        .map(|id| id.as_str().to_owned())
        .collect();
    let state = |org: &mut Org, id: &str| support::status(org, id)["status"].clone();
    assert_eq!(state(&mut org, &ids[1]), "Pending");
    assert_eq!(state(&mut org, &ids[0]), "InProgress");
    let cancel = br#"{"deployResult":{"status":"Canceling"}}"#;
    let answer =
        metadata_api::rest_deploy(&mut call(&mut org), "PATCH", Some(&ids[1]), "", "", cancel);
    assert_eq!(answer.status, 202);
    assert_eq!(state(&mut org, &ids[0]), "Succeeded");
    assert_eq!(state(&mut org, &ids[1]), "Canceled");
    assert_eq!(state(&mut org, &ids[2]), "InProgress");
    assert_eq!(state(&mut org, &ids[2]), "Succeeded");
    let answer =
        metadata_api::rest_deploy(&mut call(&mut org), "PATCH", Some(&ids[2]), "", "", cancel);
    assert_eq!(answer.status, 400);
}

#[test]
fn rest_deploys_are_multipart() {
    use base64::Engine;
    let mut org = org(world(OrgKind::Sandbox), JobTime::default());
    let package = manifest(&[]);
    let zip = base64::engine::general_purpose::STANDARD
        .decode(archive(&[("package.xml", &package)]))
        .unwrap();
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"entity_content\"\r\n\
        Content-Type: application/json\r\n\r\n{\"deployOptions\":{\"singlePackage\":true}}\r\n--b\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"package.zip\"\r\n\r\n"
        .to_vec();
    body.extend(zip);
    body.extend(b"\r\n--b--\r\n");
    let kind = "multipart/form-data; boundary=b";
    let answer = metadata_api::rest_deploy(&mut call(&mut org), "POST", None, "", kind, &body);
    assert_eq!(answer.status, 201);
    let shown: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(shown["deployResult"]["status"], "Succeeded", "{shown}");
    let answer =
        metadata_api::rest_deploy(&mut call(&mut org), "POST", None, "", kind, b"nonsense");
    assert_eq!(answer.status, 400);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_panics(body: Vec<u8>, text: String, path in "[a-zA-Z./%-]{0,20}") {
        let mut org = org(world(OrgKind::Sandbox), JobTime::default());
        let shaped = support::envelope(METADATA, &text);
        for body in [body.as_slice(), text.as_bytes(), shaped.as_bytes()] {
            let _ignored = metadata_api::soap(&mut call(&mut org), "deploy", body);
            let kind = "multipart/form-data; boundary=b";
            let _ignored = metadata_api::rest_deploy(&mut call(&mut org), "POST", None, "", kind, body);
        }
        let package = manifest(&[("ApexClass", "*"), ("CallCenter", "*"), ("Profile", "*")]);
        let path = path.trim_end_matches('/');
        let files = [
            ("package.xml", package.as_str()),
            (path, &text),
            ("classes/A.cls", &text),
            ("classes/A.cls-meta.xml", &text),
            ("callCenters/A.callCenter", &text),
        ];
        let result = deploy(&mut org, &files, &json!({}));
        proptest::prop_assert_eq!(&result["done"], true);
    }
}
