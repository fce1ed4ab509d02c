//! What is known of a login to a Webex organization without its secrets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use webex_client::{Region, oauth};

use crate::login::Record;
use crate::model::{Command, Hint};
use crate::vault::{Owner, Place};

/// A login to one Webex organization, under a name of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebexLogin {
    /// What the person calls it.
    pub alias: String,
    /// The organization's id, a UUID in small letters.
    pub org_id: String,
    /// The organization's name, where the service tells it.
    pub org_name: Option<String>,
    /// Where the configuration API is.
    pub api_url: String,
    /// Where tokens are given out.
    pub login_url: String,
    /// How the next access token is got.
    #[serde(flatten)]
    pub method: WebexMethod,
    /// What it may do, as the service lists it; `None` where the service did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
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
pub enum WebexMethod {
    /// By the refresh token that the browser brought.
    Integration {
        /// The integration's client id.
        client_id: String,
        /// Where the browser came back to.
        redirect_uri: String,
    },
    /// By the refresh token of a service app.
    ServiceApp {
        /// The app's client id.
        client_id: String,
    },
    /// Not at all: there is one access token, until it ends.
    AccessToken,
}

impl WebexMethod {
    /// In words, for tables.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Integration { .. } => "integration",
            Self::ServiceApp { .. } => "service app",
            Self::AccessToken => "access token",
        }
    }
}

impl Record for WebexLogin {
    const FILE: &'static str = "webex-logins.json";

    fn alias(&self) -> &str {
        &self.alias
    }

    /// Webex does not tell who has logged in, so that each alias has a secret of its own.
    fn owner(&self) -> Owner {
        Owner { org_id: self.org_id.clone(), user_id: self.alias.clone() }
    }

    fn last_used(&mut self) -> &mut Timestamp {
        &mut self.last_used
    }
}

impl WebexLogin {
    /// What people know the organization by: its name, or its id where it has told none.
    pub fn org(&self) -> &str {
        self.org_name.as_deref().unwrap_or(&self.org_id)
    }

    /// What a person does once the login has ended, in a sentence.
    pub fn remedy(&self) -> Hint {
        Hint::command("Log in again:", self.login_command(), "")
    }

    /// What a person types to log in again.
    pub fn login_command(&self) -> Command {
        let place = match Region::ALL.iter().find(|region| region.api_url() == self.api_url) {
            Some(region) => format!("--data-center {region}"),
            None => format!("--api-url {}", self.api_url),
        };
        let login = match self.login_url.as_str() {
            oauth::URL => String::new(),
            url => format!(" --login-url {url}"),
        };
        let way = match &self.method {
            WebexMethod::Integration { client_id, redirect_uri } => {
                format!("--client-id {client_id} --redirect-uri {redirect_uri}")
            }
            WebexMethod::ServiceApp { client_id } => {
                format!("--client-id {client_id} --refresh-token-stdin --org-id {}", self.org_id)
            }
            WebexMethod::AccessToken => format!("--access-token-stdin --org-id {}", self.org_id),
        };
        Command::of_machine(format!("login webex {} {place}{login} {way}", self.alias))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_that_has_ended_says_the_command_that_begins_another() {
        let mut login = WebexLogin {
            alias: "acme".to_owned(),
            org_id: "1eb65fdf-9643-417f-9974-ad72cae0e10f".to_owned(),
            org_name: None,
            api_url: Region::Eu1.api_url().to_owned(),
            login_url: oauth::URL.to_owned(),
            method: WebexMethod::Integration {
                client_id: "C1".to_owned(),
                redirect_uri: "http://localhost:1717/OauthRedirect".to_owned(),
            },
            scope: None,
            secret: Place::Keyring,
            since: "2026-11-22T10:00:00Z".parse().unwrap(),
            last_used: "2026-11-22T10:00:00Z".parse().unwrap(),
        };
        assert_eq!(
            login.login_command().to_string(),
            "provision login webex acme --data-center eu1 --client-id C1 --redirect-uri \
             http://localhost:1717/OauthRedirect"
        );
        login.api_url = "https://api.example.com".to_owned();
        login.login_url = "https://login.example.com".to_owned();
        login.method = WebexMethod::AccessToken;
        assert_eq!(
            login.login_command().to_string(),
            "provision login webex acme --api-url https://api.example.com --login-url \
             https://login.example.com --access-token-stdin --org-id \
             1eb65fdf-9643-417f-9974-ad72cae0e10f"
        );
        let json = serde_json::to_value(&login).unwrap();
        assert_eq!(json["method"], "access-token");
        assert_eq!(serde_json::from_value::<WebexLogin>(json).unwrap(), login);
    }
}
