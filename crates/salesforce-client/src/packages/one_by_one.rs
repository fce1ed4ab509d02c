//! Installed packages where the org cannot tell all of them at once: one that is broken spoils every query that
//! joins what packages and versions are.

use std::collections::BTreeMap;

use serde::Deserialize;

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
        let mut answers = Vec::new();
        for some in questions.chunks(MAX_QUERIES) {
            let ask = |composite: Composite, (id, soql): &(&str, Soql)| {
                composite.query(format!("of_{id}"), soql.clone())
            };
            answers.push(tooling.composite(&some.iter().fold(Composite::new(), ask)).await?);
        }
        Ok(rows.into_iter().map(|row| joined(row, &answers)).collect())
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

fn joined(row: Row, answers: &[Answers]) -> InstalledPackage {
    let package = row.subscriber_package_id.as_deref();
    InstalledPackage {
        subscriber_package: package.and_then(|id| told::<SubscriberPackage>(answers, id)),
        subscriber_package_version: row
            .subscriber_package_version_id
            .as_deref()
            .and_then(|id| told::<PackageVersion>(answers, id)),
        id: row.id,
        subscriber_package_id: row.subscriber_package_id,
        subscriber_package_version_id: row.subscriber_package_version_id,
    }
}

/// What the org told of a record; none where it did not.
fn told<T: serde::de::DeserializeOwned>(answers: &[Answers], id: &str) -> Option<T> {
    let name = format!("of_{id}");
    let answer = answers.iter().find(|it| it.contains(&name))?;
    answer.records(&name).ok()?.into_iter().next()
}
