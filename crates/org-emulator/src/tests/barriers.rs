//! What stands between every client and the org.

use serde_json::json;

use super::Bench;
use crate::soap::METADATA;
use crate::{Barrier, Changes, Emulator, Seed};

const QUERY: &str = "/services/data/v68.0/query?q=SELECT+Id+FROM+Organization";

#[test]
fn each_is_told_in_each_apis_own_words() {
    let bench = Bench::new(Emulator::builder());
    let org = bench.emulator.org();
    for (barrier, status, code) in [
        (Barrier::UrlNotReset, 400, "URL_NOT_RESET"),
        (Barrier::OrgLocked, 403, "ORG_LOCKED"),
        (Barrier::TrialExpired, 403, "TRIAL_EXPIRED"),
        (Barrier::PasswordExpired, 403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"),
        (Barrier::IpRestricted, 403, "LOGIN_DURING_RESTRICTED_DOMAIN"),
        (Barrier::SessionRestricted, 403, "FORBIDDEN"),
        (Barrier::AppNotAllowed, 403, "CLIENT_NOT_ACCESSIBLE_FOR_USER"),
        (Barrier::ApiNotEnabled, 403, "API_CURRENTLY_DISABLED"),
        (Barrier::NotForRest, 401, "INVALID_SESSION_ID"),
    ] {
        org.change(&Changes::new().barrier(barrier)).unwrap();
        let (told, answer) = bench.call("GET", QUERY, None);
        assert_eq!((told, answer[0]["errorCode"].as_str()), (status, Some(code)), "{barrier:?}");
        let (told, text) = bench.soap("/services/Soap/m/68.0", METADATA, "<describeMetadata/>");
        match barrier {
            Barrier::NotForRest => assert_eq!(told, 200),
            Barrier::UrlNotReset => assert!(text.contains("UNKNOWN_EXCEPTION"), "{text}"),
            _ => assert!(told == 500 && text.contains(code), "{barrier:?}: {told} {text}"),
        }
    }
    org.change(&Changes::new().no_barrier()).unwrap();
    assert_eq!(bench.call("GET", QUERY, None).0, 200);
}

#[test]
fn a_moved_org_says_where_and_a_domain_that_is_gone_is_a_page() {
    let seed = Seed::number(1).changes(Changes::new().barrier(Barrier::Moved));
    let bench = Bench::new(Emulator::builder().seed(seed));
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let url = format!("{}{QUERY}", bench.emulator.url());
    let answer = bench.runtime.block_on(async { client.get(url).send().await.unwrap() });
    assert_eq!(answer.status().as_u16(), 301);
    let port = bench.emulator.url().rsplit(':').next().unwrap();
    let wanted = format!("http://localhost:{port}/services/data/v68.0/query");
    assert_eq!(answer.headers()["location"], wanted.as_str());
    bench.change(&json!({"logins": {"Barrier": "Gone"}}));
    let (status, text) = bench.text("GET", QUERY, None);
    assert_eq!(status, 404);
    assert!(text.starts_with("<!DOCTYPE html>"), "{text}");
}
