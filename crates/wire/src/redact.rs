//! Takes secrets out of text that a person or a file will see.
//!
//! Meant to err on the side of removing too much: a message that lost a word is better than a token in a log.
//!
//! - `labels` knows secrets by the name that stands before them, `looks` by what they look like.
//! - [`Secrets`] knows the very values, however they are written.
//! - [`mod@form`] shows of a web form only what is known to be harmless.

use secrecy::SecretString;

mod exact;
mod form;
mod labels;
mod looks;

pub(super) use self::exact::Secrets;
pub(super) use self::form::form;

const MASK: &str = "***";

/// The text without those secrets, however they are written.
pub fn mask<'a>(text: &str, secrets: impl IntoIterator<Item = &'a SecretString>) -> String {
    Secrets::of(secrets).mask(text)
}

/// The text without access tokens, session ids, installation keys and passwords.
pub fn redact(text: &str) -> String {
    let text = labels::labelled(&looks::private_keys(text));
    let text = looks::org_tokens(&looks::credentials(&text));
    let text = looks::webex_tokens(&looks::refresh_tokens(&looks::json_web_tokens(&text)));
    looks::user_names(&text)
}

#[cfg(test)]
mod tests;
