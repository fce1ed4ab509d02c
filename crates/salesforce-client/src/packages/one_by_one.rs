//! Installed packages where the org cannot tell all of them at once: one that is broken spoils every query that
//! joins what packages and versions are.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{InstalledPackage, PackageVersion, Packages, SubscriberPackage};
use crate::composite::MAX_QUERIES;
use crate::{Answers, Composite, Error, Soql, decode, soql};

/// A row without what it leads to.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    #[serde(deserialize_with = "decode::present")]
    subscriber_package_id: Option<String>,
    #[serde(deserialize_with = "decode::present")]
    subscriber_package_version_id: Option<String>,
}

impl Packages<'_> {
    /// The packages that are installed, each asked about by itself. What the org does not tell of one is left
    /// out of that one alone.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_installedsubscriberpackage.htm>
    pub async fn installed_one_by_one(&self) -> Result<Vec<InstalledPackage>, Error> {
        let tooling = self.client.tooling();
        let all = Soql::new(
            "SELECT Id, SubscriberPackageId, SubscriberPackageVersionId FROM InstalledSubscriberPackage",
        );
        let rows: Vec<Row> = tooling.query_for("list the installed packages", &all).await?;
        let packages = rows.iter().filter_map(|row| row.subscriber_package_id.as_deref());
        let versions = rows.iter().filter_map(|row| row.subscriber_package_version_id.as_deref());
        let questions: BTreeMap<&str, Soql> = packages
            .map(|id| (id, package_query(id)))
            .chain(versions.map(|id| (id, version_query(id))))
            .collect();
        let questions: Vec<(&str, Soql)> = questions.into_iter().collect();
        let ask = |composite: Composite, (id, soql): &(&str, Soql)| {
            composite.query(format!("of_{id}"), soql.clone())
        };
        let parts = questions.chunks(MAX_QUERIES);
        let parts = parts.map(|some| some.iter().fold(Composite::new(), ask));
        let answers = try_join_all(parts.map(async |part| tooling.composite(&part).await)).await?;
        rows.into_iter().map(|row| joined(row, &answers)).collect()
    }
}

fn package_query(id: &str) -> Soql {
    Soql::new("SELECT Id, NamespacePrefix, Name FROM SubscriberPackage WHERE Id = ")
        .value(&soql::quote(id))
}

fn version_query(id: &str) -> Soql {
    Soql::new(
        "SELECT Id, Name, MajorVersion, MinorVersion, PatchVersion, BuildNumber, IsManaged, \
         Package2ContainerOptions FROM SubscriberPackageVersion WHERE Id = ",
    )
    .value(&soql::quote(id))
}

fn joined(row: Row, answers: &[Answers]) -> Result<InstalledPackage, Error> {
    let (package, version) = (&row.subscriber_package_id, &row.subscriber_package_version_id);
    Ok(InstalledPackage {
        subscriber_package: told::<SubscriberPackage>(answers, package.as_deref())?,
        subscriber_package_version: told::<PackageVersion>(answers, version.as_deref())?,
        id: row.id,
        subscriber_package_id: row.subscriber_package_id,
        subscriber_package_version_id: row.subscriber_package_version_id,
    })
}

/// What the org told of a record; none where it does not tell it. What passes (a limit, a lock, an org that is not
/// there) says nothing of the record.
fn told<T: DeserializeOwned>(answers: &[Answers], id: Option<&str>) -> Result<Option<T>, Error> {
    let Some(id) = id else { return Ok(None) };
    let name = format!("of_{id}");
    let Some(answer) = answers.iter().find(|it| it.contains(&name)) else { return Ok(None) };
    match answer.records(&name) {
        Ok(found) => Ok(found.into_iter().next()),
        Err(error) if error.api().is_some_and(|it| !it.is_of_question()) => Err(error),
        Err(_) => Ok(None),
    }
}
