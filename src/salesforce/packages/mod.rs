//! Managed packages: what is on offer, what is installed, and installing.

mod install;
mod version;

pub use install::{
    Audience, InstallRequest, InstallState, InstallStatus, ProfileMapping, recent_installs_query,
};
pub use version::{
    InstalledPackage, PackageVersion, SubscriberPackage, installed_query, version_query,
};

use secrecy::SecretString;

use super::{Client, Error};

/// The packages of an org.
#[derive(Debug, Clone, Copy)]
pub struct Packages<'a> {
    client: &'a Client,
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
        let found = self.client.tooling().query_for("look at the package version", &query).await?;
        Ok(found.into_iter().next())
    }

    /// The packages that are installed.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_installedsubscriberpackage.htm>
    pub async fn installed(&self) -> Result<Vec<InstalledPackage>, Error> {
        self.client.tooling().query_for("list the installed packages", &installed_query()).await
    }
}
