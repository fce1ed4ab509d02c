//! A disk in memory, whose power can be cut and whose operations can fail.
//!
//! It keeps apart what was written and what was synced, so that a power cut leaves what a real disk
//! may leave: of what was not synced all, nothing, or any part.

mod contents;
mod lock;
mod survivors;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use self::contents::{Contents, FileId};
use self::lock::{Locks, MemoryLock};
use super::{Disk, DiskFile, Listed, LockFile};

pub use self::survivors::Unsynced;

/// A disk in memory. Its clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct MemoryDisk {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// Told whenever a lock is given back.
    unlocked: Condvar,
}

#[derive(Debug, Default)]
struct State {
    contents: Contents,
    locks: Locks,
    /// How often a file was opened to be locked.
    opened_locks: u64,
    /// How many operations there were.
    operations: u64,
    /// What happens at which operation.
    planned: Option<(u64, Trouble)>,
    power_is_out: bool,
    /// How often the power has come back.
    restarts: u64,
}

/// What can happen at an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Failure,
    PowerCut,
}

impl MemoryDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another disk that holds the same, synced as far as here. Nobody has a file of it open or locked.
    #[must_use]
    pub fn copy(&self) -> Self {
        let contents = self.state().contents.clone();
        let state = Mutex::new(State { contents, ..State::default() });
        Self { shared: Arc::new(Shared { state, unlocked: Condvar::new() }) }
    }

    /// How many operations there were, reading included.
    pub fn operations(&self) -> u64 {
        self.state().operations
    }

    /// Has the operation that is the `nth` from now fail: 1 is the next one. It changes nothing,
    /// but for an addition to a file, of which one half is made.
    pub fn fail_at(&self, nth: u64) {
        self.plan(nth, Trouble::Failure);
    }

    /// Cuts the power at the operation that is the `nth` from now: 1 is the next one. From then on
    /// everything fails until [`Self::restart`].
    pub fn cut_power_at(&self, nth: u64) {
        self.plan(nth, Trouble::PowerCut);
    }

    /// Cuts the power, if it is not out yet, and has it come back: what was synced is there, and of
    /// the rest as much as `unsynced` says. Locks are free, and files that were open are not.
    pub fn restart(&self, unsynced: Unsynced) {
        let mut state = self.state();
        state.contents = state.contents.survivors(unsynced);
        state.locks = Locks::default();
        state.planned = None;
        state.power_is_out = false;
        state.restarts += 1;
        drop(state);
        self.shared.unlocked.notify_all();
    }

    fn plan(&self, nth: u64, trouble: Trouble) {
        let mut state = self.state();
        state.planned = Some((state.operations + nth, trouble));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does one operation, or what is planned in its place.
    fn operate<T>(&self, operation: impl FnOnce(&mut Contents) -> io::Result<T>) -> io::Result<T> {
        self.operate_or(operation, |_| ())
    }

    /// The same; where it is to fail, `part` is what it does nevertheless.
    fn operate_or<T>(
        &self,
        operation: impl FnOnce(&mut Contents) -> io::Result<T>,
        part: impl FnOnce(&mut Contents),
    ) -> io::Result<T> {
        let mut state = self.state();
        match state.next_operation()? {
            None => operation(&mut state.contents),
            Some(Trouble::Failure) => {
                part(&mut state.contents);
                Err(io::Error::other("the simulated disk failed"))
            }
            Some(Trouble::PowerCut) => {
                // It may have come to be, only nobody has heard so.
                operation(&mut state.contents).ok();
                Err(power_is_out())
            }
        }
    }
}

impl State {
    /// Counts an operation, and says what comes in its way.
    fn next_operation(&mut self) -> io::Result<Option<Trouble>> {
        if self.power_is_out {
            return Err(power_is_out());
        }
        self.operations += 1;
        let trouble = self.planned.take_if(|(at, _)| *at == self.operations);
        let trouble = trouble.map(|(_, trouble)| trouble);
        self.power_is_out = trouble == Some(Trouble::PowerCut);
        Ok(trouble)
    }
}

fn power_is_out() -> io::Error {
    io::Error::other("the power of the simulated disk is out")
}

impl Disk for MemoryDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        self.operate(|contents| contents.open(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.operate(|contents| contents.list(folder))
    }

    fn exists(&self, path: &Path) -> bool {
        self.state().contents.exists(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.operate(|contents| contents.create_folder(path))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = self.operate(|contents| contents.create(path))?;
        Ok(Box::new(MemoryFile { disk: self.clone(), file }))
    }

    fn create_temporary(&self, folder: &Path) -> io::Result<(PathBuf, Box<dyn DiskFile>)> {
        let (path, file) = self.operate(|contents| {
            let path = contents.new_name(folder);
            contents.create(&path).map(|file| (path, file))
        })?;
        Ok((path, Box::new(MemoryFile { disk: self.clone(), file })))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.operate(|contents| contents.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.operate(|contents| contents.remove(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.operate(|contents| contents.sync_folder(folder))
    }

    fn open_lock(&self, path: &Path) -> io::Result<Box<dyn LockFile>> {
        self.operate(|contents| contents.folder_of(path).map(drop))?;
        Ok(Box::new(MemoryLock::open(self.clone(), path)))
    }

    fn is_instant(&self) -> bool {
        true
    }
}

/// A file that is being written.
#[derive(Debug)]
struct MemoryFile {
    disk: MemoryDisk,
    file: FileId,
}

impl DiskFile for MemoryFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
        self.disk.operate_or(
            |contents| contents.append(self.file, bytes),
            |contents| {
                // A file that is no longer there takes nothing.
                contents.append(self.file, half).ok();
            },
        )
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.operate(|contents| contents.sync(self.file))
    }
}
