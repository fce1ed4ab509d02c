//! What the call centers hold that go with the connector.

use std::collections::BTreeSet;

use salesforce_client::{Client, Error};

use super::Fetch;
use super::call_center::{call_center, find_odd};
use crate::checklist::call_center;
use crate::engine::observe::observation::unlisted_but_shown;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{CallCenter, CallCenterRow};

pub(super) struct LeavingCallCenters;

impl Fetch for LeavingCallCenters {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, _: &mut Burst<'a>) {}

    /// Which they are is known once all call centers were seen.
    fn follow<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let (Some(desired), Some(state)) = (inquiry.desired, seen.state()) else { return };
        let listed: BTreeSet<&str> =
            state.call_centers.iter().map(|row| row.internal_name.as_str()).collect();
        let may_leave =
            |row: &&CallCenterRow| call_center::may_leave(desired, &inquiry.baseline, row);
        let rows = state.call_centers.iter().filter(may_leave);
        let leaving = rows.map(|row| row.internal_name.as_str());
        // One that we made and that is not listed may be there all the same.
        let names: BTreeSet<&str> =
            leaving.chain(call_center::made_by_us(&inquiry.baseline)).collect();
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let unlisted: BTreeSet<String> =
            names.iter().filter(|name| !listed.contains(name.as_str())).cloned().collect();
        burst.call(read(burst.client(), names), move |(names, answer), taking| {
            let found = taking.observed(answer)?;
            let mut shown = found.as_slice().iter();
            if let Some(shown) = shown.find(|it| unlisted.contains(&it.internal_name)) {
                taking.state.call_centers = unlisted_but_shown(&shown.internal_name);
            }
            let lacking =
                found.iter().filter_map(|it| Some((it.internal_name.clone(), find_odd(it)?)));
            taking.state.removal.incomplete = lacking.collect();
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
