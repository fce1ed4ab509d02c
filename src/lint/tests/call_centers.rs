//! Call center definitions.

use super::*;
use crate::definitions::{built_in, write_setup_file};
use crate::model::ItemKey;

/// The built-in definition as a file, with some values changed.
fn file(changes: &[(&str, &str)]) -> String {
    let mut call_center = built_in("2024-11").unwrap().call_center;
    for (key, value) in changes {
        let key = ItemKey::parse(key).unwrap();
        (*value).clone_into(&mut call_center.item_mut(&key).unwrap().value);
    }
    write_setup_file(&call_center)
}

#[test]
fn nothing_is_wrong_with_ciscos_own_files() {
    for folder in ["call-centers/v1", "call-centers/v2"] {
        for (name, bytes) in samples(folder) {
            let verdict = judged(&name, bytes);
            assert_eq!(verdict.kind, FileKind::CallCenter, "{name}");
            assert!(verdict.is_clean(), "{name}:\n{}", lines(&verdict));
            let generation = if folder.ends_with("v1") { "Version 1" } else { "Version 2" };
            let told = format!("The definition belongs to {generation} of the connector.");
            assert!(lines(&verdict).contains(&told), "{name}:\n{}", lines(&verdict));
        }
    }
}

#[test]
fn values_of_version_2_are_judged_by_its_own_rules() {
    let mut call_center = built_in("2026-04").unwrap().call_center;
    for (key, value) in [
        ("wxCCCallActivity/subjectDateFormat", "MM-dd-yyyy hh:mm a"),
        ("wxCCCallActivity/objectFieldMapping", "[{\"CadFieldName\":\"a\"}]"),
        ("objectCreationManagement/objectFieldMapping", "Subject={subject},Phone"),
        ("wxCCCallActivity/disableActivityRecord", "true"),
        ("wxCCCallActivity/openCtiEnableActivityScreenPopWrapup", "true"),
        ("wxCCReqData/wxccWebRtcDomain", "https://rtw.example.net/"),
        ("reqGeneralInfo/reqAdapterUrl", "https://example.com/adapter.html"),
        ("omnichannelStateSyncConfiguration/enableOmniChannelSync", "true"),
    ] {
        let key = ItemKey::parse(key).unwrap();
        value.clone_into(&mut call_center.item_mut(&key).unwrap().value);
    }
    let verdict = judged("changed.xml", write_setup_file(&call_center));
    let all = lines(&verdict);
    let errors: Vec<_> = all.lines().filter(|line| !line.contains(" info ")).collect();
    insta::assert_snapshot!(errors.join("\n"), @"
    5:5 CC012 error wxCCReqData/wxccWebRtcDomain `wxCCReqData/wxccWebRtcDomain` is `https://rtw.example.net/`, which is not a host name.
    11:5 CC002 warning reqGeneralInfo/reqAdapterUrl The adapter URL `https://example.com/adapter.html` is not the one that Cisco gave to this version of the connector.
    18:5 CC034 error wxCCCallActivity/subjectDateFormat `wxCCCallActivity/subjectDateFormat` is `MM-dd-yyyy hh:mm a`: `dd` is written `DD` in this version of the connector.
    25:5 CC021 error wxCCCallActivity/objectFieldMapping `wxCCCallActivity/objectFieldMapping`: This is JSON, which is how Version 1 writes mappings; Version 2 writes `Field={variable}`.
    30:5 CC030 error wxCCCallActivity/openCtiEnableActivityScreenPopWrapup `wxCCCallActivity/openCtiEnableActivityScreenPopWrapup` and `wxCCCallActivity/disableActivityRecord` exclude each other, but both are on.
    46:5 CC021 error objectCreationManagement/objectFieldMapping `objectCreationManagement/objectFieldMapping`: `Phone` is not of the form `Field={variable}`.
    52:5 CC060 error omnichannelStateSyncConfiguration/enableOmniChannelSync `omnichannelStateSyncConfiguration/enableOmniChannelSync` is on, but `omnichannelStateSyncConfiguration/omniChannelNotReadyReason` is empty.
    52:5 CC060 error omnichannelStateSyncConfiguration/enableOmniChannelSync `omnichannelStateSyncConfiguration/enableOmniChannelSync` is on, but `omnichannelStateSyncConfiguration/wxCCIdleReasonCode` is empty.
    ");
}

#[test]
fn values_of_a_file_are_judged_where_they_stand() {
    let text = file(&[
        ("reqGeneralInfo/reqAdapterUrl", "http://desktop.wxcc-us1.cisco.com"),
        ("reqGeneralInfo/reqSoftphoneWidth", "300"),
        ("reqGeneralInfo/reqUseApi", "false"),
        ("reqAdvanceScreenpopConfig/reqIsAdvancedScreenpopEnabled", "True"),
        ("reqAdvanceScreenpopConfig/prefixStringTobeRemoved", "+1, 91"),
        ("reqActivityRecordConfig/activityRecordOpenedInEditmodeConnectedState", "true"),
        ("reqActivityRecordConfig/CadSalesforceFieldMapping1", "[{\"CadFieldName\":\"a\"}]"),
        ("reqActivityRecordConfig/SubjectDateFormat", "DD.MM.YYYY"),
    ]);
    let verdict = judged("changed.xml", &text);
    let all = lines(&verdict);
    let errors: Vec<_> = all.lines().filter(|line| !line.contains(" info ")).collect();
    insta::assert_snapshot!(errors.join("\n"), @"
    6:5 CC002 error reqGeneralInfo/reqAdapterUrl The adapter URL `http://desktop.wxcc-us1.cisco.com` is not an https address.
    7:5 CC003 error reqGeneralInfo/reqUseApi `reqGeneralInfo/reqUseApi` is `false`, but the connector works with `true` only.
    9:5 CC005 error reqGeneralInfo/reqSoftphoneWidth `reqGeneralInfo/reqSoftphoneWidth` is `300`, but must be 500 or more.
    13:5 CC006 error reqAdvanceScreenpopConfig/reqIsAdvancedScreenpopEnabled `reqAdvanceScreenpopConfig/reqIsAdvancedScreenpopEnabled` is `True`, but must be `true` or `false`, in lower case.
    15:5 CC011 error reqAdvanceScreenpopConfig/prefixStringTobeRemoved `reqAdvanceScreenpopConfig/prefixStringTobeRemoved` has ` 91`, which is not a dialling prefix.
    27:5 CC030 error reqActivityRecordConfig/activityRecordOpenedInEditmodeConnectedState `reqActivityRecordConfig/activityRecordOpenedInEditmodeConnectedState` is on, but needs `reqActivityRecordConfig/isActivityRecordCreationAtConnected`, which is off.
    33:5 CC034 error reqActivityRecordConfig/SubjectDateFormat `reqActivityRecordConfig/SubjectDateFormat` is `DD.MM.YYYY`: `DD` is written `dd` in this version of the connector.
    36:5 CC021 error reqActivityRecordConfig/CadSalesforceFieldMapping1 `reqActivityRecordConfig/CadSalesforceFieldMapping1`: Row 1 lacks the key `SalesforceFieldName`.
    36:5 CC021 error reqActivityRecordConfig/CadSalesforceFieldMapping1 `reqActivityRecordConfig/CadSalesforceFieldMapping1`: Row 1 lacks the key `isDefaultValueEnabled`.
    36:5 CC021 error reqActivityRecordConfig/CadSalesforceFieldMapping1 `reqActivityRecordConfig/CadSalesforceFieldMapping1`: Row 1 lacks the key `defaultFieldValue`.
    ");
}

#[test]
fn names_labels_order_and_data_centres_are_checked_as_salesforce_and_cisco_document_them() {
    let text = file(&[]);
    let told = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        lines(&judged("a.xml", text.replacen(from, to, 1)))
    };
    let item = "name=\"isCreatedCaseObjectToBeOpenInEditMode\"";
    for (from, to, words) in [
        ("WebexCCAgentDesktopV20241121", "W".repeat(41), "41 characters"),
        (item, "name=\"label\"".to_owned(), "No item may have the name of reqSFDCCaseConfig/label"),
        (item, "name=\"sortOrder\"".to_owned(), "Salesforce reserves it"),
        (
            "label=\"Open Case Object In Edit Mode\"",
            format!("label=\"{}\"", "x".repeat(1001)),
            "has 1001 characters; Salesforce documents 1000",
        ),
        (
            "<item sortOrder=\"2\" name=\"isCreated",
            "<item name=\"isCreated".to_owned(),
            "has no `sortOrder`",
        ),
        (
            "desktop.wxcc-us1.cisco.com",
            "desktop.wxcc-zz9.cisco.com".to_owned(),
            "not a known data centre",
        ),
    ] {
        let all = told(from, &to);
        assert!(all.contains(words), "{to}: {words}\n{all}");
    }
}

#[test]
fn two_values_that_do_not_go_together_are_both_shown() {
    let text = file(&[
        ("reqSFDCCaseConfig/isCreatedCaseObjectToBeOpenInEditMode", "true"),
        ("reqSFDCCaseConfig/isOpenCaseObjectAlwaysInViewMode", "true"),
    ]);
    let picture = pictures(&judged("a.xml", &text), Style { width: 200, ..Style::default() });
    let end = picture.rfind("error").unwrap();
    insta::assert_snapshot!(&picture[end..], @r#"
    error[CC040]: `reqSFDCCaseConfig/isCreatedCaseObjectToBeOpenInEditMode` and `reqSFDCCaseConfig/isOpenCaseObjectAlwaysInViewMode` exclude each other, but both are on.
      --> a.xml:41:5
       |
    41 |     <item sortOrder="2" name="isCreatedCaseObjectToBeOpenInEditMode" label="Open Case Object In Edit Mode">true</item>
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    42 |     <item sortOrder="3" name="isOpenCaseObjectAlwaysInViewMode" label="Open Case Object Always In View Mode">true</item>
       |     --------------------------------------------------------------------------------------------------------------------
       |
       = help: Set one of the two to false.
    "#);
}

#[test]
fn files_that_are_no_definitions_are_told_with_the_way_to_the_right_one() {
    insta::assert_snapshot!(drawn("a.xml", "<!DOCTYPE html>\n<html>"), @r#"
    error[CC080]: This is an HTML page, not a call center definition.
    --> a.xml
     = help: Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download
             raw file".
    "#);
    insta::assert_snapshot!(drawn("a.xml", ""), @r#"
    error[CC080]: The file is empty.
    --> a.xml
     = help: Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download
             raw file".
    "#);
    insta::assert_snapshot!(drawn("WebexCC.callCenter-meta.xml",
        "<?xml version=\"1.0\"?>\n<CallCenter xmlns=\"http://soap.sforce.com/2006/04/metadata\"/>"), @r#"
    error[CC080]: This is a CallCenter of the Metadata API, not a definition that Setup imports.
     --> WebexCC.callCenter-meta.xml:2:1
      |
    2 | <CallCenter xmlns="http://soap.sforce.com/2006/04/metadata"/>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Definition files begin with <callCenter>, with a small c. Save the definition itself: on
              GitHub, open the file and use the button "Raw" or "Download raw file".
    "#);
    insta::assert_snapshot!(drawn("a.xml", "<callCenter>\n<section name=\"a\"/>\n<section name=\"a\"/>\n</callCenter>"), @r#"
    error[CC083]: The file has no item `reqInternalName`, which names the call center.
     --> a.xml:1:1
      |
    1 | <callCenter>
      | ^^^^^^^^^^^^
      |
      = help: Take the whole of Cisco's file: its first section has this item.

    error[CC083]: The section `a` is in the file twice.
     --> a.xml:3:1
      |
    3 | <section name="a"/>
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: Remove one, or give it a name of its own.
    "#);
    insta::assert_snapshot!(drawn("a.xml",
        "<!DOCTYPE a [<!ENTITY file SYSTEM \"file:///etc/hostname\">]>\n<callCenter>&file;</callCenter>"), @r#"
    error[CC080]: The file has a document type declaration, which no call center definition needs.
     --> a.xml:1:1
      |
    1 | <!DOCTYPE a [<!ENTITY file SYSTEM "file:///etc/hostname">]>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Remove <!DOCTYPE …> and the entities it declares; they are never read.
    "#);
}

/// Cisco's newer file has that name and the namespace of the Metadata API, and is a definition.
#[test]
fn a_name_of_the_metadata_api_is_no_mistake() {
    let text = file(&[])
        .replace("<callCenter>", "<callCenter xmlns=\"http://soap.sforce.com/2006/04/metadata\">");
    assert!(judged("OpenCTI.callCenter-meta.xml", text).is_clean());
}
