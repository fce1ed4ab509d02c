//! What a request is about, told before it is answered: the log and the faults go by it.

use serde_json::json;

use super::answer::HttpAnswer;
use super::metadata::soap::Fault;
use super::oauth;
use super::rest::{operation, url::Target};
use super::server::Request;
use super::soap::{self, Envelope};
use super::state::State;
use super::world::refusal::Refusal;

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
}

impl Surface {
    /// Refuses a request in this API's own shape.
    pub(crate) fn refuse(self, refusal: &Refusal) -> HttpAnswer {
        let fault = || Fault::new(&refusal.code, &refusal.message);
        match self {
            Self::Rest => HttpAnswer::refused(std::slice::from_ref(refusal)),
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

/// What a request is about.
#[derive(Debug)]
pub(crate) struct Asked {
    /// A stable name such as `tooling/composite` or `metadata/readMetadata`.
    pub(crate) operation: String,
    pub(crate) surface: Surface,
    /// The token of the header or, in SOAP, of the envelope.
    pub(crate) token: Option<String>,
    /// The envelope, or what is wrong with it; nothing where there should be none.
    pub(crate) envelope: Option<Result<Envelope, String>>,
}

impl Asked {
    /// Looks at a request.
    pub(crate) fn of(state: &State, request: &Request) -> Self {
        let path = request.path.trim_end_matches('/');
        if let Some(rest) = path.strip_prefix("/services/Soap/") {
            return Self::over_soap(request, rest);
        }
        if let Some(operation) = oauth::operation(path) {
            let (operation, token) = (operation.to_owned(), request.token.clone());
            return Self { operation, surface: Surface::OAuth, token, envelope: None };
        }
        let operation = match path {
            "/services/data" if request.method == "GET" => "versions".to_owned(),
            _ => {
                let session = request.token.as_deref().and_then(|token| state.session(token));
                let org = session.and_then(|(place, _)| state.orgs.get(place));
                let target = Some(path).filter(|path| path.starts_with("/services/data/"));
                target.and_then(Target::parse).map_or_else(
                    || "unknown".to_owned(),
                    |target| {
                        operation::name(
                            org.map(super::org::Org::world),
                            &request.method,
                            &target.path,
                        )
                    },
                )
            }
        };
        let token = request.token.clone();
        Self { operation, surface: Surface::Rest, token, envelope: None }
    }

    /// `{m|u|s}/{version}…`: everything else stands in the envelope.
    fn over_soap(request: &Request, rest: &str) -> Self {
        let (surface, api) = match rest.split('/').collect::<Vec<_>>().as_slice() {
            ["m", _, ..] => (Surface::Metadata, "metadata"),
            ["u", _, ..] => (Surface::Partner, "partner"),
            ["s", _, ..] => (Surface::Apex, "apex"),
            _ => {
                let (operation, token) = ("unknown".to_owned(), request.token.clone());
                return Self { operation, surface: Surface::Rest, token, envelope: None };
            }
        };
        let envelope = soap::envelope(&request.body);
        let operation = envelope
            .as_ref()
            .map_or_else(|_| api.to_owned(), |known| format!("{api}/{}", known.operation));
        let session = envelope.as_ref().ok().and_then(|known| known.session.clone());
        let token = session.or_else(|| request.token.clone());
        Self { operation, surface, token, envelope: Some(envelope) }
    }
}
