//! Managed packages: what is on offer, what is installed, installing and uninstalling.

mod install;
mod one_by_one;
mod passing;
mod uninstall;
mod version;

pub use install::{
    Audience, InstallRequest, InstallState, InstallStatus, ProfileMapping, all_installs_query,
    recent_installs_query,
};
pub use passing::is_passing;
pub use uninstall::{UninstallStatus, all_uninstalls_query, recent_uninstalls_query};
pub use version::{
    InstalledPackage, OfferedPackage, PackageVersion, SubscriberPackage, installed_query,
    plain_installed_query,
};

use secrecy::SecretString;
use serde::de::DeserializeOwned;

use super::{Client, Composite, Error, Soql};

/// The packages of an org.
#[derive(Debug, Clone, Copy)]
pub struct Packages<'a> {
    client: &'a Client,
}

impl<'a> Packages<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        Packages { client }
    }

    /// A version on offer with its package, or none when the org cannot see it.
    pub async fn offered(
        &self,
        version_id: &str,
        key: Option<&SecretString>,
    ) -> Result<Option<OfferedPackage>, Error> {
        let question = OfferedPackage::ask(Composite::new(), version_id, key);
        OfferedPackage::answered(&self.client.tooling().composite(&question).await?)
    }

    /// The packages that are installed.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_installedsubscriberpackage.htm>
    pub async fn installed(&self) -> Result<Vec<InstalledPackage>, Error> {
        self.client.tooling().query_for("list the installed packages", &installed_query()).await
    }

    /// The newest of some requests, newest first. Not every org sorts them: the second query asks for all,
    /// in whatever order they come.
    async fn newest_first<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        [newest, all]: [Soql; 2],
        created: impl Fn(&T) -> Option<String>,
    ) -> Result<Vec<T>, Error> {
        let tooling = self.client.tooling();
        let sorted = tooling.query_for(operation, &newest).await;
        let Err(Error::Api { .. }) = sorted else { return sorted };
        let Ok(mut all) = tooling.query_for::<T>(operation, &all).await else { return sorted };
        all.sort_by_key(|it| std::cmp::Reverse(created(it)));
        Ok(all)
    }
}
