//! The disk of this machine.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use super::{Disk, DiskFile, Listed, LockFile};

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalDisk;

impl Disk for LocalDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        // Opening a pipe waits for whoever writes into it, and nobody may.
        if !fs::metadata(path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
        }
        Ok(Box::new(File::open(path)?))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            found.push(Listed { is_folder: path.is_dir(), path });
        }
        Ok(found)
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder.create(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.create_new(true).append(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        Ok(Box::new(options.open(path)?))
    }

    fn create_temporary(&self, folder: &Path) -> io::Result<(PathBuf, Box<dyn DiskFile>)> {
        remove_stale(folder, TEMPORARY, SystemTime::now());
        let (file, path) = NamedTempFile::new_in(folder)?.keep().map_err(|error| error.error)?;
        Ok((path, Box::new(file)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Only Unix lets a folder be opened as a file; elsewhere the file system sees to it.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn open_lock(&self, path: &Path) -> io::Result<Box<dyn LockFile>> {
        let mut options = OpenOptions::new();
        options.create(true).read(true).write(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        Ok(Box::new(options.open(path)?))
    }
}

/// So old a file with a temporary name is nobody's any more: it was left by a run that was killed.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// How files are called in the state directory until they are whole.
const TEMPORARY: &str = ".tmp";

/// Removes what killed runs have left under names that begin so. What cannot be removed is in nobody's way.
pub(crate) fn remove_stale(folder: &Path, prefix: &str, now: SystemTime) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(prefix) {
            continue;
        }
        let age =
            entry.metadata().and_then(|found| found.modified()).map(|at| now.duration_since(at));
        if matches!(age, Ok(Ok(age)) if age > STALE) {
            fs::remove_file(entry.path()).ok();
        }
    }
}

impl DiskFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

/// Locked files are read and written through shared references: the lock is what keeps others out.
impl LockFile for File {
    fn lock(&self) -> io::Result<()> {
        Self::lock(self)
    }

    fn try_lock(&self) -> Result<(), TryLockError> {
        Self::try_lock(self)
    }

    fn unlock(&self) -> io::Result<()> {
        Self::unlock(self)
    }

    fn holder(&self) -> io::Result<String> {
        let mut holder = String::new();
        // However large the file is.
        self.take(1024).read_to_string(&mut holder)?;
        Ok(holder)
    }

    fn set_holder(&self, holder: &str) -> io::Result<()> {
        let mut file = self;
        self.set_len(0)?;
        file.rewind()?;
        file.write_all(holder.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_a_folder_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("baseline.json");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [pipe.as_path(), folder.path()] {
            let error = LocalDisk.read(path, 10).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{}", path.display());
        }
        let absent = LocalDisk.read(&folder.path().join("absent"), 10).unwrap_err();
        assert_eq!(absent.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn what_killed_runs_left_goes_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let (left, _file) = LocalDisk.create_temporary(folder.path()).unwrap();
        let kept = folder.path().join("baseline.json");
        fs::write(&kept, "{}").unwrap();
        let now = SystemTime::now();
        remove_stale(folder.path(), TEMPORARY, now + STALE / 2);
        assert!(left.exists());
        remove_stale(folder.path(), TEMPORARY, now + STALE * 2);
        assert!(!left.exists() && kept.exists());
    }

    #[test]
    fn a_lock_is_given_back_though_a_starting_program_still_shares_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        drop(LocalDisk.open_lock(&path).unwrap());
        let ours = File::options().read(true).write(true).open(&path).unwrap();
        let shared = ours.try_clone().unwrap();
        LockFile::lock(&ours).unwrap();
        assert!(LocalDisk.open_lock(&path).unwrap().try_lock().is_err());
        LockFile::unlock(&ours).unwrap();
        LocalDisk.open_lock(&path).unwrap().try_lock().unwrap();
        drop(shared);
    }

    #[cfg(unix)]
    #[test]
    fn locks_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        drop(LocalDisk.open_lock(&path).unwrap());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
