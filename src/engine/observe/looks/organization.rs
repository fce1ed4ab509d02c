//! The org's own record.

use salesforce_client::Soql;
use serde::Deserialize;

use super::Fetch;
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation};
use crate::failure::Failure;
use crate::model::{Observed, OrgId, OrgKind, Organization as OrgRecord};

const NAME: &str = "organization";

pub(super) struct Organization;

impl Fetch for Organization {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(
            NAME,
            Soql::new(
                "SELECT Id, Name, OrganizationType, IsSandbox, TrialExpirationDate \
                 FROM Organization",
            ),
        );
        // An org that tells less is taken for what asks for most care: a production org.
        let least = || Soql::new("SELECT Id, Name FROM Organization");
        burst.or_plainer(NAME, Place::Data, move |_| Some(least()));
    }
}

/// Takes in which org it is, before anything else: all that is seen is of that org.
pub(in crate::engine::observe) fn take(
    answers: &Answers<'_>,
    instance_url: &str,
    seen: &mut Observation,
) -> Result<(), Failure> {
    let mut rows = match answers.rows_of_every_org::<Row>(NAME)? {
        Observed::Seen(rows) => rows,
        Observed::Refused(refused) => {
            seen.nameless = Some(refused);
            return Ok(());
        }
        Observed::Unasked => return Ok(()),
    };
    let Some(row) = rows.pop() else { return Ok(()) };
    let edition = row.organization_type.clone();
    seen.is_of(row.read(instance_url), edition);
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: OrgId,
    name: String,
    organization_type: Option<String>,
    #[serde(default)]
    is_sandbox: bool,
    trial_expiration_date: Option<String>,
}

impl Row {
    /// The org's kind comes from its own record, never from its host name.
    fn read(self, instance_url: &str) -> OrgRecord {
        let kind = match (self.is_sandbox, self.trial_expiration_date.is_some()) {
            (true, false) => OrgKind::Sandbox,
            (true, true) => OrgKind::Scratch,
            (false, _) if self.organization_type.as_deref() == Some("Developer Edition") => {
                OrgKind::Developer
            }
            (false, true) => OrgKind::Trial,
            (false, false) => OrgKind::Production,
        };
        OrgRecord {
            id: self.id,
            name: self.name,
            kind,
            instance_url: instance_url.trim_end_matches('/').to_owned(),
        }
    }
}
