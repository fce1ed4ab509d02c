//! The browser's profile: a folder of its own, which is thrown away with everything in it, cookies included.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// What the names of such folders begin with.
const PREFIX: &str = "setup-browser-";
/// No browser works for so long: a folder that old is one that was left behind.
const LEFT_BEHIND_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Between two looks whether a folder has gone, how often it must have, and how often is looked at most.
const PAUSE: Duration = Duration::from_millis(50);
const AWAY: u32 = 6;
const MOST_LOOKS: u32 = 60;

/// A profile.
#[derive(Debug)]
pub(crate) struct Profile(TempDir);

/// Makes one, and throws away those that earlier runs could not: a machine that loses its power takes
/// nothing with it. It is among the temporary files, where the browser wants no other folder.
pub(crate) fn make(folder: Option<&Path>) -> io::Result<Profile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    // Nobody else may look into it; elsewhere than on Unix the folder is the user's own.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let profile = match folder {
        Some(folder) => {
            fs::create_dir_all(folder)?;
            builder.tempdir_in(folder)?
        }
        None => builder.tempdir()?,
    };
    if let Some(folder) = profile.path().parent() {
        sweep(folder, &fs::symlink_metadata(profile.path())?, SystemTime::now());
    }
    Ok(Profile(profile))
}

impl Profile {
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Throws it away. The browser's last processes outlive it for a moment, and make the folder anew when
    /// they write into it: it has gone once it stays away.
    pub(crate) fn throw_away(&self) {
        let mut away = 0;
        for _ in 0..MOST_LOOKS {
            if fs::symlink_metadata(self.path()).is_ok() {
                away = 0;
                fs::remove_dir_all(self.path()).ok();
            } else {
                away += 1;
            }
            if away == AWAY {
                break;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

/// Throws away old profiles of whoever owns this one. What cannot be looked at or removed stays.
fn sweep(folder: &Path, own: &Metadata, now: SystemTime) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|it| it.file_name().to_string_lossy().starts_with(PREFIX)) {
        // A link is followed nowhere.
        let Ok(found) = fs::symlink_metadata(entry.path()) else { continue };
        let age = found.modified().ok().and_then(|at| now.duration_since(at).ok());
        let is_old = age.is_some_and(|age| age > LEFT_BEHIND_AFTER);
        if found.is_dir() && is_old && is_of_same_owner(own, &found) {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}

#[cfg(unix)]
fn is_of_same_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    one.uid() == other.uid()
}

/// Elsewhere the folder for temporary files is the user's own.
#[cfg(not(unix))]
fn is_of_same_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_is_made_anew_goes_too() {
        let profile = make(None).unwrap();
        let path = profile.path().to_owned();
        let anew = path.join("Default");
        let last_process = std::thread::spawn(move || {
            std::thread::sleep(PAUSE * 2);
            fs::create_dir_all(anew).unwrap();
        });
        profile.throw_away();
        last_process.join().unwrap();
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_in_another_folder_is_nobody_elses_and_goes_too() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("snap/chromium/common");
        let profile = make(Some(&folder)).unwrap();
        assert_eq!(profile.path().parent(), Some(folder.as_path()));
        let mode = fs::metadata(profile.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        profile.throw_away();
        assert!(fs::read_dir(&folder).unwrap().next().is_none());
    }

    #[test]
    fn only_old_profiles_are_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["setup-browser-old", "setup-browser-new", "somebodys"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("Cookies"), "secret").unwrap();
        }
        let own = fs::symlink_metadata(folder.path()).unwrap();
        let is_there = |name: &str| folder.path().join(name).exists();
        sweep(folder.path(), &own, SystemTime::now());
        assert!(is_there("setup-browser-old"), "it may be in use");
        let later = SystemTime::now() + LEFT_BEHIND_AFTER * 2;
        // Files do not tell how old a profile is, nor do names.
        fs::write(folder.path().join("setup-browser-file"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(
            folder.path().join("somebodys"),
            folder.path().join("setup-browser-link"),
        )
        .unwrap();
        fs::File::open(folder.path().join("setup-browser-new"))
            .unwrap()
            .set_modified(later)
            .unwrap();
        sweep(folder.path(), &own, later);
        assert!(!is_there("setup-browser-old") && is_there("setup-browser-new"));
        assert!(is_there("somebodys/Cookies") && is_there("setup-browser-file"));
    }
}
