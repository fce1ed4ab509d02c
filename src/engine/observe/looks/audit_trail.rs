//! The Setup Audit Trail: a hint of who changed a softphone layout, and when.
//!
//! Salesforce does not list softphone layouts among the changes that it tracks, and the trail may be hidden
//! from the calling user. So nothing rests on it: what is refused or cannot be read is no hint.

use salesforce_client::Soql;
use serde::Deserialize;

use super::{Fetch, all};
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Audited, Observed};

const NAME: &str = "audit_trail";

/// What the org writes of a change is no field that queries can filter by, so the newest entries are read.
const QUERY: &str = "SELECT Section, Display, CreatedDate, CreatedBy.Name FROM SetupAuditTrail \
                     ORDER BY CreatedDate DESC LIMIT 2000";

pub(super) struct AuditTrail;

impl Fetch for AuditTrail {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(NAME, Soql::new(QUERY));
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let told = answers.told(NAME, |answers| answers.records::<Row>(NAME));
        let found = told.seen().into_iter().flatten().filter(|row| row.is_about_softphones());
        taking.state.softphone_hints.audited = Observed::Seen(all(found.cloned().collect()));
        Ok(())
    }
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    section: Option<String>,
    display: Option<String>,
    created_date: String,
    created_by: Option<Author>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Author {
    name: Option<String>,
}

impl Row {
    /// The word is a product's name, and the same in most languages of Setup.
    fn is_about_softphones(&self) -> bool {
        let texts = self.section.iter().chain(&self.display);
        texts.into_iter().any(|text| text.to_lowercase().contains("softphone"))
    }
}

impl From<Row> for Audited {
    fn from(row: Row) -> Self {
        Self {
            at: row.created_date,
            by: row.created_by.and_then(|by| by.name),
            what: row.display.or(row.section).unwrap_or_default(),
        }
    }
}
