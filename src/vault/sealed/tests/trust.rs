//! Files that may be somebody else's.

use super::*;

#[cfg(unix)]
#[test]
fn a_file_that_others_could_use_is_refused() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = filled();
    for mode in [0o640, 0o604, 0o620, 0o644, 0o660] {
        fs::set_permissions(file(&folder), fs::Permissions::from_mode(mode)).unwrap();
        refuses(&vault(&folder, "open sesame"), &format!("to other users (mode {mode:o})"));
    }
    let hint = vault(&folder, "open sesame").get(&ada()).unwrap_err().hint().unwrap();
    assert!(hint.ends_with(&format!("chmod 600 '{}'", file(&folder).display())), "{hint}");
    fs::set_permissions(file(&folder), fs::Permissions::from_mode(0o600)).unwrap();
    let elsewhere = folder.path().join("elsewhere.json");
    fs::rename(file(&folder), &elsewhere).unwrap();
    symlink(&elsewhere, file(&folder)).unwrap();
    refuses(&vault(&folder, "open sesame"), "is a link to somewhere else");
    fs::remove_file(file(&folder)).unwrap();
    fs::create_dir(file(&folder)).unwrap();
    refuses(&vault(&folder, "open sesame"), "is a folder");
    fs::remove_dir(file(&folder)).unwrap();
    let _pipe = std::os::unix::net::UnixListener::bind(file(&folder)).unwrap();
    refuses(&vault(&folder, "open sesame"), "is a pipe or a device");
}

#[test]
fn a_file_that_is_too_large_is_not_read_and_not_made() {
    let folder = filled();
    let vault = vault(&folder, "open sesame");
    let long = "x".repeat(usize::try_from(reading::LIMIT).unwrap());
    let before = fs::read(file(&folder)).unwrap();
    let error = vault.put(&grace(), &SecretString::from(long)).unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
    assert_eq!(fs::read(file(&folder)).unwrap(), before);
    let large = fs::OpenOptions::new().write(true).open(file(&folder)).unwrap();
    large.set_len(reading::LIMIT + 1).unwrap();
    refuses(&vault, "is larger than the 4194304 bytes");
}

#[cfg(unix)]
#[test]
fn a_file_of_another_user_is_refused() {
    let folder = filled();
    let error = reading::check_owner(&file(&folder), 1000, 1001).unwrap_err();
    assert!(error.to_string().ends_with("belongs to the user with the number 1000, not to you."));
    let hint = error.hint().unwrap();
    assert!(hint.contains("--state-dir") && hint.contains("chown"), "{hint}");
    // Only root can give a file away.
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(file(&folder), Some(1000), None).unwrap();
        refuses(&vault(&folder, "open sesame"), "belongs to the user with the number 1000");
    }
}

#[test]
fn a_folder_that_cannot_be_used_is_told_before_anything_is_kept() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("state"), "no folder").unwrap();
    let vault = vault(&folder, "open sesame");
    for error in [
        vault.check_writable().unwrap_err(),
        vault.put(&ada(), &SecretString::from(SECRET)).unwrap_err(),
    ] {
        assert!(error.to_string().ends_with('.') && !error.to_string().contains("canary"));
        assert!(error.hint().unwrap().contains("--state-dir"), "{error:?}");
    }
    assert_eq!(fs::read(folder.path().join("state")).unwrap(), b"no folder");
}

#[test]
fn trying_out_leaves_nothing_but_the_lock() {
    let folder = TempDir::new().unwrap();
    let vault = vault(&folder, "open sesame");
    vault.check_writable().unwrap();
    let left = fs::read_dir(folder.path().join("state")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["vault.json.lock"]);
    let wrong = filled();
    assert!(matches!(
        super::vault(&wrong, "open sesamE").check_writable(),
        Err(Error::WrongPassphrase { .. })
    ));
}
