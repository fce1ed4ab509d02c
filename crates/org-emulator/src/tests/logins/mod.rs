//! Logging in, over real sockets.

mod refusals;
mod tokens;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rcgen::{CertificateParams, KeyPair, SigningKey};
use serde_json::{Value, json};

use super::Bench;
use crate::url::encoded;
use crate::{Emulator, clock};

const TOKEN: &str = "/services/oauth2/token";
const JWT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

impl Bench {
    /// Sends a form; status, `Location`, and the answer's text.
    fn form(&self, path: &str, parameters: &[(&str, &str)]) -> (u16, String, String) {
        let pairs = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let request = client
            .post(format!("{}{path}", self.emulator.url()))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let location = answer.headers().get("location").cloned();
            let location = location.map(|it| it.to_str().unwrap().to_owned());
            (answer.status().as_u16(), location.unwrap_or_default(), answer.text().await.unwrap())
        })
    }

    fn token(&self, parameters: &[(&str, &str)]) -> (u16, Value) {
        let (status, _, text) = self.form(TOKEN, parameters);
        (status, serde_json::from_str(&text).unwrap())
    }

    fn refused(&self, parameters: &[(&str, &str)]) -> (String, String) {
        let (status, body) = self.token(parameters);
        assert_eq!(status, 400, "{body}");
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        (text("error"), text("error_description"))
    }

    /// A bench that goes on with another token.
    fn with_token(mut self, answer: &Value) -> Self {
        answer["access_token"].as_str().unwrap().clone_into(&mut self.token);
        self
    }

    fn administrator(&self, field: &str) -> String {
        let user = &self.announced()["orgs"][0]["users"][0];
        user[field].as_str().unwrap().to_owned()
    }

    fn register(&self, apps: &Value) {
        let path = format!("/_emulator/orgs/{}/connected-apps", self.org);
        assert_eq!(self.text("PUT", &path, Some(apps)).0, 204);
    }
}

/// An app's key and its certificate.
fn key() -> (KeyPair, String) {
    let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let certificate = CertificateParams::default().self_signed(&key).unwrap();
    (key, certificate.pem())
}

fn assertion(key: &KeyPair, claims: &Value) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({"alg": "RS256"})), part(claims));
    let signature = key.sign(signed.as_bytes()).unwrap();
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn a_refresh_token_opens_the_org_again_and_again() {
    let bench = Bench::new(Emulator::builder());
    let token = bench.administrator("refresh_token");
    let shown = [
        ("grant_type", "refresh_token"),
        ("client_id", "PlatformCLI"),
        ("refresh_token", token.as_str()),
    ];
    let (status, first) = bench.token(&shown);
    assert_eq!(status, 200, "{first}");
    let (_, second) = bench.token(&shown);
    assert_ne!(first["access_token"], second["access_token"]);
    assert_eq!(first["instance_url"], bench.emulator.url());
    assert!(first["id"].as_str().unwrap().ends_with(&bench.administrator("id")), "{first}");
    assert_eq!(first.get("refresh_token"), None);
    let bench = bench.with_token(&second);
    assert_eq!(bench.get("/services/oauth2/userinfo")["user_id"], bench.administrator("id"));

    let expired = ("invalid_grant".to_owned(), "expired access/refresh token".to_owned());
    assert_eq!(bench.refused(&[shown[0], shown[1], ("refresh_token", "5Aep")]), expired,);
    assert_eq!(bench.refused(&[shown[0], ("client_id", "x"), shown[2]]).0, "invalid_client_id");
    assert_eq!(bench.refused(&[shown[1]]).0, "unsupported_grant_type");
    assert_eq!(bench.refused(&[("grant_type", "password")]).1, "authentication failure");

    assert_eq!(bench.form("/services/oauth2/revoke", &[("token", token.as_str())]).0, 200);
    assert_eq!(bench.refused(&shown), expired);
    // The access tokens that came of it went with it, and no others.
    assert_eq!(bench.call("GET", "/services/data/v68.0/limits", None).0, 401);
    assert_eq!(bench.form("/services/oauth2/revoke", &[("token", &bench.token)]).0, 400);
    let bench = Bench { token: bench.administrator("access_token"), ..bench };
    assert_eq!(bench.call("GET", "/services/data/v68.0/limits", None).0, 200);
    assert_eq!(bench.form("/services/oauth2/revoke", &[("token", &bench.token)]).0, 200);
    assert_eq!(bench.call("GET", "/services/data/v68.0/limits", None).0, 401);
}

#[test]
fn an_assertion_is_good_where_its_app_its_key_and_its_user_are() {
    let bench = Bench::new(Emulator::builder());
    let (key, certificate) = key();
    let (stranger, _) = self::key();
    let app = |more: Value| {
        let mut app = json!({"ConsumerKey": "robot", "Certificate": certificate});
        app.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([app])
    };
    let soon = clock::now() / 1_000 + 180;
    let url = bench.emulator.url().to_owned();
    let claims = |field: &str, value: Value| {
        let mut claims = json!({
            "iss": "robot", "sub": bench.administrator("username"), "aud": format!("{url}/"), "exp": soon,
        });
        claims[field] = value;
        claims
    };
    let good = claims("iat", (soon - 180).into());
    let ask = |assertion: &str| bench.token(&[("grant_type", JWT), ("assertion", assertion)]);
    let why = |key: &KeyPair, claims: &Value| {
        let (status, body) = ask(&assertion(key, claims));
        assert_eq!(status, 400, "{body}");
        body["error_description"].as_str().unwrap().to_owned()
    };
    assert_eq!(why(&key, &good), "client identifier invalid");
    bench.register(&app(json!({})));
    assert_eq!(why(&key, &good), "user hasn't approved this consumer");
    bench.register(&app(json!({"ApprovedProfiles": ["Standard User"]})));
    assert_eq!(why(&key, &good), "user is not admin approved to access this app");
    bench.register(&app(json!({"ApprovedProfiles": ["System Administrator"]})));

    let (status, answer) = ask(&assertion(&key, &good));
    assert_eq!(status, 200, "{answer}");
    // The Salesforce CLI counts in milliseconds; apps that log in at Salesforce name its address.
    assert_eq!(ask(&assertion(&key, &claims("exp", (soon * 1_000).into()))).0, 200);
    assert_eq!(ask(&assertion(&key, &claims("aud", "https://test.salesforce.com".into()))).0, 200);

    let by_name = url.replace("127.0.0.1", "localhost");
    assert_eq!(ask(&assertion(&key, &claims("aud", by_name.into()))).0, 200);

    assert_eq!(why(&stranger, &good), "invalid assertion");
    assert_eq!(why(&key, &claims("exp", (soon - 600).into())), "expired authorization code");
    assert_eq!(why(&key, &claims("aud", "https://example.com".into())), "audience is invalid");
    assert_eq!(
        why(&key, &claims("sub", "nobody@example".into())),
        "user hasn't approved this consumer"
    );
    assert_eq!(ask("a.b.c").1["error_description"], "invalid assertion");
    let (unsigned, _) =
        assertion(&key, &good).rsplit_once('.').map(|(a, b)| (a.to_owned(), b.len())).unwrap();
    assert_eq!(ask(&format!("{unsigned}.")).0, 400);

    let bench = bench.with_token(&answer);
    assert_eq!(
        bench.get("/services/oauth2/userinfo")["preferred_username"],
        bench.administrator("username")
    );
}

#[test]
fn client_credentials_log_in_the_one_whom_the_app_runs_as() {
    let bench = Bench::new(Emulator::builder());
    let shown =
        [("grant_type", "client_credentials"), ("client_id", "robot"), ("client_secret", "s3cret")];
    assert_eq!(bench.refused(&shown).0, "invalid_client_id");
    bench.register(&json!([{"ConsumerKey": "robot", "ConsumerSecret": "s3cret"}]));
    assert_eq!(bench.refused(&shown).1, "no client credentials user enabled");
    bench.register(&json!([
        {"ConsumerKey": "robot", "ConsumerSecret": "s3cret", "RunAs": bench.administrator("username")},
    ]));
    assert_eq!(bench.refused(&[shown[0], shown[1], ("client_secret", "x")]).0, "invalid_client");
    let (status, answer) = bench.token(&shown);
    assert_eq!(status, 200, "{answer}");
    let bench = bench.with_token(&answer);
    assert_eq!(bench.get("/services/oauth2/userinfo")["user_id"], bench.administrator("id"));
}

#[test]
fn a_person_agrees_in_the_browser_and_the_app_proves_that_it_asked() {
    let bench = Bench::new(Emulator::builder());
    let redirect = "http://localhost:1717/OauthRedirect";
    // The example of RFC 7636.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let asked = |redirect: &str| {
        format!(
            "/services/oauth2/authorize?response_type=code&client_id=PlatformCLI&redirect_uri={}\
             &state=a%2Bb&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            encoded(redirect)
        )
    };
    let (status, page) = bench.text("GET", &asked(redirect), None);
    assert_eq!(status, 200);
    assert!(page.contains(&bench.administrator("username")), "{page}");
    let (status, page) = bench.text("GET", &asked("https://evil.example/"), None);
    assert_eq!(status, 400);
    assert!(page.contains("redirect_uri_mismatch"), "{page}");

    let (status, location, _) =
        bench.form(&asked(redirect), &[("user", &bench.administrator("id"))]);
    assert_eq!(status, 302);
    let (code, state) = location
        .strip_prefix("http://localhost:1717/OauthRedirect?code=")
        .and_then(|rest| rest.split_once("&state="))
        .unwrap();
    assert_eq!(state, "a%2Bb");
    let shown = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", "PlatformCLI"),
        ("redirect_uri", redirect),
        ("code_verifier", verifier),
    ];
    let (status, answer) = bench.token(&shown);
    assert_eq!(status, 200, "{answer}");
    assert!(answer["refresh_token"].is_string(), "{answer}");
    assert_eq!(bench.refused(&shown).1, "expired authorization code");

    let (_, location, _) = bench.form(&asked(redirect), &[("user", &bench.administrator("id"))]);
    let code = location.split(['=', '&']).nth(1).unwrap();
    let wrong = [shown[0], ("code", code), shown[2], shown[3], ("code_verifier", "another")];
    assert_eq!(bench.refused(&wrong).1, "invalid code verifier");

    let (status, location, _) = bench.form(&asked(redirect), &[("user", "")]);
    assert_eq!(status, 302);
    assert!(location.contains("error=access_denied"), "{location}");
}

#[test]
fn a_caller_knows_themselves_and_nobody_else() {
    let bench = Bench::new(Emulator::builder());
    let own = format!("/id/{}/{}", bench.org, bench.administrator("id"));
    assert_eq!(bench.get(&own)["username"], bench.administrator("username"));
    let url = format!("{own}?format=json&oauth_token={}", encoded(&bench.token));
    let anonymous = Bench { token: String::new(), ..bench };
    assert_eq!(anonymous.get(&url)["organization_id"], anonymous.org);
    let token = anonymous.emulator.org().access_token().to_owned();
    let bench = Bench { token, ..anonymous };
    let other = bench.announced()["orgs"][0]["users"][1]["id"].clone();
    let path = format!("/id/{}/{}", bench.org, other.as_str().unwrap());
    assert_eq!(bench.text("GET", &path, None), (403, "Bad_Id".to_owned()));
    let bad = Bench { token: "00D!x".to_owned(), ..bench };
    assert_eq!(bad.text("GET", &own, None), (403, "Bad_OAuth_Token".to_owned()));
}

#[test]
fn a_link_opens_the_door_once() {
    let bench = Bench::new(Emulator::builder());
    let page = encoded("/lightning/setup/CallCenters/home");
    let link = bench.get(&format!("/services/oauth2/singleaccess?redirect_uri={page}"));
    let link = link["frontdoor_uri"].as_str().unwrap();
    let path = link.strip_prefix(bench.emulator.url()).unwrap();
    assert!(path.ends_with(&page), "{path}");
    let (status, location, _) = bench.visit(path, "");
    assert_eq!((status, location.as_str()), (302, "/lightning/setup/CallCenters/home"));
    assert_eq!(bench.text("GET", path, None).0, 403);
}
