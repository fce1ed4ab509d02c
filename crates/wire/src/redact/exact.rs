//! Secrets whose very values are known, in every spelling in which they travel.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

use super::MASK;

/// Shorter ones would take ordinary words with them; their labels give them away.
const SHORTEST: usize = 4;

/// What must not be in a text.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    /// The longest first, so that no part of one is left where another is a part of it.
    spellings: Vec<String>,
}

impl Secrets {
    /// Those values.
    pub(crate) fn of<'a>(values: impl IntoIterator<Item = &'a SecretString>) -> Secrets {
        let mut all = BTreeSet::new();
        for value in values {
            let value = value.expose_secret();
            all.extend(spellings(value));
            // The half before the mark is the org's id, which is no secret.
            all.extend(value.split_once('!').into_iter().flat_map(|(_, half)| spellings(half)));
        }
        let mut spellings: Vec<String> = all.into_iter().collect();
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
        Secrets { spellings }
    }

    /// The same and the token of one request.
    pub(crate) fn with(&self, token: Option<&SecretString>) -> Secrets {
        let mut both = Secrets::of(token);
        both.spellings.extend(self.spellings.iter().cloned());
        both
    }

    /// The text without them, percent-encoded ones included.
    pub(crate) fn mask(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for spelling in &self.spellings {
            if text.contains(spelling) {
                text = text.replace(spelling, MASK);
            }
            if text.contains(['%', '+']) {
                text = mask_encoded(&text, spelling.as_bytes());
            }
        }
        text
    }
}

/// How a value looks where it travels.
fn spellings(value: &str) -> BTreeSet<String> {
    if value.chars().count() < SHORTEST {
        return BTreeSet::new();
    }
    let quoted = value.replace('\\', "\\\\").replace('\'', "\\'");
    let mut all = BTreeSet::from([
        BASE64_STANDARD.encode(value).trim_end_matches('=').to_owned(),
        BASE64_URL_SAFE_NO_PAD.encode(value),
    ]);
    all.extend((0..3).flat_map(|before| within_base64(value, before)));
    for plain in [value, &quoted] {
        all.extend([plain.to_owned(), json(plain, false), json(plain, true)]);
        for (apostrophe, quote) in [
            ("'", "\""),
            ("&apos;", "&quot;"),
            ("&#39;", "&#34;"),
            ("&#x27;", "&#x22;"),
            ("'", "&quot;"),
        ] {
            let xml = plain.replace('&', "&amp;").replace('<', "&lt;");
            let xml = xml.replace('\'', apostrophe).replace('"', quote);
            all.extend([xml.replace('>', "&gt;"), xml]);
        }
    }
    all
}

/// What a value makes of a longer text in base64, where so many bytes stand before it in its first group of
/// three: a whole header is encoded, or a name with its password. Letters that hold bits of others, too, are
/// left out: what they tell of the value is less than a letter of it.
fn within_base64(value: &str, before: usize) -> impl Iterator<Item = String> {
    let bytes = [&[0; 3][..before], value.as_bytes()].concat();
    // Six bits a letter: the first that is the value's alone, and the one after the last.
    let (first, end) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    let coded = [BASE64_STANDARD.encode(&bytes), BASE64_URL_SAFE_NO_PAD.encode(&bytes)];
    let cut = coded.map(|coded| coded.get(first..end).unwrap_or_default().to_owned());
    cut.into_iter().filter(|it| it.len() >= SHORTEST)
}

/// A text inside a JSON string; `ascii` where other letters are escaped too.
fn json(text: &str, ascii: bool) -> String {
    let mut out = String::new();
    let quoted = serde_json::Value::from(text).to_string();
    for letter in quoted[1..quoted.len() - 1].chars() {
        if letter.is_ascii() || !ascii {
            out.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            // Writing to a text cannot fail.
            write!(out, "\\u{unit:04x}").ok();
        }
    }
    out
}

/// Masks a value wherever the text, percent-decoded, holds it: which letters are encoded and how
/// differs from one encoder to another.
fn mask_encoded(text: &str, value: &[u8]) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut done, mut at) = (0, 0);
    while at < bytes.len() {
        // A letter inside another's bytes is no place to cut a text.
        let end = spelt(bytes, at, value)
            .filter(|end| text.is_char_boundary(at) && text.is_char_boundary(*end));
        if let Some(end) = end {
            out.push_str(&text[done..at]);
            out.push_str(MASK);
            (done, at) = (end, end);
        } else {
            at += 1;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Where a value ends that begins there, each byte as it is or percent-encoded. What stands before it may
/// make another code of its first letters, and is no part of it.
fn spelt(text: &[u8], from: usize, value: &[u8]) -> Option<usize> {
    let mut at = from;
    for wanted in value {
        let here = *text.get(at)?;
        if here == b'%' && code(text, at) == Some(*wanted) {
            at += 3;
        } else if here == *wanted || (here == b'+' && *wanted == b' ') {
            at += 1;
        } else {
            return None;
        }
    }
    Some(at)
}

/// The byte that a percent sign and two digits stand for.
fn code(text: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    u8::try_from(digit(at + 1)? * 16 + digit(at + 2)?).ok()
}
