//! The Metadata API.

use std::io::{Cursor, Read};

use proptest::prelude::*;
use serde_json::json as value;

use super::{TOKEN, body, json, line, org};
use crate::metadata::call_center::{Item, Section};
use crate::metadata::{
    AccessChange, Bundle, BundleError, CallCenterRecord, CustomMetadataFile, CustomMetadataValue,
    DeployId, DeployOptions, DeployStatus, LayoutAssignment, PermissionSetRecord, ProfileSettings,
    TestLevel, encode_name,
};
use crate::testing::Reply;
use crate::{ApiVersion, Error, xml};

/// A call center with awkward texts in all places.
pub(super) fn call_center() -> CallCenterRecord {
    let item = |name: &str, value: &str| Item {
        label: format!("Label of <{name}> & more"),
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let section = |name: &str, items| Section {
        label: "取引先 \"Größe\"".to_owned(),
        name: name.to_owned(),
        items,
    };
    CallCenterRecord {
        full_name: "WebexCCAgentDesktopV1".to_owned(),
        adapter_url: Some("https://desktop.example/?a=1&b=2".to_owned()),
        custom_settings: Some(r#"{"reqUseApi":"true"}"#.to_owned()),
        display_name: "Webex 'Contact' Center".to_owned(),
        display_name_label: "Display Name".to_owned(),
        internal_name_label: "Internal Name".to_owned(),
        version: None,
        sections: vec![
            section("reqGeneralInfo", vec![item("reqUseApi", "true"), item("empty", "")]),
            section(
                "other",
                vec![item("json", r#"[{"wxccFieldName":"a\r\nb"}]"#), item("crlf", "a\r\nb")],
            ),
            section("none", vec![]),
        ],
    }
}

pub(super) fn profile() -> ProfileSettings {
    let assignment = |record_type: Option<&str>| LayoutAssignment {
        layout: format!("Task-ns__{}", encode_name("Layout (v2) & more")),
        record_type: record_type.map(str::to_owned),
    };
    ProfileSettings {
        profile: encode_name("Work.com Only User"),
        assignments: vec![assignment(None), assignment(Some("Task.Webex"))],
        classes: access("sfdcOmniChannel"),
        presence_statuses: access("Not_Ready"),
    }
}

fn access(component: &str) -> Vec<AccessChange> {
    let change =
        |component: &str, enabled| AccessChange { component: component.to_owned(), enabled };
    vec![change(component, true), change("Other", false)]
}

/// A permission set with awkward texts.
pub(super) fn permission_set() -> PermissionSetRecord {
    PermissionSetRecord {
        full_name: "Webex_Contact_Center_Omni_Sync".to_owned(),
        label: "Größe & <取引先>".to_owned(),
        description: "What for".to_owned(),
        classes: access("sfdcOmniChannel"),
        presence_statuses: access("Not_Ready"),
        applications: access("ciscocjs__Webex_Contact_Center"),
        fields: access("Task.Subject"),
        objects: access("Case"),
        user_permissions: access("EditTask"),
    }
}

/// Two values of a packaged record, one of them emptied.
pub(super) fn custom_metadata() -> CustomMetadataFile {
    let value = |field: &str, value: Option<&str>| CustomMetadataValue {
        field: field.to_owned(),
        value: value.map(str::to_owned),
    };
    CustomMetadataFile {
        full_name: "ns__Zone.ns__Default".to_owned(),
        label: "Größe <A & B>".to_owned(),
        protected: false,
        values: vec![
            value("ns__Url__c", Some("https://a.example/?x=1&y=2")),
            value("ns__Other__c", None),
        ],
    }
}

fn soap(body: &str) -> Reply {
    Reply::xml(
        200,
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"#
        ),
    )
}

fn unzip(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let names: Vec<String> =
        (0..zip.len()).map(|n| zip.by_index(n).unwrap().name().unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut bytes = Vec::new();
            zip.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

#[tokio::test]
async fn a_call_center_is_read_as_it_was_written() {
    let mut bundle = Bundle::new(ApiVersion::NEWEST_KNOWN);
    let written = call_center();
    bundle.call_center(&written).unwrap();
    let (_, file) = bundle.files().next().unwrap();
    let text = String::from_utf8(file.to_vec()).unwrap();
    let (_, inner) = text.split_once("metadata\">").unwrap();
    let inner = inner.trim_end().trim_end_matches("</CallCenter>");
    // As the org answers: the file's elements after the full name, and a gap for what it does not know.
    let reply = soap(&format!(
        r#"<readMetadataResponse><result><records xsi:type="CallCenter"><fullName>WebexCCAgentDesktopV1</fullName>{inner}</records><records xsi:nil="true"/><records/></result></readMetadataResponse>"#
    ));
    let (server, client) = org(vec![reply]).await;
    let found =
        client.metadata().read_call_centers(&["WebexCCAgentDesktopV1", "a", "b<"]).await.unwrap();
    assert_eq!(found, [written]);
    let heard = server.heard();
    assert_eq!(line(&heard[0]), "POST /services/Soap/m/68.0");
    assert!(heard[0].contains("soapaction: \"\""));
    assert!(!heard[0].contains("authorization:"));
    assert!(body(&heard[0]).contains(&format!("<sessionId>{TOKEN}</sessionId>")));
    assert!(body(&heard[0]).contains("<fullNames>b&lt;</fullNames>"));
}

#[tokio::test]
async fn nothing_found_is_no_error_and_many_names_are_split() {
    for body in [
        "<readMetadataResponse><result/></readMetadataResponse>",
        r#"<readMetadataResponse><result><records xsi:nil="true"/></result></readMetadataResponse>"#,
        "<readMetadataResponse/>",
    ] {
        let (_server, client) = org(vec![soap(body)]).await;
        assert!(client.metadata().read_call_centers(&["a"]).await.unwrap().is_empty(), "{body}");
    }
    let empty = || soap("<readMetadataResponse><result/></readMetadataResponse>");
    let (server, client) = org(vec![empty(), empty(), empty()]).await;
    let names: Vec<String> = (0..21).map(|n| format!("c{n}")).collect();
    client.metadata().read_call_centers(&names).await.unwrap();
    assert_eq!(server.heard().len(), 3);
    assert!(client.metadata().read_call_centers::<&str>(&[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn custom_metadata_is_read_as_it_was_written() {
    let mut bundle = Bundle::new(ApiVersion::NEWEST_KNOWN);
    let written = custom_metadata();
    bundle.custom_metadata(&written).unwrap();
    let (path, file) = bundle.files().next().unwrap();
    assert_eq!(path, "customMetadata/ns__Zone.ns__Default.md");
    assert_eq!(bundle.members().next(), Some(("CustomMetadata", "ns__Zone.ns__Default")));
    let text = String::from_utf8(file.to_vec()).unwrap();
    assert!(
        text.contains(r#"<value xsi:type="xsd:string">https://a.example/?x=1&amp;y=2</value>"#)
    );
    let (_, inner) = text.split_once("XMLSchema\">").unwrap();
    let inner = inner.trim_end().trim_end_matches("</CustomMetadata>");
    let reply = soap(&format!(
        r#"<readMetadataResponse xmlns:xsd="http://www.w3.org/2001/XMLSchema"><result><records xsi:type="CustomMetadata"><fullName>{}</fullName>{inner}</records><records xsi:nil="true"/></result></readMetadataResponse>"#,
        written.full_name
    ));
    let (server, client) = org(vec![reply]).await;
    let names = ["ns__Zone.ns__Default", "ns__Zone.Gone"];
    let found = client.metadata().read_custom_metadata(&names).await.unwrap();
    let [record] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&record.full_name, &record.label), (&written.full_name, &written.label));
    assert_eq!((record.protected, &record.values), (false, &written.values));
    assert!(body(&server.heard()[0]).contains("<type>CustomMetadata</type>"));
}

/// Two hundred names a call, and a record with a single value that is no text.
#[tokio::test]
async fn many_custom_metadata_records_are_read_in_few_calls() {
    let empty = || soap("<readMetadataResponse><result/></readMetadataResponse>");
    let one = soap(
        r#"<readMetadataResponse><result><records xsi:type="CustomMetadata"><fullName>ns__Zone.ns__A</fullName><label/><protected>true</protected><values><field>ns__On__c</field><value xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="xsd:boolean">true</value></values></records></result></readMetadataResponse>"#,
    );
    let (server, client) = org(vec![one, empty()]).await;
    let names: Vec<String> = (0..201).map(|n| format!("ns__Zone.r{n}")).collect();
    let found = client.metadata().read_custom_metadata(&names).await.unwrap();
    assert_eq!(server.heard().len(), 2);
    assert!(found[0].protected);
    assert_eq!(found[0].values[0].value.as_deref(), Some("true"));
}

#[tokio::test]
async fn a_soap_answer_that_is_none_says_so() {
    for (reply, part) in [
        (Reply::xml(200, "not xml"), "did not answer in XML"),
        (soap("<otherResponse/>"), "holds no listMetadataResponse"),
        (Reply::Say(500, vec![], b"<html><body>Oops</body></html>".to_vec()), "Oops"),
    ] {
        let (_server, client) = org(vec![reply]).await;
        let error = client.metadata().list("Profile").await.unwrap_err().to_string();
        assert!(error.contains(part) && error.contains("list metadata"), "{error}");
    }
}

#[tokio::test]
async fn texts_that_xml_cannot_carry_are_refused() {
    let (server, client) = org(vec![]).await;
    let error = client.metadata().list("a\u{1}").await.unwrap_err();
    assert!(
        matches!(error, Error::Protocol { .. }) && error.to_string().contains("U+0001"),
        "{error}"
    );
    assert!(server.heard().is_empty());
}

#[test]
fn a_bundle_is_the_same_bytes_every_time() {
    let make = |profile_first: bool| {
        let mut bundle = Bundle::new(ApiVersion::new(66));
        if profile_first {
            bundle.profile(&profile()).unwrap();
        }
        bundle.call_center(&call_center()).unwrap();
        if !profile_first {
            bundle.profile(&profile()).unwrap();
        }
        bundle.to_zip().unwrap()
    };
    assert_eq!(make(true), make(false));
    let names: Vec<String> = unzip(&make(true)).into_iter().map(|(name, _)| name).collect();
    let paths = [
        "package.xml",
        "callCenters/WebexCCAgentDesktopV1.callCenter",
        "profiles/Work%2Ecom Only User.profile",
    ];
    assert_eq!(names, paths);
}

#[test]
fn a_class_brings_what_its_source_cannot_say() {
    let mut bundle = Bundle::new(ApiVersion::new(66));
    bundle.apex_class("Sync", "class Sync { String s = '<&>'; }", "Active").unwrap();
    let files: Vec<(&str, &[u8])> = bundle.files().collect();
    assert_eq!(files[0], ("classes/Sync.cls", b"class Sync { String s = '<&>'; }".as_slice()));
    let meta = String::from_utf8(files[1].1.to_vec()).unwrap();
    assert_eq!(files[1].0, "classes/Sync.cls-meta.xml");
    assert!(meta.contains("<apiVersion>66.0</apiVersion>") && meta.contains("Active"), "{meta}");
    assert_eq!(bundle.members().collect::<Vec<_>>(), [("ApexClass", "Sync")]);
    assert!(matches!(bundle.apex_class("Sync", "", "Active"), Err(BundleError::Twice { .. })));
}

#[test]
fn names_that_are_no_full_names_are_refused() {
    for bad in ["", "../x", "a/b", "a\\b", "."] {
        let mut bundle = Bundle::new(ApiVersion::NEWEST_KNOWN);
        let layouts = ProfileSettings { profile: bad.to_owned(), ..ProfileSettings::default() };
        assert!(matches!(bundle.profile(&layouts), Err(BundleError::Name { .. })), "{bad}");
        assert!(bundle.is_empty());
    }
    let mut bundle = Bundle::new(ApiVersion::NEWEST_KNOWN);
    bundle.profile(&profile()).unwrap();
    assert!(matches!(bundle.profile(&profile()), Err(BundleError::Twice { .. })));
}

proptest! {
    #[test]
    fn any_name_and_any_text_survive_the_archive(name in "\\PC{1,30}", text in "\\PC{0,40}") {
        let mut record = call_center();
        record.full_name = encode_name(&name);
        record.display_name.clone_from(&text);
        let mut bundle = Bundle::new(ApiVersion::NEWEST_KNOWN);
        bundle.call_center(&record).unwrap();
        let files = unzip(&bundle.to_zip().unwrap());
        prop_assert_eq!(&files[1].0, &format!("callCenters/{}.callCenter", record.full_name));
        let file = String::from_utf8(files[1].1.clone()).unwrap();
        let component = xml::to_json(xml::parse(&file).unwrap().root_element());
        prop_assert_eq!(&component["displayName"], &value!(text));
        let manifest = String::from_utf8(files[0].1.clone()).unwrap();
        let manifest = xml::to_json(xml::parse(&manifest).unwrap().root_element());
        prop_assert_eq!(&manifest["types"]["members"], &value!(record.full_name));
    }
}

#[tokio::test]
async fn a_deploy_is_sent_as_a_form_and_looked_at() {
    let started = Reply::json(
        201,
        r#"{"id":"0AfA","deployResult":{"id":"0AfA","status":"Pending"},"deployOptions":{}}"#,
    );
    // Booleans and numbers as text, and the tests under their other name, as the guide prints them.
    let status = value!({ "id": "0AfA", "url": "x", "deployResult": {
        "id": "0AfA", "status": "Failed", "done": "true", "success": "false", "checkOnly": "false",
        "numberComponentsTotal": "2", "numberComponentErrors": 1.0, "stateDetail": null,
        "details": {
            "componentFailures": { "componentType": "Profile", "fullName": "Admin", "fileName": "profiles/Admin.profile",
                "problem": "no Layout named X found", "lineNumber": "3", "columnNumber": 9, "success": "false" },
            "componentSuccesses": null,
            "runTestResults": { "numTestsRun": "1", "failures": { "name": "T", "methodName": "m", "message": "boom" },
                "codeCoverageWarnings": [{ "name": null, "message": "too little" }] },
        },
    }});
    let cancelled = Reply::json(202, r#"{"id":"0AfA","deployResult":{"status":"Canceling"}}"#);
    let (server, client) = org(vec![started, json(&status), cancelled]).await;
    let metadata = client.metadata();
    let options = DeployOptions {
        check_only: true,
        test_level: Some(TestLevel::RunSpecifiedTests),
        run_tests: vec!["T".to_owned()],
        ..DeployOptions::default()
    };
    let id = metadata.deploy(b"PK-zip".to_vec(), &options).await.unwrap();
    assert_eq!(id, DeployId("0AfA".to_owned()));
    let result = metadata.deploy_status(&id).await.unwrap();
    assert_eq!(result.status, DeployStatus::Failed);
    assert!(result.done && !result.success);
    assert_eq!((result.number_components_total, result.number_component_errors), (2, 1));
    let failures: Vec<String> = result.failures().map(ToString::to_string).collect();
    assert_eq!(
        failures,
        ["Profile Admin: no Layout named X found (profiles/Admin.profile, line 3, column 9)"]
    );
    assert_eq!(result.successes().count(), 0);
    assert_eq!(result.tests().failures[0].message, "boom");
    assert_eq!(result.tests().coverage_warnings().collect::<Vec<_>>(), ["too little"]);
    metadata.cancel(&id).await.unwrap();

    let heard = server.heard();
    assert_eq!(line(&heard[0]), "POST /services/data/v68.0/metadata/deployRequest");
    let form = body(&heard[0]);
    assert!(
        form.contains("name=\"entity_content\"\r\nContent-Type: application/json\r\n"),
        "{form}"
    );
    assert!(form.contains(r#"{"deployOptions":{"checkOnly":true,"ignoreWarnings":false,"rollbackOnError":true,"singlePackage":true,"testLevel":"RunSpecifiedTests","runTests":["T"]}}"#), "{form}");
    assert!(form.contains(
        "name=\"file\"; filename=\"deploy.zip\"\r\nContent-Type: application/zip\r\n\r\nPK-zip\r\n"
    ));
    assert_eq!(
        line(&heard[1]),
        "GET /services/data/v68.0/metadata/deployRequest/0AfA?includeDetails=true"
    );
    assert_eq!(line(&heard[2]), "PATCH /services/data/v68.0/metadata/deployRequest/0AfA");
    assert_eq!(body(&heard[2]), r#"{"deployResult":{"status":"Canceling"}}"#);
    let counted = client.transport().counters().read();
    assert_eq!((counted.requests, counted.polls), (2, 1));
}

#[test]
fn an_unknown_status_is_kept() {
    assert_eq!(DeployStatus::parse("inprogress"), DeployStatus::InProgress);
    assert_eq!(DeployStatus::parse("Resting").to_string(), "Resting");
    assert_eq!(DeployStatus::parse("Succeeded").to_string(), "Succeeded");
}
