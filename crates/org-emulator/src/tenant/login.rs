//! Tokens, and how one gets them: what `webexapis.com` does, as far as logins need it.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answer::{Answer, Result};
use super::query::value;
use super::store::now;
use crate::url::{encoded, pairs};

/// How long an access token is good, in seconds: 14 days.
const ACCESS: i64 = 1_209_600;

/// How long a refresh token is good, in seconds: 90 days.
const REFRESH: i64 = 7_776_000;

/// Reads the configuration.
pub(crate) const READ: &str = "cjp:config_read";
/// Changes it.
pub(crate) const WRITE: &str = "cjp:config_write";
/// Both, as older apps ask for it.
pub(crate) const BOTH: &str = "cjp:config";
/// Gets tokens for service apps.
pub(crate) const MINT: &str = "spark:applications_token";

/// An app that may log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// Where the browser may return to; a service app has none.
    #[serde(default)]
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) scopes: BTreeSet<String>,
    /// The id of a service app.
    #[serde(default)]
    pub(crate) application_id: Option<String>,
    /// Whether an administrator has let a service app in.
    #[serde(default)]
    pub(crate) authorized: bool,
}

/// What a token is good for, and until when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) scopes: BTreeSet<String>,
    /// In milliseconds since 1970.
    pub(crate) until: i64,
    /// Whose refresh token it is.
    #[serde(default)]
    pub(crate) client_id: Option<String>,
}

/// A code that nobody came for yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Code {
    client_id: String,
    redirect_uri: String,
    scopes: BTreeSet<String>,
    challenge: Option<String>,
}

/// Apps and tokens.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Logins {
    pub(crate) apps: Vec<App>,
    pub(crate) access: BTreeMap<String, Token>,
    pub(crate) refresh: BTreeMap<String, Token>,
    codes: BTreeMap<String, Code>,
    made: u64,
}

impl Logins {
    /// These apps, and no token yet.
    pub(crate) fn of(apps: Vec<App>) -> Logins {
        Logins { apps, ..Logins::default() }
    }

    /// A token that nobody guesses, which ends in the organization.
    fn new_token(&mut self, organization: &str) -> String {
        self.made += 1;
        let hash = digest(&SHA256, format!("{organization}/{}", self.made).as_bytes());
        format!("{}_PF84_{organization}", BASE64_URL_SAFE_NO_PAD.encode(hash))
    }

    /// An access token with these scopes.
    pub(crate) fn access_token(&mut self, organization: &str, scopes: &[&str]) -> String {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        self.access_token_of(organization, scopes)
    }

    fn access_token_of(&mut self, organization: &str, scopes: BTreeSet<String>) -> String {
        let token = self.new_token(organization);
        let until = now() + ACCESS * 1000;
        self.access.insert(token.clone(), Token { scopes, until, client_id: None });
        token
    }

    /// A refresh token of that app.
    pub(crate) fn refresh_token(&mut self, organization: &str, client_id: &str) -> String {
        let app = self.apps.iter().find(|app| app.client_id == client_id);
        let scopes = app.map(|app| app.scopes.clone()).unwrap_or_default();
        self.refresh_token_of(organization, client_id, scopes)
    }

    fn refresh_token_of(
        &mut self,
        organization: &str,
        client_id: &str,
        scopes: BTreeSet<String>,
    ) -> String {
        let token = self.new_token(organization);
        let until = now() + REFRESH * 1000;
        let client_id = Some(client_id.to_owned());
        self.refresh.insert(token.clone(), Token { scopes, until, client_id });
        token
    }

    /// Refuses a request whose token is none, has ended, or is not good for it.
    pub(crate) fn check(&self, token: Option<&str>, scope: &str) -> Result<()> {
        let known = token.and_then(|token| self.access.get(token)).filter(|it| it.until > now());
        let Some(known) = known else {
            return Err(Answer::refused(
                401,
                "The access token is missing, unknown or has expired",
            ));
        };
        let umbrella = scope != MINT && known.scopes.contains(BOTH);
        if umbrella || known.scopes.contains(scope) {
            Ok(())
        } else {
            Err(Answer::refused(403, "Access denied - the token does not have the scope"))
        }
    }

    /// `GET /v1/authorize`: the person in the browser agrees at once.
    pub(crate) fn authorize(&mut self, organization: &str, query: &str) -> Result {
        let query = pairs(query);
        let get = |name: &str| value(&query, name).unwrap_or_default();
        let app = self.apps.iter().find(|app| app.client_id == get("client_id"));
        let app = app.ok_or_else(|| denied(400, "invalid_client", "There is no such client_id"))?;
        let redirect_uri = get("redirect_uri").to_owned();
        if !app.redirect_uris.contains(&redirect_uri) {
            let words = "The redirect_uri is not one that the integration was registered with";
            return Err(denied(400, "redirect_uri_mismatch", words));
        }
        let back = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
            let sign = if redirect_uri.contains('?') { '&' } else { '?' };
            format!("{redirect_uri}{sign}{}", pairs.collect::<Vec<_>>().join("&"))
        };
        let scopes: BTreeSet<String> = get("scope").split_whitespace().map(str::to_owned).collect();
        let state = get("state");
        let wrong = if get("response_type") != "code" {
            Some("unsupported_response_type")
        } else if scopes.is_empty() || !scopes.is_subset(&app.scopes) {
            Some("invalid_scope")
        } else {
            None
        };
        if let Some(error) = wrong {
            return Ok(Answer::elsewhere(back(&[("error", error), ("state", state)])));
        }
        let challenge = Some(get("code_challenge").to_owned()).filter(|it| !it.is_empty());
        let client_id = app.client_id.clone();
        let code = self.new_token(organization);
        let location = back(&[("code", &code), ("state", state)]);
        self.codes.insert(code, Code { client_id, redirect_uri, scopes, challenge });
        Ok(Answer::elsewhere(location))
    }

    /// `POST /v1/access_token`
    pub(crate) fn token(&mut self, organization: &str, form: &[u8]) -> Result {
        let form = pairs(&String::from_utf8_lossy(form));
        let get = |name: &str| value(&form, name).unwrap_or_default();
        let is_app = |app: &&App| {
            app.client_id == get("client_id") && app.client_secret == get("client_secret")
        };
        let app = self.apps.iter().find(is_app).cloned();
        let app =
            app.ok_or_else(|| denied(401, "invalid_client", "Unknown client_id or client_secret"))?;
        let (scopes, refresh) = match get("grant_type") {
            "authorization_code" => {
                // A code is good once, whatever comes of it.
                let code = self.codes.remove(get("code"));
                let verifier = digest(&SHA256, get("code_verifier").as_bytes());
                let verifier = BASE64_URL_SAFE_NO_PAD.encode(verifier);
                let fits = |code: &Code| {
                    code.client_id == app.client_id
                        && code.redirect_uri == get("redirect_uri")
                        && code.challenge.as_ref().is_none_or(|challenge| *challenge == verifier)
                };
                let code = code.filter(fits);
                let code =
                    code.ok_or_else(|| denied(400, "invalid_grant", "The code is not valid"))?;
                let scopes = code.scopes;
                let refresh = self.refresh_token_of(organization, &app.client_id, scopes.clone());
                (scopes, refresh)
            }
            "refresh_token" => {
                let token = get("refresh_token").to_owned();
                let is_good = |it: &&mut Token| {
                    it.until > now() && it.client_id.as_ref() == Some(&app.client_id)
                };
                let known = self.refresh.get_mut(&token).filter(is_good);
                let Some(known) = known else {
                    return Err(denied(400, "invalid_grant", "The refresh token is not valid"));
                };
                known.until = now() + REFRESH * 1000;
                (known.scopes.clone(), token)
            }
            _ => return Err(denied(400, "unsupported_grant_type", "There is no such grant_type")),
        };
        let access = self.access_token_of(organization, scopes.clone());
        Ok(Answer::of(200, issued(&access, &refresh, &scopes)))
    }

    /// `POST /v1/applications/{applicationId}/token`
    pub(crate) fn mint(
        &mut self,
        organization: &str,
        token: Option<&str>,
        application: &str,
        body: &[u8],
    ) -> Result {
        self.check(token, MINT)?;
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let is_it = |app: &&App| {
            app.application_id.as_deref() == Some(application)
                && body["clientId"] == *app.client_id
                && body["clientSecret"] == *app.client_secret
        };
        let app = self.apps.iter().find(is_it).cloned();
        let app = app.ok_or_else(|| Answer::refused(400, "There is no such service app"))?;
        if !app.authorized || body["targetOrgId"] != organization {
            return Err(Answer::refused(
                403,
                "The service app is not authorized in this organization",
            ));
        }
        let access = self.access_token_of(organization, app.scopes.clone());
        let refresh = self.refresh_token_of(organization, &app.client_id, app.scopes.clone());
        Ok(Answer::of(200, issued(&access, &refresh, &app.scopes)))
    }

    /// `GET /v1/authorizations/tokenExpiry`
    pub(crate) fn expiry(&self, token: Option<&str>) -> Result {
        let known = token.and_then(|token| self.access.get(token)).filter(|it| it.until > now());
        match known {
            Some(known) => Ok(Answer::of(200, json!({ "exp": known.until }))),
            None => Err(Answer::refused(401, "The access token is unknown or has expired")),
        }
    }
}

fn issued(access: &str, refresh: &str, scopes: &BTreeSet<String>) -> Value {
    json!({
        "access_token": access,
        "expires_in": ACCESS,
        "refresh_token": refresh,
        "refresh_token_expires_in": REFRESH,
        "token_type": "Bearer",
        "scope": scopes.iter().cloned().collect::<Vec<_>>().join(" "),
    })
}

fn denied(status: u16, error: &str, description: &str) -> Answer {
    Answer::of(status, json!({ "error": error, "error_description": description }))
}
