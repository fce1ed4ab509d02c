//! Files that are whole or not there, and that say which format they have.

use std::io::{self, BufRead as _, BufReader, BufWriter, ErrorKind, Read as _, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::disk::{Disk, DiskFile, Listed, LocalDisk};
use super::document::{self, FORMAT, Unreadable};
use super::{Error, Lock};

/// The largest file of the state directory that is read; hundreds of thousands of values fit into it.
const MAX_SIZE: u64 = 256 * 1024 * 1024;

/// The files of a disk. What was changed stays changed when the power is cut afterwards, and a
/// change that was cut short leaves what was there before.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    disk: Arc<dyn Disk>,
}

impl Files {
    /// The files of this machine.
    pub(crate) fn local() -> Self {
        Self::on(Arc::new(LocalDisk))
    }

    /// The files of that disk.
    pub(super) fn on(disk: Arc<dyn Disk>) -> Self {
        Self { disk }
    }

    /// Whether the disk never keeps anybody waiting.
    pub(super) fn are_instant(&self) -> bool {
        self.disk.is_instant()
    }

    /// The bytes of a file; `None` where there is none.
    pub(super) fn bytes(&self, path: &Path) -> Result<Option<Vec<u8>>, Error> {
        self.bytes_up_to(MAX_SIZE, path)
    }

    fn bytes_up_to(&self, limit: u64, path: &Path) -> Result<Option<Vec<u8>>, Error> {
        let bytes = match self.disk.read(path, limit + 1) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", path, error)),
        };
        if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
            return Err(too_large(path, limit));
        }
        Ok(Some(bytes))
    }

    /// The lines of a file one by one, none of which it keeps; none where the file cannot be read. Those that
    /// `is_passed_over` knows by how they begin are never in memory.
    pub(super) fn lines(
        &self,
        path: &Path,
        is_passed_over: impl Fn(&[u8]) -> bool,
    ) -> impl Iterator<Item = Vec<u8>> {
        let file = self.disk.open(path).ok();
        let mut file = file.map(|file| BufReader::with_capacity(PART, file.take(MAX_SIZE)));
        iter::from_fn(move || {
            let file = file.as_mut()?;
            loop {
                let mut line = Vec::new();
                let beginning = file.by_ref().take(BEGINNING).read_until(b'\n', &mut line).ok()?;
                if beginning == 0 {
                    return None;
                }
                let is_whole = line.ends_with(b"\n");
                if is_passed_over(&line) {
                    if !is_whole {
                        file.skip_until(b'\n').ok()?;
                    }
                    continue;
                }
                if !is_whole {
                    file.read_until(b'\n', &mut line).ok()?;
                }
                line.pop_if(|last| *last == b'\n');
                return Some(line);
            }
        })
    }

    /// Reads a file; `None` where there is none.
    pub(crate) fn read<T: DeserializeOwned>(&self, path: &Path) -> Result<Option<T>, Error> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        document::read(&bytes).map(Some).map_err(|unreadable| match unreadable {
            Unreadable::Damaged(reason) => {
                let is_whole = |copy: &PathBuf| matches!(self.is_whole(copy), Ok(true));
                let copy = Some(copy_of(path)).filter(is_whole);
                Error::Damaged { path: path.to_owned(), reason, copy }
            }
            Unreadable::Newer(found) => {
                Error::Newer { path: path.to_owned(), found, known: FORMAT }
            }
        })
    }

    /// Whether a file is there and can be read.
    pub(super) fn is_whole(&self, path: &Path) -> Result<bool, Error> {
        let found = self.disk.open(path).and_then(|mut file| {
            let is_whole = document::is_whole(file.by_ref().take(MAX_SIZE))?;
            Ok((is_whole, file.read(&mut [0])? > 0))
        });
        match found {
            Ok((_, true)) => Err(too_large(path, MAX_SIZE)),
            Ok((is_whole, false)) => Ok(is_whole),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::io("read", path, error)),
        }
    }

    /// Replaces a file as a whole: a crash leaves the old one or the new one.
    pub(crate) fn write<T: Serialize>(&self, path: &Path, data: &T) -> Result<(), Error> {
        self.write_by(folder_of(path), path, data)
    }

    /// Writes a file of a folder that nobody writes to again: what a killed run leaves of it lies in the
    /// folder `by`, of the same file system, whose next file sweeps it away.
    pub(super) fn write_by<T: Serialize>(
        &self,
        by: &Path,
        path: &Path,
        data: &T,
    ) -> Result<(), Error> {
        self.fill(by, path, |file| document::write(data, file))
    }

    /// The same of what nobody could tell again: what was there is kept beside it, for the day when the
    /// file is damaged. A damaged one takes no good copy's place.
    pub(crate) fn replace<T: Serialize>(&self, path: &Path, data: &T) -> Result<(), Error> {
        if self.is_whole(path)? {
            self.copy_by(folder_of(path), path, &copy_of(path))?;
        }
        self.write(path, data)
    }

    /// Copies a file, as [`Self::write_by`] writes one.
    pub(super) fn copy_by(&self, by: &Path, from: &Path, to: &Path) -> Result<(), Error> {
        self.fill(by, to, |file| {
            io::copy(&mut self.disk.open(from)?.take(MAX_SIZE), file).map(drop)
        })
    }

    /// The same of what is written once, as a rule, so that there is nothing older to keep: two of it, the
    /// copy first.
    pub(super) fn write_twice<T: Serialize>(&self, path: &Path, data: &T) -> Result<(), Error> {
        self.write(&copy_of(path), data)?;
        self.write(path, data)
    }

    /// Removes a file, and the copy beside it.
    pub(super) fn remove_with_copy(&self, path: &Path) -> Result<(), Error> {
        self.remove(&copy_of(path))?;
        self.remove(path)
    }

    /// Writes a file whose bytes have their format already.
    pub(crate) fn write_bytes(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.fill(folder_of(path), path, |file| file.write_all(bytes))
    }

    /// Writes a file as a whole: a crash leaves the old one or the new one. It is written in large parts, so
    /// that it need not be in memory as a whole.
    fn fill(
        &self,
        by: &Path,
        path: &Path,
        content: impl FnOnce(&mut BufWriter<Appended<'_>>) -> io::Result<()>,
    ) -> Result<(), Error> {
        let failed = |error| Error::io("write", path, error);
        let (temporary, mut file) = self.disk.create_temporary(by).map_err(failed)?;
        let written =
            append_all(&mut *file, content).and_then(|()| self.disk.rename(&temporary, path));
        if let Err(error) = written {
            // What is left of it is in nobody's way, should it not go.
            self.disk.remove(&temporary).ok();
            return Err(failed(error));
        }
        self.sync_folder(folder_of(path))
    }

    /// Changes a file, one process after another. The content that is not there yet is empty.
    pub(crate) fn change<T: DeserializeOwned + Serialize + Default, R>(
        &self,
        path: &Path,
        change: impl FnOnce(&mut T) -> R,
    ) -> Result<R, Error> {
        // Held for as long as it takes to write one small file, so that waiting is no trouble.
        let _lock = self.locked(path)?;
        let mut content = self.read(path)?.unwrap_or_default();
        let result = change(&mut content);
        self.replace(path, &content)?;
        Ok(result)
    }

    /// Locks the name of a file: one process after another.
    pub(crate) fn locked(&self, path: &Path) -> Result<Lock, Error> {
        self.private_folder(folder_of(path))?;
        Lock::wait(&*self.disk, &path.with_extension("lock"))
    }

    /// Takes a lock, or says who has it.
    pub(super) fn lock(&self, path: &Path, run: &str) -> Result<Lock, Error> {
        Lock::take(&*self.disk, path, run)
    }

    /// Begins a file that grows. Its name is there after a power cut, and so is each part of it that
    /// was synced.
    pub(super) fn begin(&self, path: &Path) -> Result<Box<dyn DiskFile>, Error> {
        let file = self.disk.create(path).map_err(|error| Error::io("create", path, error))?;
        self.sync_folder(folder_of(path))?;
        Ok(file)
    }

    /// Removes a file, if it is there.
    pub(crate) fn remove(&self, path: &Path) -> Result<(), Error> {
        match self.disk.remove(path) {
            Ok(()) => self.sync_folder(folder_of(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Error::io("remove", path, error)),
        }
    }

    /// What a folder holds, by name; nothing where it is not there.
    pub(super) fn list(&self, folder: &Path) -> Result<Vec<Listed>, Error> {
        let mut found = match self.disk.list(folder) {
            Ok(found) => found,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io("read", folder, error)),
        };
        found.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(found)
    }

    /// The folders in a folder, by name.
    pub(super) fn folders(&self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let found = self.list(folder)?;
        Ok(found.into_iter().filter(|it| it.is_folder).map(|it| it.path).collect())
    }

    /// Makes a folder that only its owner can look into.
    pub(crate) fn private_folder(&self, path: &Path) -> Result<(), Error> {
        let new: Vec<&Path> =
            path.ancestors().take_while(|folder| !self.disk.exists(folder)).collect();
        self.disk.create_folder(path).map_err(|error| Error::io("create", path, error))?;
        // A folder is only there after a power cut if the one that holds it was synced.
        new.into_iter()
            .filter(|folder| !folder.as_os_str().is_empty())
            .try_for_each(|folder| self.sync_folder(folder_of(folder)))
    }

    /// Makes the names in a folder survive a power cut.
    fn sync_folder(&self, folder: &Path) -> Result<(), Error> {
        self.disk.sync_folder(folder).map_err(|error| Error::io("sync", folder, error))
    }
}

fn too_large(path: &Path, limit: u64) -> Error {
    let reason = format!("it has more than {limit} bytes");
    Error::Damaged { path: path.to_owned(), reason, copy: None }
}

/// As much of a line, in bytes, as tells what it is.
const BEGINNING: u64 = 128;

/// How many bytes are written at once.
const PART: usize = 64 * 1024;

/// Writes at the end of a file, and on to the disk.
pub(super) fn append_all(
    file: &mut dyn DiskFile,
    content: impl FnOnce(&mut BufWriter<Appended<'_>>) -> io::Result<()>,
) -> io::Result<()> {
    let mut parts = BufWriter::with_capacity(PART, Appended(file));
    let written = content(&mut parts).and_then(|()| parts.flush());
    // What could not be written is not tried again when this goes.
    drop(parts.into_parts());
    written?;
    file.sync()
}

/// A file, as something to be written to.
pub(super) struct Appended<'a>(&'a mut dyn DiskFile);

impl Write for Appended<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.append(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where the copy of a file is that was replaced: `baseline.json.copy`.
fn copy_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".copy");
    name.into()
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.json");
        fs::write(&path, "12345").unwrap();
        let files = Files::local();
        assert_eq!(files.bytes_up_to(5, &path).unwrap().unwrap(), b"12345");
        let error = files.bytes_up_to(4, &path).unwrap_err().to_string();
        assert!(error.ends_with("file.json is damaged: it has more than 4 bytes"), "{error}");
    }

    #[test]
    fn lines_are_read_one_by_one_and_some_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.jsonl");
        let lines = |text: &str| -> Vec<String> {
            fs::write(&path, text).unwrap();
            let files = Files::local();
            let lines = files.lines(&path, |line| line.starts_with(b"-"));
            lines.map(|line| String::from_utf8(line).unwrap()).collect()
        };
        let long = "x".repeat(1_000);
        assert_eq!(lines(""), [""; 0]);
        assert_eq!(lines("1\n\n-2\n3\n"), ["1", "", "3"]);
        assert_eq!(lines(&format!("{long}\n-{long}\n2\n{long}")), [&long, "2", &long]);
        assert_eq!(lines(&format!("1\n-{long}")), ["1"]);
        let missing = folder.path().join("missing");
        assert_eq!(Files::local().lines(&missing, |_| false).count(), 0);
    }

    #[test]
    fn what_is_written_is_read_and_what_is_newer_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.json");
        let files = Files::local();
        assert!(files.read::<Vec<u8>>(&path).unwrap().is_none());
        files.write(&path, &vec![1, 2, 3]).unwrap();
        assert_eq!(files.read::<Vec<u8>>(&path).unwrap(), Some(vec![1, 2, 3]));
        assert_eq!(files.list(folder.path()).unwrap().len(), 1, "no temporary is left behind");
        fs::write(&path, r#"{"format": 2, "other": true}"#).unwrap();
        assert!(matches!(
            files.read::<Vec<u8>>(&path),
            Err(Error::Newer { found: 2, known: 1, .. })
        ));
        fs::write(&path, "{").unwrap();
        assert!(matches!(files.read::<Vec<u8>>(&path), Err(Error::Damaged { .. })));
    }

    #[test]
    fn what_was_replaced_is_there_when_the_new_file_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.json");
        let copy = folder.path().join("file.json.copy");
        let files = Files::local();
        files.replace(&path, &1).unwrap();
        assert!(!copy.exists());
        files.replace(&path, &2).unwrap();
        fs::write(&path, "{").unwrap();
        let error = files.read::<u8>(&path).unwrap_err();
        assert!(
            matches!(&error, Error::Damaged { copy: Some(it), .. } if *it == copy),
            "{error:?}"
        );
        assert!(error.hint().contains("file.json.copy"), "{}", error.hint());
        // What is damaged is no copy.
        files.replace(&path, &3).unwrap();
        assert_eq!(files.read::<u8>(&copy).unwrap(), Some(1));
        fs::write(&path, "{").unwrap();
        fs::write(&copy, "{").unwrap();
        assert!(matches!(files.read::<u8>(&path), Err(Error::Damaged { copy: None, .. })));
        files.remove_with_copy(&path).unwrap();
        assert!(!copy.exists() && !path.exists());
    }

    #[test]
    fn what_cannot_be_written_leaves_no_temporary() {
        let folder = tempfile::tempdir().unwrap();
        // No file takes the name of a folder that holds something.
        let taken = folder.path().join("taken");
        fs::create_dir_all(taken.join("inside")).unwrap();
        assert!(Files::local().write(&taken, &1).is_err());
        assert_eq!(Files::local().list(folder.path()).unwrap().len(), 1);
    }
}
