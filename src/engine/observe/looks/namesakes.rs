//! Users whose names begin like those that a baseline speaks of.

use salesforce_client::Soql;
use salesforce_client::soql::{either_in_chunks, like_prefix};
use serde::Deserialize;

use super::Fetch;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::Observed;

/// They are asked for in chunks, named by this and a number.
const PREFIX: &str = "namesakes:";

pub(super) struct Namesakes;

impl Fetch for Namesakes {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let head = Soql::new("SELECT Username FROM User WHERE ");
        let begins = |name: &String| Soql::new("Username LIKE ").value(&like_prefix(name));
        let conditions: Vec<Soql> = inquiry.namesakes_of.iter().map(begins).collect();
        for (number, soql) in either_in_chunks(&head, &conditions).into_iter().enumerate() {
            burst.query(format!("{PREFIX}{number}"), soql);
        }
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let mut found = Vec::new();
        for name in answers.data().names().filter(|name| name.starts_with(PREFIX)) {
            match answers.rows::<Row>(name)? {
                Observed::Seen(rows) => found.extend(rows.into_iter().map(|row| row.username)),
                Observed::Refused(refused) => {
                    taking.beside.namesakes = Observed::Refused(refused);
                    return Ok(());
                }
                Observed::Unasked => {}
            }
        }
        taking.beside.namesakes = Observed::Seen(found);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    username: String,
}
