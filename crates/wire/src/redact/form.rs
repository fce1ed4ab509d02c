//! Web forms, as logins send them.

use super::{MASK, redact};

/// Fields that hold no secret. All others are masked: logins have many, and new ones come.
const HARMLESS: [&str; 16] = [
    "grant_type",
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "format",
    "code_challenge",
    "code_challenge_method",
    "token_type",
    "token_type_hint",
    "token_format",
    "client_assertion_type",
    "subject_token_type",
    "prompt",
    "display",
    "immediate",
];

/// A form without the values of fields that may be secrets.
pub(crate) fn form(text: &str) -> String {
    let fields = text.split('&').map(|field| match field.split_once('=') {
        Some((name, value)) if HARMLESS.contains(&name) => format!("{name}={}", redact(value)),
        Some((name, "")) => format!("{name}="),
        Some((name, _)) => format!("{name}={MASK}"),
        None => redact(field),
    });
    fields.collect::<Vec<_>>().join("&")
}
