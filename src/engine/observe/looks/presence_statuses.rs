//! Presence statuses of Omni-Channel.

use salesforce_client::Soql;
use serde::Deserialize;

use super::{Fetch, all, short};
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::PresenceStatus;

pub(super) const NAME: &str = "statuses";

pub(super) struct PresenceStatuses;

impl Fetch for PresenceStatuses {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(
            NAME,
            Soql::new("SELECT Id, DeveloperName, MasterLabel FROM ServicePresenceStatus"),
        );
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        // Without Omni-Channel the object does not exist, and is refused as missing.
        let found = answers.rows::<Row>(NAME)?;
        if let Some(rows) = found.seen() {
            let name = |status: &Row| (short(&status.id), status.developer_name.clone());
            *taking.status_names = rows.iter().map(name).collect();
        }
        taking.state.presence_statuses = found.map(all);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    developer_name: String,
    master_label: String,
}

impl From<Row> for PresenceStatus {
    fn from(row: Row) -> Self {
        Self { api_name: row.developer_name, label: row.master_label }
    }
}
