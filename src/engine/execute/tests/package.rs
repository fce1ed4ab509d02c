//! The installation of the package.

use super::*;
use crate::checklist::ItemId;
use crate::failure::Kind;
use crate::model::org_fixture::OrgFixture;
use crate::model::{
    InstallAudience, Observed, PackageRequest, PackageValue, PackageVersionId, Target,
    Value as Held, Version,
};

const VERSION: &str = "04t000000000001AAA";
const JOB: &str = "0Hf000000000001AAA";

fn install() -> Vec<Change> {
    let value = PackageValue {
        id: Some(PackageVersionId::parse(VERSION).unwrap()),
        number: Some(Version { major: 4, minor: 2, patch: 0 }),
        name: "ciscocjs".to_owned(),
        audience: Some(InstallAudience::AllUsers),
    };
    let target = Target::Package("ciscocjs".to_owned());
    vec![Change::new(ItemId::PACKAGE, target, None, Some(Held::Package(value)))]
}

fn org(installs: Vec<PackageRequest>) -> OrgState {
    OrgFixture::new().with(|state| state.installs = Observed::Seen(installs)).build()
}

fn status(state: &str, errors: &[&str]) -> Reply {
    let errors: Vec<Value> = errors.iter().map(|words| json!({ "message": words })).collect();
    reply(&json!({
        "Id": JOB, "Status": state, "SubscriberPackageVersionKey": VERSION,
        "Errors": if errors.is_empty() { Value::Null } else { json!({ "errors": errors }) },
    }))
}

fn started() -> Reply {
    Reply::json(201, json!({"id": JOB, "success": true, "errors": []}).to_string())
}

#[tokio::test]
async fn an_installation_is_announced_begun_once_and_looked_at_until_it_has_ended() {
    let script = vec![started(), status("SUCCESS", &[])];
    let played = play(Wave::Package, org(Vec::new()), &install(), script).await;
    let [begin, look] = played.lines()[..] else { panic!("{:?}", played.heard) };
    assert_eq!(begin, "POST /services/data/v68.0/tooling/sobjects/PackageInstallRequest HTTP/1.1");
    assert!(look.starts_with("GET ") && look.contains(JOB), "{look}");
    let body = played.body(0);
    assert_eq!(body["SubscriberPackageVersionKey"], VERSION);
    assert_eq!((&body["SecurityType"], &body["EnableRss"]), (&json!("Full"), &json!(true)));
    assert_eq!(body.get("Password"), None, "there is no installation key");
    assert_eq!(played.written(), ["PackageInstallRequest (1)", "job 0Hf000000000001AAA"]);
    assert!(played.carried.is_ok());
}

#[tokio::test]
async fn an_installation_that_is_under_way_is_joined_and_none_is_begun() {
    let running = PackageRequest {
        id: JOB.to_owned(),
        version_id: Some(PackageVersionId::parse(VERSION).unwrap()),
        running: true,
        given_up: false,
        since: None,
        by: None,
    };
    let script = vec![status("SUCCESS", &[])];
    let played = play(Wave::Package, org(vec![running]), &install(), script).await;
    assert!(played.lines()[0].starts_with("GET "), "{:?}", played.heard);
    assert_eq!(played.written(), ["job 0Hf000000000001AAA"]);
    assert!(played.carried.is_ok());
}

#[tokio::test]
async fn an_installation_that_the_org_gives_up_is_told_in_its_words() {
    let script = vec![started(), status("ERROR", &["A component is missing"])];
    let played = play(Wave::Package, org(Vec::new()), &install(), script).await;
    let failure = played.carried.unwrap_err();
    assert_eq!(failure.kind, Kind::Failed);
    assert!(failure.message().contains("A component is missing"), "{failure}");
}
