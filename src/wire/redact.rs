//! Takes secrets out of text that a person or a file will see.
//!
//! Meant to err on the side of removing too much: a message that lost a word is better than a token in a log.

const MASK: &str = "***";

/// Names whose value is a secret, in lower case.
const LABELS: [&str; 10] = [
    "installationkey",
    "password",
    "sessionid",
    "access_token",
    "refresh_token",
    "client_secret",
    "assertion",
    "oauth_token",
    "otp",
    "sid",
];

/// Words after which a credential stands in a header.
const SCHEMES: [&str; 2] = ["bearer ", "oauth "];

/// The text without access tokens, session ids, installation keys and passwords.
pub fn redact(text: &str) -> String {
    json_web_tokens(&org_tokens(&credentials(&labelled(text))))
}

/// Masks the values of [`LABELS`] in XML, JSON, SOQL, addresses and forms.
fn labelled(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    while let Some((start, end)) = next_label(&lower, done) {
        out.push_str(&text[done..end]);
        done = end;
        let value = if opens_element(&text[..start]) {
            element_text(&text[end..])
        } else {
            value_after(&text[end..])
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
fn next_label(lower: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = lower.as_bytes();
    let alone = |start: usize, end: usize| {
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        // In an encoded address a hexadecimal digit may stand right before a name: %20Password.
        let encoded = start >= 3 && bytes[start - 3] == b'%';
        (encoded || !before.is_some_and(u8::is_ascii_alphanumeric))
            && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)
    };
    let first = |label: &str| {
        lower[from..]
            .match_indices(label)
            .map(|(at, found)| (from + at, from + at + found.len()))
            .find(|&(start, end)| alone(start, end))
    };
    LABELS.iter().filter_map(|label| first(label)).min()
}

/// Whether the text ends where an element's name begins, its prefix included.
fn opens_element(before: &str) -> bool {
    let prefix = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let unprefixed = before.strip_suffix(':').map_or(before, |rest| rest.trim_end_matches(prefix));
    unprefixed.ends_with('<')
}

/// Where an element's text begins and ends in what follows its name.
fn element_text(rest: &str) -> Option<(usize, usize)> {
    let from = rest.find('>')? + 1;
    Some((from, rest[from..].find('<').map_or(rest.len(), |length| from + length)))
}

/// Where the value begins and ends in what follows a label, if one follows.
fn value_after(rest: &str) -> Option<(usize, usize)> {
    let at = skip(rest, 0, &["\\", "\"", "'", " ", "+", "%20", "%22"]);
    let sign =
        ["=", ":", "%3D", "%3d", "%3A"].into_iter().find(|sign| rest[at..].starts_with(sign))?;
    let at = skip(rest, at + sign.len(), &[" ", "+", "%20", "\\"]);
    for quote in ["'", "\"", "%27", "%22"] {
        if rest[at..].starts_with(quote) {
            let from = at + quote.len();
            return Some((from, closing(rest, from, quote)));
        }
    }
    let stops = |c: char| c.is_whitespace() || "&<>\"',;)}]".contains(c);
    Some((at, rest[at..].find(stops).map_or(rest.len(), |length| at + length)))
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

/// Masks what follows `Bearer` or `OAuth`.
fn credentials(text: &str) -> String {
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
fn org_tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("00D") {
        let id =
            rest[at..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest.len(), |n| at + n);
        let mark = ["!", "%21"].into_iter().find(|mark| rest[id..].starts_with(mark));
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
fn json_web_tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("eyJ") {
        let part_of_token = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let to = rest[at..].find(|c| !part_of_token(c)).map_or(rest.len(), |n| at + n);
        out.push_str(&rest[..at]);
        let whole = rest[at..to].matches('.').count() >= 2;
        out.push_str(if whole { MASK } else { &rest[at..to] });
        rest = &rest[to..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
