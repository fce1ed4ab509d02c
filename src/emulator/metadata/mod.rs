//! The Metadata API. These three functions are what the rest of the emulator calls.

use super::answer::HttpAnswer;
use super::guesses::Guesses;
use super::org::Call;
use super::world::World;
use super::world::jobs::{DeployJob, DeployOutcome, DeployStatus};
use super::world::refusal::Refusal;

/// Answers a SOAP call to `/services/Soap/m/{version}`.
///
/// The session has been checked already; `operation` is the local name of the body's element
/// and `body` the whole envelope.
pub(crate) fn soap(_call: &mut Call<'_>, operation: &str, _body: &[u8]) -> HttpAnswer {
    super::soap::fault(
        "INVALID_TYPE",
        &format!("Operation {operation} is not supported"),
    )
}

/// Answers `/services/data/vXX.X/metadata/deployRequest[/{id}]`: POST, GET and PATCH.
///
/// `id` is what follows `deployRequest/`, `query` the URL's query, `content_type` the header's
/// value, which holds the boundary of a multipart body.
pub(crate) fn rest_deploy(
    _call: &mut Call<'_>,
    _method: &str,
    _id: Option<&str>,
    _query: &str,
    _content_type: &str,
    _body: &[u8],
) -> HttpAnswer {
    HttpAnswer::refused(&[Refusal::not_found()])
}

/// Does what a queued deploy asks for, when its time is up.
///
/// Changes the world, or leaves it as it was where the deploy fails and rolls back. The queue
/// (`emulator::jobs`) keeps the order, the waiting and the cancelling.
pub(crate) fn run_deploy(_world: &mut World, _job: &DeployJob, _guesses: Guesses) -> DeployOutcome {
    DeployOutcome {
        status: DeployStatus::Failed,
        components_total: 0,
        components_deployed: 0,
        component_errors: 0,
        tests_total: 0,
        tests_completed: 0,
        test_errors: 0,
        details: serde_json::Value::Null,
    }
}
