//! What the connector's package brings, by its namespace: apps, reports, custom metadata types.

use salesforce_client::Soql;
use salesforce_client::soql::quote;
use serde::Deserialize;

use super::Fetch;
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
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let apps = answers.rows::<AppRow>(APPS)?;
        let reports = answers.rows::<ReportRow>(REPORTS)?;
        let types = answers.rows::<TypeRow>(TYPES)?;
        taking.state.contents = PackageContents {
            apps: apps.map(|rows| rows.into_iter().map(|app| app.label).collect()),
            reports: reports.map(|rows| rows.into_iter().map(|report| report.name).collect()),
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
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ReportRow {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TypeRow {
    qualified_api_name: String,
}
