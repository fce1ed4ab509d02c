//! What carries requests in the place of connections: a service in the same process, a simulation.

use std::fmt;
use std::pin::Pin;

use http_body_util::BodyExt as _;

/// What comes of a request that is carried.
pub type Carried = Result<http::Response<bytes::Bytes>, NotCarried>;

/// Carries requests in the place of an HTTP client.
///
/// Everything else of a [`Transport`](super::Transport) stays as it is: what is sent again and when, limits,
/// redaction, traces and counters. No connection is made.
pub trait Carrier: fmt::Debug + Send + Sync {
    /// Takes a request to its server and brings the answer back. Whoever gives up waiting drops it.
    fn carry(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> Pin<Box<dyn Future<Output = Carried> + Send + '_>>;
}

/// Why a carrier brings no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCarried {
    /// The server has not got the request.
    #[error("{0}")]
    NotSent(String),
    /// It was sent, and what became of it is unknown.
    #[error("{0}")]
    Lost(String),
}

/// The request as a carrier takes it: with its whole body.
pub(super) async fn whole(
    request: reqwest::Request,
) -> Result<http::Request<bytes::Bytes>, reqwest::Error> {
    let (head, body) = http::Request::<reqwest::Body>::try_from(request)?.into_parts();
    Ok(http::Request::from_parts(head, body.collect().await?.to_bytes()))
}
