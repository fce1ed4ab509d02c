//! One run per org at a time.

use std::fs::TryLockError;
use std::path::Path;

use super::Error;
use super::disk::{Disk, LockFile};

/// The right to write to an org or to a file, given back when it is dropped.
///
/// The file stays: unlinking it would let a third run lock a new file while a second still holds
/// the old one.
#[derive(Debug)]
pub struct Lock {
    file: Box<dyn LockFile>,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(super) fn take(disk: &dyn Disk, path: &Path, run: &str) -> Result<Self, Error> {
        let failed = |verb| move |error| Error::io(verb, path, error);
        let file = disk.open_lock(path).map_err(failed("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let who = file.holder().ok().map(|who| who.trim().to_owned());
                return Err(Error::Locked { who: who.filter(|who| !who.is_empty()) });
            }
            Err(TryLockError::Error(error)) => return Err(failed("lock")(error)),
        }
        let who = format!("run {run}, process {}\n", std::process::id());
        file.set_holder(&who).map_err(failed("write"))?;
        Ok(Self { file })
    }

    /// Takes the lock, and waits for whoever has it.
    pub(super) fn wait(disk: &dyn Disk, path: &Path) -> Result<Self, Error> {
        let failed = |error| Error::io("lock", path, error);
        let file = disk.open_lock(path).map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A program that another thread starts at this moment shares the open file for an instant, and
        // with it a lock that is only given back by closing it.
        self.file.unlock().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::disk::{LocalDisk, MemoryDisk};

    fn a_second_run_is_told_who_is_at_work(disk: &dyn Disk, path: &Path) {
        let first = Lock::take(disk, path, "one").unwrap();
        match Lock::take(disk, path, "two") {
            Err(Error::Locked { who: Some(who) }) => assert!(who.starts_with("run one,"), "{who}"),
            other => panic!("{other:?}"),
        }
        drop(first);
        Lock::take(disk, path, "two").unwrap();
        Lock::wait(disk, path).unwrap();
    }

    #[test]
    fn one_run_at_a_time_on_this_machine_and_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        a_second_run_is_told_who_is_at_work(&LocalDisk, &folder.path().join("lock"));
        let disk = MemoryDisk::new();
        disk.create_folder(Path::new("state")).unwrap();
        a_second_run_is_told_who_is_at_work(&disk, Path::new("state/lock"));
    }
}
