//! Requests to the REST API, and what all handlers need of them.

use serde_json::{Map, Value};

use crate::org::Call;
use crate::url::Target;
use crate::world::refusal::Refusal;
use crate::world::writes::Writer;

/// A request to the REST API, or one inside a composite.
#[derive(Debug, Clone)]
pub(crate) struct RestRequest {
    /// Upper case.
    pub(crate) method: String,
    /// What follows `/services/data/vXX.X`.
    pub(crate) target: Target,
    pub(crate) body: Option<Value>,
}

impl RestRequest {
    /// The body, which must be a JSON object.
    pub(super) fn object(&self) -> Result<&Map<String, Value>, Refusal> {
        self.body.as_ref().and_then(Value::as_object).ok_or_else(|| {
            Refusal::new(
                "JSON_PARSER_ERROR",
                "The HTTP entity body is required, but this request has no entity body.",
            )
        })
    }
}

/// Who writes, for the rules of the world.
pub(super) fn writer(call: &Call<'_>) -> Writer {
    Writer { user: call.user.clone(), now: call.now, guesses: call.org.settings().guesses }
}

/// The refusal of a method that a resource does not have.
pub(super) fn method_not_allowed(method: &str, allowed: &str) -> Refusal {
    Refusal::new(
        "METHOD_NOT_ALLOWED",
        format!("HTTP Method '{method}' not allowed. Allowed are {allowed}"),
    )
}

/// Whether a subrequest's path is one that the Tooling API's batches and composites take.
pub(super) fn is_of_tooling(path: &[String]) -> bool {
    path.first().is_some_and(|part| part == "tooling")
        && path.get(1).is_some_and(|part| part == "sobjects" || part == "query")
}
