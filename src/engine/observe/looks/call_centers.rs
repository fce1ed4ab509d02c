//! Every call center, as far as a query tells.

use salesforce_client::Soql;
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{CallCenterId, CallCenterRow};

const NAME: &str = "call_centers";

pub(super) struct CallCenters;

impl Fetch for CallCenters {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(NAME, Soql::new("SELECT Id, Name, InternalName, AdapterUrl FROM CallCenter"));
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.state.call_centers = answers.rows::<Row>(NAME)?.map(all);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: CallCenterId,
    name: String,
    internal_name: String,
    #[serde(deserialize_with = "present")]
    adapter_url: Option<String>,
}

impl From<Row> for CallCenterRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            internal_name: row.internal_name,
            name: row.name,
            adapter_url: row.adapter_url,
        }
    }
}
