//! What goes wrong.

use std::time::Duration;

use super::edit::Edit;
use crate::request::{Request, RequestInfo, Surface};
use crate::world::jobs::DeployFailure;

/// What goes wrong with a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Effect {
    /// Refused with a status and an error in the API's own shape, and not carried out.
    Status { status: u16, code: String, message: String, retry_after: Option<u32> },
    /// The connection is closed, and the request not carried out.
    DropBefore,
    /// The request is carried out, and the connection closed without an answer.
    DropAfter,
    /// The request is carried out, and the connection closed after so many bytes of the answer.
    Truncate(usize),
    /// The request is carried out, and answered that much later.
    Delay(Duration),
    /// A web page with that status instead of the API, and nothing carried out.
    Html(u16),
    /// A redirect to that address instead of an answer, and nothing carried out.
    Redirect(String),
    /// The token is refused, with this request and from then on.
    ExpireSession,
    /// The records, or the setup, are locked by somebody else.
    Lock,
    /// The org's daily requests are used up, for this request.
    Limit,
    /// The install that the request starts ends with this error.
    FailInstall(String),
    /// The uninstall that the request starts ends with this error.
    FailUninstall(String),
    /// The deploy that the request starts fails.
    FailDeploy(DeployFailure),
    /// So many reads after the request still show what was there before it.
    Lag(u32),
    /// The request is carried out, and answered later by so much for each row that it writes.
    DelayPerRow(Duration),
    /// The request is carried out, and its answer is not as it should be.
    Edit(Edit),
}

impl Effect {
    /// As the request log names it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::DropBefore => "drop before",
            Self::DropAfter => "drop after",
            Self::Truncate(_) => "truncate",
            Self::Delay(_) => "delay",
            Self::Html(_) => "html",
            Self::Redirect(_) => "redirect",
            Self::ExpireSession => "expire_session",
            Self::Lock => "lock",
            Self::Limit => "limit",
            Self::FailInstall(_) => "fail_install",
            Self::FailUninstall(_) => "fail_uninstall",
            Self::FailDeploy(_) => "fail_deploy",
            Self::Lag(_) => "lag",
            Self::DelayPerRow(_) => "delay_per_row",
            Self::Edit(Edit::Null | Edit::Empty) => "answer",
            Self::Edit(Edit::Set(_)) => "set",
            Self::Edit(Edit::Unset(_)) => "unset",
        }
    }

    /// Whether it can happen to one request of several, while the others go on.
    pub(super) fn fits_part(&self) -> bool {
        matches!(
            self,
            Self::Status { .. } | Self::Html(_) | Self::Lock | Self::Limit | Self::Edit(_)
        )
    }

    /// Whether it can happen to one row of several.
    pub(super) fn fits_row(&self) -> bool {
        matches!(self, Self::Status { .. } | Self::Lock)
    }

    /// Whether it can happen to this request: a read starts no install and locks nothing.
    pub(super) fn concerns(&self, request: &Request, info: &RequestInfo) -> bool {
        match self {
            Self::FailInstall(_) => info.operation == "tooling/create/PackageInstallRequest",
            Self::FailUninstall(_) => {
                info.operation == "tooling/create/SubscriberPackageVersionUninstallRequest"
            }
            Self::FailDeploy(_) => starts_deploy(request, info),
            Self::Lock | Self::Lag(_) | Self::DelayPerRow(_) => writes(request, info),
            _ => true,
        }
    }
}

fn starts_deploy(request: &Request, info: &RequestInfo) -> bool {
    match info.operation.as_str() {
        "metadata/deploy" => true,
        "metadata/deployRequest" => request.method == "POST",
        _ => false,
    }
}

/// Whether a request asks for a change. Many reads can travel in one POST.
pub(super) fn writes(request: &Request, info: &RequestInfo) -> bool {
    if info.surface != Surface::Rest {
        return matches!(info.operation.as_str(), "metadata/deploy" | "metadata/cancelDeploy");
    }
    let reads = |method: &str| method == "GET" || method == "HEAD";
    if reads(&request.method) {
        return false;
    }
    let list = match info.operation.trim_start_matches("tooling/") {
        "composite" => "compositeRequest",
        "composite/batch" => "batchRequests",
        // `POST composite/sobjects/Object` reads.
        "composite/sobjects" => {
            let path = request.path.trim_end_matches('/');
            return request.method != "POST" || path.ends_with("sobjects");
        }
        _ => return true,
    };
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let parts = body[list].as_array();
    parts.is_some_and(|parts| parts.iter().any(|part| !part["method"].as_str().is_some_and(reads)))
}

/// How many rows a request writes, in all its parts.
pub(super) fn rows(request: &Request) -> u32 {
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let of = |body: &serde_json::Value| body["records"].as_array().map_or(1, Vec::len);
    let parts = body["compositeRequest"].as_array().or_else(|| body["batchRequests"].as_array());
    let rows = match parts {
        Some(parts) => parts
            .iter()
            .filter(|part| part["method"] != "GET")
            .map(|part| of(if part["body"].is_null() { &part["richInput"] } else { &part["body"] }))
            .sum(),
        None => of(&body),
    };
    u32::try_from(rows).unwrap_or(u32::MAX)
}
