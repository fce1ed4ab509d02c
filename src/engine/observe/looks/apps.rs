//! Apps, and the names of their utility bars.

use salesforce_client::Soql;
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::App;

const NAME: &str = "utility_apps";

pub(super) struct Apps;

impl Fetch for Apps {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(
            NAME,
            Soql::new(
                "SELECT Label, DeveloperName, NamespacePrefix, UiType, UtilityBar \
                 FROM AppDefinition",
            ),
        );
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.state.apps = answers.told(NAME, |answers| Ok(all(answers.records::<Row>(NAME)?)));
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    label: Option<String>,
    developer_name: String,
    #[serde(deserialize_with = "present")]
    namespace_prefix: Option<String>,
    #[serde(deserialize_with = "present")]
    ui_type: Option<String>,
    #[serde(deserialize_with = "present")]
    utility_bar: Option<String>,
}

impl From<Row> for App {
    fn from(row: Row) -> Self {
        Self {
            label: row.label.unwrap_or_else(|| row.developer_name.clone()),
            name: row.developer_name,
            namespace: row.namespace_prefix.filter(|namespace| !namespace.is_empty()),
            lightning: row.ui_type.as_deref() == Some("Lightning"),
            utility_bar: row.utility_bar.filter(|name| !name.is_empty()),
        }
    }
}
