//! The file system, as far as the state directory needs it.
//!
//! The operations are as small as those of the operating system, and nothing is synced unless that
//! is asked for: which of them make a change durable, and in which order, is the concern of
//! `files`. A simulated disk therefore tests that order too.

mod local;
mod memory;
#[cfg(debug_assertions)]
mod troubled;

use std::fmt;
use std::fs::TryLockError;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use local::LocalDisk;
pub(crate) use local::remove_stale;
pub use memory::{MemoryDisk, Unsynced};
#[cfg(debug_assertions)]
pub use troubled::{Trouble, TroubledDisk};

/// A file system.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Opens a file to be read from its beginning.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>>;

    /// What a file holds, and no more than `limit` bytes of it.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What a folder holds, in any order.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;

    /// Whether there is a file or a folder.
    fn exists(&self, path: &Path) -> bool;

    /// Makes a folder that only its owner can look into, and those above it that are missing. One
    /// that is there stays as it is.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes a file that only its owner can read; one that is there is an error.
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// The same with a name that no other file of the folder has.
    fn create_temporary(&self, folder: &Path) -> io::Result<(PathBuf, Box<dyn DiskFile>)>;

    /// Gives a file another name in the same file system; a file of that name goes.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are as a power cut would leave them.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Opens a file that is there to be locked, and makes it where it is missing.
    fn open_lock(&self, path: &Path) -> io::Result<Box<dyn LockFile>>;

    /// Whether nothing of this takes time, so that nobody has to wait for it on another thread.
    fn is_instant(&self) -> bool {
        false
    }
}

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A new file that is being written.
pub trait DiskFile: fmt::Debug + Send {
    /// Adds to what the file holds. After an error, a part may have been added.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Waits until a power cut leaves all that was added so far.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file that is there to be locked. A lock is given back when this is dropped.
pub trait LockFile: fmt::Debug + Send + Sync {
    /// Takes the lock, and waits for whoever has it.
    fn lock(&self) -> io::Result<()>;

    /// Takes the lock, unless somebody has it.
    fn try_lock(&self) -> Result<(), TryLockError>;

    /// Gives the lock back; closing the file does so too.
    fn unlock(&self) -> io::Result<()> {
        Ok(())
    }

    /// What whoever has the lock has written of themselves.
    fn holder(&self) -> io::Result<String>;

    /// Writes down who has the lock.
    fn set_holder(&self, holder: &str) -> io::Result<()>;
}
