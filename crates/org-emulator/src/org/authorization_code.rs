//! Authorization codes.

use crate::clock::Millis;
use crate::ids::Id;

/// What a person agreed to, until the app comes for its token.
#[derive(Debug)]
pub(crate) struct AuthorizationCode {
    pub(crate) user: Id,
    pub(crate) consumer_key: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: String,
    /// SHA-256 of what the app must show, base64.
    pub(crate) challenge: Option<String>,
    pub(crate) until: Millis,
}
