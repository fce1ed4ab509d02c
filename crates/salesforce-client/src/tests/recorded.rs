//! Answers that real orgs gave.

use std::fs;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{beside, org};
use crate::metadata::{DeployResult, DeployStatus};
use crate::packages::{InstallState, InstallStatus};
use crate::rest::{Describe, UserInfo};
use crate::testing::Reply;
use crate::{ApiError, Batch, Composite, Soql, decode, metadata, soap};

fn recorded(file: &str) -> Option<String> {
    let folder = beside("samples/recorded")?;
    Some(fs::read_to_string(folder.join(file)).unwrap())
}

fn read<T: DeserializeOwned>(file: &str) -> Option<T> {
    let text = recorded(file)?;
    Some(decode::bytes("read a recording", text.as_bytes()).unwrap())
}

fn deploy(file: &str) -> Option<DeployResult> {
    let text = recorded(file)?;
    let mut response = soap::response("test", 200, &text, "checkDeployStatus").unwrap();
    Some(decode::value("test", response["result"].take()).unwrap())
}

#[test]
fn package_installations() {
    let Some(failed) = read::<InstallStatus>("packaging/PackageInstallRequest.error.json") else {
        return;
    };
    assert_eq!(failed.state, InstallState::Error);
    assert!(failed.errors[0].contains("is not referenced in Apex action"));
    for (file, state) in
        [("in_progress", InstallState::InProgress), ("success", InstallState::Success)]
    {
        let status: InstallStatus =
            read(&format!("packaging/PackageInstallRequest.{file}.json")).unwrap();
        assert_eq!((status.state, status.errors.len()), (state, 0));
        assert_eq!(status.id, "0Hf1h0000006runCAA");
    }
}

#[test]
fn deploys() {
    let Some(pending) =
        deploy("simple-salesforce/checkDeployStatusResponse.test_check_status_pending.xml")
    else {
        return;
    };
    assert_eq!((pending.status, pending.done), (DeployStatus::Pending, false));
    let running =
        deploy("simple-salesforce/checkDeployStatusResponse.test_check_status_in_progress.xml")
            .unwrap();
    assert_eq!((running.number_components_deployed, running.number_components_total), (2, 3));
    let done = deploy("simple-salesforce/checkDeployStatusResponse.test_check_status_success.xml")
        .unwrap();
    assert!(done.done && done.success && done.rollback_on_error);
    assert_eq!(done.successes().count(), 5);
    let empty =
        deploy("simple-salesforce/checkDeployStatusResponse.test_check_status_payload_error.xml")
            .unwrap();
    assert_eq!(empty.failures().next().unwrap().problem.as_deref(), Some("No package.xml found"));
    let failed = deploy("issues/cci-215.checkDeployStatus.failed.xml").unwrap();
    assert_eq!((failed.failures().count(), failed.successes().count()), (2, 2));
    assert!(failed.done && !failed.success);
    // From before deploys had details.
    let old = deploy("metaforce/check_deploy_status.done.xml").unwrap();
    assert_eq!((old.successes().count(), old.success), (2, true));
    let old = deploy("metaforce/check_deploy_status.error.xml").unwrap();
    assert_eq!(old.failures().count(), 1);
}

#[test]
fn lists() {
    let Some(text) = recorded("metaforce/list_metadata.objects.xml") else {
        return;
    };
    let list = |text: &str| {
        metadata::list::read_list(
            "test",
            soap::response("test", 200, text, "listMetadata").unwrap(),
        )
        .unwrap()
    };
    let objects = list(&text);
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[1].deploy_name(), "Site");
    assert_eq!((&objects[0].id, &objects[0].namespace_prefix), (&None, &None));
    assert!(list(&recorded("metaforce/list_metadata.no_result.xml").unwrap()).is_empty());
}

#[test]
fn faults() {
    for (file, code) in [
        ("metaforce/foo.invalid_session.xml", "INVALID_SESSION_ID"),
        ("cumulusci/Fault.RESPONSE_FAULT.xml", "INVALID_SESSION_ID"),
        ("simple-salesforce/Fault.test_failure.xml", "INVALID_LOGIN"),
        ("metaforce/login.failure.xml", "INVALID_LOGIN"),
    ] {
        let Some(text) = recorded(file) else { return };
        let error = soap::fault(500, &text).unwrap();
        assert_eq!(error.code, code, "{file}");
        assert!(!error.message.is_empty() && !error.message.contains(code), "{file}: {error}");
        assert_eq!(error.is_session_expired(), code == "INVALID_SESSION_ID");
    }
}

#[test]
fn refusals() {
    let Some(cases) = read::<Vec<Value>>("oauth/errors.json") else {
        return;
    };
    for case in cases {
        let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
        let body = if case["body"].is_null() { &case["text"] } else { &case["body"] };
        let error = ApiError::from_json(status, body);
        assert!(!error.code.is_empty(), "{case}");
        assert_eq!(error.is_session_expired(), status != 400, "{case}");
    }
    for (file, code) in [
        ("expired_session_response", "INVALID_SESSION_ID"),
        ("auth_error_response", "invalid_grant"),
        ("refresh_error_response", "invalid_grant"),
        ("sobject.query_error_response", "INVALID_FIELD"),
        ("sobject.sobject_describe_error_response", "NOT_FOUND"),
        ("sobject.sobject_find_error_response", "NOT_FOUND"),
        ("sobject.search_error_response", "MALFORMED_SEARCH"),
        ("sobject.delete_error_response", "NOT_FOUND"),
        ("sobject.upsert_error_response", "NOT_FOUND"),
        ("sobject.write_error_response", "INVALID_FIELD"),
    ] {
        let body: Value = read(&format!("restforce/{file}.json")).unwrap();
        assert_eq!(ApiError::from_json(400, &body).code, code, "{file}");
    }
}

#[test]
fn descriptions_and_identities() {
    let Some(describe) =
        read::<Describe>("restforce/sobject.sobject_describe_success_response.json")
    else {
        return;
    };
    assert_eq!(describe.name, "Whizbang");
    let owner = describe.fields.iter().find(|field| field.name == "OwnerId").unwrap();
    assert!(owner.kind == "reference" && !owner.reference_to.is_empty());
    let exchange: Value = read("cumulusci/GET_sobjects_Custom__c_describe.json").unwrap();
    let body = exchange["response"]["body"]["string"].as_str().unwrap();
    let other: Describe = decode::bytes("test", body.as_bytes()).unwrap();
    assert!(!other.fields.is_empty());
    let info: UserInfo = read("identity/identity.json").unwrap();
    assert_eq!(info.organization_id, "00D20000000oV19EAE");
    assert_eq!(info.preferred_username.as_deref(), Some("user@example.com"));
}

#[tokio::test]
async fn queries_and_records() {
    let Some(first) = recorded("restforce/sobject.query_paginated_first_page_response.json") else {
        return;
    };
    let reply = |file: &str| Reply::json(200, recorded(&format!("restforce/{file}.json")).unwrap());
    let script = vec![
        Reply::json(200, first),
        reply("sobject.query_paginated_last_page_response"),
        reply("sobject.query_empty_response"),
        reply("sobject.query_success_response"),
        reply("sobject.query_aggregate_success_response"),
        reply("sobject.org_query_response"),
        reply("services_data_success_response"),
        reply("sobject.create_success_response"),
    ];
    let (_server, client) = org(script).await;
    for found in [2, 0, 1, 3, 1] {
        let records: Vec<Value> = client.query(&Soql::new("SELECT Id FROM X")).await.unwrap();
        assert_eq!(records.len(), found);
    }
    let versions = client.versions().await.unwrap();
    assert_eq!(versions.iter().map(|v| v.number()).collect::<Vec<_>>(), [20, 100]);
    assert_eq!(client.create("X", &Value::Null).await.unwrap(), "some_id");
}

#[tokio::test]
async fn composites() {
    let files = [
        "TestCompositeParallelSalesforce.test_composite_parallel_salesforce",
        "TestCompositeParallelSalesforce.test_errors",
        "TestCompositeParallelSalesforce.test_reference_ids",
        "ManualEditTestDescribeOrg.test_minimal_schema",
        "TestCountSObjects.test_count_sobjects__errors",
        "TestCountSObjects.test_count_sobjects_simple",
    ];
    let mut seen = 0;
    for file in files {
        let Some(exchanges) = read::<Vec<Value>>(&format!("cumulusci/{file}.json")) else {
            return;
        };
        for exchange in exchanges {
            let Some(sent) = exchange["request"]["body"].as_str() else {
                continue;
            };
            let sent: Value = serde_json::from_str(sent).unwrap();
            let Some(steps) = sent["compositeRequest"].as_array() else {
                continue;
            };
            let names: Vec<&str> =
                steps.iter().map(|step| step["referenceId"].as_str().unwrap()).collect();
            let steps = names.iter().fold(Composite::new(), |c, name| c.get(*name, "X", "1"));
            let (_server, client) =
                org(vec![Reply::json(200, exchange["body"].as_str().unwrap())]).await;
            let answers = client.composite(&steps).await.unwrap();
            for name in names {
                let refused = name == "refXYZZY" || file.ends_with("test_errors");
                assert_eq!(answers.refusal(name).is_some(), refused, "{file} {name}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 10);
    // A dead gateway answers a composite with nothing at all.
    let (_server, client) = org(vec![Reply::Say(500, vec![], vec![])]).await;
    let error = client.batch(&Batch::new().limits("l")).await.unwrap_err().to_string();
    assert!(error.contains("HTTP 500 without a word"), "{error}");
}
