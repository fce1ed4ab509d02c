//! Components outside the package that refer to one inside.
//!
//! The table of references is a beta that does not answer in every org; what is not told is said,
//! and never taken for "nothing".

use salesforce_client::Soql;
use salesforce_client::soql::quote;
use serde::Deserialize;

use super::Fetch;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::Reference;

const NAME: &str = "references";

pub(super) struct References;

impl Fetch for References {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let Some(recipe) = inquiry.recipe else { return };
        // The table takes few conditions, no ORDER BY, and tells 2,000 rows at most.
        let soql = Soql::new(
            "SELECT MetadataComponentName, MetadataComponentType, MetadataComponentNamespace, \
             RefMetadataComponentName, RefMetadataComponentType FROM MetadataComponentDependency \
             WHERE RefMetadataComponentNamespace = ",
        );
        burst.more_setup(NAME, soql.value(&quote(&recipe.namespace)));
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let namespace = inquiry.recipe.map(|recipe| recipe.namespace.as_str());
        let found = answers.more_setup_rows::<Row>(NAME)?;
        taking.state.removal.references = found.map(|rows| from_outside(rows, namespace));
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    metadata_component_name: Option<String>,
    metadata_component_type: Option<String>,
    metadata_component_namespace: Option<String>,
    ref_metadata_component_name: Option<String>,
    ref_metadata_component_type: Option<String>,
}

/// References from outside the package, each once.
fn from_outside(rows: Vec<Row>, namespace: Option<&str>) -> Vec<Reference> {
    let mut found: Vec<Reference> = rows
        .into_iter()
        .filter(|row| row.metadata_component_namespace.as_deref() != namespace)
        .map(|row| Reference {
            kind: row.metadata_component_type.unwrap_or_default(),
            name: row.metadata_component_name.unwrap_or_default(),
            to_kind: row.ref_metadata_component_type.unwrap_or_default(),
            to_name: row.ref_metadata_component_name.unwrap_or_default(),
        })
        .collect();
    found.sort();
    found.dedup();
    found
}
