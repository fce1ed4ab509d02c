//! A disk in memory that fails as a [`Fate`] says.

use std::fs::TryLockError;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use provision::journal::{Disk, DiskFile, Listed, LockFile, MemoryDisk};

use crate::fate::{Act, Fate};
use crate::trouble::Done;

/// A disk of one run: what it holds outlives the run.
#[derive(Debug)]
pub(crate) struct SimulatedDisk {
    pub(crate) disk: MemoryDisk,
    pub(crate) fate: Arc<Fate>,
}

/// Does an operation, or what is to become of it.
fn operate<T>(
    fate: &Fate,
    writes: bool,
    half: impl FnOnce(),
    whole: impl FnOnce() -> io::Result<T>,
) -> io::Result<T> {
    match fate.operation(writes) {
        Act::Does => whole(),
        Act::Fails(done, error) => {
            match done {
                Done::Nothing => {}
                Done::Half => half(),
                // Nobody hears that it is done.
                Done::All => drop(whole()),
            }
            Err(error)
        }
    }
}

impl SimulatedDisk {
    fn reads<T>(&self, operation: impl FnOnce(&MemoryDisk) -> io::Result<T>) -> io::Result<T> {
        operate(&self.fate, false, || (), || operation(&self.disk))
    }

    fn writes<T>(&self, operation: impl FnOnce(&MemoryDisk) -> io::Result<T>) -> io::Result<T> {
        operate(&self.fate, true, || (), || operation(&self.disk))
    }

    fn file(&self, file: Box<dyn DiskFile>) -> Box<dyn DiskFile> {
        Box::new(SimulatedFile { file, fate: self.fate.clone() })
    }
}

impl Disk for SimulatedDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        self.reads(|disk| disk.open(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.reads(|disk| disk.list(folder))
    }

    fn exists(&self, path: &Path) -> bool {
        self.disk.exists(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.writes(|disk| disk.create_folder(path))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.writes(|disk| disk.create(path)).map(|file| self.file(file))
    }

    fn create_temporary(&self, folder: &Path) -> io::Result<(PathBuf, Box<dyn DiskFile>)> {
        let (path, file) = self.writes(|disk| disk.create_temporary(folder))?;
        Ok((path, self.file(file)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.writes(|disk| disk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.writes(|disk| disk.remove(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.writes(|disk| disk.sync_folder(folder))
    }

    fn open_lock(&self, path: &Path) -> io::Result<Box<dyn LockFile>> {
        let file = self.writes(|disk| disk.open_lock(path))?;
        Ok(Box::new(SimulatedLock { file, fate: self.fate.clone() }))
    }

    fn is_instant(&self) -> bool {
        true
    }
}

/// A file of such a disk.
#[derive(Debug)]
struct SimulatedFile {
    file: Box<dyn DiskFile>,
    fate: Arc<Fate>,
}

impl DiskFile for SimulatedFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.fate.operation(true) {
            Act::Does => self.file.append(bytes),
            Act::Fails(done, error) => {
                let part = match done {
                    Done::Nothing => 0,
                    Done::Half => bytes.len() / 2,
                    Done::All => bytes.len(),
                };
                self.file.append(&bytes[..part])?;
                Err(error)
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        operate(&self.fate, true, || (), || self.file.sync())
    }
}

/// A lock of such a disk.
#[derive(Debug)]
struct SimulatedLock {
    file: Box<dyn LockFile>,
    fate: Arc<Fate>,
}

impl LockFile for SimulatedLock {
    fn lock(&self) -> io::Result<()> {
        operate(&self.fate, false, || (), || self.file.lock())
    }

    fn try_lock(&self) -> Result<(), TryLockError> {
        match self.fate.operation(false) {
            Act::Does => self.file.try_lock(),
            Act::Fails(_, error) => Err(TryLockError::Error(error)),
        }
    }

    fn holder(&self) -> io::Result<String> {
        operate(&self.fate, false, || (), || self.file.holder())
    }

    fn set_holder(&self, holder: &str) -> io::Result<()> {
        operate(&self.fate, true, || (), || self.file.set_holder(holder))
    }
}
