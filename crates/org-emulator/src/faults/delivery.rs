//! How an answer gets to the client, or does not.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::stream;

use super::effect::{Effect, rows};
use crate::request::Request;

/// How long the beginning of a cut answer has to leave before the connection is closed.
const HEAD_START: Duration = Duration::from_millis(20);

/// How an answer gets to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// At once, and whole.
    Whole,
    /// Whole, but not yet.
    Late(Duration),
    /// As many bytes of the body as this; then the connection is closed.
    Cut(usize),
    /// Not at all: the connection is closed.
    Never,
}

impl Delivery {
    /// What an effect does to the answer.
    pub(crate) fn of(effect: &Effect, request: &Request) -> Self {
        match effect {
            Effect::DropBefore | Effect::DropAfter => Self::Never,
            Effect::Truncate(bytes) => Self::Cut(*bytes),
            Effect::Delay(time) => Self::Late(*time),
            Effect::DelayPerRow(time) => Self::Late(time.saturating_mul(rows(request))),
            _ => Self::Whole,
        }
    }

    /// How much later the answer comes.
    pub(crate) fn delay(self) -> Duration {
        if let Self::Late(time) = self { time } else { Duration::ZERO }
    }

    /// Sends an answer off, its body apart.
    pub(crate) async fn send(self, mut response: Response<()>, body: Vec<u8>) -> Response {
        let body = match self {
            Self::Whole => Body::from(body),
            Self::Late(time) => {
                tokio::time::sleep(time).await;
                Body::from(body)
            }
            Self::Cut(at) if at >= body.len() => Body::from(body),
            Self::Cut(at) => {
                // The length of the whole, as its head said before the connection broke.
                response
                    .headers_mut()
                    .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
                cut(body, at)
            }
            Self::Never => {
                // A body that fails before its first byte takes the head with it, unsent. A 204
                // would have none.
                *response.status_mut() = StatusCode::OK;
                Body::from_stream(stream::once(async { Err::<Bytes, _>(broken()) }))
            }
        };
        response.map(|()| body)
    }
}

/// What is left of a cut body.
enum Rest {
    Beginning(Vec<u8>),
    Break,
    Nothing,
}

/// A body that breaks off.
fn cut(mut body: Vec<u8>, at: usize) -> Body {
    body.truncate(at);
    Body::from_stream(stream::unfold(Rest::Beginning(body), |rest| async {
        match rest {
            Rest::Beginning(bytes) => Some((Ok(Bytes::from(bytes)), Rest::Break)),
            Rest::Break => {
                tokio::time::sleep(HEAD_START).await;
                Some((Err(broken()), Rest::Nothing))
            }
            Rest::Nothing => None,
        }
    }))
}

/// Why the server closes the connection.
fn broken() -> io::Error {
    io::Error::other("a fault closes this connection")
}
