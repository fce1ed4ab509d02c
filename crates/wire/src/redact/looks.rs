//! Secrets by what they look like.

use super::MASK;

/// Words after which a credential stands in a header.
const SCHEMES: [&str; 2] = ["bearer ", "oauth "];

/// How every refresh token of Salesforce begins.
const REFRESH: &str = "5Aep";

/// Masks what follows `Bearer` or `OAuth`.
pub(super) fn credentials(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    loop {
        let next = SCHEMES
            .iter()
            .filter_map(|scheme| lower[done..].find(scheme).map(|at| done + at + scheme.len()))
            .min();
        let Some(from) = next else { break };
        let value = &text[from..];
        let length =
            value.find(|c: char| c.is_whitespace() || "\"'<,;".contains(c)).unwrap_or(value.len());
        out.push_str(&text[done..from]);
        // Prose goes on in words ("OAuth is off"); a credential is long, or holds more than letters.
        let word = length < 16 && value[..length].chars().all(char::is_alphabetic);
        out.push_str(if word { &value[..length] } else { MASK });
        done = from + length;
    }
    out.push_str(&text[done..]);
    out
}

/// Masks the secret half of session ids: `00D` and the rest of an org id, `!`, then the secret.
pub(super) fn org_tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("00D") {
        let id =
            rest[at..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest.len(), |n| at + n);
        let mark = ["!", "%21", "\\u0021"].into_iter().find(|mark| rest[id..].starts_with(mark));
        let Some(mark) = mark else {
            out.push_str(&rest[..id]);
            rest = &rest[id..];
            continue;
        };
        let from = id + mark.len();
        let part_of_token = |c: char| c.is_ascii_alphanumeric() || "._-%".contains(c);
        let to = rest[from..].find(|c| !part_of_token(c)).map_or(rest.len(), |n| from + n);
        out.push_str(&rest[..from]);
        out.push_str(MASK);
        rest = &rest[to..];
    }
    out.push_str(rest);
    out
}

/// Masks tokens in the JSON Web Token format: three parts of base64, the first of which begins `eyJ`.
pub(super) fn json_web_tokens(text: &str) -> String {
    words(text, "eyJ", "._-", |word| word.matches('.').count() >= 2)
}

/// Masks refresh tokens of Salesforce.
pub(super) fn refresh_tokens(text: &str) -> String {
    words(text, REFRESH, "._-%", |word| word.len() >= 20)
}

/// Masks access and refresh tokens of Webex: many letters, then `_` and the organization's UUID.
pub(super) fn webex_tokens(text: &str) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(part) {
        let to = rest[at..].find(|c| !part(c)).map_or(rest.len(), |n| at + n);
        out.push_str(&rest[..at]);
        out.push_str(if ends_in_an_organization(&rest[at..to]) { MASK } else { &rest[at..to] });
        rest = &rest[to..];
    }
    out.push_str(rest);
    out
}

/// Whether a word is long and ends in `_` and a UUID.
fn ends_in_an_organization(word: &str) -> bool {
    const UUID: usize = 36;
    const SHORTEST_SECRET: usize = 20;
    let Some(at) = word.len().checked_sub(UUID).filter(|at| *at > SHORTEST_SECRET) else {
        return false;
    };
    let (secret, uuid) = word.split_at(at);
    secret.ends_with('_')
        && uuid.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Masks words that begin so and pass the test; `others` may be in them beside letters and digits.
fn words(text: &str, begin: &str, others: &str, is_secret: fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(begin) {
        let part = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
        let to = rest[at..].find(|c| !part(c)).map_or(rest.len(), |n| at + n);
        out.push_str(&rest[..at]);
        out.push_str(if is_secret(&rest[at..to]) { MASK } else { &rest[at..to] });
        rest = &rest[to..];
    }
    out.push_str(rest);
    out
}

/// Masks what is between the lines around a private key in the PEM format, whatever ends its lines.
pub(super) fn private_keys(text: &str) -> String {
    const OPENS: &str = "PRIVATE KEY-----";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPENS) {
        let from = at + OPENS.len();
        out.push_str(&rest[..from]);
        rest = &rest[from..];
        let begun = out[..out.len() - OPENS.len()].rfind("-----");
        if begun.is_some_and(|at| out[at..].starts_with("-----BEGIN ")) {
            out.push_str(MASK);
            rest = rest.find("-----END").map_or("", |to| &rest[to..]);
        }
    }
    out.push_str(rest);
    out
}

/// Masks user names and passwords in addresses: `scheme://user:password@host`, also those of the
/// Salesforce CLI, `force://client:secret:token@host`.
pub(super) fn user_names(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let from = at + "://".len();
        out.push_str(&rest[..from]);
        rest = &rest[from..];
        let word = rest.find(|c: char| c.is_whitespace() || "\"'<>`".contains(c));
        if let Some(to) = before_host(&rest[..word.unwrap_or(rest.len())]) {
            out.push_str(MASK);
            rest = &rest[to..];
        }
    }
    out.push_str(rest);
    out
}

/// Where the `@` stands that ends a user name, in an address without its scheme.
fn before_host(address: &str) -> Option<usize> {
    let host = &address[..address.find(['/', '?', '#', '\\']).unwrap_or(address.len())];
    if let Some(at) = host.rfind('@') {
        return Some(at);
    }
    // A password that should have been encoded hides the rest of the address.
    let (_, port) = host.rsplit_once(':')?;
    let is_port = host.starts_with('[') || port.chars().all(|c| c.is_ascii_digit());
    if is_port { None } else { address.rfind('@') }
}
