//! What is asked: a request as it came, and what is known of it before it is answered.

use axum::body::Bytes;
use serde_json::json;

use crate::answer::HttpAnswer;
use crate::soap::Fault;
use crate::soap::envelope::Envelope;
use crate::world::refusal::Refusal;

/// A request, read whole.
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path without its query.
    pub(crate) path: String,
    pub(crate) query: String,
    /// Of `Authorization: Bearer`.
    pub(crate) token: Option<String>,
    /// Name and secret of `Authorization: Basic`.
    pub(crate) credentials: Option<(String, String)>,
    pub(crate) content_type: String,
    /// Of `Host`: the name under which a browser knows the emulator.
    pub(crate) host: String,
    /// The session that a browser has, of `Cookie`.
    pub(crate) sid: Option<String>,
    pub(crate) body: Bytes,
}

/// Which API a request goes to, and so in which shape it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// Everything that is not SOAP.
    Rest,
    /// `/services/Soap/m/`
    Metadata,
    /// `/services/Soap/u/`
    Partner,
    /// `/services/Soap/s/`
    Apex,
    /// `/services/oauth2/` and the identity URL
    OAuth,
    /// Pages of Setup, and those on the way to them
    Pages,
}

impl Surface {
    /// Refuses a request in this API's own shape.
    pub(crate) fn refuse(self, refusal: &Refusal) -> HttpAnswer {
        let fault = || Fault::new(&refusal.code, &refusal.message);
        match self {
            Self::Rest => HttpAnswer::refused(std::slice::from_ref(refusal)),
            Self::Pages => HttpAnswer::page(503),
            Self::Metadata => fault().metadata(),
            Self::Partner => fault().partner(),
            Self::Apex => fault().apex(),
            Self::OAuth => {
                let error = refusal.code.to_ascii_lowercase();
                let body = json!({"error": error, "error_description": refusal.message});
                HttpAnswer::json(400, &body)
            }
        }
    }
}

/// What a request is about: the log and the faults go by it.
#[derive(Debug)]
pub(crate) struct RequestInfo {
    /// A stable name such as `tooling/composite` or `metadata/readMetadata`.
    pub(crate) operation: String,
    pub(crate) surface: Surface,
    /// The token of the header or, in SOAP, of the envelope.
    pub(crate) token: Option<String>,
    /// The envelope, or what is wrong with it; nothing where there should be none.
    pub(crate) envelope: Option<Result<Envelope, String>>,
}
