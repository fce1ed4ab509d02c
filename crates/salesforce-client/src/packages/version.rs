//! Versions of packages: those on offer and those installed.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::{Answers, Composite, Error, Soql, decode, soql};

/// A version of a package on offer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct PackageVersion {
    /// The version's id (`04t…`).
    pub id: String,
    /// The package's id (`033…`).
    pub subscriber_package_id: Option<String>,
    /// The version's name.
    pub name: Option<String>,
    /// The first number.
    #[serde(deserialize_with = "decode::count")]
    pub major_version: u64,
    /// The second number.
    #[serde(deserialize_with = "decode::count")]
    pub minor_version: u64,
    /// The third number.
    #[serde(deserialize_with = "decode::count")]
    pub patch_version: u64,
    /// The build's number.
    #[serde(default, deserialize_with = "decode::count")]
    pub build_number: u64,
    /// Whether it is managed.
    #[serde(deserialize_with = "decode::flag")]
    pub is_managed: bool,
    /// Whether it needs an installation key.
    #[serde(default, deserialize_with = "decode::flag")]
    pub is_password_protected: bool,
    /// `Managed` or `Unlocked` for a second-generation package; none for a first-generation one.
    #[serde(deserialize_with = "decode::text")]
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
        let mut sites: Vec<&str> =
            both.into_iter().flat_map(|s| &s.settings).map(|site| site.url.as_str()).collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }
}

/// A package that is installed; the org may hide what the package or its version is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct InstalledPackage {
    /// The row's id.
    pub id: String,
    /// The package's id (`033…`).
    #[serde(deserialize_with = "decode::present")]
    pub subscriber_package_id: Option<String>,
    /// The package.
    #[serde(deserialize_with = "decode::present")]
    pub subscriber_package: Option<SubscriberPackage>,
    /// Its version.
    #[serde(deserialize_with = "decode::present")]
    pub subscriber_package_version: Option<PackageVersion>,
    /// The version's id (`04t…`), where it was asked for by itself.
    #[serde(default)]
    pub subscriber_package_version_id: Option<String>,
}

/// A package, whatever its version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct SubscriberPackage {
    /// The namespace of its components.
    #[serde(deserialize_with = "decode::text")]
    pub namespace_prefix: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// A version on offer, and the package that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfferedPackage {
    /// The version.
    pub version: PackageVersion,
    /// The package, where the org tells it.
    pub package: Option<SubscriberPackage>,
}

impl OfferedPackage {
    const VERSION: &str = "offered";
    const PACKAGE: &str = "offered_package";

    /// Adds the question to a Tooling composite, where it counts as one query.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_subscriberpackageversion.htm>
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_subscriberpackage.htm>
    pub fn ask(composite: Composite, version_id: &str, key: Option<&SecretString>) -> Composite {
        let package = format!("{}.records[0].SubscriberPackageId", Self::VERSION);
        composite.query(Self::VERSION, version_query(version_id, key)).get_found(
            Self::PACKAGE,
            "SubscriberPackage",
            &package,
        )
    }

    /// Reads the answer; none when the org cannot see the version.
    pub fn answered(answers: &Answers) -> Result<Option<OfferedPackage>, Error> {
        let found: Vec<Value> = answers.records(Self::VERSION)?;
        let version = found.into_iter().next().map(Self::read).transpose()?;
        // Without a version there is no package to read, and the step fails.
        let package = answers.value(Self::PACKAGE).ok();
        Ok(version.map(|version| OfferedPackage { version, package }))
    }
}

/// What the answer must tell: a site that is not told would be allowed without anybody's yes.
const TOLD: [&str; 4] =
    ["SubscriberPackageId", "InstallValidationStatus", "RemoteSiteSettings", "CspTrustedSites"];

impl OfferedPackage {
    fn read(version: Value) -> Result<PackageVersion, Error> {
        const OPERATION: &str = "read the package version";
        match TOLD.iter().find(|field| version.get(field).is_none()) {
            Some(field) => {
                Err(Error::protocol(OPERATION, format!("the org's answer leaves out {field}")))
            }
            None => decode::value(OPERATION, version),
        }
    }
}

fn version_query(version_id: &str, key: Option<&SecretString>) -> Soql {
    let query = Soql::new(
        "SELECT Id, SubscriberPackageId, Name, MajorVersion, MinorVersion, PatchVersion, BuildNumber, \
         IsManaged, IsPasswordProtected, Package2ContainerOptions, InstallValidationStatus, \
         RemoteSiteSettings, CspTrustedSites FROM SubscriberPackageVersion WHERE Id = ",
    )
    .value(&soql::quote(version_id));
    match key {
        Some(key) => query.text(" AND InstallationKey = ").value(&soql::quote_secret(key)),
        None => query,
    }
}

/// The query that [`Packages::installed`](super::Packages::installed) asks, for use inside a larger request.
pub fn installed_query() -> Soql {
    plain_installed_query().text(" ORDER BY SubscriberPackageId")
}

/// The same without an order, for orgs that refuse to sort these rows.
pub fn plain_installed_query() -> Soql {
    Soql::new(
        "SELECT Id, SubscriberPackageId, SubscriberPackage.NamespacePrefix, SubscriberPackage.Name, \
         SubscriberPackageVersion.Id, SubscriberPackageVersion.Name, SubscriberPackageVersion.MajorVersion, \
         SubscriberPackageVersion.MinorVersion, SubscriberPackageVersion.PatchVersion, \
         SubscriberPackageVersion.BuildNumber, SubscriberPackageVersion.IsManaged, \
         SubscriberPackageVersion.Package2ContainerOptions FROM InstalledSubscriberPackage",
    )
}
