//! Components written one by one, each with its own result.

use std::fmt::Write as _;

use super::installed;
use super::support::{self, ask, call, text, validate};
use crate::metadata_api;
use crate::org::Org;
use crate::soap::METADATA;

/// A request that writes records of a type.
fn records(operation: &str, kind: &str, records: &[&str]) -> String {
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    let mut all = String::new();
    for record in records {
        write!(all, "<metadata xmlns:xsi=\"{xsi}\" xsi:type=\"{kind}\">{record}</metadata>")
            .unwrap();
    }
    format!("<{operation}>{all}</{operation}>")
}

/// The answer of a request that is carried out.
fn done(org: &mut Org, body: &str) -> String {
    let answer = ask(org, body);
    let text = text(&answer);
    assert_eq!(answer.status, 200, "{text}");
    text
}

/// What stands in an element of an answer, each time it is there.
fn all<'t>(text: &'t str, element: &str) -> Vec<&'t str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let pieces = text.split(open.as_str()).skip(1);
    pieces.map(|piece| piece.split(close.as_str()).next().unwrap()).collect()
}

const CENTER: &str = "<fullName>Acme</fullName><displayName>A</displayName>\
    <displayNameLabel>D</displayNameLabel><internalNameLabel>I</internalNameLabel>";
const FIELD: &str = "<fullName>Task.Own__c</fullName><label>Own</label><type>Text</type>";

#[test]
fn every_record_has_its_own_result() {
    let mut org = installed();
    let mut answers = Vec::new();
    let mut go = |body: String, success: &[&str], told: &str| {
        let answer = done(&mut org, &body);
        assert_eq!(all(&answer, "success"), success, "{body}: {answer}");
        assert!(answer.contains(told), "{told}: {answer}");
        answers.push((format!("{}.xml", answers.len()), answer));
    };
    go(records("createMetadata", "CallCenter", &[CENTER]), &["true"], "<fullName>Acme</fullName>");
    go(
        records("createMetadata", "CallCenter", &[CENTER, "<fullName>B</fullName>"]),
        &["false", "false"],
        "<message>There is already a CallCenter named Acme</message><statusCode>DUPLICATE_DEVELOPER_NAME",
    );
    go(records("upsertMetadata", "CallCenter", &[CENTER]), &["true"], "<created>false</created>");
    go(records("upsertMetadata", "CustomField", &[FIELD]), &["true"], "<created>true</created>");
    go(
        records("createMetadata", "CustomField", &[FIELD]),
        &["false"],
        "There is already a field named Own__c on Task.",
    );
    let missing = "<fullName>Task.Gone__c</fullName><label>Own</label><type>Text</type>";
    go(
        records("updateMetadata", "CustomField", &[missing, FIELD]),
        &["false", "true"],
        "In field: fullName - no CustomField named Task.Gone__c found",
    );
    let resource = "<fullName>R</fullName><content>aGk=</content><cacheControl>Public</cacheControl>\
        <contentType>text/plain</contentType>";
    go(records("createMetadata", "StaticResource", &[resource]), &["true"], "R");
    let report = "<fullName>Nowhere/X</fullName><format>Tabular</format><name>X</name>\
        <reportType>Activity</reportType>";
    go(records("createMetadata", "Report", &[report]), &["false"], "Cannot find folder:Nowhere");
    let rename = "<renameMetadata><type>StaticResource</type><oldFullName>R</oldFullName>\
        <newFullName>S</newFullName></renameMetadata>";
    go(rename.to_owned(), &["true"], "<fullName>R</fullName>");
    let delete = "<deleteMetadata><type>StaticResource</type><fullNames>R</fullNames>\
        <fullNames>S</fullNames></deleteMetadata>";
    go(
        delete.to_owned(),
        &["false", "true"],
        "In field: members - no StaticResource named R found",
    );
    go(
        "<deleteMetadata><type>CallCenter</type><fullNames>acme</fullNames></deleteMetadata>"
            .into(),
        &["true"],
        "acme",
    );
    validate(&["soap"], &answers);
    assert!(org.world().call_center("Acme").is_none());
    assert!(org.world().custom_fields.iter().any(|field| field.api_name() == "Own__c"));
}

#[test]
fn a_renamed_permission_set_keeps_its_id() {
    let mut org = installed();
    let id = |org: &Org, name: &str| {
        let found = org.world().permission_sets.iter().find(|set| set.name == name);
        found.map(|set| (set.id.clone(), set.label.clone()))
    };
    let set = "<fullName>Own</fullName><label>L</label>";
    done(&mut org, &records("createMetadata", "PermissionSet", &[set]));
    let before = id(&org, "Own");
    assert!(before.is_some());
    let rename = |old: &str| {
        format!(
            "<renameMetadata><type>PermissionSet</type><oldFullName>{old}</oldFullName>\
             <newFullName>Other</newFullName></renameMetadata>"
        )
    };
    let renamed = done(&mut org, &rename("Own"));
    assert_eq!(all(&renamed, "success"), ["true"], "{renamed}");
    assert_eq!((id(&org, "Own"), id(&org, "Other")), (None, before));
    for set in &mut org.world_mut().permission_sets {
        set.namespace_prefix = Some("ciscocjs".to_owned());
    }
    let refused = done(&mut org, &rename("ciscocjs__Other"));
    assert!(refused.contains("does not support renaming PermissionSet"), "{refused}");
}

#[test]
fn what_was_written_is_read_with_its_content() {
    let mut org = installed();
    let resource = "<fullName>R</fullName><content>aGk=</content><cacheControl>Public</cacheControl>\
        <contentType>text/plain</contentType>";
    done(&mut org, &records("createMetadata", "StaticResource", &[resource]));
    let read = "<readMetadata><type>StaticResource</type><fullNames>R</fullNames></readMetadata>";
    let answer = done(&mut org, read);
    assert_eq!(all(&answer, "content"), ["aGk="], "{answer}");
    validate(&["soap"], &[("read.xml".to_owned(), answer)]);
}

#[test]
fn one_failure_takes_the_others_back_where_that_is_asked_for() {
    let mut org = installed();
    let body = records("createMetadata", "CallCenter", &[CENTER, "<fullName>B</fullName>"]);
    let envelope = support::envelope(METADATA, &body).replace(
        "<SessionHeader>",
        "<AllOrNoneHeader><allOrNone>True</allOrNone></AllOrNoneHeader><SessionHeader>",
    );
    let answer = metadata_api::soap(&mut call(&mut org), "createMetadata", envelope.as_bytes());
    let answer = text(&answer);
    assert_eq!(all(&answer, "success"), ["false", "false"]);
    let codes = ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"];
    assert_eq!(all(&answer, "statusCode"), codes, "{answer}");
    assert!(org.world().call_center("Acme").is_none());
    let answer = done(&mut org, &body);
    assert_eq!(all(&answer, "success"), ["true", "false"], "without it, each for itself");
}

#[test]
fn types_that_files_bring_are_refused() {
    let mut org = installed();
    for (body, told) in [
        (
            records("createMetadata", "ApexClass", &["<fullName>A</fullName>"]),
            "INVALID_TYPE: This type of metadata is not available for this organization",
        ),
        (records("createMetadata", "Nonsense", &["<fullName>A</fullName>"]), "Unknown type name"),
        (
            "<createMetadata><metadata><fullName>A</fullName></metadata></createMetadata>".into(),
            "Must specify a {http://www.w3.org/2001/XMLSchema-instance}type",
        ),
        (records("updateMetadata", "CallCenter", &[CENTER; 11]), "EXCEEDED_ID_LIMIT"),
    ] {
        let answer = ask(&mut org, &body);
        assert_eq!(answer.status, 500);
        assert!(text(&answer).contains(told), "{}", text(&answer));
    }
}
