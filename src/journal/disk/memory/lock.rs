//! Locks of a disk in memory.

use std::collections::BTreeMap;
use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::{MemoryDisk, State, power_is_out};
use crate::journal::disk::LockFile;

/// Who has which lock.
#[derive(Debug, Default)]
pub(super) struct Locks {
    held: BTreeMap<PathBuf, u64>,
    holders: BTreeMap<PathBuf, String>,
}

/// A file that is there to be locked.
#[derive(Debug)]
pub(super) struct MemoryLock {
    disk: MemoryDisk,
    path: PathBuf,
    /// Tells it from every other one of the disk.
    id: u64,
}

impl MemoryLock {
    pub(super) fn open(disk: MemoryDisk, path: &Path) -> Self {
        let mut state = disk.state();
        state.opened_locks += 1;
        let id = state.opened_locks;
        drop(state);
        Self { disk, path: path.to_owned(), id }
    }

    /// Takes the lock, unless somebody else has it.
    fn take(&self, state: &mut State) -> bool {
        *state.locks.held.entry(self.path.clone()).or_insert(self.id) == self.id
    }
}

impl LockFile for MemoryLock {
    fn lock(&self) -> io::Result<()> {
        self.disk.operate(|_| Ok(()))?;
        let mut state = self.disk.state();
        let restarts = state.restarts;
        while !self.take(&mut state) {
            let waited = self.disk.shared.unlocked.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
            if state.restarts != restarts {
                return Err(power_is_out());
            }
        }
        Ok(())
    }

    fn try_lock(&self) -> Result<(), TryLockError> {
        self.disk.operate(|_| Ok(())).map_err(TryLockError::Error)?;
        let mut state = self.disk.state();
        if self.take(&mut state) { Ok(()) } else { Err(TryLockError::WouldBlock) }
    }

    fn holder(&self) -> io::Result<String> {
        self.disk.operate(|_| Ok(()))?;
        Ok(self.disk.state().locks.holders.get(&self.path).cloned().unwrap_or_default())
    }

    fn set_holder(&self, holder: &str) -> io::Result<()> {
        self.disk.operate(|_| Ok(()))?;
        let mut state = self.disk.state();
        state.locks.holders.insert(self.path.clone(), holder.to_owned());
        Ok(())
    }
}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        let mut state = self.disk.state();
        if state.locks.held.get(&self.path) == Some(&self.id) {
            state.locks.held.remove(&self.path);
        }
        drop(state);
        self.disk.shared.unlocked.notify_all();
    }
}
