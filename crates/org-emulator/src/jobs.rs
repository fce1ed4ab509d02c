//! Moves server-side jobs on: whoever touches an org first lets its jobs do what is due.

use super::clock::Millis;
use super::ids::Id;
use super::metadata::deploy::run_deploy;
use super::metadata::retrieve::run_retrieve;
use super::org::Org;
use super::world::jobs::{DeployStatus, InstallStatus, RetrieveJob, UninstallJob, UninstallStatus};

/// How many retrieves keep their zip files.
const KEPT_ZIPS: usize = 10;

/// Finishes every job whose time is up.
pub(crate) fn advance(org: &mut Org, at: Millis) {
    advance_installs(org, at);
    advance_uninstalls(org, at);
    advance_deploys(org, at);
    advance_retrieves(org, at);
}

/// Counts a read of an install's status, and finishes the install if that was the last it needed.
pub(crate) fn poll_install(org: &mut Org, id: &Id, at: Millis) {
    let running = |job: &super::world::jobs::InstallJob| {
        job.id == *id && job.status == InstallStatus::InProgress
    };
    if org.world().jobs.installs.iter().any(running) {
        if let Some(job) = org.world_mut().jobs.installs.iter_mut().find(|job| running(job)) {
            job.timer.poll();
        }
        advance_installs(org, at);
    }
}

/// Counts a read of an uninstall's status, and finishes it if that was the last it needed.
///
/// The first read finds it queued, unless it finds it finished.
pub(crate) fn poll_uninstall(org: &mut Org, id: &Id, at: Millis) {
    let running = |job: &UninstallJob| job.id == *id && job.is_running();
    if org.world().jobs.uninstalls.iter().any(running) {
        if let Some(job) = org.world_mut().jobs.uninstalls.iter_mut().find(|job| running(job)) {
            if job.timer.polls() > 0 {
                job.status = UninstallStatus::InProgress;
            }
            job.timer.poll();
        }
        advance_uninstalls(org, at);
    }
}

/// Counts a read of a deploy's status, and finishes the deploy if that was the last it needed.
pub(crate) fn poll_deploy(org: &mut Org, id: &Id, at: Millis) {
    let running = |job: &super::world::jobs::DeployJob| {
        (job.id == *id || job.foreign) && !job.status.is_final()
    };
    if org.world().jobs.deploys.iter().any(running) {
        // Who waits for somebody else's deploy polls that one too.
        for job in org.world_mut().jobs.deploys.iter_mut().filter(|job| running(job)) {
            job.timer.poll();
        }
        advance_deploys(org, at);
    }
}

/// Counts a read of a retrieve's status, and finishes the retrieve if that was the last it needed.
pub(crate) fn poll_retrieve(org: &mut Org, id: &Id, at: Millis) {
    let running = |job: &RetrieveJob| job.id == *id && job.outcome.is_none();
    if org.world().jobs.retrieves.iter().any(running) {
        if let Some(job) = org.world_mut().jobs.retrieves.iter_mut().find(|job| running(job)) {
            job.timer.poll();
        }
        advance_retrieves(org, at);
    }
}

/// Retrieves run beside each other and beside everything else.
fn advance_retrieves(org: &mut Org, at: Millis) {
    let due = |job: &RetrieveJob| job.outcome.is_none() && job.timer.is_up(at);
    if let Some(place) = org.world().jobs.retrieves.iter().position(due) {
        let outcome = run_retrieve(org.world(), &org.world().jobs.retrieves[place]);
        let jobs = &mut org.world_mut().jobs.retrieves;
        jobs[place].outcome = Some(outcome);
        let old = jobs.len().saturating_sub(KEPT_ZIPS);
        for outcome in jobs[..old].iter_mut().filter_map(|job| job.outcome.as_mut()) {
            outcome.zip = None;
        }
        advance_retrieves(org, at);
    }
}

fn advance_installs(org: &mut Org, at: Millis) {
    let due =
        org.world().jobs.installs.iter().position(|job| job.is_running() && job.timer.is_up(at));
    if let Some(place) = due {
        org.world_mut().finish_install(place, at);
        advance_installs(org, at);
    }
}

fn advance_uninstalls(org: &mut Org, at: Millis) {
    let jobs = &org.world().jobs.uninstalls;
    let due = jobs.iter().position(|job| job.is_running() && job.timer.is_up(at));
    if let Some(place) = due {
        let guesses = org.settings().guesses;
        org.world_mut().finish_uninstall(place, at, guesses);
        advance_uninstalls(org, at);
    }
}

/// One deploy runs at a time: the oldest unfinished one; the others are `Pending`.
fn advance_deploys(org: &mut Org, at: Millis) {
    let first = org.world().jobs.deploys.iter().position(|job| !job.status.is_final());
    let Some(place) = first else { return };
    let job = &org.world().jobs.deploys[place];
    if job.status == DeployStatus::Pending {
        let job = &mut org.world_mut().jobs.deploys[place];
        job.status = DeployStatus::InProgress;
        job.timer.start(at);
    }
    let job = &org.world().jobs.deploys[place];
    if job.status == DeployStatus::Canceling {
        let job = &mut org.world_mut().jobs.deploys[place];
        job.status = DeployStatus::Canceled;
        job.finished = Some(at);
        job.archive.clear();
        advance_deploys(org, at);
    } else if job.timer.is_up(at) {
        let job = job.clone();
        let guesses = org.settings().guesses;
        let outcome = run_deploy(org.world_mut(), &job, guesses);
        let job = &mut org.world_mut().jobs.deploys[place];
        job.status = outcome.status;
        job.outcome = Some(outcome);
        job.finished = Some(at);
        // A validation may be deployed later.
        if !job.option("checkOnly") || job.status != DeployStatus::Succeeded {
            job.archive.clear();
        }
        advance_deploys(org, at);
    }
}
