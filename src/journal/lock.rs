//! One run per org at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use super::Error;

/// The right to write to an org, given back when it is dropped.
///
/// The file stays: unlinking it would let a third run lock a new file while a second still holds
/// the old one.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(super) fn take(path: &Path, run: &str) -> Result<Self, Error> {
        let failed = |verb| move |error| Error::io(verb, path, error);
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .open(path)
            .map_err(failed("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                // Only what a lock says of its holder, however large the file is.
                let who =
                    (&file).take(1024).read_to_string(&mut who).ok().map(|_| who.trim().to_owned());
                return Err(Error::Locked { who: who.filter(|who| !who.is_empty()) });
            }
            Err(TryLockError::Error(error)) => return Err(failed("lock")(error)),
        }
        let who = format!("run {run}, process {}\n", std::process::id());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(who.as_bytes()))
            .map_err(failed("write"))?;
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_is_told_who_is_at_work() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path, "one").unwrap();
        match Lock::take(&path, "two") {
            Err(Error::Locked { who: Some(who) }) => assert!(who.starts_with("run one,"), "{who}"),
            other => panic!("{other:?}"),
        }
        drop(first);
        Lock::take(&path, "two").unwrap();
    }
}
