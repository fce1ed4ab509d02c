//! The Partner API. This function is what the rest of the emulator calls.

use super::answer::HttpAnswer;
use super::org::Call;

/// Answers a SOAP call to `/services/Soap/u/{version}`.
///
/// The session has been checked already; `operation` is the local name of the body's element
/// and `body` the whole envelope.
pub(crate) fn soap(_call: &mut Call<'_>, operation: &str, _body: &[u8]) -> HttpAnswer {
    super::soap::fault(
        "INVALID_TYPE",
        &format!("Operation {operation} is not supported"),
    )
}
