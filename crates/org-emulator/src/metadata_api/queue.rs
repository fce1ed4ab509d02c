//! Deploys and retrieves in the org's queue: put in, asked for, cancelled.

use serde_json::Value;

use crate::clock::Timer;
use crate::ids::Id;
use crate::jobs;
use crate::org::Call;
use crate::world::jobs::{DeployJob, DeployStatus, RetrieveJob};

/// Queues a deploy and lets it run if its time is up at once; returns its id.
///
/// `archive` is the zip file in base64, `options` are the deploy options by their names.
pub(crate) fn queue_deploy(call: &mut Call<'_>, archive: String, options: Value) -> Id {
    queue(call, archive, options, None)
}

/// Queues the deploy of a validation.
pub(super) fn queue_validated(
    call: &mut Call<'_>,
    archive: String,
    options: Value,
    validation: Id,
) -> Id {
    queue(call, archive, options, Some(validation))
}

fn queue(call: &mut Call<'_>, archive: String, options: Value, validation: Option<Id>) -> Id {
    let time = call.org.settings().deploy_time;
    let failure = call.org.script.trouble.deploy_failure();
    let (user, now) = (call.user.clone(), call.now);
    let world = call.org.world_mut();
    let id = world.new_id("0Af");
    world.jobs.deploys.push(DeployJob {
        id: id.clone(),
        created: now,
        created_by: user,
        archive,
        options,
        status: DeployStatus::Pending,
        foreign: false,
        validation,
        failure,
        outcome: None,
        finished: None,
        timer: Timer::waiting(time),
    });
    jobs::advance(call.org, now);
    id
}

/// Reads a deploy's status, which counts as a poll.
pub(super) fn poll_deploy<'a>(call: &'a mut Call<'_>, id: &Id) -> Option<&'a DeployJob> {
    jobs::poll_deploy(call.org, id, call.now);
    call.world().jobs.deploys.iter().find(|job| job.id == *id)
}

/// Starts a retrieve and lets it run if its time is up at once; returns its id.
pub(crate) fn queue_retrieve(call: &mut Call<'_>, request: Value) -> Id {
    let mut timer = Timer::waiting(call.org.settings().deploy_time);
    timer.start(call.now);
    let (created_by, now) = (call.user.clone(), call.now);
    let world = call.org.world_mut();
    let id = world.new_id("09S");
    let job = RetrieveJob { id: id.clone(), created_by, request, outcome: None, timer };
    world.jobs.retrieves.push(job);
    jobs::advance(call.org, now);
    id
}

/// Reads a retrieve's status, which counts as a poll.
pub(super) fn poll_retrieve<'a>(call: &'a mut Call<'_>, id: &Id) -> Option<&'a RetrieveJob> {
    jobs::poll_retrieve(call.org, id, call.now);
    call.world().jobs.retrieves.iter().find(|job| job.id == *id)
}

/// Asks a deploy to stop; `None` where there is no such deploy.
///
/// A deploy that has finished stays as it is.
pub(super) fn cancel_deploy<'a>(call: &'a mut Call<'_>, id: &Id) -> Option<&'a DeployJob> {
    let unfinished = |job: &DeployJob| job.id == *id && !job.status.is_final();
    if call.world().jobs.deploys.iter().any(unfinished) {
        let now = call.now;
        let jobs = &mut call.org.world_mut().jobs.deploys;
        if let Some(job) = jobs.iter_mut().find(|job| unfinished(job)) {
            job.status = DeployStatus::Canceling;
            job.timer.start(now);
        }
    }
    call.world().jobs.deploys.iter().find(|job| job.id == *id)
}
