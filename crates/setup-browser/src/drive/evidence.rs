//! What is kept of a page that did not look as expected: a picture, and what could be read.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::page::kind::Page;
use crate::page::{Kind, View, host};
use crate::tab::Tab;
use crate::trouble::Trouble;

/// What led to the page, and what would have followed.
pub(super) struct Story<'a> {
    pub(super) trouble: &'a Trouble,
    pub(super) taken: &'a [String],
    pub(super) left: &'a [String],
}

/// Writes it into a folder, and names the files; what cannot be written is left out. Nothing is kept of
/// any page but those of that org's Setup.
pub(super) async fn keep(
    tab: &mut Tab,
    folder: &Path,
    org: &str,
    story: &Story<'_>,
) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(mut view) = tab.look().await else { return files };
    if !may_be_kept(&view, org) {
        return files;
    }
    // A picture shows what was typed, wherever that is; one that cannot be blanked is not taken.
    let mut is_blank = true;
    for frame in &view.frames {
        is_blank &= tab.blank(&frame.place).await;
    }
    view.frames.retain(|frame| host::is_same_org(org, &frame.host));
    if private_folder(folder).is_err() {
        return files;
    }
    let mut write = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        if write_private(&path, content).is_ok() {
            files.push(path);
        }
    };
    if is_blank
        && let Some(picture) = tab.picture().await
        && let Ok(picture) = BASE64_STANDARD.decode(picture)
    {
        write("page.png", &picture);
    }
    for control in view.frames.iter_mut().flat_map(|frame| &mut frame.controls) {
        if matches!(control.kind, Kind::Text | Kind::Password) {
            control.value.clear();
        }
    }
    let seen = serde_json::json!({
        "why": story.trouble.to_string(),
        "taken": story.taken,
        "left": story.left,
        "frames": view.frames,
    });
    write("page.json", format!("{seen:#}\n").as_bytes());
    for (number, frame) in view.frames.iter().enumerate() {
        if let Some(outline) = tab.outline(&frame.place).await {
            write(&format!("frame-{}.html", number + 1), outline.as_bytes());
        }
    }
    files
}

/// Whether the browser shows Setup of that org, and nothing that a person logs in with.
fn may_be_kept(view: &View, org: &str) -> bool {
    let is_own = view.frames.first().is_some_and(|frame| host::is_same_org(org, &frame.host));
    is_own && view.is_setup() && !matches!(view.page(), Page::Gate(_))
}

/// Makes a folder that only its owner can look into, and those above it that are missing.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file that nobody else reads.
fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Frame;

    #[cfg(unix)]
    #[test]
    fn what_is_kept_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("run/browser");
        private_folder(&folder).unwrap();
        let file = folder.join("page.json");
        write_private(&file, b"{}").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!([folder.parent().unwrap(), &folder, &file].map(mode), [0o700, 0o700, 0o600]);
        private_folder(&folder).unwrap();
    }

    #[test]
    fn only_pages_of_the_orgs_setup_are_kept() {
        let keeps = |host: &str, path: &str| {
            let (host, path) = (host.to_owned(), path.to_owned());
            let view = View { frames: vec![Frame { host, path, ..Frame::default() }] };
            may_be_kept(&view, "acme.my.salesforce.com")
        };
        assert!(keeps("acme.lightning.force.com", "/lightning/setup/SoftphoneLayouts/home"));
        assert!(keeps("acme.my.salesforce.com", "/04n"));
        assert!(!keeps("acme.my.salesforce.com", "/login"));
        assert!(!keeps("acme.my.salesforce.com", "/_ui/identity/webauthn/Add"));
        assert!(!keeps("acme.okta.com", "/setup/"));
        assert!(!keeps("other.my.salesforce.com", "/04n"));
        assert!(!may_be_kept(&View::default(), "acme.my.salesforce.com"));
    }
}
