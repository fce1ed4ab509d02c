//! Tells what a request is about, before it is answered.

use crate::oauth;
use crate::org::Org;
use crate::request::{Request, RequestInfo, Surface};
use crate::rest::operation;
use crate::setup_pages;
use crate::soap::envelope;
use crate::state::State;
use crate::url::Target;

/// Looks at a request.
pub(crate) fn classify(state: &State, request: &Request) -> RequestInfo {
    let path = request.path.trim_end_matches('/');
    if let Some(rest) = path.strip_prefix("/services/Soap/") {
        return over_soap(request, rest);
    }
    let token = request.token.clone();
    if let Some(operation) = oauth::operation(path) {
        let operation = operation.to_owned();
        return RequestInfo { operation, surface: Surface::OAuth, token, envelope: None };
    }
    if let Some(operation) = setup_pages::operation(path) {
        let operation = operation.to_owned();
        return RequestInfo { operation, surface: Surface::Pages, token, envelope: None };
    }
    let operation = match path {
        "/services/data" if request.method == "GET" => "versions".to_owned(),
        _ => rest_operation(state, request, path),
    };
    RequestInfo { operation, surface: Surface::Rest, token, envelope: None }
}

/// The name of what a path below `/services/data/` stands for.
fn rest_operation(state: &State, request: &Request, path: &str) -> String {
    let session = request.token.as_deref().and_then(|token| state.session(token));
    let org = session.and_then(|(place, _)| state.orgs.get(place));
    let target = Some(path).filter(|path| path.starts_with("/services/data/"));
    target.and_then(Target::parse).map_or_else(
        || "unknown".to_owned(),
        |target| operation::name(org.map(Org::world), &request.method, &target.path),
    )
}

/// `{m|u|s}/{version}…`: everything else stands in the envelope.
fn over_soap(request: &Request, rest: &str) -> RequestInfo {
    let (surface, api) = match rest.split('/').collect::<Vec<_>>().as_slice() {
        ["m", _, ..] => (Surface::Metadata, "metadata"),
        ["u", _, ..] => (Surface::Partner, "partner"),
        ["s", _, ..] => (Surface::Apex, "apex"),
        _ => {
            let (operation, token) = ("unknown".to_owned(), request.token.clone());
            return RequestInfo { operation, surface: Surface::Rest, token, envelope: None };
        }
    };
    let envelope = envelope::read(&request.body);
    let operation = envelope
        .as_ref()
        .map_or_else(|_| api.to_owned(), |known| format!("{api}/{}", known.operation));
    let session = envelope.as_ref().ok().and_then(|known| known.session.clone());
    let token = session.or_else(|| request.token.clone());
    RequestInfo { operation, surface, token, envelope: Some(envelope) }
}
