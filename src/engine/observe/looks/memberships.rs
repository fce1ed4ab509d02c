//! Users of other call centers than the connector's: they get a softphone layout too that becomes the default.

use salesforce_client::Soql;
use salesforce_client::soql::like_prefix;
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{CallCenterId, Membership, ProfileId};

const NAME: &str = "memberships";

const SELECT: &str =
    "SELECT ProfileId, CallCenterId FROM User WHERE IsActive = true AND CallCenterId != null";

pub(super) struct Memberships;

impl Fetch for Memberships {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let Some(recipe) = inquiry.recipe else { return };
        let others = Soql::new(SELECT)
            .text(" AND CallCenterId NOT IN (SELECT Id FROM CallCenter WHERE InternalName LIKE ")
            .value(&like_prefix(&recipe.internal_name_prefix))
            .text(")");
        burst.query(NAME, others);
        // Those of the connector's are passed over later in any case.
        burst.or_plainer(NAME, Place::Data, |_| Some(Soql::new(SELECT)));
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.state.softphone_hints.memberships = answers.rows::<Row>(NAME)?.map(all);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(deserialize_with = "present")]
    profile_id: Option<ProfileId>,
    call_center_id: CallCenterId,
}

impl From<Row> for Membership {
    fn from(row: Row) -> Self {
        Self { profile: row.profile_id, call_center: row.call_center_id }
    }
}
