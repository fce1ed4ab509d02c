//! A disk that gets into trouble at an operation that was named beforehand: for tests that start the
//! program as people do. Programs that are shipped have none of this.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Disk, DiskFile, Listed, LockFile};

/// What happens at which operation, the first of which is 1: `kill@17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    kind: Kind,
    at: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The process ends as if somebody killed it.
    Kill,
    /// From then on there is no room.
    Full,
    /// From then on nothing can be written.
    ReadOnly,
    /// That operation fails, and the next one works.
    Broken,
}

impl FromStr for Trouble {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (kind, at) = text.split_once('@')?;
            let kind = match kind {
                "kill" => Kind::Kill,
                "full" => Kind::Full,
                "read-only" => Kind::ReadOnly,
                "broken" => Kind::Broken,
                _ => return None,
            };
            Some(Self { kind, at: at.parse().ok()? })
        };
        read().ok_or_else(|| format!("`{text}` is no trouble of a disk, such as `kill@17`"))
    }
}

/// A disk that gets into trouble.
#[derive(Debug)]
pub struct TroubledDisk {
    disk: Arc<dyn Disk>,
    course: Arc<Course>,
}

/// What was done so far, and what is to come.
#[derive(Debug)]
struct Course {
    trouble: Option<Trouble>,
    done: AtomicU64,
    /// A line for each operation: what it is and about which file.
    log: Option<Mutex<File>>,
}

impl TroubledDisk {
    /// A disk that gets into that trouble, if any, and writes each operation into a file, if any.
    pub fn new(
        disk: Arc<dyn Disk>,
        trouble: Option<Trouble>,
        log: Option<&Path>,
    ) -> io::Result<Self> {
        let open = |path| OpenOptions::new().create(true).append(true).open(path).map(Mutex::new);
        let log = log.map(open).transpose()?;
        let course = Arc::new(Course { trouble, done: AtomicU64::new(0), log });
        Ok(Self { disk, course })
    }
}

impl Course {
    /// Comes to an operation. `part` is what is done of it before the trouble.
    fn operation(
        &self,
        name: &str,
        path: &Path,
        writes: bool,
        part: impl FnOnce(),
    ) -> io::Result<()> {
        let number = self.done.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(log) = &self.log {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            writeln!(log, "{name} {}", path.display())?;
        }
        let Some(Trouble { kind, at }) = self.trouble else { return Ok(()) };
        let (now, since) = (number == at, number >= at && writes);
        match kind {
            Kind::Kill if now => {
                part();
                end()
            }
            Kind::Full if since => {
                part();
                Err(io::ErrorKind::StorageFull.into())
            }
            Kind::ReadOnly if since => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            Kind::Broken if now => {
                part();
                Err(io::Error::other("Input/output error"))
            }
            _ => Ok(()),
        }
    }

    fn reads(&self, name: &str, path: &Path) -> io::Result<()> {
        self.operation(name, path, false, || ())
    }

    fn writes(&self, name: &str, path: &Path) -> io::Result<()> {
        self.operation(name, path, true, || ())
    }
}

/// Ends the process at once: nothing is closed, flushed or told.
fn end() -> ! {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, kill_process};
        kill_process(getpid(), Signal::KILL).ok();
    }
    std::process::abort()
}

impl Disk for TroubledDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        self.course.reads("read", path)?;
        self.disk.open(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.course.reads("list", folder)?;
        self.disk.list(folder)
    }

    fn exists(&self, path: &Path) -> bool {
        self.disk.exists(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.course.writes("create-folder", path)?;
        self.disk.create_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.course.writes("create", path)?;
        let file = self.disk.create(path)?;
        Ok(self.file(path, file))
    }

    fn create_temporary(&self, folder: &Path) -> io::Result<(PathBuf, Box<dyn DiskFile>)> {
        self.course.writes("create-temporary", folder)?;
        let (path, file) = self.disk.create_temporary(folder)?;
        let file = self.file(&path, file);
        Ok((path, file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.course.writes("rename", to)?;
        self.disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.course.writes("remove", path)?;
        self.disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.course.writes("sync-folder", folder)?;
        self.disk.sync_folder(folder)
    }

    fn open_lock(&self, path: &Path) -> io::Result<Box<dyn LockFile>> {
        self.course.writes("open-lock", path)?;
        self.disk.open_lock(path)
    }

    fn is_instant(&self) -> bool {
        self.disk.is_instant()
    }
}

impl TroubledDisk {
    fn file(&self, path: &Path, file: Box<dyn DiskFile>) -> Box<dyn DiskFile> {
        Box::new(TroubledFile { file, path: path.to_owned(), course: self.course.clone() })
    }
}

/// A file of such a disk.
#[derive(Debug)]
struct TroubledFile {
    file: Box<dyn DiskFile>,
    path: PathBuf,
    course: Arc<Course>,
}

impl DiskFile for TroubledFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Self { file, path, course } = self;
        let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
        course.operation("append", path, true, || {
            file.append(half).ok();
        })?;
        file.append(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.course.writes("sync", &self.path)?;
        self.file.sync()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::MemoryDisk;

    fn disk(trouble: &str) -> TroubledDisk {
        let disk = MemoryDisk::new();
        disk.create_folder(Path::new("state")).unwrap();
        TroubledDisk::new(Arc::new(disk), Some(trouble.parse().unwrap()), None).unwrap()
    }

    fn written(disk: &TroubledDisk, name: &str) -> io::Result<()> {
        let mut file = disk.create(&Path::new("state").join(name))?;
        file.append(b"1234")
    }

    #[test]
    fn a_full_disk_stays_full_and_takes_half_of_what_it_could_not_take_whole() {
        let disk = disk("full@2");
        let error = written(&disk, "one").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(disk.read(Path::new("state/one"), 9).unwrap(), b"12");
        assert!(written(&disk, "two").is_err());
    }

    #[test]
    fn what_is_broken_once_works_again() {
        let disk = disk("broken@1");
        assert!(written(&disk, "one").is_err());
        written(&disk, "one").unwrap();
    }

    #[test]
    fn what_is_no_trouble_is_refused() {
        for text in ["", "kill", "kill@", "kill@x", "kil@1"] {
            assert!(text.parse::<Trouble>().is_err(), "{text}");
        }
    }
}
