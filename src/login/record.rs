//! What is known of a login without its secrets.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{Command, Hint, OrgKind};
use crate::vault::Place;

/// A login: one user of one org, under a name of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// What the person calls the org.
    pub alias: String,
    /// Who is logged in.
    pub username: String,
    /// The user's 18-character id.
    pub user_id: String,
    /// The org's 18-character id.
    pub org_id: String,
    /// The org's name.
    pub org_name: String,
    /// The org's kind, as its own record says.
    pub kind: OrgKind,
    /// The org's own address.
    pub instance_url: String,
    /// How the next access token is got.
    #[serde(flatten)]
    pub method: Method,
    /// Where the secret is.
    pub secret: Place,
    /// When somebody logged in.
    pub since: Timestamp,
    /// When it was last used, to the minute.
    pub last_used: Timestamp,
}

/// How the next access token is got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Method {
    /// By the refresh token that the browser brought.
    Web {
        /// The app's consumer key.
        client_id: String,
    },
    /// By a refresh token that was made elsewhere.
    RefreshToken {
        /// The consumer key of the app that it was given to.
        client_id: String,
    },
    /// By an assertion.
    Jwt {
        /// The app's consumer key.
        client_id: String,
        /// The app's private key; it stays where it is.
        key: PathBuf,
        /// Whom the assertion is for, as the org took it.
        audience: String,
    },
    /// By the app's own credentials.
    ClientCredentials {
        /// The app's consumer key.
        client_id: String,
    },
    /// Not at all: there is one access token, until it ends.
    AccessToken,
    /// The Salesforce CLI is asked.
    SalesforceCli {
        /// What the CLI calls the login.
        user: String,
    },
}

impl Method {
    /// In words, for tables.
    pub fn label(&self) -> &'static str {
        match self {
            Method::Web { .. } => "web",
            Method::RefreshToken { .. } => "refresh token",
            Method::Jwt { .. } => "JWT",
            Method::ClientCredentials { .. } => "client credentials",
            Method::AccessToken => "access token",
            Method::SalesforceCli { .. } => "Salesforce CLI",
        }
    }
}

impl Login {
    /// What a person does once the login has ended, in a sentence.
    pub fn remedy(&self) -> Hint {
        let variable = match (&self.method, self.secret) {
            (Method::AccessToken, Place::None) => "an access token into PROVISION_ACCESS_TOKEN",
            (Method::Web { .. } | Method::RefreshToken { .. }, Place::None) => {
                "its refresh token into PROVISION_REFRESH_TOKEN"
            }
            (Method::ClientCredentials { .. }, Place::None) => {
                "the app's consumer secret into PROVISION_CLIENT_SECRET"
            }
            _ => return Hint::command("Log in again:", self.login_command(), ""),
        };
        Hint::text(format!("The login `{}` keeps no secret: put {variable}.", self.alias))
    }

    /// What a person types to log in again.
    pub fn login_command(&self) -> Command {
        let Login { alias, instance_url, username, .. } = self;
        let flow = match &self.method {
            Method::Web { client_id } => format!("--client-id {client_id}"),
            Method::RefreshToken { client_id } => {
                format!("--client-id {client_id} --refresh-token-stdin")
            }
            Method::Jwt { client_id, key, .. } => {
                let key = key.display().to_string();
                // Paths are the only part that may hold blanks.
                let key = if key.contains(' ') { format!("\"{key}\"") } else { key };
                format!("--client-id {client_id} --jwt-key {key} --username {username}")
            }
            Method::ClientCredentials { client_id } => {
                format!("--client-id {client_id} --client-credentials")
            }
            Method::AccessToken => "--access-token-stdin".to_owned(),
            Method::SalesforceCli { user } => {
                return Command::of_machine(format!("login {alias} --from-sf {user}"));
            }
        };
        let vault = if self.secret == Place::None { " --vault none" } else { "" };
        Command::of_machine(format!("login {alias} --login-url {instance_url} {flow}{vault}"))
    }
}
