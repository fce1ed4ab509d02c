//! Record types of Task.

use salesforce_client::Soql;
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{RecordType, RecordTypeId};

const NAME: &str = "record_types";

pub(super) struct RecordTypes;

impl Fetch for RecordTypes {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(
            NAME,
            Soql::new(
                "SELECT Id, Name, DeveloperName, NamespacePrefix, IsActive \
                 FROM RecordType WHERE SobjectType = 'Task'",
            ),
        );
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.state.record_types = answers.rows::<Row>(NAME)?.map(all);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: RecordTypeId,
    name: String,
    developer_name: String,
    #[serde(deserialize_with = "present")]
    namespace_prefix: Option<String>,
    is_active: bool,
}

impl From<Row> for RecordType {
    fn from(row: Row) -> Self {
        let api_name = match row.namespace_prefix {
            Some(namespace) => format!("{namespace}__{}", row.developer_name),
            None => row.developer_name,
        };
        Self { id: row.id, api_name, label: row.name, active: row.is_active }
    }
}
