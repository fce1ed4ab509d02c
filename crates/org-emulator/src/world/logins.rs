//! Who may log in through which app, and the tokens that came of it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::World;
use super::people::User;
use crate::barrier::Barrier;
use crate::clock::{Millis, rest_time};
use crate::ids::Id;

/// The app of Salesforce's own CLI, which every org knows.
pub(crate) const PLATFORM_CLI: &str = "PlatformCLI";
/// Seconds that an access token in JSON Web Token form lives, where nothing else is said.
const WEB_TOKEN_LIFE: u64 = 1_800;

/// An app through which people and programs log in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct ConnectedApp {
    /// What OAuth calls `client_id`.
    pub(crate) consumer_key: String,
    /// Must be sent where there is one.
    #[serde(default)]
    pub(crate) consumer_secret: Option<String>,
    /// Where a browser may be sent after a login.
    #[serde(default)]
    pub(crate) callback_urls: Vec<String>,
    /// PEM: whose key signs the app's assertions.
    #[serde(default)]
    pub(crate) certificate: Option<String>,
    /// User name of the one whom client credentials log in.
    #[serde(default)]
    pub(crate) run_as: Option<String>,
    /// Labels of profiles whose users an administrator approved; nothing: users approve it
    /// themselves, by logging in through it once.
    #[serde(default)]
    pub(crate) approved_profiles: Option<Vec<String>>,
    /// Whether an administrator installed it in this org.
    #[serde(default = "yes")]
    pub(crate) installed: bool,
    /// Whether an administrator blocked it.
    #[serde(default)]
    pub(crate) blocked: bool,
    /// The scopes that it may ask for; nothing: any.
    #[serde(default)]
    pub(crate) scopes: Option<Vec<String>>,
}

fn yes() -> bool {
    true
}

impl ConnectedApp {
    fn platform_cli() -> Self {
        Self {
            consumer_key: PLATFORM_CLI.to_owned(),
            consumer_secret: None,
            callback_urls: vec!["http://localhost:1717/OauthRedirect".to_owned()],
            certificate: None,
            run_as: None,
            approved_profiles: None,
            installed: true,
            blocked: false,
            scopes: None,
        }
    }

    /// What it gets that asks for nothing in particular: all that it may have, or the usual.
    pub(crate) fn granted(&self, usual: &str) -> String {
        self.scopes.as_ref().map_or_else(|| usual.to_owned(), |scopes| scopes.join(" "))
    }

    /// Whether it may ask for all of these scopes.
    pub(crate) fn may_ask(&self, wanted: &str) -> bool {
        let has =
            |scope: &str| self.scopes.as_ref().is_none_or(|it| it.iter().any(|it| it == scope));
        wanted.split_whitespace().all(has)
    }
}

/// A login that can be renewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshToken {
    pub(crate) user: Id,
    pub(crate) consumer_key: String,
    /// What the app may do with it; nothing: whatever it likes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scope: Option<String>,
}

/// What an access token opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Saved")]
pub(crate) struct Session {
    pub(crate) user: Id,
    /// When it ends by itself, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Millis>,
    /// What it is good for; nothing: everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scope: Option<String>,
    /// The refresh token that it came with, or from, and goes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) login: Option<String>,
}

/// A session in the world file, which once held the user and nothing else.
#[derive(Deserialize)]
#[serde(untagged)]
enum Saved {
    User(Id),
    Whole {
        user: Id,
        #[serde(default)]
        until: Option<Millis>,
        #[serde(default)]
        scope: Option<String>,
        #[serde(default)]
        login: Option<String>,
    },
}

impl From<Saved> for Session {
    fn from(saved: Saved) -> Self {
        match saved {
            Saved::User(user) => Self::of(user),
            Saved::Whole { user, until, scope, login } => Self { user, until, scope, login },
        }
    }
}

impl Session {
    /// One that is good for everything until somebody ends it.
    pub(crate) fn of(user: Id) -> Self {
        Self { user, until: None, scope: None, login: None }
    }

    /// Whether it is good for calling APIs.
    pub(crate) fn opens_apis(&self) -> bool {
        self.has("api")
    }

    /// Whether it is good for logging a browser in.
    pub(crate) fn opens_pages(&self) -> bool {
        self.has("web")
    }

    fn has(&self, wanted: &str) -> bool {
        let opens =
            |scope: &String| scope.split_whitespace().any(|it| it == wanted || it == "full");
        self.scope.as_ref().is_none_or(opens)
    }
}

/// How the org deals with tokens and logins, whatever the app.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent settings, named one by one")]
pub(crate) struct LoginPolicy {
    /// Seconds that new access tokens live.
    pub(crate) access_token_seconds: Option<u64>,
    /// Every refresh answers with a new refresh token, and the old one is no longer good.
    pub(crate) rotate_refresh_tokens: bool,
    /// New access tokens are JSON Web Tokens.
    pub(crate) web_tokens: bool,
    /// The emulator's address is that of a login host that all orgs share, not the org's own.
    pub(crate) shared_login_host: bool,
    /// The org is locked, closed or suspended.
    pub(crate) locked: bool,
    /// What stands between every client and the org.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) barrier: Option<Barrier>,
    /// Labels of profiles whose users come from the wrong address, or at the wrong time.
    pub(crate) restricted_profiles: Vec<String>,
}

impl World {
    /// The app of that consumer key.
    pub(crate) fn connected_app(&self, consumer_key: &str) -> Option<ConnectedApp> {
        let own = self.connected_apps.iter().find(|app| app.consumer_key == consumer_key);
        own.cloned().or_else(|| (consumer_key == PLATFORM_CLI).then(ConnectedApp::platform_cli))
    }

    /// The active or inactive user of that user name.
    pub(crate) fn user_named(&self, username: &str) -> Option<&User> {
        self.users.iter().find(|user| user.username.eq_ignore_ascii_case(username))
    }

    /// A token that opens the org as this user.
    pub(crate) fn access_token(&self, user: &Id) -> Option<String> {
        let mut sessions = self.sessions.iter();
        sessions.find(|(_, session)| session.user == *user).map(|(token, _)| token.clone())
    }

    /// Whether the user has logged in through the app before, so that it can come again.
    pub(crate) fn has_approved(&self, user: &Id, consumer_key: &str) -> bool {
        let mut logins = self.refresh_tokens.values();
        logins.any(|login| login.user == *user && login.consumer_key == consumer_key)
    }

    /// Logs a user in, by a refresh token or without one, and returns the access token.
    pub(crate) fn log_in(
        &mut self,
        user: &Id,
        scope: &str,
        login: Option<String>,
        url: &str,
        now: Millis,
    ) -> String {
        let policy = &self.login_policy;
        let seconds =
            policy.access_token_seconds.or_else(|| policy.web_tokens.then_some(WEB_TOKEN_LIFE));
        let until = seconds.map(|seconds| now + seconds * 1_000);
        let secret = self.secret();
        let token = if self.login_policy.web_tokens {
            web_token(user, scope, url, now, until.unwrap_or(now), &secret)
        } else {
            format!("{}!AQEA{secret}", self.organization.id.short())
        };
        let scope = Some(scope.to_owned());
        let session = Session { user: user.clone(), until, scope, login };
        self.sessions.insert(token.clone(), session);
        if let Some(user) = self.users.iter_mut().find(|it| it.id == *user) {
            user.last_login_date = Some(rest_time(now));
        }
        token
    }

    /// Has an app log a user in whenever it likes, and returns the refresh token.
    pub(crate) fn remember(
        &mut self,
        user: &Id,
        consumer_key: &str,
        scope: Option<String>,
    ) -> String {
        let token = format!("5Aep861{}", self.secret());
        let (user, consumer_key) = (user.clone(), consumer_key.to_owned());
        self.refresh_tokens.insert(token.clone(), RefreshToken { user, consumer_key, scope });
        token
    }

    /// Puts a new refresh token in the place of an old one, which is no longer good.
    pub(crate) fn rotate(&mut self, old: &str) -> Option<String> {
        let RefreshToken { user, consumer_key, scope } = self.refresh_tokens.remove(old)?;
        let new = self.remember(&user, &consumer_key, scope);
        let of_it = |session: &&mut Session| session.login.as_deref() == Some(old);
        for session in self.sessions.values_mut().filter(of_it) {
            session.login = Some(new.clone());
        }
        Some(new)
    }

    /// Ends a token, and with a refresh token the sessions that came of it.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.sessions.remove(token);
        if self.refresh_tokens.remove(token).is_some() {
            self.sessions.retain(|_, session| session.login.as_deref() != Some(token));
        }
    }

    /// Ends all access tokens, or those of one user: an id, or the beginning of a user name.
    pub(crate) fn end_sessions(&mut self, user: Option<&str>) -> Result<(), String> {
        let Some(wanted) = user else {
            self.sessions.clear();
            return Ok(());
        };
        let is_it = |user: &&User| user.id.as_str() == wanted || user.username.starts_with(wanted);
        let user = self.users.iter().find(is_it).map(|user| user.id.clone());
        let user = user.ok_or_else(|| format!("the org has no user {wanted:?}"))?;
        self.sessions.retain(|_, session| session.user != user);
        Ok(())
    }

    /// Letters that nobody was given before, the same for the same history of an org.
    pub(crate) fn secret(&mut self) -> String {
        let number = self.new_id("0Ak");
        ["", "!"]
            .map(|salt| {
                let text = format!("{salt}{number}{}", self.organization.id);
                BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes())).replace('-', ".")
            })
            .concat()
    }
}

/// An access token in the other form that Salesforce has, which names no org.
///
/// Nobody but the org looks at it, and the org knows it: its signature is none.
fn web_token(
    user: &Id,
    scope: &str,
    url: &str,
    now: Millis,
    until: Millis,
    secret: &str,
) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({
        "aud": [url], "exp": until / 1_000, "iat": now / 1_000, "iss": url, "scp": scope,
        "sub": format!("uid:{user}"),
    });
    let header = json!({"alg": "RS256", "kid": "emulator", "typ": "JWT", "ver": "1.0"});
    format!("{}.{}.{}", part(&header), part(&claims), secret.replace('.', "-"))
}
