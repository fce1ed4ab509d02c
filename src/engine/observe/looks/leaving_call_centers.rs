//! What the call centers hold that go with the connector.

use salesforce_client::{Client, Error};

use super::Fetch;
use super::call_center::call_center;
use crate::checklist::call_center;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{CallCenter, Look};

pub(super) struct LeavingCallCenters;

impl Fetch for LeavingCallCenters {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, _: &mut Burst<'a>) {}

    /// Which they are is known once all call centers were seen.
    fn follow<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let (Some(desired), Some(state)) = (inquiry.desired, seen.state()) else { return };
        let names: Vec<String> = state
            .call_centers
            .iter()
            .map(|row| row.internal_name.clone())
            .filter(|name| call_center::is_leaving(desired, &inquiry.baseline, name))
            .collect();
        burst.call(read(burst.client(), names), |(names, answer), taking| {
            let found = taking.observed(Look::LeavingCallCenters, answer)?;
            taking.state.removal.call_centers = found;
            taking.state.removal.asked.extend(names);
            Ok(())
        });
    }
}

async fn read(
    client: &Client,
    names: Vec<String>,
) -> (Vec<String>, Result<Vec<CallCenter>, Error>) {
    /// So many names one call takes.
    const MOST_NAMES: usize = 10;
    let mut found = Vec::new();
    for some in names.chunks(MOST_NAMES) {
        match client.metadata().read_call_centers(some).await {
            Ok(records) => found.extend(records.into_iter().map(call_center)),
            Err(error) => return (names, Err(error)),
        }
    }
    (names, Ok(found))
}
