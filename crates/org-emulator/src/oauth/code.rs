//! Authorization codes.

use crate::clock::Millis;
use crate::ids::Id;

/// What a person agreed to, until the app comes for its token.
#[derive(Debug)]
pub(crate) struct Code {
    pub(super) user: Id,
    pub(super) consumer_key: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    /// SHA-256 of what the app must show, base64.
    pub(super) challenge: Option<String>,
    pub(super) until: Millis,
}
