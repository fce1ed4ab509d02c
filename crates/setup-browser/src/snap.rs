//! Browsers that come as snaps. Such a program has a folder for temporary files of its own and sees no hidden folder
//! of its user: the only place that it and we both reach is its folder in the home directory.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Where snaps are.
const SNAPS: &str = "/snap/";
/// What starts all of them.
const STARTER: &str = "/usr/bin/snap";
/// A script that only starts a snap is no longer than this.
const SCRIPT: u64 = 64 * 1024;

/// The name of the snap that a path leads to; `None` where it leads to none.
pub(crate) fn name_of(path: &Path) -> Option<String> {
    let by_path = path.to_str().and_then(named);
    by_path.or_else(|| by_link(path)).or_else(|| by_script(path))
}

/// Where a snap keeps what belongs to one user.
pub(crate) fn folder(home: &Path, name: &str) -> PathBuf {
    home.join("snap").join(name).join("common")
}

/// `/snap/bin/chromium`, `/snap/bin/brave.browser`, `/snap/chromium/current/usr/lib/chromium-browser/chrome`.
fn named(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(SNAPS)?;
    let rest = rest.strip_prefix("bin/").unwrap_or(rest);
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let name: String = rest.chars().take_while(|letter| is_of_name(*letter)).collect();
    (!name.is_empty()).then_some(name)
}

/// The commands of snaps are links to what starts them, wherever they lie.
fn by_link(path: &Path) -> Option<String> {
    let starter = fs::canonicalize(path).ok()?;
    if starter != Path::new(STARTER) {
        return None;
    }
    let name = path.file_name()?.to_str()?;
    name.split('.').next().map(str::to_owned)
}

/// Ubuntu's `chromium-browser` is a script that starts the snap.
fn by_script(path: &Path) -> Option<String> {
    let mut text = Vec::new();
    fs::File::open(path).ok()?.take(SCRIPT).read_to_end(&mut text).ok()?;
    if !text.starts_with(b"#!") {
        return None;
    }
    let text = String::from_utf8_lossy(&text);
    let mut starts = text.lines().filter(|line| line.trim_start().starts_with("exec "));
    starts.find_map(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snap_is_known_by_its_path_and_by_the_script_that_starts_it() {
        let name = |path: &str| name_of(Path::new(path));
        assert_eq!(name("/snap/bin/chromium").as_deref(), Some("chromium"));
        assert_eq!(name("/snap/bin/brave.browser").as_deref(), Some("brave"));
        let deep = "/snap/chromium/current/usr/lib/chromium-browser/chrome";
        assert_eq!(name(deep).as_deref(), Some("chromium"));
        assert_eq!(name("/usr/bin/snapper"), None);
        let folder = tempfile::tempdir().unwrap();
        let script = |text: &str| {
            let path = folder.path().join("chromium-browser");
            fs::write(&path, text).unwrap();
            name_of(&path)
        };
        let ubuntu = "#!/bin/sh\n\nif ! [ -x /snap/bin/chromium ]; then\n  exit 1\nfi\n\
                      exec /snap/bin/chromium \"$@\"\n";
        assert_eq!(script(ubuntu).as_deref(), Some("chromium"));
        assert_eq!(
            script("#!/bin/sh\n# not /snap/bin/chromium\nexec /usr/lib/chrome \"$@\"\n"),
            None
        );
        assert_eq!(script("\u{7f}ELF exec /snap/bin/chromium"), None, "a program is no script");
    }

    #[test]
    fn its_folder_is_its_users() {
        let place = folder(Path::new("/home/ada"), "chromium");
        assert_eq!(place, Path::new("/home/ada/snap/chromium/common"));
    }
}
