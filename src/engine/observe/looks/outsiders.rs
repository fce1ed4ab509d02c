//! Of each profile one active user who is not in a call center, where there is such a user: one is
//! enough to know that a profile does not choose exactly the members.

use salesforce_client::Soql;
use salesforce_client::soql::quote;

use super::Fetch;
use super::users::{Row, SELECT};
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Observed, User};

/// They are asked for profile by profile, named by this and a number.
const PREFIX: &str = "outsiders:";

pub(super) struct Outsiders;

impl Fetch for Outsiders {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let Some(state) = seen.state() else { return };
        let mut call_centers = state.call_centers.iter();
        let call_center = call_centers.find(|row| row.internal_name == inquiry.call_center);
        let Some(call_center) = call_center else { return };
        for (number, profile) in inquiry.outsiders_of.iter().enumerate() {
            let soql = Soql::new(SELECT)
                .text("IsActive = true AND ProfileId = ")
                .value(&quote(profile.as_str()))
                .text(" AND CallCenterId != ")
                .value(&quote(call_center.id.as_str()))
                .text(" LIMIT 1");
            burst.query(format!("{PREFIX}{number}"), soql);
        }
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        for number in 0..inquiry.outsiders_of.len() {
            let found = answers.rows::<Row>(&format!("{PREFIX}{number}"))?;
            let Some(users) = taking.state.users.seen_mut() else { return Ok(()) };
            match found {
                Observed::Seen(found) => {
                    for user in found.into_iter().map(User::from) {
                        if !users.iter().any(|known| known.id == user.id) {
                            users.push(user);
                        }
                    }
                }
                Observed::Refused(refused) => taking.state.users = Observed::Refused(refused),
                Observed::Unasked => {}
            }
        }
        Ok(())
    }
}
