//! The files that an emulator is started with, and those that it keeps.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How a file is called until it is whole.
const UNFINISHED: &str = ".org-emulator-unfinished-";

/// So old a file of such a name is nobody's any more: it was left by an emulator that was killed.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// The largest file that is read: worlds of many orgs fit into it.
const MAX_SIZE: u64 = 256 * 1024 * 1024;

/// The text of a file.
pub(super) fn read(path: &Path) -> io::Result<String> {
    read_up_to(MAX_SIZE, path)
}

fn read_up_to(limit: u64, path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    let length = File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).is_ok_and(|length| length > limit) {
        let reason = format!("it has more than {limit} bytes");
        return Err(io::Error::new(ErrorKind::FileTooLarge, reason));
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}

/// Makes a folder that only its owner can look into, and those above it that are missing.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Puts a file that only its owner can read in the place of the one of before: beside it first, so that
/// no half of it is ever there.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    private_folder(folder)?;
    sweep(folder, SystemTime::now());
    // Temporary files are made with rights for their owner alone.
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    // The new name is only safe once the folder is; not every system can sync one.
    if let Ok(folder) = File::open(folder) {
        drop(folder.sync_all());
    }
    Ok(())
}

/// Removes what killed emulators have left. What cannot be removed is in nobody's way.
fn sweep(folder: &Path, now: SystemTime) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            continue;
        }
        let written = entry.metadata().and_then(|found| found.modified());
        if matches!(written.map(|at| now.duration_since(at)), Ok(Ok(age)) if age > STALE) {
            std::fs::remove_file(entry.path()).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_emulator_has_left_goes_and_files_of_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let long_ago = SystemTime::now() - 3 * STALE;
        for name in [".org-emulator-unfinished-a1b2", ".tmpAbCdEf", "world.json"] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        let of_another = folder.path().join(".org-emulator-unfinished-c3");
        std::fs::write(&of_another, "half").unwrap();
        write_private(&folder.path().join("tenant.json"), b"{}").unwrap();
        let mut left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().flatten().map(|it| it.file_name()).collect();
        left.sort();
        assert_eq!(
            left,
            [".org-emulator-unfinished-c3", ".tmpAbCdEf", "tenant.json", "world.json"]
        );
    }

    #[test]
    fn a_file_is_read_whole_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "world").unwrap();
        assert_eq!(read_up_to(5, &path).unwrap(), "world");
        assert_eq!(read_up_to(4, &path).unwrap_err().to_string(), "it has more than 4 bytes");
        std::fs::write(&path, b"\xff").unwrap();
        assert_eq!(read(&path).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
