//! Every record of the package's custom metadata types that shows: a list, and then a read.

use salesforce_client::metadata;
use salesforce_client::{Client, Error};

use super::Fetch;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{CustomMetadataRecord, Observed, SeenRecords};

pub(super) struct CustomMetadata;

impl Fetch for CustomMetadata {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let has_settings = |recipe: &&crate::model::Recipe| recipe.custom_metadata_types > 0;
        let Some(recipe) = inquiry.recipe.filter(has_settings) else { return };
        burst.call(read(burst.client(), &recipe.namespace), |answer, taking| {
            let found = taking.observed(answer)?;
            let known = &mut taking.state.custom_metadata;
            match found {
                Observed::Seen(records) => {
                    known.seen = Observed::Seen(SeenRecords::Everything);
                    known.records = records;
                }
                other => known.seen = other.map(|_| SeenRecords::Everything),
            }
            Ok(())
        });
    }
}

/// Reads every record; those that people of the org made are among them.
async fn read(client: &Client, namespace: &str) -> Result<Vec<CustomMetadataRecord>, Error> {
    let metadata = client.metadata();
    let prefix = format!("{namespace}__").to_ascii_lowercase();
    let listed = metadata.list("CustomMetadata").await?;
    let names: Vec<String> = listed
        .into_iter()
        .map(|file| file.full_name)
        .filter(|name| name.to_ascii_lowercase().starts_with(&prefix))
        .collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let records = metadata.read_custom_metadata(&names).await?;
    Ok(records.into_iter().filter_map(record).collect())
}

fn record(read: metadata::CustomMetadataRecord) -> Option<CustomMetadataRecord> {
    let (kind, name) = read.full_name.split_once('.')?;
    Some(CustomMetadataRecord {
        kind: format!("{kind}__mdt"),
        name: name.to_owned(),
        label: read.label,
        protected: read.protected,
        values: read
            .values
            .into_iter()
            .filter(|value| !value.field.is_empty())
            .map(|value| (value.field, value.value))
            .collect(),
    })
}
