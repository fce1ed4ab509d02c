//! Bytes that somebody has changed, the same for the same number.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use super::parsers;
use crate::random::Random;

/// So often a parser is tried where nobody says how often; `scripts/mutations` does.
const TRIES: u64 = 400;

/// Nothing that is read takes longer.
const HANGS: Duration = Duration::from_secs(10);

/// What parsers of all kinds stumble over.
const WORDS: [&str; 30] = [
    "\"",
    "'",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<!DOCTYPE x [",
    "&amp;",
    "&#0;",
    "&x;",
    "\u{0}",
    "\r\n",
    "\u{feff}",
    "null",
    "true",
    "-1",
    "1e999",
    "18446744073709551616",
    "[[[[[[[[",
    "= = ",
    "'''",
    "\u{202e}",
    "𝄞",
];

/// A few changes: bits, parts that go or come twice, words from elsewhere, a text cut short.
pub(super) fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let length = [1, 4, 40, 400][random.below(4)].min(bytes.len() - at);
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let part = bytes[at..at + length].to_vec();
                let part = part.repeat(1 + random.below(20));
                bytes.splice(at..at, part);
            }
            3 => bytes.truncate(at),
            4 => {
                // Something from elsewhere in it.
                let from = random.below(bytes.len());
                let part = bytes[from..(from + length).min(bytes.len())].to_vec();
                bytes.splice(at..at + length, part);
            }
            _ => {
                let word = WORDS[random.below(WORDS.len())].as_bytes();
                let many = [1, 1, 1, 3000][random.below(4)];
                bytes.splice(at..at, word.repeat(many));
            }
        }
    }
    bytes
}

/// How often each parser is tried, and from which number on.
pub(super) fn tries() -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().map(|it| it.parse().expect("a number"));
    let first = number("PROVISION_MUTATIONS_SEED").unwrap_or(1);
    first..first + number("PROVISION_MUTATIONS").unwrap_or(TRIES)
}

/// Reads changed bytes again and again: whatever comes of it, nothing panics, and nothing hangs.
pub(super) fn each(corpus: &[Vec<u8>], read: impl Fn(&[u8])) {
    each_of(tries(), corpus, read);
}

fn each_of(numbers: impl Iterator<Item = u64>, corpus: &[Vec<u8>], read: impl Fn(&[u8])) {
    for number in numbers {
        let mut random = Random(number);
        let bytes = mutated(&corpus[random.below(corpus.len())], &mut random);
        let begun = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(|| read(&bytes)));
        let text = || String::from_utf8_lossy(&bytes).chars().take(2000).collect::<String>();
        assert!(ended.is_ok(), "PROVISION_MUTATIONS_SEED={number}: it panics over\n{}", text());
        assert!(begun.elapsed() < HANGS, "PROVISION_MUTATIONS_SEED={number}: it hangs\n{}", text());
    }
}

/// Has the parser of that name read the right bytes, and changed ones.
pub(super) fn parse(name: &str, corpus: &[Vec<u8>]) {
    parse_some(name, corpus, 1);
}

/// The same with so much fewer tries, where each is more than reading a text.
pub(super) fn parse_some(name: &str, corpus: &[Vec<u8>], fewer: usize) {
    if let Some(folder) = std::env::var_os("PROVISION_SEEDS") {
        let folder = Path::new(&folder).join(name);
        fs::create_dir_all(&folder).expect("a folder");
        for (number, bytes) in corpus.iter().enumerate() {
            fs::write(folder.join(number.to_string()), bytes).expect("a file");
        }
    }
    for bytes in corpus {
        parsers::read(name, bytes);
    }
    each_of(tries().step_by(fewer), corpus, |bytes| parsers::read(name, bytes));
}
