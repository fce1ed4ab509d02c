//! Who may log in through which app, and the tokens that came of it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::World;
use crate::emulator::ids::Id;

/// The app of Salesforce's own CLI, which every org knows.
pub(crate) const PLATFORM_CLI: &str = "PlatformCLI";

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
        }
    }
}

/// A login that can be renewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshToken {
    pub(crate) user: Id,
    pub(crate) consumer_key: String,
}

impl World {
    /// The app of that consumer key.
    pub(crate) fn connected_app(&self, consumer_key: &str) -> Option<ConnectedApp> {
        let own = self.connected_apps.iter().find(|app| app.consumer_key == consumer_key);
        own.cloned().or_else(|| (consumer_key == PLATFORM_CLI).then(ConnectedApp::platform_cli))
    }

    /// The active or inactive user of that user name.
    pub(crate) fn user_named(&self, username: &str) -> Option<&super::people::User> {
        self.users.iter().find(|user| user.username.eq_ignore_ascii_case(username))
    }

    /// Logs a user in, and returns the access token.
    pub(crate) fn log_in(&mut self, user: &Id) -> String {
        let secret = self.secret();
        let token = format!("{}!AQEA{secret}", self.organization.id.short());
        self.sessions.insert(token.clone(), user.clone());
        token
    }

    /// Has an app log a user in whenever it likes, and returns the refresh token.
    pub(crate) fn remember(&mut self, user: &Id, consumer_key: &str) -> String {
        let token = format!("5Aep861{}", self.secret());
        let (user, consumer_key) = (user.clone(), consumer_key.to_owned());
        self.refresh_tokens.insert(token.clone(), RefreshToken { user, consumer_key });
        token
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
