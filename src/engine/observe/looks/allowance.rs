//! How many API calls are left of the daily allowance.

use std::collections::BTreeMap;

use salesforce_client::rest;

use super::Fetch;
use crate::engine::observe::burst::ReadRefusals;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::{Failure, Kind};
use crate::model::Calls;

const NAME: &str = "calls";

pub(super) struct Allowance;

impl Fetch for Allowance {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.read_refusals(NAME, ReadRefusals::All);
        burst.limits(NAME);
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.beside.calls = answers.told(NAME, |answers| {
            let found: BTreeMap<String, rest::Allowance> = answers.value(NAME)?;
            let daily = found.get("DailyApiRequests").ok_or_else(untold)?;
            let number = |of: i64| u64::try_from(of).unwrap_or(0);
            Ok(Calls { left: number(daily.remaining), max: number(daily.max) })
        });
        Ok(())
    }
}

fn untold() -> Failure {
    Failure::new(Kind::Failed, "the org does not tell its daily allowance")
}
