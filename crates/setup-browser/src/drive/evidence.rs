//! What is kept of a page that did not look as expected: a picture, and what could be read.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::page::Kind;
use crate::tab::Tab;
use crate::trouble::Trouble;

/// Writes it into a folder, and names the files; what cannot be written is left out.
pub(super) async fn keep(tab: &mut Tab, folder: &Path, trouble: &Trouble) -> Vec<PathBuf> {
    let mut files = Vec::new();
    if fs::create_dir_all(folder).is_err() {
        return files;
    }
    let mut write = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        if write_private(&path, content).is_ok() {
            files.push(path);
        }
    };
    if let Some(picture) = tab.picture().await
        && let Ok(picture) = BASE64_STANDARD.decode(picture)
    {
        write("page.png", &picture);
    }
    let mut view = tab.look().await.unwrap_or_default();
    for control in view.frames.iter_mut().flat_map(|frame| &mut frame.controls) {
        if matches!(control.kind, Kind::Text | Kind::Password) {
            control.value.clear();
        }
    }
    let seen = serde_json::json!({"why": trouble.to_string(), "frames": view.frames});
    write("page.json", format!("{seen:#}\n").as_bytes());
    for (number, frame) in view.frames.iter().enumerate() {
        if let Some(outline) = tab.outline(&frame.place).await {
            write(&format!("frame-{}.html", number + 1), outline.as_bytes());
        }
    }
    files
}

/// A file that nobody else reads.
fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(content)
}
