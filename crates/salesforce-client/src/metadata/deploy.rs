//! Deploying a bundle, over REST.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{DeployResult, Metadata};
use crate::wire::{Body, Call, Class, Method, Part, size, words};
use crate::{Error, Soql, encode};

/// The largest archive that a deploy takes, in bytes: 50 MB once it is encoded.
const LARGEST_ARCHIVE: usize = 39_000_000;

/// The id of a deploy (`0Af…`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeployId(pub String);

impl fmt::Display for DeployId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which tests a deploy runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the API's own words")]
pub enum TestLevel {
    NoTestRun,
    RunSpecifiedTests,
    RunLocalTests,
    RunAllTestsInOrg,
}

/// How a bundle is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "the API's own switches")]
#[non_exhaustive]
pub struct DeployOptions {
    /// Checks everything and changes nothing.
    pub check_only: bool,
    /// Lets a deploy with warnings succeed.
    pub ignore_warnings: bool,
    /// Undoes everything when one component fails; production insists on it.
    pub rollback_on_error: bool,
    /// The archive holds one package, with its manifest at the top.
    pub single_package: bool,
    /// Which tests to run; none leaves it to the org.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_level: Option<TestLevel>,
    /// The test classes, for [`TestLevel::RunSpecifiedTests`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub run_tests: Vec<String>,
}

impl Default for DeployOptions {
    fn default() -> Self {
        DeployOptions {
            check_only: false,
            ignore_warnings: false,
            rollback_on_error: true,
            single_package: true,
            test_level: None,
            run_tests: Vec::new(),
        }
    }
}

/// A deploy that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct RunningDeploy {
    /// Its id.
    pub id: DeployId,
    /// How it stands.
    pub status: String,
    /// Whether it only checks.
    #[serde(default, deserialize_with = "crate::decode::flag")]
    pub check_only: bool,
    /// When it was made.
    pub created_date: Option<String>,
    /// Name of the user who made it.
    #[serde(default, deserialize_with = "crate::decode::name")]
    pub created_by: Option<String>,
}

/// The Tooling query for [`RunningDeploy`]s: where to look after an answer was lost.
pub fn running_deploys_query() -> Soql {
    Soql::new(
        "SELECT Id, Status, CheckOnly, CreatedDate, CreatedBy.Name FROM DeployRequest \
         WHERE Status IN ('Pending','InProgress','Finalizing') ORDER BY CreatedDate DESC",
    )
}

/// The same without an order and without names, for orgs that do not sort deploys or join other
/// objects to them.
pub fn all_running_deploys_query() -> Soql {
    Soql::new(
        "SELECT Id, Status, CheckOnly, CreatedDate FROM DeployRequest \
         WHERE Status IN ('Pending','InProgress','Finalizing')",
    )
}

#[derive(Deserialize)]
struct Started {
    id: DeployId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    deploy_result: DeployResult,
}

impl Metadata<'_> {
    /// The deploys that run now: where to look after an answer was lost.
    pub async fn running_deploys(&self) -> Result<Vec<RunningDeploy>, Error> {
        let operation = "list the running deploys";
        let tooling = self.client.tooling();
        match tooling.query_for(operation, &running_deploys_query()).await {
            Err(refused @ Error::Api { .. }) => tooling
                .query_for(operation, &all_running_deploys_query())
                .await
                .map_err(|_| refused),
            answer => answer,
        }
    }

    /// Begins to deploy an archive and returns the deploy's id.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm>
    pub async fn deploy(
        &self,
        archive: Vec<u8>,
        options: &DeployOptions,
    ) -> Result<DeployId, Error> {
        // Uploads take their time on a slow line, and a lost answer means to look for the deploy.
        const LONGEST: Duration = Duration::from_secs(600);
        let operation = "deploy the changes";
        if archive.len() > LARGEST_ARCHIVE {
            let reason = format!("{} bytes are more than {LARGEST_ARCHIVE}", archive.len());
            return Err(Error::protocol(operation, reason));
        }
        let options = json!({ "deployOptions": options }).to_string().into_bytes();
        let path = self.client.path("metadata/deployRequest");
        let mut call = Call::new(Method::POST, path, operation, Class::Write).at_most(size::RECORD);
        call.timeout = Some(LONGEST);
        call.body = Body::Multipart(vec![
            Part {
                name: "entity_content",
                file_name: None,
                content_type: "application/json",
                bytes: options,
            },
            Part {
                name: "file",
                file_name: Some("deploy.zip"),
                content_type: "application/zip",
                bytes: archive,
            },
        ]);
        self.client.json::<Started>(call).await.map(|started| started.id)
    }

    /// How a deploy stands, with every component.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy_checkstatus.htm>
    pub async fn deploy_status(&self, id: &DeployId) -> Result<DeployResult, Error> {
        let path = format!("{}?includeDetails=true", self.deploy_path(id));
        let call =
            Call::new(Method::GET, path, "look at the deploy", Class::Poll).at_most(size::REPORT);
        let mut result = self.client.json::<Report>(call).await?.deploy_result;
        result.map_words(|text| words::message(&self.client.mask(text)));
        Ok(result)
    }

    /// Asks the org to cancel a deploy; whether it did, its status tells later.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy_cancel.htm>
    pub async fn cancel(&self, id: &DeployId) -> Result<(), Error> {
        let call =
            Call::new(Method::PATCH, self.deploy_path(id), "cancel the deploy", Class::Write)
                .with_json(&json!({ "deployResult": { "status": "Canceling" } }));
        self.client.send(call).await.map(drop)
    }

    fn deploy_path(self, id: &DeployId) -> String {
        self.client.path(&format!("metadata/deployRequest/{}", encode::component(&id.0)))
    }
}
