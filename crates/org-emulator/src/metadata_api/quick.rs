//! Quick deploys: what was validated with its tests is deployed without running them again.

use super::queue;
use crate::clock::Millis;
use crate::ids::Id;
use crate::org::Call;
use crate::world::jobs::{DeployJob, DeployStatus};
use crate::world::refusal::Refusal;

/// How long a validation counts: ten days.
const COUNTS: Millis = 10 * 24 * 60 * 60 * 1000;

/// Queues the deploy of a validation, and returns the new deploy's id.
pub(super) fn deploy(call: &mut Call<'_>, validation: &str) -> Result<Id, Refusal> {
    let refusal = || {
        Refusal::new(
            "INVALID_ID_FIELD",
            format!("Invalid id: {validation}. There is no recent validation with passed tests"),
        )
    };
    let id = Id::parse(validation).ok_or_else(refusal)?;
    let jobs = call.world().jobs.deploys.iter();
    let job = jobs.clone().find(|job| job.id == id && counts(job, call.now)).ok_or_else(refusal)?;
    let (archive, mut options) = (job.archive.clone(), job.options.clone());
    call.org.script.trouble.check_setup()?;
    if let Some(options) = options.as_object_mut() {
        options.insert("checkOnly".to_owned(), false.into());
    }
    Ok(queue::queue_validated(call, archive, options, id))
}

/// Whether a job is a validation that may be deployed.
fn counts(job: &DeployJob, now: Millis) -> bool {
    job.option("checkOnly")
        && job.status == DeployStatus::Succeeded
        && job.runs_tests()
        && job.finished.is_some_and(|at| now.saturating_sub(at) <= COUNTS)
}
