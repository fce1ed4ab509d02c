//! One observation: every look asks, everything is sent at once, and every look takes its answer.

use std::collections::BTreeSet;

use salesforce_client::Client;

use super::looks::{self, organization};
use super::observation::Observation;
use super::{Answers, Burst, Inquiry};
use crate::failure::Failure;
use crate::model::Look;

/// Takes these looks, in two bursts where some of them ask about what the others have seen.
pub(super) async fn observe(
    client: &Client,
    inquiry: &Inquiry<'_>,
    looks: &BTreeSet<Look>,
    seen: &mut Observation,
) -> Result<(), Failure> {
    let mut burst = Burst::new(client, seen.refusals);
    for look in looks {
        looks::of(*look).ask(inquiry, seen, &mut burst);
    }
    take_all(client, inquiry, looks, burst.send().await?, seen)?;
    let mut burst = Burst::new(client, seen.refusals);
    for look in looks {
        looks::of(*look).follow(inquiry, seen, &mut burst);
    }
    receive(burst.send().await?, seen)?;
    seen.believe_no_contradiction(&inquiry.call_center);
    Ok(())
}

/// Takes everything in: the batch and the composite by looks, then the calls.
fn take_all(
    client: &Client,
    inquiry: &Inquiry<'_>,
    looks: &BTreeSet<Look>,
    answers: Answers<'_>,
    seen: &mut Observation,
) -> Result<(), Failure> {
    // An org that does not say which it is has no state: whoever looks says so.
    organization::take(&answers, client.session().instance_url.as_str(), seen)?;
    let Some(mut taking) = seen.taking() else { return Ok(()) };
    for look in looks {
        looks::of(*look).take(inquiry, &answers, &mut taking)?;
    }
    receive(answers, seen)
}

fn receive(answers: Answers<'_>, seen: &mut Observation) -> Result<(), Failure> {
    if answers.calls.is_empty() {
        return Ok(());
    }
    let Some(mut taking) = seen.taking() else { return Ok(()) };
    answers.calls.into_iter().try_for_each(|take| take(&mut taking))
}
