//! Which requests a fault is about.

use serde::Deserialize;

use crate::request::{Request, RequestInfo};
use crate::url::decoded;

/// What a request must be; what is left out may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Pattern {
    /// The operation as the request log names it.
    operation: Option<String>,
    method: Option<String>,
    /// Part of path and query, as they came or decoded.
    path: Option<String>,
    /// Part of the body: what travels in a composite or an envelope.
    body: Option<String>,
}

impl Pattern {
    /// Whether the request is such a one.
    pub(super) fn fits(&self, request: &Request, info: &RequestInfo) -> bool {
        let is =
            |wanted: &Option<String>, has: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(has);
        is(&self.operation, &|wanted| info.operation == wanted)
            && is(&self.method, &|wanted| request.method.eq_ignore_ascii_case(wanted))
            && is(&self.path, &|wanted| {
                let url = format!("{}?{}", request.path, request.query);
                url.contains(wanted) || decoded(&url, true).contains(wanted)
            })
            && is(&self.body, &|wanted| String::from_utf8_lossy(&request.body).contains(wanted))
    }
}
