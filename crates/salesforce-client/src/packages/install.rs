//! Installing a package: a request, and looking at what becomes of it.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::Packages;
use crate::wire::Class;
use crate::{Error, Soql, decode};

const OBJECT: &str = "PackageInstallRequest";

/// Who may use a package once it is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// System administrators.
    AdminsOnly,
    /// All users.
    AllUsers,
    /// Users of chosen profiles: pairs of the package's profile and the org's.
    Profiles(Vec<ProfileMapping>),
}

/// Which access a profile of the org gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileMapping {
    /// The package's profile, or `Full` or `None`.
    pub source: String,
    /// The org's profile.
    pub target: String,
}

/// A package version to install, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct InstallRequest {
    /// The version's id (`04t…`).
    pub version_id: String,
    /// Who may use it.
    pub audience: Audience,
    /// Whether the sites that the package wants to call are allowed.
    pub allow_sites: bool,
    /// The installation key, for a protected package.
    pub key: Option<SecretString>,
}

impl InstallRequest {
    /// An installation of an open version, which calls no sites.
    pub fn new(version_id: impl Into<String>, audience: Audience) -> InstallRequest {
        InstallRequest { version_id: version_id.into(), audience, allow_sites: false, key: None }
    }
}

/// How an installation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstallState {
    /// It goes on.
    InProgress,
    /// The package is installed.
    Success,
    /// It failed.
    Error,
    /// It was cancelled.
    Canceled,
    /// A word that is not known here; taken as going on.
    Other(String),
}

/// A request to install, as the org shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "InstallRow")]
#[non_exhaustive]
pub struct InstallStatus {
    /// The request's id.
    pub id: String,
    /// How it stands.
    pub state: InstallState,
    /// Why it failed, in the org's own words.
    pub errors: Vec<String>,
    /// The version to be installed.
    pub version_id: Option<String>,
    /// When it was made.
    pub created: Option<String>,
    /// Name of the user who made it.
    pub created_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstallRow {
    id: String,
    #[serde(default, deserialize_with = "decode::or_default")]
    status: String,
    #[serde(default, deserialize_with = "decode::or_default")]
    errors: InstallErrors,
    subscriber_package_version_key: Option<String>,
    created_date: Option<String>,
    #[serde(default, deserialize_with = "decode::name")]
    created_by: Option<String>,
}

#[derive(Deserialize, Default)]
struct InstallErrors {
    #[serde(default, deserialize_with = "decode::list")]
    errors: Vec<InstallError>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InstallError {
    #[serde(default, deserialize_with = "decode::words")]
    message: String,
    /// The documentation names no code; other errors of the API have one under these names.
    #[serde(default, alias = "errorCode", deserialize_with = "decode::words")]
    status_code: String,
}

impl InstallError {
    fn words(self) -> String {
        match self.status_code.as_str() {
            code if code.is_empty() || self.message.contains(code) => self.message,
            code if self.message.is_empty() => code.to_owned(),
            code => format!("{code}: {}", self.message),
        }
    }
}

impl From<InstallRow> for InstallStatus {
    fn from(row: InstallRow) -> Self {
        InstallStatus {
            id: row.id,
            state: InstallState::parse(&row.status),
            errors: row.errors.errors.into_iter().map(InstallError::words).collect(),
            version_id: row.subscriber_package_version_key,
            created: row.created_date,
            created_by: row.created_by,
        }
    }
}

impl InstallState {
    /// Reads a status in any of its spellings: `IN_PROGRESS`, `InProgress`.
    pub fn parse(text: &str) -> InstallState {
        match text.replace('_', "").to_ascii_lowercase().as_str() {
            "inprogress" | "queued" => InstallState::InProgress,
            "success" => InstallState::Success,
            "error" => InstallState::Error,
            "canceled" => InstallState::Canceled,
            _ => InstallState::Other(text.to_owned()),
        }
    }

    /// Whether nothing more will happen.
    pub fn is_final(&self) -> bool {
        matches!(self, InstallState::Success | InstallState::Error | InstallState::Canceled)
    }
}

/// The query that [`Packages::recent_installs`] asks, for use inside a larger request.
///
/// Its status cannot be filtered by, so the rows are compared here.
pub fn recent_installs_query() -> Soql {
    Soql::new(
        "SELECT Id, Status, SubscriberPackageVersionKey, CreatedDate, CreatedBy.Name \
         FROM PackageInstallRequest \
         ORDER BY CreatedDate DESC LIMIT 20",
    )
}

/// The same without an order and without names, for orgs that do not sort these requests or join
/// other objects to them: all of them.
pub fn all_installs_query() -> Soql {
    Soql::new(
        "SELECT Id, Status, SubscriberPackageVersionKey, CreatedDate \
         FROM PackageInstallRequest",
    )
}

impl Packages<'_> {
    /// The newest requests to install, newest first: where to look after an answer was lost.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_packageinstallrequest.htm>
    pub async fn recent_installs(&self) -> Result<Vec<InstallStatus>, Error> {
        let queries = [recent_installs_query(), all_installs_query()];
        self.newest_first("list the package installations", queries, |it: &InstallStatus| {
            it.created.clone()
        })
        .await
    }

    /// Begins to install a package version and returns the request's id.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_packageinstallrequest.htm>
    pub async fn install(&self, request: &InstallRequest) -> Result<String, Error> {
        let mut fields = json!({
            "SubscriberPackageVersionKey": request.version_id,
            "EnableRss": request.allow_sites,
            "NameConflictResolution": "Block",
            "PackageInstallSource": "U",
        });
        match &request.audience {
            Audience::AdminsOnly => fields["SecurityType"] = "None".into(),
            Audience::AllUsers => fields["SecurityType"] = "Full".into(),
            Audience::Profiles(mappings) => {
                fields["SecurityType"] = "Custom".into();
                let mappings: Vec<_> = mappings
                    .iter()
                    .map(|mapping| json!({ "source": mapping.source, "target": mapping.target }))
                    .collect();
                fields["ProfileMappings"] = json!({ "profileMappings": mappings });
            }
        }
        if let Some(key) = &request.key {
            fields["Password"] = key.expose_secret().into();
        }
        self.client.tooling().create_for("install the package", OBJECT, &fields).await
    }

    /// How an installation stands.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_packageinstallrequest.htm>
    pub async fn install_status(&self, id: &str) -> Result<InstallStatus, Error> {
        let operation = "look at the package installation";
        let mut status: InstallStatus =
            self.client.tooling().get_for(operation, Class::Poll, OBJECT, id).await?;
        for text in &mut status.errors {
            *text = self.client.mask(text);
        }
        Ok(status)
    }
}
