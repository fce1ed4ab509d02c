//! What the connector's package brings, by its namespace: apps, reports, custom metadata types.

use salesforce_client::Soql;
use salesforce_client::soql::quote;
use serde::Deserialize;

use super::Fetch;
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::PackageContents;

const APPS: &str = "apps";
const REPORTS: &str = "reports";
const TYPES: &str = "types";

pub(super) struct Contents;

impl Fetch for Contents {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let Some(recipe) = inquiry.recipe else { return };
        let namespace = quote(&recipe.namespace);
        let of = |text| Soql::new(text).value(&namespace);
        burst.query(
            APPS,
            of("SELECT Label, DeveloperName FROM AppDefinition WHERE NamespacePrefix = "),
        );
        burst.query(REPORTS, of("SELECT Name FROM Report WHERE NamespacePrefix = "));
        // EntityDefinition takes no OR and ignores LIMIT; `_` in LIKE stands for any letter, so
        // the suffix is checked again where the answer is read.
        burst.query(
            TYPES,
            of("SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = ")
                .text(" AND QualifiedApiName LIKE '%__mdt'"),
        );
        burst.or_plainer(APPS, Place::Data, |_| {
            Some(Soql::new("SELECT Label, DeveloperName, NamespacePrefix FROM AppDefinition"))
        });
        burst.or_plainer(REPORTS, Place::Data, |_| {
            Some(Soql::new("SELECT Name, NamespacePrefix FROM Report"))
        });
        burst.or_plainer(TYPES, Place::Data, move |_| {
            let types = "SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = ";
            Some(Soql::new(types).value(&namespace))
        });
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        // The plainer forms bring the rows of every namespace.
        let namespace = inquiry.recipe.map(|recipe| recipe.namespace.as_str());
        let is_its = |name: &str, found: &Option<String>| {
            !answers.is_plainer(name) || found.as_deref() == namespace
        };
        let apps = answers.rows::<AppRow>(APPS)?;
        let reports = answers.rows::<ReportRow>(REPORTS)?;
        let types = answers.rows::<TypeRow>(TYPES)?;
        taking.state.contents = PackageContents {
            apps: apps.map(|rows| {
                let its = rows.into_iter().filter(|app| is_its(APPS, &app.namespace_prefix));
                its.map(|app| app.label).collect()
            }),
            reports: reports.map(|rows| {
                let its = rows.into_iter().filter(|row| is_its(REPORTS, &row.namespace_prefix));
                its.map(|report| report.name).collect()
            }),
            custom_metadata_types: types.map(|rows| {
                let names = rows.into_iter().map(|found| found.qualified_api_name);
                names.filter(|name| name.ends_with("__mdt")).collect()
            }),
        };
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AppRow {
    label: String,
    /// Only in the plainer form.
    namespace_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ReportRow {
    name: String,
    /// Only in the plainer form.
    namespace_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TypeRow {
    qualified_api_name: String,
}
