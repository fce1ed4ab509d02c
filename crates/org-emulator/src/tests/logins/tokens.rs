//! How long tokens live, and what they look like.

use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::Emulator;
use crate::tests::Bench;

impl Bench {
    fn renewed(&self, token: &str) -> (u16, Value) {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "PlatformCLI"),
            ("refresh_token", token),
        ])
    }

    fn is_open(&self) -> bool {
        let (status, answer) = self.call("GET", "/services/data/v68.0", None);
        assert!(status == 200 || answer[0]["errorCode"] == "INVALID_SESSION_ID", "{answer}");
        status == 200
    }
}

#[test]
fn sessions_end_when_somebody_says_so() {
    let bench = Bench::new(Emulator::builder());
    let agent = bench.announced()["orgs"][0]["users"][1].clone();
    let text = |field: &str| agent[field].as_str().unwrap().to_owned();
    let path = format!("/_emulator/orgs/{}/sessions", bench.org);
    let refresh_token = bench.administrator("refresh_token");
    let one = format!("{path}?user={}", text("id"));
    assert_eq!(bench.text("DELETE", &one, None).0, 204);
    assert!(bench.is_open());
    let bench = Bench { token: text("access_token"), ..bench };
    assert!(!bench.is_open());
    assert_eq!(bench.text("DELETE", &format!("{path}?user=nobody"), None).0, 400);
    let (_, answer) = bench.renewed(&text("refresh_token"));
    let bench = bench.with_token(&answer);
    assert!(bench.is_open());
    assert_eq!(bench.text("DELETE", &path, None).0, 204);
    assert!(!bench.is_open());
    assert_eq!(bench.renewed(&refresh_token).0, 200, "refresh tokens go on working");
}

#[test]
fn tokens_live_as_long_as_the_org_says() {
    let bench = Bench::seeded("[changes.logins]\nAccessTokenSeconds = 1", Emulator::builder());
    let (_, answer) = bench.renewed(&bench.administrator("refresh_token"));
    let bench = bench.with_token(&answer);
    assert!(bench.is_open());
    std::thread::sleep(Duration::from_millis(1_100));
    assert!(!bench.is_open());
    bench.change(&json!({"logins": {"AccessTokenSeconds": null}}));
    let (_, answer) = bench.renewed(&bench.administrator("refresh_token"));
    assert!(bench.with_token(&answer).is_open());
}

#[test]
fn a_refresh_token_that_rotates_is_good_once() {
    let bench = Bench::seeded("[changes.logins]\nRotateRefreshTokens = true", Emulator::builder());
    let first = bench.administrator("refresh_token");
    let (status, answer) = bench.renewed(&first);
    assert_eq!(status, 200, "{answer}");
    let second = answer["refresh_token"].as_str().unwrap();
    assert_ne!(second, first);
    assert_eq!(bench.renewed(&first).1["error_description"], "expired access/refresh token");
    assert_eq!(bench.renewed(second).0, 200);
    // Everybody who asked is in the log, whatever they were told.
    let requests = bench.requests();
    let asked: Vec<&Value> = requests
        .iter()
        .filter(|it| it["operation"] == "oauth2/token")
        .map(|it| &it["status"])
        .collect();
    assert_eq!(asked, [200, 400, 200]);
}

#[test]
fn a_web_token_tells_no_org_and_opens_it() {
    let bench = Bench::seeded("[changes.logins]\nWebTokens = true", Emulator::builder());
    let (_, answer) = bench.renewed(&bench.administrator("refresh_token"));
    let token = answer["access_token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("eyJ") && !token.contains("00D"), "{token}");
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    let claims: Value =
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    assert_eq!(claims["sub"], format!("uid:{}", bench.administrator("id")));
    let life = claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap();
    assert_eq!(life, 1_800);
    let bench = bench.with_token(&answer);
    assert!(bench.is_open());
    assert_eq!(bench.get("/services/oauth2/userinfo")["organization_id"], bench.org);
}
