//! The service around the records: log-in, log, limits, control routes.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Bench;
use crate::*;

#[test]
fn the_announcement_has_the_keys_that_scripts_rely_on() {
    let emulator = Emulator::builder().orgs(2).start().unwrap();
    let announced = serde_json::to_value(emulator.announcement()).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&announced), ["format", "url", "pid", "orgs", "webex"]);
    let org = &announced["orgs"][0];
    assert_eq!(
        keys(org),
        [
            "org_id",
            "name",
            "kind",
            "instance_url",
            "package_version_id",
            "package_versions",
            "users"
        ],
    );
    assert_eq!(org["kind"], "sandbox");
    assert_eq!(org["package_version_id"], "04tHp000000wXcZIAU");
    assert_eq!(org["users"].as_array().unwrap().len(), 5);
    assert_eq!(
        keys(&org["users"][0]),
        ["id", "username", "profile", "access_token", "refresh_token"]
    );
    assert_eq!(org["users"][0]["profile"], "System Administrator");
    assert_ne!(org["org_id"], announced["orgs"][1]["org_id"]);
}

#[test]
fn the_token_chooses_the_org() {
    let bench = Bench::new(Emulator::builder().orgs(2));
    let announced = bench.announced();
    let other = Bench {
        token: announced["orgs"][1]["users"][0]["access_token"].as_str().unwrap().to_owned(),
        org: announced["orgs"][1]["org_id"].as_str().unwrap().to_owned(),
        ..bench
    };
    let id = &other.query("SELECT Id FROM Organization")["records"][0]["Id"];
    assert_eq!(*id, announced["orgs"][1]["org_id"]);
}

#[test]
fn a_wrong_token_is_refused_in_each_apis_own_shape() {
    let bench = Bench { token: "00Dx!nobody".to_owned(), ..Bench::new(Emulator::builder()) };
    let (status, body) = bench.call("GET", "/services/data/v68.0/limits", None);
    assert_eq!(status, 401);
    assert_eq!(
        body,
        json!([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]),
    );
    let (status, text) = bench.text("GET", "/services/oauth2/userinfo", None);
    assert_eq!((status, text.as_str()), (403, "Bad_OAuth_Token"));
    let (status, text) = bench.text("POST", "/services/Soap/m/68.0", None);
    assert_eq!(status, 500);
    assert!(text.contains("faultcode"), "{text}");
}

#[test]
fn unknown_things_answer_in_the_apis_own_shape() {
    let bench = Bench::new(Emulator::builder());
    let missing = json!([
        {"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"},
    ]);
    for path in [
        "/services/data/v68.0/nothing",
        "/services/data/v99.0/limits",
        "/services/data/v68.0/sobjects/Nothing/describe",
        "/services/data/v68.0/tooling/composite/sobjects?ids=01p",
        "/somewhere",
    ] {
        assert_eq!(bench.call("GET", path, None), (404, missing.clone()), "{path}");
    }
    assert_eq!(bench.call("GET", "/services/data/v29.0/limits", None).0, 410);
    let long = "x".repeat(16_400);
    let (status, _) = bench.call("GET", &format!("/services/data/v68.0/query?q={long}"), None);
    assert_eq!(status, 414);
    let (status, body) = bench.call("GET", "/services/data/v68.0/query?q=SELECT+X+FROM+User", None);
    assert_eq!((status, &body[0]["errorCode"]), (400, &json!("INVALID_FIELD")));
}

#[test]
fn versions_resources_and_identity() {
    let bench = Bench::new(Emulator::builder());
    let versions = bench.get("/services/data/");
    let newest = versions.as_array().unwrap().last().unwrap();
    assert_eq!(
        *newest,
        json!({"label": "Winter '27", "url": "/services/data/v68.0", "version": "68.0"}),
    );
    assert_eq!(bench.get("/services/data/v68.0")["query"], "/services/data/v68.0/query");
    let user = bench.get("/services/oauth2/userinfo");
    assert_eq!(user["organization_id"], bench.org.as_str());
    assert!(user["preferred_username"].as_str().unwrap().starts_with("ada.lovelace@"));
}

#[test]
fn the_log_names_what_was_asked_and_can_be_emptied() {
    let bench = Bench::new(Emulator::builder());
    bench.query("SELECT Id FROM User LIMIT 1");
    let body = json!({"batchRequests": [{"method": "GET", "url": "v68.0/limits"}]});
    bench.call("POST", "/services/data/v68.0/composite/batch", Some(&body));
    let log = bench.requests();
    assert_eq!(log.len(), 2);
    let keys: Vec<&String> = log[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "seq",
            "at_ms",
            "duration_ms",
            "method",
            "path",
            "operation",
            "status",
            "poll",
            "subrequests"
        ],
    );
    assert_eq!(log[0]["operation"], "query");
    assert_eq!(log[1]["operation"], "composite/batch");
    assert_eq!(log[1]["subrequests"], 1);
    let path = format!("/_emulator/orgs/{}/requests", bench.org);
    assert_eq!(bench.get(&format!("{path}?since=1"))["requests"].as_array().unwrap().len(), 1);
    assert_eq!(bench.call("DELETE", &path, None).0, 204);
    assert!(bench.requests().is_empty());
}

#[test]
fn the_daily_limit_and_permissions_are_enforced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("seed.toml");
    std::fs::write(&file, "[features]\nDailyApiRequests = 2\n").unwrap();
    let bench = Bench::new(Emulator::builder().seed(Seed::read(&file).unwrap()));
    bench.query("SELECT Id FROM User LIMIT 1");
    bench.query("SELECT Id FROM User LIMIT 1");
    let (status, body) = bench.call("GET", "/services/data/v68.0/limits", None);
    assert_eq!((status, &body[0]["errorCode"]), (403, &json!("REQUEST_LIMIT_EXCEEDED")));

    std::fs::write(&file, "[permissions]\n\"System Administrator\" = [\"ApiEnabled\"]\n").unwrap();
    let bench = Bench::new(Emulator::builder().seed(Seed::read(&file).unwrap()));
    let id = bench.query("SELECT Id FROM User LIMIT 1")["records"][0]["Id"].clone();
    let path = format!("/services/data/v68.0/sobjects/User/{}", id.as_str().unwrap());
    let (status, body) = bench.call("PATCH", &path, Some(&json!({"Title": "X"})));
    assert_eq!((status, &body[0]["errorCode"]), (403, &json!("INSUFFICIENT_ACCESS_OR_READONLY")));
    let (_, body) = bench.tooling("SELECT Id FROM ProfileLayout");
    assert_eq!(body[0]["errorCode"], "INVALID_TYPE");
}

#[test]
fn the_world_survives_in_its_file_and_starts_over_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new/folder/world.json");
    let options = Emulator::builder().world_file(file.clone());
    let fresh = {
        let bench = Bench::new(options.clone());
        let fresh = bench.world();
        let id = bench.query("SELECT Id FROM User LIMIT 1")["records"][0]["Id"].clone();
        let path = format!("/services/data/v68.0/sobjects/User/{}", id.as_str().unwrap());
        bench.call("PATCH", &path, Some(&json!({"Title": "Changed"})));
        assert_ne!(bench.world(), fresh);
        fresh
    };
    let bench = Bench::new(options.clone());
    assert_ne!(bench.world(), fresh);
    let reset = format!("/_emulator/orgs/{}/reset", bench.org);
    assert_eq!(bench.call("POST", &reset, None).0, 204);
    assert_eq!(bench.world(), fresh);
    drop(bench);
    assert_eq!(Bench::new(options.clone()).world(), fresh);

    std::fs::write(&file, "{\"format\": 5, \"orgs\": []}").unwrap();
    assert!(matches!(Emulator::start(options.clone()), Err(Error::WorldFormat { format: 5, .. })));
    std::fs::write(&file, "{\"format\": 1}").unwrap();
    assert!(matches!(Emulator::start(options), Err(Error::BrokenWorld { .. })));
}

/// Takes out of a world what files of format 1 lack.
fn aged(value: &mut Value) {
    const LATER: [&str; 16] = [
        "components",
        "custom_objects",
        "scheduled_jobs",
        "uninstalls",
        "DependsOn",
        "FormulaOf",
        "Objects",
        "UntidyDependencies",
        "FlexiPage",
        "NavType",
        "UtilityBar",
        "IsFrozen",
        "LastLoginDate",
        "DataStorageMB",
        "DataStorageMBRemaining",
        "login_policy",
    ];
    match value {
        Value::Array(values) => values.iter_mut().for_each(aged),
        Value::Object(fields) => {
            fields.retain(|name, _| !LATER.contains(&name.as_str()));
            // Those of a permission set, and not those of a custom metadata type.
            if fields.get("Fields").is_some_and(Value::is_object) {
                fields.remove("Fields");
            }
            // A session was no more than whose it is.
            if let Some(Value::Object(sessions)) = fields.get_mut("sessions") {
                sessions.values_mut().for_each(|session| *session = session["user"].take());
            }
            // The permission to install packages had another name, and nobody needed one for tasks.
            let permissions = fields.get_mut("Permissions").and_then(Value::as_array_mut);
            if let Some(list) = permissions {
                list.retain(|permission| permission != "EditTask");
            }
            let permissions = fields.get_mut("Permissions").and_then(Value::as_array_mut);
            if let Some(list) = permissions.filter(|list| list.len() > 1) {
                *list = vec!["ApiEnabled".into(), "DownloadPackages".into()];
            }
            fields.values_mut().for_each(aged);
        }
        _ => {}
    }
}

#[test]
fn a_world_of_an_older_program_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world.json");
    let options = Emulator::builder().world_file(file.clone());
    let fresh = Bench::new(options.clone()).world();
    let mut saved: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(saved["format"], 4);
    saved["format"] = 1.into();
    aged(&mut saved["orgs"]);
    assert!(saved["orgs"][0]["custom_objects"].is_null());
    std::fs::write(&file, saved.to_string()).unwrap();

    let bench = Bench::new(options);
    let without_packages = |mut world: Value| {
        world.as_object_mut().unwrap().remove("package_versions");
        world
    };
    assert_eq!(without_packages(bench.world()), without_packages(fresh));
    bench.installed("04tUl000000VK45IAG");
    let (status, made) = bench.request_uninstall("04tUl000000VK45IAG");
    assert_eq!(status, 201, "{made}");
}

#[test]
fn requests_that_come_together_wait_together() {
    let latency = Duration::from_millis(150);
    let bench = Bench::new(Emulator::builder().latency(latency));
    let url = format!("{}/services/data/v68.0/limits", bench.emulator.url());
    let started = Instant::now();
    bench.runtime.block_on(async {
        let ask = || async {
            bench.client.get(&url).bearer_auth(&bench.token).send().await.unwrap().status()
        };
        let (one, two, three, four) = tokio::join!(ask(), ask(), ask(), ask());
        assert!([one, two, three, four].iter().all(reqwest::StatusCode::is_success));
    });
    let took = started.elapsed();
    assert!(took >= latency, "{took:?}");
    assert!(took < latency * 3, "{took:?}");
}

#[test]
fn a_person_changes_softphone_layouts_through_the_control_route() {
    let bench = Bench::new(Emulator::builder());
    let path = format!("/_emulator/orgs/{}/softphone-layouts", bench.org);
    let layout = json!([{
        "name": "Webex", "is_default": true, "call_types": [{
            "name": "Inbound", "info_fields": ["ANI"],
            "screen_pop_options": [{"match_type": "SingleMatch", "screen_pop_type": "PopToEntity"}],
            "sections": [{"entity_api_name": "Case", "items": ["CaseNumber"]}],
        }],
    }]);
    assert_eq!(bench.call("PUT", &path, Some(&layout)).0, 204);
    assert_eq!(bench.world()["softphone_layouts"]["Webex"]["is_default"], true);
    assert_eq!(bench.call("PUT", &path, Some(&json!([{"name": "x"}]))).0, 400);
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let bench = Bench::new(Emulator::builder());
    let port = bench.emulator.url().rsplit(':').next().unwrap().parse().unwrap();
    let second = Emulator::start(Emulator::builder().port(port));
    assert!(matches!(second, Err(Error::Bind { port: taken, .. }) if taken == port));
}

#[test]
fn jobs_finish_after_their_time_even_if_nobody_polls() {
    let package_time = JobTime::Seconds(Duration::from_millis(200));
    let bench = Bench::new(Emulator::builder().package_time(package_time));
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let body = json!({"SubscriberPackageVersionKey": "04tHp000000wXcZIAU"});
    assert_eq!(bench.call("POST", path, Some(&body)).0, 201);
    let jobs = format!("/_emulator/orgs/{}/jobs", bench.org);
    assert_eq!(bench.get(&jobs)["installs"][0]["status"], "IN_PROGRESS");
    std::thread::sleep(Duration::from_millis(220));
    assert_eq!(bench.get(&jobs)["installs"][0]["status"], "SUCCESS");
}

#[test]
fn an_org_and_its_tenant_go_back_to_a_snapshot() {
    let bench = Bench::new(Emulator::builder());
    let (org, tenant) = (bench.emulator.org(), bench.emulator.tenant());
    let (before, of_tenant) = (org.snapshot(), tenant.snapshot());
    let world = org.world();
    org.change(&Changes::new().user("grace.hopper@", json!({"IsFrozen": true}))).unwrap();
    org.end_sessions().unwrap();
    assert_ne!(org.world(), world);
    org.restore(&before).unwrap();
    tenant.restore(&of_tenant);
    assert_eq!(org.world(), world);
    assert_eq!(org.requests(), []);
    let asked = bench.get("/services/data/v68.0/query?q=SELECT+Id+FROM+Organization");
    assert_eq!(asked["totalSize"], 1, "the sessions are back");
}
