//! Reading the file, where it can be trusted to be the user's own.

use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::vault::Error;

/// The largest file: thousands of logins.
pub(super) const LIMIT: u64 = 4 * 1024 * 1024;

/// The bytes of the file; `None` where there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let failed = |source| Error::Io { path: path.to_owned(), what: "read", source };
    // A file that another process replaces right now is found by looking again.
    for _ in 0..5 {
        let named = match fs::symlink_metadata(path) {
            Ok(named) => named,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        // Before it is opened: a pipe would wait for a writer, and a link lead elsewhere.
        if let Some(what) = special_file_kind(&named) {
            return Err(Error::NotAFile { path: path.to_owned(), what });
        }
        check_permissions(path, &named)?;
        let file = match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            opened => opened.map_err(failed)?,
        };
        if is_same_file(&named, &file.metadata().map_err(failed)?) {
            return read_limited(path, file).map(Some);
        }
    }
    Err(Error::Busy { path: path.to_owned() })
}

/// Whether a file that is made in the folder would be trusted.
pub(super) fn check_new_file(path: &Path, folder: &Path) -> Result<(), Error> {
    let made = NamedTempFile::new_in(folder).and_then(|file| file.as_file().metadata());
    let made =
        made.map_err(|source| Error::Io { path: path.to_owned(), what: "written", source })?;
    check_permissions(path, &made)
}

fn read_limited(path: &Path, file: File) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let length = file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|source| Error::Io {
        path: path.to_owned(),
        what: "read",
        source,
    })?;
    if length as u64 > LIMIT {
        return Err(Error::TooLarge { path: path.to_owned(), limit: LIMIT });
    }
    Ok(bytes)
}

fn special_file_kind(metadata: &Metadata) -> Option<&'static str> {
    match metadata.file_type() {
        kind if kind.is_symlink() => Some("a link to somewhere else"),
        kind if kind.is_dir() => Some("a folder"),
        kind if kind.is_file() => None,
        _ => Some("a pipe or a device"),
    }
}

/// Whether the file is the user's, and closed to everybody else.
#[cfg(unix)]
fn check_permissions(path: &Path, metadata: &Metadata) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt as _;
    check_owner(path, metadata.uid(), rustix::process::geteuid().as_raw())?;
    let mode = metadata.mode() & 0o7777;
    let others = mode & 0o077;
    if others == 0 { Ok(()) } else { Err(Error::Open { path: path.to_owned(), mode }) }
}

/// Elsewhere the user's folder is what closes the file to others.
#[cfg(not(unix))]
fn check_permissions(_path: &Path, _metadata: &Metadata) -> Result<(), Error> {
    Ok(())
}

#[cfg(unix)]
pub(super) fn check_owner(path: &Path, user: u32, me: u32) -> Result<(), Error> {
    if user == me { Ok(()) } else { Err(Error::Foreign { path: path.to_owned(), user }) }
}

/// Whether what was opened is what was looked at, and not something put there in between.
#[cfg(unix)]
fn is_same_file(named: &Metadata, opened: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (named.dev(), named.ino()) == (opened.dev(), opened.ino())
}

#[cfg(not(unix))]
fn is_same_file(_named: &Metadata, opened: &Metadata) -> bool {
    opened.is_file()
}
