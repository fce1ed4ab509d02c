//! Queries that ask how far a job is.

use crate::ids::Id;
use crate::jobs;
use crate::org::Call;

/// A query that names a job by its id is a poll of that job; says whether it was one.
pub(super) fn by_query(call: &mut Call<'_>, text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let from = |object: &str| lower.split_whitespace().any(|word| word == object);
    let named = |ids: Vec<&Id>| -> Vec<Id> {
        ids.into_iter().filter(|id| text.contains(id.short())).cloned().collect()
    };
    let jobs = &call.world().jobs;
    let other = |is_foreign: bool, id: &Id| is_foreign && !text.contains(id.short());
    if from("packageinstallrequest") {
        let ids = named(jobs.installs.iter().map(|job| &job.id).collect());
        let others = jobs.installs.iter().filter(|job| other(job.foreign, &job.id));
        let others: Vec<Id> = others.map(|job| job.id.clone()).collect();
        for id in ids.iter().chain(&others) {
            jobs::poll_install(call.org, id, call.now);
        }
        !ids.is_empty()
    } else if from("subscriberpackageversionuninstallrequest") {
        let ids = named(jobs.uninstalls.iter().map(|job| &job.id).collect());
        for id in &ids {
            jobs::poll_uninstall(call.org, id, call.now);
        }
        !ids.is_empty()
    } else if from("deployrequest") {
        let ids = named(jobs.deploys.iter().map(|job| &job.id).collect());
        // One poll of any deploy counts for those of others as well.
        let others = jobs.deploys.iter().find(|job| job.foreign && !job.status.is_final());
        let others: Vec<Id> = others.map(|job| job.id.clone()).into_iter().collect();
        for id in ids.iter().chain(others.iter().filter(|_| ids.is_empty())) {
            jobs::poll_deploy(call.org, id, call.now);
        }
        !ids.is_empty()
    } else {
        false
    }
}
