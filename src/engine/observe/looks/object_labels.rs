//! Labels of the objects that a softphone layout names: its page has them, and the configuration API names.
//!
//! Without an answer, people read API names, which many labels are.

use salesforce_client::Soql;
use salesforce_client::soql::in_list;
use serde::Deserialize;

use super::Fetch;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::SetupTask;

const NAME: &str = "object_labels";

pub(super) struct ObjectLabels;

impl Fetch for ObjectLabels {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let wish = inquiry.desired.and_then(|desired| desired.softphone_layout.clone());
        let Some(task) = wish.map(SetupTask::Layout) else { return };
        let Some(names) = in_list(task.objects()) else { return };
        let select =
            "SELECT QualifiedApiName, Label FROM EntityDefinition WHERE QualifiedApiName IN ";
        burst.query(NAME, Soql::new(select).value(&names));
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let told = answers.told(NAME, |answers| answers.records::<Row>(NAME));
        let rows = told.seen().into_iter().flatten();
        let labels =
            rows.filter_map(|row| Some((row.qualified_api_name.clone(), row.label.clone()?)));
        taking.state.softphone_hints.object_labels = labels.collect();
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    qualified_api_name: String,
    label: Option<String>,
}
