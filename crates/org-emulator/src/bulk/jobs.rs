//! Jobs, found and shown.

use crate::answer::HttpAnswer;
use crate::org::Call;
use crate::org::bulk_job::BulkJob;
use crate::world::refusal::Refusal;

/// The caller's job of that id.
pub(super) fn known(call: &Call<'_>, kind: &str, id: &str) -> Result<BulkJob, Refusal> {
    let job = call.org.bulk_jobs.values().find(|job| job.is(kind, id) && job.user == call.user);
    job.cloned().ok_or_else(Refusal::not_found)
}

/// What is told of a job.
pub(super) fn shown(job: &BulkJob) -> HttpAnswer {
    HttpAnswer::json(200, &job.info())
}
