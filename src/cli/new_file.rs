//! Files that people keep: written whole, and over another one only on demand.
//!
//! One that takes another's place may be read by the same people as that one.

use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::time::SystemTime;

use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::journal::remove_stale;

/// How such a file is called until it is whole.
const PREFIX: &str = ".provision-unfinished-";

/// Writes a file whole or not at all; whether it did: another file of that name stays, unless
/// `over` says otherwise. A new one may be read by others, as files usually are.
pub(super) fn write(path: &Path, text: &str, over: bool) -> Result<bool, Failure> {
    put(path, text, over, 0o666)
}

/// The same of what names people and who may do what: only its owner may read a new one.
pub(super) fn write_private(path: &Path, text: &str, over: bool) -> Result<bool, Failure> {
    put(path, text, over, 0o600)
}

fn put(path: &Path, text: &str, over: bool, mode: u32) -> Result<bool, Failure> {
    let shown = path.display();
    let failed = |error: io::Error| {
        let failure = Failure::usage(format!("`{shown}` cannot be written."));
        match error.kind() {
            ErrorKind::NotFound => failure.hint("Its folder does not exist."),
            _ => failure.because(error),
        }
    };
    if path.is_dir() {
        return Err(Failure::usage(format!("`{shown}` is a folder.")));
    }
    if !over && path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = new_in(folder.unwrap_or(Path::new(".")), mode).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    if cfg!(unix)
        && let Ok(replaced) = path.metadata()
    {
        file.as_file().set_permissions(replaced.permissions()).map_err(failed)?;
    }
    file.as_file().sync_data().map_err(failed)?;
    if over {
        return file.persist(path).map(|_| true).map_err(|error| failed(error.error));
    }
    match file.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error.error)),
    }
}

/// A file with those rights, as far as this process gives any to others.
#[cfg_attr(not(unix), expect(unused_variables, reason = "other systems have no such rights"))]
fn new_in(folder: &Path, mode: u32) -> io::Result<NamedTempFile> {
    // Others keep files here, too: what killed runs have left is known by its name.
    remove_stale(folder, PREFIX, SystemTime::now());
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_stays_unless_it_is_to_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        assert!(write(&path, "one", false).unwrap());
        assert!(!write(&path, "two", false).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert!(write(&path, "two", true).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let nowhere = write(&folder.path().join("none/a.toml"), "", false).unwrap_err();
        assert_eq!(nowhere.advice(), ["Its folder does not exist."]);
        assert!(write(folder.path(), "", true).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    }

    #[cfg(unix)]
    #[test]
    fn what_names_people_is_its_owners_alone_until_they_decide_otherwise() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let give = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(write_private(&path, "one", false).unwrap());
        assert_eq!(mode(), 0o600);
        give(0o640);
        assert!(write_private(&path, "two", true).unwrap());
        assert_eq!(mode(), 0o640);
        give(0o400);
        assert!(write(&path, "three", true).unwrap());
        assert_eq!((mode(), fs::read_to_string(&path).unwrap().as_str()), (0o400, "three"));
    }

    #[test]
    fn what_a_killed_run_has_left_goes_and_files_of_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let now = SystemTime::now();
        let long_ago = now - std::time::Duration::from_secs(3 * 24 * 60 * 60);
        for name in [".provision-unfinished-a1b2", ".tmpAbCdEf", "plan.json"] {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        fs::write(folder.path().join(".provision-unfinished-c3"), "another run's").unwrap();
        assert!(write(&folder.path().join("a.toml"), "one", false).unwrap());
        let is_there = |name: &str| folder.path().join(name).exists();
        assert!(!is_there(".provision-unfinished-a1b2"));
        assert!(is_there(".provision-unfinished-c3") && is_there(".tmpAbCdEf"));
        assert!(is_there("plan.json") && is_there("a.toml"));
    }
}
