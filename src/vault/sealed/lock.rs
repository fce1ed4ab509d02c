//! One process at a time changes the file.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::vault::Error;

/// How long another process may take; nobody is asked anything while the lock is held.
const PATIENCE: Duration = Duration::from_secs(10);

/// The right to change a sealed file, given back when it is dropped.
///
/// The lock's own file stays: unlinking it would let a third process lock a new one while a second
/// still holds the old one.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the sealed file, waiting for a while.
    pub(super) fn take(sealed: &Path) -> Result<Self, Error> {
        Self::within(PATIENCE, sealed)
    }

    pub(super) fn within(patience: Duration, sealed: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Io { path: sealed.to_owned(), what: "locked", source };
        let mut name = sealed.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options.open(sealed.with_file_name(name)).map_err(failed)?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if begun.elapsed() < patience => {
                    thread::sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::Busy { path: sealed.to_owned() });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }
}
