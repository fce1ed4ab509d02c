//! Validations, and deploying them without running their tests again.

use serde_json::{Value, json};

use super::installed;
use super::support::{ask, call, deploy, manifest, status, text};
use crate::metadata_api;
use crate::org::Org;
use crate::soap::METADATA;

/// Validates a class with a test.
fn validated(org: &mut Org, options: &Value) -> String {
    let meta = format!(
        "<ApexClass xmlns=\"{METADATA}\"><apiVersion>66.0</apiVersion><status>Active</status></ApexClass>"
    );
    let package = manifest(&[("ApexClass", "T")]);
    let files = [
        ("package.xml", package.as_str()),
        ("classes/T.cls", "@IsTest class T { @IsTest static void t() {} }"),
        ("classes/T.cls-meta.xml", &meta),
    ];
    let result = deploy(org, &files, options);
    assert_eq!(result["status"], "Succeeded", "{result}");
    result["id"].as_str().unwrap().to_owned()
}

fn quick(org: &mut Org, id: &str) -> (u16, String) {
    let body = format!(
        "<deployRecentValidation><validationId>{id}</validationId></deployRecentValidation>"
    );
    let answer = ask(org, &body);
    (answer.status, text(&answer))
}

#[test]
fn a_validation_is_deployed_without_its_tests() {
    let mut org = installed();
    let tested = json!({"checkOnly": true, "testLevel": "RunLocalTests"});
    let id = validated(&mut org, &tested);
    assert!(!org.world().apex_classes.iter().any(|class| class.name == "T"));
    let (code, answer) = quick(&mut org, &id);
    assert_eq!(code, 200, "{answer}");
    let new = answer.split("<result>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_ne!(new, id);
    let result = status(&mut org, &new);
    assert_eq!((&result["status"], &result["numberTestsTotal"]), (&json!("Succeeded"), &json!(0)));
    assert!(org.world().apex_classes.iter().any(|class| class.name == "T"));

    let body = json!({"validatedDeployRequestId": id}).to_string();
    let answer = metadata_api::rest_deploy(
        &mut call(&mut org),
        "POST",
        None,
        "",
        "application/json",
        body.as_bytes(),
    );
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(answer["validatedDeployRequestId"], id, "{answer}");
    assert_eq!(answer["deployResult"]["checkOnly"], false);
}

#[test]
fn what_was_not_tested_or_not_validated_cannot_be_deployed_so() {
    let mut org = installed();
    let untested = validated(&mut org, &json!({"checkOnly": true}));
    let deployed = validated(&mut org, &json!({"testLevel": "RunLocalTests"}));
    for id in [untested.as_str(), &deployed, "0Af000000000001AAA", "x"] {
        let (code, answer) = quick(&mut org, id);
        assert!(code == 500 && answer.contains("INVALID_ID_FIELD"), "{id}: {answer}");
    }
}
