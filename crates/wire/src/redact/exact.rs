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
    let (decoded, places) = decode(text);
    let mut out = String::with_capacity(text.len());
    let (mut done, mut at) = (0, 0);
    while at + value.len() <= decoded.len() {
        let same = decoded[at..at + value.len()]
            .iter()
            .zip(value)
            .all(|(here, wanted)| here == wanted || (*here == b'+' && *wanted == b' '));
        // A letter inside another's bytes is no place to cut a text.
        if same
            && text.is_char_boundary(places[at])
            && text.is_char_boundary(places[at + value.len()])
        {
            out.push_str(&text[done..places[at]]);
            out.push_str(MASK);
            done = places[at + value.len()];
            at += value.len();
        } else {
            at += 1;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The bytes of a percent-encoded text, and where each of them begins in it.
fn decode(text: &str) -> (Vec<u8>, Vec<usize>) {
    let bytes = text.as_bytes();
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let (mut decoded, mut places) = (Vec::with_capacity(bytes.len()), Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        places.push(at);
        let pair = (bytes[at] == b'%').then(|| Some((digit(at + 1)?, digit(at + 2)?))).flatten();
        let byte = pair.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    places.push(bytes.len());
    (decoded, places)
}
