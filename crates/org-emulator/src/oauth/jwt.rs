//! Assertions of the JWT bearer flow: RS256, checked against the app's certificate.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use rustls_pki_types::CertificateDer;
use serde_json::Value;

use super::refusal::{Denied, EXPIRED_CODE, WRONG_ASSERTION, WRONG_AUDIENCE};
use crate::clock::Millis;
use crate::world::logins::ConnectedApp;

/// Audiences that every org accepts beside its own address.
const LOGIN_HOSTS: [&str; 2] = ["https://login.salesforce.com", "https://test.salesforce.com"];

/// A signed claim to be somebody.
#[derive(Debug)]
pub(super) struct Assertion {
    /// The app that claims it.
    pub(super) issuer: String,
    /// The user name.
    pub(super) subject: String,
    audience: String,
    expires: Millis,
    /// What the signature is of.
    signed: String,
    signature: Vec<u8>,
}

impl Assertion {
    /// Takes a token apart; `None` where it is none, or not signed with RS256.
    pub(super) fn read(token: &str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let json = |part: &str| -> Option<Value> {
            serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
        };
        let (header, claims) = (json(header)?, json(claims)?);
        if header["alg"] != "RS256" {
            return None;
        }
        let text = |name: &str| claims[name].as_str().map(str::to_owned);
        // Some clients send text, some count in fractions.
        let expires = claims["exp"].to_string();
        let expires = expires.trim_matches('"').split('.').next()?.parse().ok()?;
        Some(Self {
            issuer: text("iss")?,
            subject: text("sub").or_else(|| text("prn"))?,
            audience: text("aud")?,
            expires: millis(expires),
            signed: signed.to_owned(),
            signature: BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    /// Whether the app's key signed it, for this org, and not too long ago.
    pub(super) fn check(&self, app: &ConnectedApp, url: &str, now: Millis) -> Result<(), Denied> {
        let certificate = app.certificate.as_deref().and_then(der).ok_or(WRONG_ASSERTION)?;
        let certificate = CertificateDer::from(certificate);
        let certificate =
            webpki::EndEntityCert::try_from(&certificate).map_err(|_| WRONG_ASSERTION)?;
        certificate
            .verify_signature(
                webpki::aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
                self.signed.as_bytes(),
                &self.signature,
            )
            .map_err(|_| WRONG_ASSERTION)?;
        let audience = self.audience.trim_end_matches('/');
        let by_name = url.replace("127.0.0.1", "localhost");
        if audience != url && audience != by_name && !LOGIN_HOSTS.contains(&audience) {
            return Err(WRONG_AUDIENCE);
        }
        if self.expires <= now { Err(EXPIRED_CODE) } else { Ok(()) }
    }
}

/// Seconds, or the milliseconds that the Salesforce CLI sends in their place.
fn millis(time: u64) -> Millis {
    if time < 100_000_000_000 { time * 1_000 } else { time }
}

/// The first certificate of a PEM text.
fn der(pem: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once("-----BEGIN CERTIFICATE-----")?;
    let (body, _) = rest.split_once("-----END CERTIFICATE-----")?;
    let body: String = body.split_whitespace().collect();
    BASE64_STANDARD.decode(body).ok()
}
