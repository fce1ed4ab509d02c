//! Files that are whole or not there, and that say which format they have.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Error;

/// The format of every file that this version writes.
pub(super) const FORMAT: u64 = 1;

#[derive(Serialize)]
struct Written<'a, T> {
    format: u64,
    data: &'a T,
}

#[derive(Deserialize)]
struct Head {
    format: u64,
}

#[derive(Deserialize)]
struct Content<T> {
    data: T,
}

/// The largest file of the state directory that is read; hundreds of thousands of values fit into it.
const MAX_SIZE: u64 = 256 * 1024 * 1024;

/// The bytes of a file; `None` where there is none.
pub(super) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    bytes_up_to(MAX_SIZE, path)
}

fn bytes_up_to(limit: u64, path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let failed = |error| Error::io("read", path, error);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mut bytes = Vec::new();
    let length = file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(length).is_ok_and(|length| length > limit) {
        let reason = format!("it has more than {limit} bytes");
        return Err(Error::Damaged { path: path.to_owned(), reason });
    }
    Ok(Some(bytes))
}

/// Reads a file; `None` where there is none.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    let Some(bytes) = bytes(path)? else { return Ok(None) };
    let damaged = |error: serde_json::Error| Error::Damaged {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let head: Head = serde_json::from_slice(&bytes).map_err(damaged)?;
    if head.format > FORMAT {
        return Err(Error::Newer { path: path.to_owned(), found: head.format, known: FORMAT });
    }
    let read: Content<T> = serde_json::from_slice(&bytes).map_err(damaged)?;
    Ok(Some(read.data))
}

/// Replaces a file as a whole: a crash leaves the old one or the new one.
pub(crate) fn write<T: Serialize>(path: &Path, data: &T) -> Result<(), Error> {
    let text = serde_json::to_vec_pretty(&Written { format: FORMAT, data })
        .map_err(|error| Error::io("write", path, error.into()))?;
    write_bytes(path, &text)
}

/// Locks the name of a file: one process after another. Given back when it is dropped.
pub(crate) fn locked(path: &Path) -> Result<File, Error> {
    private_folder(path.parent().unwrap_or(Path::new(".")))?;
    let lock = path.with_extension("lock");
    let failed = |error| Error::io("lock", &lock, error);
    let file = OpenOptions::new().create(true).write(true).truncate(false).open(&lock);
    let file = file.map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

/// Changes a file, one process after another. The content that is not there yet is empty.
pub(crate) fn change<T: DeserializeOwned + Serialize + Default, R>(
    path: &Path,
    change: impl FnOnce(&mut T) -> R,
) -> Result<R, Error> {
    // Held for as long as it takes to write one small file, so that waiting is no trouble.
    let _lock = locked(path)?;
    let mut content = read(path)?.unwrap_or_default();
    let result = change(&mut content);
    write(path, &content)?;
    Ok(result)
}

/// The same with bytes that have their format already.
pub(crate) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |error| Error::io("write", path, error);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_data().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(folder)
}

/// Removes a file, if it is there.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io("remove", path, error)),
        _ => Ok(()),
    }
}

/// Makes a new name in a folder survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Only Unix lets a folder be opened as a file; elsewhere the file system sees to it.
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| Error::io("sync", folder, error))?;
    }
    Ok(())
}

/// Makes a folder that only its owner can look into.
pub(crate) fn private_folder(path: &Path) -> Result<(), Error> {
    let new: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).map_err(|error| Error::io("create", path, error))?;
    // A folder is only there after a power cut if the one that holds it was synced.
    for parent in new.iter().filter_map(|folder| folder.parent()) {
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        sync_folder(parent)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.json");
        fs::write(&path, "12345").unwrap();
        assert_eq!(bytes_up_to(5, &path).unwrap().unwrap(), b"12345");
        let error = bytes_up_to(4, &path).unwrap_err().to_string();
        assert!(error.ends_with("file.json is damaged: it has more than 4 bytes"), "{error}");
    }

    #[test]
    fn what_is_written_is_read_and_what_is_newer_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.json");
        assert!(read::<Vec<u8>>(&path).unwrap().is_none());
        write(&path, &vec![1, 2, 3]).unwrap();
        assert_eq!(read::<Vec<u8>>(&path).unwrap(), Some(vec![1, 2, 3]));
        fs::write(&path, r#"{"format": 2, "other": true}"#).unwrap();
        assert!(matches!(read::<Vec<u8>>(&path), Err(Error::Newer { found: 2, known: 1, .. })));
        fs::write(&path, "{").unwrap();
        assert!(matches!(read::<Vec<u8>>(&path), Err(Error::Damaged { .. })));
    }
}
