//! Secrets by the name that stands before them, in XML, JSON, SOQL, addresses, forms and headers.

use super::MASK;

/// Names whose value is a secret wherever it follows, in lower case.
const ALWAYS: [&str; 28] = [
    "installationkey",
    "installation_key",
    "password",
    "newpassword",
    "sessionid",
    "access_token",
    "accesstoken",
    "refresh_token",
    "refreshtoken",
    "id_token",
    "idtoken",
    "client_secret",
    "clientsecret",
    "consumer_secret",
    "consumersecret",
    "assertion",
    "client_assertion",
    "oauth_token",
    "code_verifier",
    "device_code",
    "sfdxauthurl",
    "private_key",
    "privatekey",
    "otp",
    "sid",
    "access-token",
    "refresh-token",
    "client-secret",
];

/// Words of ordinary sentences: a secret follows where they name a member of a JSON object or a
/// parameter of an address.
const MEMBERS: [&str; 4] = ["token", "signature", "user_code", "usercode"];

/// The same as parameters only.
const PARAMETERS: [&str; 1] = ["code"];

/// Headers, and what may have many words: the secret goes on to the end of the line.
const LINES: [&str; 3] = ["authorization", "cookie", "passphrase"];

/// What a label's place must look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Member,
    Parameter,
    Line,
}

/// Masks the values of all of them.
pub(super) fn labelled(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    while let Some((start, end, place)) = next_label(&lower, done) {
        out.push_str(&text[done..end]);
        done = end;
        let (before, after) = (&text[..start], &text[end..]);
        let value = match place {
            Place::Parameter if opens_parameter(before) => value_after(after),
            Place::Member if opens_parameter(before) || closes_member(after) => value_after(after),
            Place::Parameter | Place::Member => None,
            Place::Anywhere | Place::Line if opens_element(before) => element_text(after),
            Place::Anywhere => value_after(after),
            Place::Line => line_after(after),
        };
        if let Some((from, to)) = value {
            out.push_str(&text[end..end + from]);
            out.push_str(MASK);
            done = end + to;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Where the next label that stands alone begins and ends.
fn next_label(lower: &str, from: usize) -> Option<(usize, usize, Place)> {
    let bytes = lower.as_bytes();
    let begins = |start: usize| {
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        // In an encoded address a hexadecimal digit may stand right before a name: %20Password.
        let encoded = start >= 3 && bytes[start - 3] == b'%';
        encoded || !before.is_some_and(u8::is_ascii_alphanumeric)
    };
    let at = |start: usize, labels: &[&'static str], place: Place| {
        let found = labels.iter().find(|label| {
            bytes[start..].starts_with(label.as_bytes())
                && !bytes.get(start + label.len()).is_some_and(u8::is_ascii_alphanumeric)
        })?;
        Some((start, start + found.len(), place))
    };
    (from..bytes.len())
        .filter(|start| bytes[*start].is_ascii_lowercase() && begins(*start))
        .find_map(|start| {
            at(start, &ALWAYS, Place::Anywhere)
                .or_else(|| at(start, &LINES, Place::Line))
                .or_else(|| at(start, &MEMBERS, Place::Member))
                .or_else(|| at(start, &PARAMETERS, Place::Parameter))
        })
}

/// Whether the text ends where an element's name begins, its prefix included.
fn opens_element(before: &str) -> bool {
    let prefix = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let unprefixed = before.strip_suffix(':').map_or(before, |rest| rest.trim_end_matches(prefix));
    unprefixed.ends_with('<')
}

/// Whether the text ends where a parameter's name begins.
fn opens_parameter(before: &str) -> bool {
    ["?", "&", "&amp;", "%3F", "%3f", "%26", "\\u0026"].iter().any(|sign| before.ends_with(sign))
}

/// Whether a name of a JSON object ends here.
fn closes_member(after: &str) -> bool {
    let after = after.trim_start_matches('\\');
    after.strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Where an element's text begins and ends in what follows its name.
fn element_text(rest: &str) -> Option<(usize, usize)> {
    let from = rest.find('>')? + 1;
    Some((from, rest[from..].find('<').map_or(rest.len(), |length| from + length)))
}

/// Where the value begins and ends in what follows a label, if one follows.
fn value_after(rest: &str) -> Option<(usize, usize)> {
    let at = sign_after(rest)?;
    if let Some(quoted) = quoted(rest, at) {
        return Some(quoted);
    }
    let stops = |c: char| c.is_whitespace() || "&<>\"',;)}]".contains(c);
    Some((at, rest[at..].find(stops).map_or(rest.len(), |length| at + length)))
}

/// The same where it goes on to the end of the line; the scheme of a credential stays.
fn line_after(rest: &str) -> Option<(usize, usize)> {
    let at = sign_after(rest)?;
    let (from, to) = quoted(rest, at).unwrap_or_else(|| {
        let length = rest[at..].find(['\r', '\n', '"', '<']);
        (at, length.map_or(rest.len(), |length| at + length))
    });
    let scheme = |scheme: &&str| {
        let word = rest.get(from..from + scheme.len()).unwrap_or_default();
        word.eq_ignore_ascii_case(scheme)
    };
    let scheme = ["Bearer ", "OAuth ", "Basic "].into_iter().find(scheme).map_or(0, str::len);
    Some((from + scheme, to))
}

/// Where what follows a sign of assignment begins.
fn sign_after(rest: &str) -> Option<usize> {
    let at = skip(rest, 0, &["\\", "\"", "'", " ", "+", "%20", "%22"]);
    let sign =
        ["=", ":", "%3D", "%3d", "%3A"].into_iter().find(|sign| rest[at..].starts_with(sign))?;
    Some(skip(rest, at + sign.len(), &[" ", "+", "%20", "\\"]))
}

/// Where a quoted value begins and ends.
fn quoted(rest: &str, at: usize) -> Option<(usize, usize)> {
    let quote = ["'", "\"", "%27", "%22"].into_iter().find(|it| rest[at..].starts_with(it))?;
    let from = at + quote.len();
    Some((from, closing(rest, from, quote)))
}

fn skip(text: &str, mut at: usize, what: &[&str]) -> usize {
    while let Some(piece) = what.iter().find(|piece| text[at..].starts_with(**piece)) {
        at += piece.len();
    }
    at
}

/// Where a quoted value ends: at the first quote that no backslash escapes.
fn closing(text: &str, from: usize, quote: &str) -> usize {
    let mut at = from;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(quote) {
            return at;
        }
        let escape = if rest.starts_with('\\') {
            1
        } else if quote.starts_with('%') && (rest.starts_with("%5C") || rest.starts_with("%5c")) {
            3
        } else {
            0
        };
        let escaped = &rest[escape..];
        let width = if escape > 0 && escaped.starts_with(quote) {
            quote.len()
        } else {
            escaped.chars().next().map_or(0, char::len_utf8)
        };
        at += escape + width;
    }
    text.len()
}
