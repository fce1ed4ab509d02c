//! Managed packages: what is on offer, what is installed, and installing.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::{Client, Error, Soql, decode, soql};
use crate::wire::Class;

const OBJECT: &str = "PackageInstallRequest";

/// The packages of an org.
#[derive(Debug, Clone, Copy)]
pub struct Packages<'a> {
    client: &'a Client,
}

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
}

#[derive(Deserialize, Default)]
struct InstallErrors {
    #[serde(default, deserialize_with = "decode::list")]
    errors: Vec<InstallError>,
}

#[derive(Deserialize)]
struct InstallError {
    #[serde(default, deserialize_with = "decode::or_default")]
    message: String,
}

impl From<InstallRow> for InstallStatus {
    fn from(row: InstallRow) -> Self {
        InstallStatus {
            id: row.id,
            state: InstallState::parse(&row.status),
            errors: row
                .errors
                .errors
                .into_iter()
                .map(|error| error.message)
                .collect(),
            version_id: row.subscriber_package_version_key,
            created: row.created_date,
        }
    }
}

impl InstallState {
    /// Reads a status in any of its spellings: `IN_PROGRESS`, `InProgress`.
    pub fn parse(text: &str) -> InstallState {
        match text.replace('_', "").to_ascii_lowercase().as_str() {
            "inprogress" => InstallState::InProgress,
            "success" => InstallState::Success,
            "error" => InstallState::Error,
            "canceled" => InstallState::Canceled,
            _ => InstallState::Other(text.to_owned()),
        }
    }

    /// Whether nothing more will happen.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            InstallState::Success | InstallState::Error | InstallState::Canceled
        )
    }
}

/// A version of a package on offer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PackageVersion {
    /// The version's id (`04t…`).
    pub id: String,
    /// The package's id (`033…`).
    pub subscriber_package_id: Option<String>,
    /// The version's name.
    pub name: Option<String>,
    /// The first number.
    #[serde(default, deserialize_with = "decode::count")]
    pub major_version: u64,
    /// The second number.
    #[serde(default, deserialize_with = "decode::count")]
    pub minor_version: u64,
    /// The third number.
    #[serde(default, deserialize_with = "decode::count")]
    pub patch_version: u64,
    /// The build's number.
    #[serde(default, deserialize_with = "decode::count")]
    pub build_number: u64,
    /// Whether it is managed.
    #[serde(default, deserialize_with = "decode::flag")]
    pub is_managed: bool,
    /// Whether it needs an installation key.
    #[serde(default, deserialize_with = "decode::flag")]
    pub is_password_protected: bool,
    /// `Managed` or `Unlocked` for a second-generation package; none for a first-generation one.
    #[serde(default, deserialize_with = "decode::text")]
    pub package2_container_options: Option<String>,
    /// Whether it can be installed here: `NO_ERRORS_DETECTED`, or why not.
    #[serde(default, deserialize_with = "decode::text")]
    pub install_validation_status: Option<String>,
    #[serde(default, deserialize_with = "decode::or_default")]
    remote_site_settings: Settings,
    #[serde(default, deserialize_with = "decode::or_default")]
    csp_trusted_sites: Settings,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Settings {
    #[serde(default, deserialize_with = "decode::list")]
    settings: Vec<Site>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Site {
    #[serde(alias = "endpointUrl")]
    url: String,
}

impl PackageVersion {
    /// The sites that the package wants to call and the org does not allow yet.
    pub fn sites(&self) -> Vec<&str> {
        let both = [&self.remote_site_settings, &self.csp_trusted_sites];
        let mut sites: Vec<&str> = both
            .into_iter()
            .flat_map(|s| &s.settings)
            .map(|site| site.url.as_str())
            .collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }

    /// The numbers, as people write them: `1.4`, `1.4.2`.
    pub fn number(&self) -> String {
        match self.patch_version {
            0 => format!("{}.{}", self.major_version, self.minor_version),
            patch => format!("{}.{}.{patch}", self.major_version, self.minor_version),
        }
    }
}

/// A package that is installed; the org may hide what the package or its version is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InstalledPackage {
    /// The row's id.
    pub id: String,
    /// The package's id (`033…`).
    pub subscriber_package_id: Option<String>,
    /// The package.
    pub subscriber_package: Option<SubscriberPackage>,
    /// Its version.
    pub subscriber_package_version: Option<PackageVersion>,
}

/// A package, whatever its version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SubscriberPackage {
    /// The namespace of its components.
    #[serde(default, deserialize_with = "decode::text")]
    pub namespace_prefix: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// The query that [`Packages::version`] asks, for use inside a larger request.
pub fn version_query(version_id: &str, key: Option<&SecretString>) -> Soql {
    let query = Soql::new(
        "SELECT Id, SubscriberPackageId, Name, MajorVersion, MinorVersion, PatchVersion, BuildNumber, \
         IsManaged, IsPasswordProtected, Package2ContainerOptions, InstallValidationStatus, \
         RemoteSiteSettings, CspTrustedSites FROM SubscriberPackageVersion WHERE Id = ",
    )
    .value(&soql::quote(version_id));
    match key {
        Some(key) => query
            .text(" AND InstallationKey = ")
            .value(&soql::quote_secret(key)),
        None => query,
    }
}

/// The query that [`Packages::installed`] asks, for use inside a larger request.
pub fn installed_query() -> Soql {
    Soql::new(
        "SELECT Id, SubscriberPackageId, SubscriberPackage.NamespacePrefix, SubscriberPackage.Name, \
         SubscriberPackageVersion.Id, SubscriberPackageVersion.Name, SubscriberPackageVersion.MajorVersion, \
         SubscriberPackageVersion.MinorVersion, SubscriberPackageVersion.PatchVersion, \
         SubscriberPackageVersion.BuildNumber, SubscriberPackageVersion.IsManaged, \
         SubscriberPackageVersion.Package2ContainerOptions FROM InstalledSubscriberPackage \
         ORDER BY SubscriberPackageId",
    )
}

/// The query that [`Packages::recent_installs`] asks, for use inside a larger request.
///
/// Its status cannot be filtered by, so the rows are compared here.
pub fn recent_installs_query() -> Soql {
    Soql::new(
        "SELECT Id, Status, SubscriberPackageVersionKey, CreatedDate FROM PackageInstallRequest \
         ORDER BY CreatedDate DESC LIMIT 20",
    )
}

impl<'a> Packages<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        Packages { client }
    }

    /// A version on offer, or none when the org cannot see it.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_subscriberpackageversion.htm>
    pub async fn version(
        &self,
        version_id: &str,
        key: Option<&SecretString>,
    ) -> Result<Option<PackageVersion>, Error> {
        let query = version_query(version_id, key);
        let found = self
            .client
            .tooling()
            .query_for("look at the package version", &query)
            .await?;
        Ok(found.into_iter().next())
    }

    /// The packages that are installed.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_installedsubscriberpackage.htm>
    pub async fn installed(&self) -> Result<Vec<InstalledPackage>, Error> {
        self.client
            .tooling()
            .query_for("list the installed packages", &installed_query())
            .await
    }

    /// The newest requests to install, newest first: where to look after an answer was lost.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_packageinstallrequest.htm>
    pub async fn recent_installs(&self) -> Result<Vec<InstallStatus>, Error> {
        let query = recent_installs_query();
        self.client
            .tooling()
            .query_for("list the package installations", &query)
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
        self.client
            .tooling()
            .create_for("install the package", OBJECT, &fields)
            .await
    }

    /// How an installation stands.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_packageinstallrequest.htm>
    pub async fn install_status(&self, id: &str) -> Result<InstallStatus, Error> {
        let operation = "look at the package installation";
        self.client
            .tooling()
            .get_for(operation, Class::Poll, OBJECT, id)
            .await
    }
}
