//! How many API calls are left of the daily allowance.

use std::collections::BTreeMap;

use salesforce_client::rest;

use super::Fetch;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Calls, Observed};

const NAME: &str = "calls";

pub(super) struct Allowance;

impl Fetch for Allowance {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.limits(NAME);
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let found = answers.told(NAME, |answers| answers.value(NAME));
        taking.beside.calls = match found {
            Observed::Seen(found) => daily(&found),
            other => other.map(|_| Calls { left: 0, max: 0 }),
        };
        Ok(())
    }
}

fn daily(found: &BTreeMap<String, rest::Allowance>) -> Observed<Calls> {
    let number = |of: i64| u64::try_from(of).unwrap_or(0);
    match found.get("DailyApiRequests") {
        Some(daily) => {
            Observed::Seen(Calls { left: number(daily.remaining), max: number(daily.max) })
        }
        None => Observed::refused("the org does not tell its daily allowance"),
    }
}
