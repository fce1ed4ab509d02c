//! Packages.

use secrecy::SecretString;
use serde_json::{Value, json as value};

use super::{body, json, line, org};
use crate::packages::{Audience, InstallRequest, InstallState, ProfileMapping};
use crate::testing::Reply;

#[test]
fn states_are_read_in_any_spelling() {
    for (text, state, ended) in [
        ("IN_PROGRESS", InstallState::InProgress, false),
        ("InProgress", InstallState::InProgress, false),
        ("SUCCESS", InstallState::Success, true),
        ("Error", InstallState::Error, true),
        ("Canceled", InstallState::Canceled, true),
        ("UNKNOWN", InstallState::Other("UNKNOWN".to_owned()), false),
    ] {
        assert_eq!(InstallState::parse(text), state);
        assert_eq!(state.is_final(), ended);
    }
}

#[tokio::test]
async fn an_install_says_who_may_use_it() {
    let created = || Reply::json(201, r#"{"id":"0HfA","success":true,"errors":[],"warnings":[]}"#);
    let (server, client) = org(vec![created(), created(), created()]).await;
    let mapping = ProfileMapping { source: "Full".to_owned(), target: "Agent".to_owned() };
    for audience in [Audience::AdminsOnly, Audience::AllUsers, Audience::Profiles(vec![mapping])] {
        let request = InstallRequest {
            version_id: "04tA".to_owned(),
            audience,
            allow_sites: true,
            key: Some(SecretString::from("canary")),
        };
        assert_eq!(client.packages().install(&request).await.unwrap(), "0HfA");
        assert!(!format!("{request:?}").contains("canary"));
    }
    let sent: Vec<Value> =
        server.heard().iter().map(|request| serde_json::from_str(body(request)).unwrap()).collect();
    assert_eq!(
        line(&server.heard()[0]),
        "POST /services/data/v68.0/tooling/sobjects/PackageInstallRequest"
    );
    let types: Vec<&Value> = sent.iter().map(|fields| &fields["SecurityType"]).collect();
    assert_eq!(types, ["None", "Full", "Custom"]);
    assert_eq!(sent[2]["ProfileMappings"]["profileMappings"][0]["target"], "Agent");
    assert_eq!(sent[0]["Password"], "canary");
    assert_eq!(sent[0]["EnableRss"], true);
}

#[tokio::test]
async fn a_version_tells_its_sites_and_the_key_stays_secret() {
    let row = value!({
        "Id": "04tA", "SubscriberPackageId": "033A", "Name": "x", "MajorVersion": 1, "MinorVersion": 4,
        "PatchVersion": 0, "BuildNumber": 2, "IsManaged": true, "IsPasswordProtected": true,
        "Package2ContainerOptions": null, "InstallValidationStatus": "NO_ERRORS_DETECTED",
        "RemoteSiteSettings": { "settings": [{ "secure": true, "url": "https://b.example" }] },
        "CspTrustedSites": { "settings": [{ "endpointUrl": "https://a.example" }, { "endpointUrl": "https://b.example" }] },
    });
    let answer = |status: u16, version: Value, package: Value| {
        value!({ "compositeResponse": [
            { "referenceId": "offered", "httpStatusCode": status, "body": version },
            { "referenceId": "offered_package",
              "httpStatusCode": if package.is_array() { 400 } else { 200 }, "body": package },
        ]})
    };
    let halted = value!([{ "errorCode": "PROCESSING_HALTED", "message": "no value" }]);
    let found = answer(
        200,
        value!({ "totalSize": 1, "done": true, "records": [row] }),
        value!({ "attributes": {}, "Id": "033A", "Name": "N", "NamespacePrefix": "ns" }),
    );
    let nothing =
        answer(200, value!({ "totalSize": 0, "done": true, "records": [] }), halted.clone());
    let words = r"InstallationKey ='can\'ary' is wrong";
    let refused =
        answer(400, value!([{ "errorCode": "INSTALL_KEY_INVALID", "message": words }]), halted);
    let (server, client) =
        org(vec![json(&found), json(&nothing), json(&refused), Reply::Drop]).await;
    let key = SecretString::from("can'ary");
    let offered = client.packages().offered("04tA", Some(&key)).await.unwrap().unwrap();
    assert_eq!(offered.package.unwrap().namespace_prefix.as_deref(), Some("ns"));
    let version = offered.version;
    assert_eq!(version.sites(), ["https://a.example", "https://b.example"]);
    assert_eq!((version.major_version, version.minor_version, version.patch_version), (1, 4, 0));
    assert!(version.is_password_protected && version.package2_container_options.is_none());
    let package = "sobjects/SubscriberPackage/@{offered.records[0].SubscriberPackageId}";
    assert!(server.heard()[0].contains(package));
    assert!(server.heard()[0].contains("AND%20InstallationKey%20%3D%20%27can%5C%27ary%27"));
    assert_eq!(client.packages().offered("04tB", None).await.unwrap(), None);
    for _ in 0..2 {
        let error = client.packages().offered("04tA", Some(&key)).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("ary"), "{error}");
    }
}

#[tokio::test]
async fn installed_packages_may_hide_what_they_are() {
    let rows = value!({ "totalSize": 2, "done": true, "records": [
        { "attributes": {}, "Id": "0A3A", "SubscriberPackageId": "033A", "SubscriberPackage": null,
          "SubscriberPackageVersion": null },
        { "attributes": {}, "Id": "0A3B", "SubscriberPackageId": "033B",
          "SubscriberPackage": { "attributes": {}, "NamespacePrefix": "ns", "Name": "N" },
          "SubscriberPackageVersion": { "attributes": {}, "Id": "04tB", "Name": "v", "MajorVersion": 2,
            "MinorVersion": 1, "PatchVersion": 3, "BuildNumber": 1, "IsManaged": true,
            "Package2ContainerOptions": "Managed" } },
    ]});
    let (_server, client) = org(vec![json(&rows)]).await;
    let installed = client.packages().installed().await.unwrap();
    assert_eq!(installed[0].subscriber_package, None);
    let version = installed[1].subscriber_package_version.as_ref().unwrap();
    assert_eq!((version.major_version, version.minor_version, version.patch_version), (2, 1, 3));
    assert!(version.sites().is_empty());
}

#[tokio::test]
async fn packages_that_are_asked_about_one_by_one_hide_only_themselves() {
    let list = |rows: Value| value!({ "totalSize": 3, "done": true, "records": rows });
    let row = |letter: &str| {
        value!({ "Id": format!("0A3{letter}"), "SubscriberPackageId": format!("033{letter}"),
                 "SubscriberPackageVersionId": format!("04t{letter}") })
    };
    let part = |id: &str, status: u16, body: Value| value!({ "referenceId": format!("of_{id}"), "httpStatusCode": status, "body": body });
    let found = |id: &str, record: Value| part(id, 200, list(value!([record])));
    let package = |id: &str| found(id, value!({ "NamespacePrefix": "ns", "Name": id }));
    let version = |id: &str| {
        found(
            id,
            value!({ "Id": id, "MajorVersion": 1, "MinorVersion": 2, "PatchVersion": 0,
                           "IsManaged": true, "Package2ContainerOptions": null }),
        )
    };
    let broken = part("033C", 400, value!([{ "errorCode": "UNKNOWN_EXCEPTION", "message": "no" }]));
    let first = value!({ "compositeResponse":
        [package("033A"), package("033B"), broken, version("04tA"), version("04tB")] });
    let second = value!({ "compositeResponse": [version("04tC")] });
    let rows = list(value!([row("A"), row("B"), row("C")]));
    let (server, client) = org(vec![json(&rows), json(&first), json(&second)]).await;
    let installed = client.packages().installed_one_by_one().await.unwrap();
    let names: Vec<Option<&str>> = installed
        .iter()
        .map(|it| it.subscriber_package.as_ref().and_then(|it| it.name.as_deref()))
        .collect();
    assert_eq!(names, [Some("033A"), Some("033B"), None]);
    assert_eq!(installed[2].subscriber_package_version_id.as_deref(), Some("04tC"));
    assert!(installed.iter().all(|it| it.subscriber_package_version.is_some()));
    assert_eq!(server.heard().len(), 3, "five questions at once");
}

#[tokio::test]
async fn a_look_at_an_install_is_a_poll() {
    let row =
        value!({ "Id": "0HfA", "Status": "ERROR", "Errors": { "errors": [{ "message": "no" }] } });
    let (_server, client) = org(vec![json(&row)]).await;
    let status = client.packages().install_status("0HfA").await.unwrap();
    assert_eq!((status.state, status.errors), (InstallState::Error, vec!["no".to_owned()]));
    let counted = client.transport().counters().read();
    assert_eq!((counted.requests, counted.polls), (0, 1));
}

#[tokio::test]
async fn an_accepted_change_whose_answer_cannot_be_read_is_in_doubt() {
    for answer in [
        Reply::json(201, "<html><body>Welcome</body></html>"),
        Reply::json(201, r#"{"id":"0HfA","success":tr"#),
        Reply::json(201, r#"{"success":true,"errors":[]}"#),
        Reply::json(200, "[]"),
    ] {
        let (_server, client) = org(vec![answer]).await;
        let request = InstallRequest::new("04tA", Audience::AdminsOnly);
        let error = client.packages().install(&request).await.unwrap_err();
        assert!(error.is_ambiguous(), "{error:?}");
        assert!(error.to_string().contains("may or may not have been done"), "{error}");
    }
    let refused = r#"{"success":false,"errors":[{"message":"no","statusCode":"X"}]}"#;
    let (_server, client) = org(vec![Reply::json(200, refused)]).await;
    let request = InstallRequest::new("04tA", Audience::AdminsOnly);
    assert!(!client.packages().install(&request).await.unwrap_err().is_ambiguous());
}
