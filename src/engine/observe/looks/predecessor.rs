//! The call center that a new one takes over from, with all its values.

use super::Fetch;
use super::call_center::of_name;
use crate::checklist::call_center;
use crate::engine::observe::{Burst, Inquiry, Observation};

pub(super) struct Predecessor;

impl Fetch for Predecessor {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, _: &mut Burst<'a>) {}

    /// Which it is is known once all call centers and their users were seen.
    fn follow<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let (Some(desired), Some(state)) = (inquiry.desired, seen.state()) else { return };
        let Some(row) = call_center::predecessor(desired, &inquiry.baseline, state) else {
            return;
        };
        let (client, name) = (burst.client(), row.internal_name.clone());
        let request = async move {
            let answer = client.metadata().read_call_centers(&[name.as_str()]).await;
            (name, answer)
        };
        burst.call(request, move |(name, answer), taking| {
            taking.state.predecessor = of_name(taking.observed(answer)?, &name);
            Ok(())
        });
    }
}
