//! What goes with the package: its data, and the records that the org made of its custom metadata
//! types.

use salesforce_client::soql::{Name, quote};
use salesforce_client::{Batch, Client, Error, Soql};
use serde::Deserialize;

use super::Fetch;
use crate::engine::observe::refusals::of_failure;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::engine::package_data::measure;
use crate::model::{Added, AddedKind, Observed};

const TYPES: &str = "own_types";

pub(super) struct PackageData;

impl Fetch for PackageData {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, _: &mut Burst<'a>) {}

    /// Beside what the call centers hold: both come last, and take their time.
    fn follow<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let Some(recipe) = inquiry.recipe else { return };
        burst.call(measure(burst.client(), &recipe.namespace), |answer, taking| {
            taking.state.removal.data = match answer {
                Ok(tables) => Observed::Seen(tables),
                Err(failure) => Observed::Refused(of_failure(failure)?),
            };
            Ok(())
        });
        burst.call(own_records(burst.client(), &recipe.namespace), |answer, taking| {
            taking.state.removal.own_records = taking.observed(answer)?;
            Ok(())
        });
    }
}

/// Records that the org itself made of the package's custom metadata types.
async fn own_records(client: &Client, namespace: &str) -> Result<Vec<Added>, Error> {
    let types = Soql::new("SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = ")
        .value(&quote(namespace))
        .text(" AND QualifiedApiName LIKE '%__mdt'");
    let answers = client.batch(&Batch::new().query(TYPES, types)).await?;
    let types: Vec<TypeRow> = answers.records(TYPES)?;
    let names = types.into_iter().map(|found| found.qualified_api_name);
    let names: Vec<Name> = names
        .filter(|name| name.ends_with("__mdt"))
        .filter_map(|name| Name::parse(&name))
        .collect();
    let mut batch = Batch::new();
    for name in &names {
        let soql = Soql::new("SELECT Id, DeveloperName FROM ").name(name);
        batch = batch.query(name.as_str(), soql.text(" WHERE NamespacePrefix = null"));
    }
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let answers = client.batch(&batch).await?;
    let mut found = Vec::new();
    for name in names {
        // A protected type answers nobody outside the package, and nobody outside made records.
        let rows = answers
            .records::<RecordRow>(name.as_str())
            .or_else(|error| if is_hidden(&error) { Ok(Vec::new()) } else { Err(error) })?;
        found.extend(rows.into_iter().map(|row| Added {
            kind: AddedKind::CustomMetadata,
            id: row.id,
            name: row.developer_name,
            place: name.as_str().to_owned(),
        }));
    }
    Ok(found)
}

/// Whether the org says that there is no such type for whoever asks.
fn is_hidden(error: &Error) -> bool {
    error.api().is_some_and(|error| error.is_missing() || error.is_permission())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TypeRow {
    qualified_api_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RecordRow {
    id: String,
    developer_name: String,
}
