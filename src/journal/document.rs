//! What a file of the state directory holds besides its data: the format, and a checksum by which
//! every bit that was lost is noticed.
//!
//! Files of versions before checksums have none, and are read all the same.

use std::io::{self, BufWriter, Read, Write};

use aws_lc_rs::digest::{Context, SHA256};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

/// The format of every file that this version writes.
pub(super) const FORMAT: u64 = 1;

/// How a document begins, up to its checksum.
const HEAD: &str = "{\n  \"format\": 1,\n  \"checksum\": \"";

/// In the place of the checksum while it is made.
const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Serialize)]
struct Written<'a, T> {
    format: u64,
    checksum: &'a str,
    data: &'a T,
}

/// What can be read of a document whatever its format is.
#[derive(Deserialize)]
struct Head {
    format: u64,
}

/// A document of this format. A key that is not known is one that was damaged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content<T> {
    format: u64,
    checksum: Option<String>,
    data: T,
}

/// Why a document cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It does not hold what was written.
    Damaged(String),
    /// It has a format that a newer version has written.
    Newer(u64),
}

/// Writes data as a document. Its text is made twice, and never whole in memory: the checksum, of all of
/// it, stands at its beginning.
pub(super) fn write<T: Serialize>(data: &T, file: impl Write) -> io::Result<()> {
    let mut sum = Sum::new();
    write_with(ZEROS, data, BufWriter::new(&mut sum))?;
    write_with(&sum.digits(), data, file)
}

fn write_with<T: Serialize>(checksum: &str, data: &T, mut file: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut file, &Written { format: FORMAT, checksum, data })?;
    file.flush()
}

/// The data of a document.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let damaged = |error: serde_json::Error| Unreadable::Damaged(error.to_string());
    let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
    match head.format {
        FORMAT => {}
        0 => return Err(Unreadable::Damaged("there is no format 0".to_owned())),
        newer => return Err(Unreadable::Newer(newer)),
    }
    let content: Content<T> = serde_json::from_slice(bytes).map_err(damaged)?;
    match content.checksum {
        Some(said) if !is_right(bytes, &said) => Err(Unreadable::Damaged(
            "its checksum is not that of what it holds: something was lost on the disk, or somebody \
             has edited it"
                .to_owned(),
        )),
        _ => Ok(content.data),
    }
}

/// Whether a document can be read, whatever its data are.
pub(super) fn is_whole(mut file: impl Read) -> io::Result<bool> {
    let mut beginning = Vec::new();
    let until = HEAD.len() + ZEROS.len();
    file.by_ref().take(until as u64).read_to_end(&mut beginning)?;
    if let Some(said) = beginning.strip_prefix(HEAD.as_bytes()) {
        let mut sum = Sum::of(&[HEAD.as_bytes(), ZEROS.as_bytes()]);
        io::copy(&mut file, &mut sum)?;
        return Ok(sum.digits().as_bytes() == said);
    }
    file.read_to_end(&mut beginning)?;
    let older = serde_json::from_slice(&beginning);
    Ok(older.is_ok_and(|it: Content<IgnoredAny>| it.format == FORMAT && it.checksum.is_none()))
}

fn is_right(bytes: &[u8], said: &str) -> bool {
    let rest = bytes.strip_prefix(HEAD.as_bytes()).and_then(|it| it.strip_prefix(said.as_bytes()));
    rest.is_some_and(|rest| sha256(&[HEAD.as_bytes(), ZEROS.as_bytes(), rest]) == said)
}

/// Writes a line of a journal, which is an object, with a checksum as its last field. The line of a large plan is never
/// whole in memory.
pub(super) fn write_line(record: &impl Serialize, file: impl Write) -> io::Result<()> {
    let mut line = OpenLine { file, sum: Sum::new(), last: None };
    serde_json::to_writer(&mut line, record)?;
    let OpenLine { mut file, sum, .. } = line;
    writeln!(file, "{LINE}{}\"}}", short(&sum.digits()))
}

/// A line whose last byte, the brace that closes it, is kept back: one more field comes before it.
struct OpenLine<W> {
    file: W,
    sum: Sum,
    last: Option<u8>,
}

impl<W: Write> Write for OpenLine<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some((last, before)) = bytes.split_last() else { return Ok(0) };
        self.sum.0.update(bytes);
        if let Some(earlier) = self.last.replace(*last) {
            self.file.write_all(&[earlier])?;
        }
        self.file.write_all(before)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What stands before a line's checksum.
const LINE: &str = ",\"checksum\":\"";

/// A line without its checksum; nothing where it is not that of the line.
pub(super) fn read_line(line: &[u8]) -> Option<Vec<u8>> {
    let told = line.strip_suffix(b"\"}").and_then(|rest| {
        let (rest, said) = rest.split_at_checked(rest.len().checked_sub(SHORT)?)?;
        Some((rest.strip_suffix(LINE.as_bytes())?, said))
    });
    let Some((rest, said)) = told else { return Some(line.to_vec()) };
    let whole = [rest, b"}"].concat();
    (short(&sha256(&[&whole])).as_bytes() == said).then_some(whole)
}

/// How many digits a line's checksum has.
const SHORT: usize = 16;

fn short(sum: &str) -> &str {
    sum.get(..SHORT).unwrap_or(sum)
}

/// SHA-256 of these bytes, in hexadecimal digits.
pub(crate) fn sha256(parts: &[&[u8]]) -> String {
    Sum::of(parts).digits()
}

/// SHA-256 of what is written to it.
struct Sum(Context);

impl Sum {
    fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    fn of(parts: &[&[u8]]) -> Self {
        let mut sum = Self::new();
        for part in parts {
            sum.0.update(part);
        }
        sum
    }

    /// In hexadecimal digits.
    fn digits(self) -> String {
        let sum = self.0.finish();
        sum.as_ref().iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
    }
}

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn every_flipped_bit_is_noticed() {
        let data = json!({ "entries": ["a", 1, null, { "before": "Обед" }] });
        let mut whole = Vec::new();
        write(&data, &mut whole).unwrap();
        assert!(is_whole(whole.as_slice()).unwrap());
        assert!(whole.starts_with(HEAD.as_bytes()));
        assert_eq!(read::<Value>(&whole), Ok(data));
        for place in 0..whole.len() {
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[place] ^= 1 << bit;
                assert!(read::<Value>(&flipped).is_err(), "byte {place}, bit {bit}");
                assert!(!is_whole(flipped.as_slice()).unwrap(), "byte {place}, bit {bit}");
            }
        }
        for length in 0..whole.len() {
            assert!(read::<Value>(&whole[..length]).is_err(), "{length} bytes");
            assert!(!is_whole(&whole[..length]).unwrap(), "{length} bytes");
        }
    }

    #[test]
    fn what_was_written_before_there_were_checksums_is_read() {
        let older = br#"{"format": 1, "data": [1]}"#;
        assert_eq!(read::<Value>(older), Ok(json!([1])));
        assert!(is_whole(older.as_slice()).unwrap());
        assert_eq!(read::<Value>(br#"{"format": 2, "x": [1]}"#), Err(Unreadable::Newer(2)));
        for unreadable in [r#"{"format": 0, "data": [1]}"#, r#"{"format": 2, "data": [1]}"#, ""] {
            assert!(!is_whole(unreadable.as_bytes()).unwrap(), "{unreadable}");
        }
    }

    #[test]
    fn a_flipped_bit_of_a_line_changes_nothing_that_is_read() {
        let record = json!({ "at": "2026-11-22T10:00:00Z", "entry": "job", "id": "0Af" });
        let mut line = Vec::new();
        write_line(&record, &mut line).unwrap();
        assert_eq!(line.pop(), Some(b'\n'));
        let plain = serde_json::to_vec(&record).unwrap();
        assert_eq!(read_line(&line).as_deref(), Some(plain.as_slice()));
        assert_eq!(read_line(&plain).as_deref(), Some(plain.as_slice()));
        for place in 0..line.len() {
            for bit in 0..8 {
                let mut flipped = line.clone();
                flipped[place] ^= 1 << bit;
                let read = read_line(&flipped).map(|it| serde_json::from_slice::<Value>(&it));
                let Some(Ok(mut read)) = read else { continue };
                // A flaw in the checksum itself makes it one that nobody knows.
                let fields = read.as_object_mut().unwrap();
                fields.retain(|name, _| record.get(name).is_some());
                assert_eq!(read, record, "byte {place}, bit {bit}");
            }
        }
    }
}
