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
    while let Some(end) = next_label(&lower, done) {
        out.push_str(&text[done..end]);
        done = end;
        if let Some((from, to)) = value_after(&text[end..]) {
            out.push_str(&text[end..end + from]);
            out.push_str(MASK);
            done = end + to;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The end of the next label that stands alone.
fn next_label(lower: &str, from: usize) -> Option<usize> {
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
    LABELS
        .iter()
        .filter_map(|label| first(label))
        .min()
        .map(|(_, end)| end)
}

/// Where the value begins and ends in what follows a label, if one follows.
fn value_after(rest: &str) -> Option<(usize, usize)> {
    if let Some(value) = rest.strip_prefix('>') {
        return Some((1, 1 + value.find('<').unwrap_or(value.len())));
    }
    let at = skip(rest, 0, &["\\", "\"", "'", " ", "+", "%20", "%22"]);
    let sign = ["=", ":", "%3D", "%3d", "%3A"]
        .into_iter()
        .find(|sign| rest[at..].starts_with(sign))?;
    let at = skip(rest, at + sign.len(), &[" ", "+", "%20", "\\"]);
    for quote in ["'", "\"", "%27", "%22"] {
        if rest[at..].starts_with(quote) {
            let from = at + quote.len();
            return Some((from, closing(rest, from, quote)));
        }
    }
    let stops = |c: char| c.is_whitespace() || "&<>\"',;)}]".contains(c);
    Some((
        at,
        rest[at..]
            .find(stops)
            .map_or(rest.len(), |length| at + length),
    ))
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
            .filter_map(|scheme| {
                lower[done..]
                    .find(scheme)
                    .map(|at| done + at + scheme.len())
            })
            .min();
        let Some(from) = next else { break };
        let value = &text[from..];
        let length = value
            .find(|c: char| c.is_whitespace() || "\"'<,;".contains(c))
            .unwrap_or(value.len());
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
        let id = rest[at..]
            .find(|c: char| !c.is_ascii_alphanumeric())
            .map_or(rest.len(), |n| at + n);
        let mark = ["!", "%21"]
            .into_iter()
            .find(|mark| rest[id..].starts_with(mark));
        let Some(mark) = mark else {
            out.push_str(&rest[..id]);
            rest = &rest[id..];
            continue;
        };
        let from = id + mark.len();
        let part_of_token = |c: char| c.is_ascii_alphanumeric() || "._-%".contains(c);
        let to = rest[from..]
            .find(|c| !part_of_token(c))
            .map_or(rest.len(), |n| from + n);
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
        let to = rest[at..]
            .find(|c| !part_of_token(c))
            .map_or(rest.len(), |n| at + n);
        out.push_str(&rest[..at]);
        let whole = rest[at..to].matches('.').count() >= 2;
        out.push_str(if whole { MASK } else { &rest[at..to] });
        rest = &rest[to..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CANARY: &str = "s3cr3tCanary";

    #[test]
    fn canaries_disappear_and_the_rest_stays() {
        for (text, keeps) in [
            (
                "Authorization: Bearer s3cr3tCanary",
                "Authorization: Bearer ***",
            ),
            ("bearer s3cr3tCanary, then", "bearer ***, then"),
            (
                "token 00Dx0000000BV7z!s3cr3tCanary.x_y end",
                "token 00Dx0000000BV7z!*** end",
            ),
            ("00Dx0000000BV7z%21s3cr3tCanary", "00Dx0000000BV7z%21***"),
            (
                "<urn:sessionId>s3cr3tCanary</urn:sessionId>",
                "<urn:sessionId>***</urn:sessionId>",
            ),
            (
                "WHERE Id = '04t' AND InstallationKey ='s3cr3tCanary' LIMIT 1",
                "WHERE Id = '04t' AND InstallationKey ='***' LIMIT 1",
            ),
            (
                r"InstallationKey = 'a\'s3cr3tCanary' x",
                "InstallationKey = '***' x",
            ),
            (
                "q=InstallationKey%20%3D%27a%5C%27s3cr3tCanary%27&z=1",
                "q=InstallationKey%20%3D%27***%27&z=1",
            ),
            (
                "q=AND%20InstallationKey%3D%27s3cr3tCanary%27",
                "q=AND%20InstallationKey%3D%27***%27",
            ),
            (
                "AND+InstallationKey='s3cr3tCanary'",
                "AND+InstallationKey='***'",
            ),
            (
                r#"{"Password":"a\"s3cr3tCanary","x":1}"#,
                r#"{"Password":"***","x":1}"#,
            ),
            (
                r#"{"Password" : null,"x":1}"#,
                r#"{"Password" : ***,"x":1}"#,
            ),
            (
                "<password>s3cr3tCanary</password>",
                "<password>***</password>",
            ),
            (
                "?access_token=s3cr3tCanary&format=json",
                "?access_token=***&format=json",
            ),
            (
                "/secur/frontdoor.jsp?sid=s3cr3tCanary&retURL=x",
                "/secur/frontdoor.jsp?sid=***&retURL=x",
            ),
            ("eyJhbGci.eyJzdWIi.s3cr3tCanary!", "***!"),
        ] {
            assert_eq!(redact(text), keeps);
        }
    }

    #[test]
    fn ordinary_texts_are_left_alone() {
        for text in [
            "Invalid username, password, security token; or user locked out.",
            "IsPasswordProtected",
            "OAuth is not approved; Bearer tokens are",
            "org 00Dx0000000BV7z is a sandbox",
            "No such column 'foo' on sobject of type Bar",
            "https://acme.my.salesforce.com/services/data/v68.0/query?q=SELECT%20Id",
            "Größe: 取引先!",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    proptest! {
        #[test]
        fn no_key_survives_whatever_it_holds(noise in "\\PC{0,20}", key in "[ -~é取]{0,20}") {
            let key = format!("{key}{CANARY}");
            let quoted = key.replace('\\', "\\\\").replace('\'', "\\'");
            let text = format!("{noise} InstallationKey='{quoted}' {noise}");
            prop_assert!(!redact(&text).contains(CANARY));
            let json = serde_json::json!({ "Password": key, "noise": noise }).to_string();
            prop_assert!(!redact(&json).contains(CANARY));
        }

        #[test]
        fn redacting_twice_changes_nothing_more(text in "\\PC{0,80}") {
            let once = redact(&text);
            prop_assert_eq!(redact(&once), once);
        }
    }
}
