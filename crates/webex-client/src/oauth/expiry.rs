//! `GET /v1/authorizations/tokenExpiry`: until when a token is good.

use std::time::{Duration, SystemTime};

use secrecy::SecretString;
use serde::Deserialize;
use wire::{Call, Transport, size};

use super::{Denial, Error};

/// Asks until when a token is good; a cheap way to see whether it is good at all.
pub async fn expiry(transport: &Transport, token: &SecretString) -> Result<SystemTime, Error> {
    #[derive(Deserialize)]
    struct Body {
        /// Milliseconds since 1970; a number of any kind.
        exp: f64,
    }
    let operation = "ask until when the token is good";
    let mut call = Call::get("/v1/authorizations/tokenExpiry", operation).at_most(size::WORD);
    call.bearer = Some(token.clone());
    let answer = transport.send(&call).await?;
    if !answer.status.is_success() {
        return Err(Denial::error(&answer));
    }
    let since_1970 = serde_json::from_slice::<Body>(&answer.bytes)
        .ok()
        .and_then(|body| Duration::try_from_secs_f64(body.exp / 1000.0).ok());
    since_1970.and_then(|it| SystemTime::UNIX_EPOCH.checked_add(it)).ok_or_else(|| {
        Error::local(
            format!("What answers at {} does not tell when tokens end.", transport.base_url()),
            "Look at the address: a proxy or a login page answers otherwise.",
        )
    })
}
