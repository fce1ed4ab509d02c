//! Searching for secrets in every spelling in which they may be written.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

/// How a secret may be written.
fn spellings(secret: &str) -> BTreeSet<String> {
    let percent = |text: &str, big: bool| -> String {
        let byte = |byte: u8| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ if big => format!("%{byte:02X}"),
            _ => format!("%{byte:02x}"),
        };
        text.bytes().map(byte).collect()
    };
    let json = |text: &str| {
        let quoted = Value::from(text).to_string();
        quoted[1..quoted.len() - 1].to_owned()
    };
    let soql = secret.replace('\\', "\\\\").replace('\'', "\\'");
    let mut all = BTreeSet::new();
    for plain in [secret, &soql] {
        all.extend([plain.to_owned(), json(plain), json(&json(plain))]);
        all.extend([percent(plain, true), percent(plain, false)]);
        all.insert(percent(plain, true).replace("%20", "+"));
        all.insert(quick_xml::escape::escape(plain).into_owned());
        all.insert(quick_xml::escape::partial_escape(plain).into_owned());
    }
    // Inside a longer text, three letters of base64 begin anywhere.
    for before in 0..3 {
        let text = [&[b' '; 3][..before], secret.as_bytes()].concat();
        let encoded = BASE64_STANDARD.encode(&text);
        let whole = encoded.trim_end_matches('=');
        let begin = if before == 0 { 0 } else { 4 };
        let inside = &whole[begin..whole.len() - 2];
        // What is shorter may stand anywhere by chance.
        if inside.len() >= 8 {
            all.insert(inside.to_owned());
        }
    }
    all
}

/// What the secret part of a token is.
pub(crate) fn secret_half(token: &str) -> &str {
    token.split_once('!').expect("a token").1
}

/// Canaries in every spelling.
pub(crate) struct Search(pub(crate) Vec<String>);

impl Search {
    pub(crate) fn of(secrets: &[&str]) -> Self {
        Self(secrets.iter().flat_map(|secret| spellings(secret)).collect())
    }

    pub(crate) fn finds(&self, bytes: &[u8]) -> Option<&str> {
        let text = String::from_utf8_lossy(bytes);
        self.0.iter().map(String::as_str).find(|spelling| text.contains(spelling))
    }

    #[track_caller]
    pub(crate) fn nowhere_in(&self, bytes: &[u8], place: &str) {
        let found = self.finds(bytes);
        assert!(found.is_none(), "{found:?} in {place}:\n{}", String::from_utf8_lossy(bytes));
    }

    /// Searches all files of a folder but those that belong to somebody else.
    #[track_caller]
    pub(crate) fn nowhere_below(&self, folder: &Path, but: &dyn Fn(&Path) -> bool) {
        for file in files(folder).iter().filter(|file| !but(file)) {
            self.nowhere_in(&fs::read(file).expect("a file"), &file.display().to_string());
        }
    }
}

pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
