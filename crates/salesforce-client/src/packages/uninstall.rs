//! Uninstalling a package of the second generation: a request, and looking at what becomes of it.
//!
//! Packages of the first generation go by a destructive deploy of their `InstalledPackage`.

use serde::Deserialize;
use serde_json::json;

use super::{InstallState, Packages};
use crate::wire::Class;
use crate::{Error, Soql, decode, soql};

const OBJECT: &str = "SubscriberPackageVersionUninstallRequest";

/// A request to uninstall, as the org shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "UninstallRow")]
#[non_exhaustive]
pub struct UninstallStatus {
    /// The request's id (`06y…`).
    pub id: String,
    /// How it stands; `Queued` is taken as going on.
    pub state: InstallState,
    /// The version to be uninstalled.
    pub version_id: Option<String>,
    /// When it was made, as the org writes it.
    pub created: Option<String>,
    /// Who made it.
    pub created_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UninstallRow {
    id: String,
    #[serde(default, deserialize_with = "decode::or_default")]
    status: String,
    subscriber_package_version_id: Option<String>,
    created_date: Option<String>,
    #[serde(default, deserialize_with = "decode::name")]
    created_by: Option<String>,
}

impl From<UninstallRow> for UninstallStatus {
    fn from(row: UninstallRow) -> Self {
        UninstallStatus {
            id: row.id,
            state: InstallState::parse(&row.status),
            version_id: row.subscriber_package_version_id,
            created: row.created_date,
            created_by: row.created_by,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ErrorRow {
    #[serde(default, deserialize_with = "decode::words")]
    message: String,
    /// Only where those of all requests are asked for.
    parent_request_id: Option<String>,
}

/// The query for the newest requests to uninstall, newest first, for use inside a larger request.
///
/// Their status cannot be filtered by, so the rows are compared here.
pub fn recent_uninstalls_query() -> Soql {
    Soql::new(
        "SELECT Id, Status, SubscriberPackageVersionId, CreatedDate, CreatedBy.Name \
         FROM SubscriberPackageVersionUninstallRequest ORDER BY CreatedDate DESC LIMIT 20",
    )
}

/// The same without an order and without names, for orgs that do not sort these requests or join
/// other objects to them: all of them.
pub fn all_uninstalls_query() -> Soql {
    Soql::new(
        "SELECT Id, Status, SubscriberPackageVersionId, CreatedDate \
         FROM SubscriberPackageVersionUninstallRequest",
    )
}

impl Packages<'_> {
    /// Begins to uninstall an installed version and returns the request's id.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_subscriberpackageversionuninstallrequest.htm>
    pub async fn uninstall(&self, version_id: &str) -> Result<String, Error> {
        let fields = json!({ "SubscriberPackageVersionId": version_id });
        self.client.tooling().create_for("uninstall the package", OBJECT, &fields).await
    }

    /// How an uninstallation stands.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_subscriberpackageversionuninstallrequest.htm>
    pub async fn uninstall_status(&self, id: &str) -> Result<UninstallStatus, Error> {
        let operation = "look at the uninstallation";
        self.client.tooling().get_for(operation, Class::Poll, OBJECT, id).await
    }

    /// The newest requests to uninstall, newest first: where to look after an answer was lost.
    pub async fn recent_uninstalls(&self) -> Result<Vec<UninstallStatus>, Error> {
        let queries = [recent_uninstalls_query(), all_uninstalls_query()];
        self.newest_first("list the uninstallations", queries, |it: &UninstallStatus| {
            it.created.clone()
        })
        .await
    }

    /// Why an uninstallation failed: everything that blocks it, in the org's own words.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_packageversionuninstallrequesterror.htm>
    pub async fn uninstall_errors(&self, id: &str) -> Result<Vec<String>, Error> {
        let operation = "ask what blocks the uninstallation";
        let query = Soql::new(
            "SELECT Message FROM PackageVersionUninstallRequestError WHERE ParentRequest.Id = ",
        )
        .value(&soql::quote(id));
        // Not every org takes the other object in a condition: then those of all requests are compared.
        let all =
            Soql::new("SELECT Message, ParentRequestId FROM PackageVersionUninstallRequestError");
        let tooling = self.client.tooling();
        let rows: Vec<ErrorRow> = match tooling.query_for(operation, &query).await {
            Err(refused @ Error::Api { .. }) => {
                let of_it = |row: &ErrorRow| {
                    row.parent_request_id.as_deref().and_then(|it| it.get(..15)) == id.get(..15)
                };
                let all =
                    tooling.query_for::<ErrorRow>(operation, &all).await.map_err(|_| refused)?;
                all.into_iter().filter(of_it).collect()
            }
            answer => answer?,
        };
        let told = rows.iter().filter(|row| !row.message.is_empty());
        let mut told: Vec<String> = told.map(|row| self.client.mask(&row.message)).collect();
        told.sort_unstable();
        Ok(told)
    }
}
