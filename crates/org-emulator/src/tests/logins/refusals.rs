//! Whom an org does not let in, and in which words.

use serde_json::{Value, json};

use super::{JWT, assertion, key};
use crate::tests::Bench;
use crate::url::{decoded, encoded};
use crate::{Emulator, clock};

const REDIRECT: &str = "http://localhost:8080/back";

/// An org with an app of these settings, beside the usual.
fn with_app(settings: &Value, changes: &Value) -> Bench {
    let mut app = json!({
        "CallbackUrls": [REDIRECT], "ConsumerSecret": "s3cret",
        "RunAs": "ada.lovelace@northwind.example",
    });
    app.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    let seed = json!({"connected_apps": {"robot": app}, "changes": changes});
    Bench::seeded(&seed.to_string(), Emulator::builder())
}

impl Bench {
    /// A person agrees in the browser: where it ends.
    fn agrees(&self, user: &str, scope: &str) -> String {
        let asked = format!(
            "/services/oauth2/authorize?response_type=code&client_id=robot&redirect_uri={}{scope}",
            encoded(REDIRECT)
        );
        let (status, location, text) = self.form(&asked, &[("user", user)]);
        assert_eq!(status, 302, "{text}");
        decoded(&location, false)
    }

    /// What the app gets with its secret.
    fn robot(&self) -> (u16, Value) {
        self.token(&[
            ("grant_type", "client_credentials"),
            ("client_id", "robot"),
            ("client_secret", "s3cret"),
        ])
    }

    fn robot_is_refused(&self) -> (String, String) {
        let (status, body) = self.robot();
        assert_eq!(status, 400, "{body}");
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        (text("error"), text("error_description"))
    }

    fn announced_user(&self, place: usize) -> Value {
        self.announced()["orgs"][0]["users"][place].clone()
    }
}

fn words(error: &str, description: &str) -> (String, String) {
    (error.to_owned(), description.to_owned())
}

#[test]
fn a_blocked_app_is_sent_away() {
    let bench = with_app(&json!({"Blocked": true}), &json!({}));
    let end = bench.agrees(&bench.administrator("id"), "");
    let said = "error=OAUTH_APP_BLOCKED&error_description=this app is blocked by admin";
    assert_eq!(end, format!("{REDIRECT}?{said}"));
    assert_eq!(
        bench.robot_is_refused(),
        words("OAUTH_APP_BLOCKED", "this app is blocked by admin")
    );
}

#[test]
fn an_app_that_is_not_installed_is_for_those_who_may_approve_it() {
    let bench = with_app(&json!({"Installed": false}), &json!({}));
    let agent = bench.announced_user(1)["id"].as_str().unwrap().to_owned();
    let end = bench.agrees(&agent, "");
    let page = "/setup/secur/RemoteAccessErrorPage.apexp?error=invalid_client\
                &error_description=app must be installed into org";
    assert_eq!(end, page);
    let (status, text) = bench.text("GET", &page.replace(' ', "+"), None);
    assert_eq!(status, 200);
    assert!(text.contains("OAUTH_APPROVAL_ERROR_GENERIC"), "{text}");
    // Administrators may approve such apps, unless they may not.
    assert!(bench.agrees(&bench.administrator("id"), "").contains("?code="));
    bench.change(&json!({"permissions": {"System Administrator": ["ApiEnabled"]}}));
    assert_eq!(bench.robot_is_refused(), words("invalid_client", "app must be installed into org"));
}

#[test]
fn who_logged_in_before_may_go_on_with_an_app_that_is_not_installed() {
    let bench = with_app(&json!({}), &json!({}));
    let agent = bench.announced_user(1)["id"].as_str().unwrap().to_owned();
    let end = bench.agrees(&agent, "");
    let code = end.split_once("code=").unwrap().1;
    let (status, answer) = bench.token(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", "robot"),
        ("client_secret", "s3cret"),
        ("redirect_uri", REDIRECT),
    ]);
    assert_eq!(status, 200, "{answer}");
    bench.register(&json!([
        {"ConsumerKey": "robot", "Installed": false, "CallbackUrls": [REDIRECT]}
    ]));
    let (status, answer) = bench.token(&[
        ("grant_type", "refresh_token"),
        ("client_id", "robot"),
        ("refresh_token", answer["refresh_token"].as_str().unwrap()),
    ]);
    assert_eq!(status, 200, "{answer}");
    assert!(bench.agrees(&agent, "").contains("?code="));
}

#[test]
fn users_whom_nobody_approved_stay_out() {
    let bench = with_app(&json!({"ApprovedProfiles": ["System Administrator"]}), &json!({}));
    let agent = bench.announced_user(1)["id"].as_str().unwrap().to_owned();
    let said = "error=OAUTH_APP_ACCESS_DENIED&error_description=user is not admin approved to \
                access this app";
    assert_eq!(bench.agrees(&agent, ""), format!("{REDIRECT}?{said}"));
    assert_eq!(bench.robot().0, 200);
    assert!(bench.agrees("", "").contains("error=access_denied"));
}

#[test]
fn people_stay_out_who_are_elsewhere_or_gone() {
    let bench =
        with_app(&json!({}), &json!({"logins": {"RestrictedProfiles": ["System Administrator"]}}));
    let restricted = words("invalid_grant", "ip restricted or invalid login hours");
    assert_eq!(bench.robot_is_refused(), restricted);
    assert!(bench.agrees(&bench.administrator("id"), "").contains("ip restricted"));
    bench.change(&json!({"logins": {"RestrictedProfiles": []}}));
    assert_eq!(bench.robot().0, 200);
    let token = bench.administrator("refresh_token");
    for fields in [json!({"IsFrozen": true}), json!({"IsFrozen": false, "IsActive": false})] {
        bench.change(&json!({"users": {"ada.lovelace": fields}}));
        assert_eq!(bench.robot_is_refused(), words("inactive_user", "user is inactive"));
        let shown = [
            ("grant_type", "refresh_token"),
            ("client_id", "PlatformCLI"),
            ("refresh_token", token.as_str()),
        ];
        assert_eq!(bench.refused(&shown).0, "inactive_user");
        assert_eq!(bench.call("GET", "/services/data/v68.0", None).0, 401);
    }
    bench.change(
        &json!({"users": {"ada.lovelace": {"IsActive": true}}, "logins": {"Locked": true}}),
    );
    assert_eq!(bench.robot_is_refused().0, "inactive_org");
}

#[test]
fn client_credentials_are_for_the_orgs_own_address() {
    let bench = with_app(&json!({}), &json!({"logins": {"SharedLoginHost": true}}));
    assert_eq!(
        bench.robot_is_refused(),
        words("invalid_grant", "request not supported on this domain")
    );
}

#[test]
fn an_app_gets_the_scopes_that_it_may_have() {
    let bench = with_app(&json!({"Scopes": ["web", "refresh_token"]}), &json!({}));
    let end = bench.agrees(&bench.administrator("id"), "&scope=api+web");
    assert!(end.starts_with(&format!("{REDIRECT}?error=invalid_scope&")), "{end}");
    assert!(bench.agrees(&bench.administrator("id"), "&scope=web").contains("?code="));
    let (status, answer) = bench.robot();
    assert_eq!((status, &answer["scope"]), (200, &json!("web refresh_token")));
    let bench = bench.with_token(&answer);
    let (status, answer) = bench.call("GET", "/services/data/v68.0", None);
    let refusal = json!([{
        "errorCode": "INVALID_SESSION_ID",
        "message": "This session is not valid for use with the REST API",
    }]);
    assert_eq!((status, answer), (401, refusal));
}

#[test]
fn an_assertion_may_last_as_long_as_it_likes() {
    // The Salesforce CLI's own last for ages, as it counts milliseconds; nobody looks at `iat`.
    let (key, certificate) = key();
    let bench = with_app(
        &json!({"Certificate": certificate, "ApprovedProfiles": ["System Administrator"]}),
        &json!({}),
    );
    let now = clock::now() / 1_000;
    let claims = json!({
        "iss": "robot", "sub": bench.administrator("username"), "aud": "https://login.salesforce.com",
        "iat": now + 86_400, "exp": now + 90_000,
    });
    let shown = assertion(&key, &claims);
    let (status, answer) = bench.token(&[("grant_type", JWT), ("assertion", &shown)]);
    assert_eq!(status, 200, "{answer}");
}
