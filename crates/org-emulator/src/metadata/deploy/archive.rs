//! Reads a deploy's zip file, within the real limits and without trusting its paths.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zip::ZipArchive;

/// The largest zip file.
const ZIP_BYTES: usize = 39 * 1024 * 1024;
/// The most that may be in it.
const CONTENT_BYTES: u64 = 600 * 1024 * 1024;
/// How many files may be in it.
const FILES: usize = 10_000;

/// The files of a zip.
#[derive(Debug, Default)]
pub(super) struct Archive {
    /// Content by path.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Names of directories at the top, seen in paths or as entries of their own.
    pub(super) directories: Vec<String>,
    /// Size of the zip file.
    pub(super) zip_bytes: usize,
}

/// Why a zip is refused as a whole: a status code and a text.
pub(super) type Refusal = (&'static str, String);

/// Reads a zip file from base64.
pub(super) fn read(encoded: &str) -> Result<Archive, Refusal> {
    let compact: String = encoded.split_ascii_whitespace().collect();
    let bytes = STANDARD
        .decode(compact)
        .map_err(|error| ("INVALID_INPUT", format!("ZipFile is not base64: {error}")))?;
    unzip(bytes)
}

/// Reads a zip file.
fn unzip(bytes: Vec<u8>) -> Result<Archive, Refusal> {
    let zip_bytes = bytes.len();
    if zip_bytes > ZIP_BYTES {
        return Err(limit(
            "Maximum size of request reached. Maximum size of request is 52428800 bytes",
        ));
    }
    let broken = |error: zip::result::ZipError| {
        ("INVALID_INPUT", format!("The zip file could not be read: {error}"))
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > FILES {
        return Err(limit(format!("Too many files in zip file, limit is: {FILES}")));
    }
    let mut archive = Archive { zip_bytes, ..Archive::default() };
    let mut left = CONTENT_BYTES;
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(broken)?;
        let name = entry.name().map_err(broken)?.into_owned();
        check_path(&name)?;
        if let Some((top, _)) = name.split_once('/')
            && archive.directories.last().map(String::as_str) != Some(top)
            && !archive.directories.iter().any(|known| known == top)
        {
            archive.directories.push(top.to_owned());
        }
        if entry.is_dir() {
            continue;
        }
        let mut content = Vec::new();
        // One byte more than is allowed tells that there is more.
        entry
            .take(left + 1)
            .read_to_end(&mut content)
            .map_err(|error| ("INVALID_INPUT", format!("{name} could not be read: {error}")))?;
        let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
        left = left
            .checked_sub(length)
            .ok_or_else(|| limit("Maximum size of the unzipped content reached"))?;
        if archive.files.insert(name.clone(), content).is_some() {
            return Err(("INVALID_INPUT", format!("{name} is in the zip file more than once")));
        }
    }
    Ok(archive)
}

/// Refuses paths that lead out of the archive.
fn check_path(path: &str) -> Result<(), Refusal> {
    let parts = path.strip_suffix('/').unwrap_or(path).split('/');
    let odd = |part: &str| matches!(part, "" | "." | "..") || part.contains(['\\', '\0', ':']);
    if path.starts_with('/') || parts.into_iter().any(odd) {
        return Err(("INVALID_INPUT", format!("Invalid path in zip file: {path:?}")));
    }
    Ok(())
}

/// The refusal of what is too much.
fn limit(message: impl Into<String>) -> Refusal {
    ("LIMIT_EXCEEDED", message.into())
}
