//! Whole command lines that end before an org is called.

mod command_lines;
mod configurations;
mod help;
mod lint;
mod orgs;
mod reference;
mod state;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use secrecy::SecretString;

use super::arguments::Arguments;
use super::context::Context;
use super::surroundings::Surroundings;
use super::trace::Tracing;
use super::{guarded, run_at, run_with};
use crate::view::Terminal;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap();
        anstream::adapter::strip_str(std::str::from_utf8(&bytes).unwrap()).to_string()
    }
}

/// What a command line leaves behind, in a folder with `provision.toml`.
fn outcome(configuration: &str, surroundings: &Surroundings, line: &str) -> String {
    // Where lines break must not depend on how long the folder's name is.
    let mut surroundings = surroundings.clone();
    surroundings.terminal.error.width = Some(400);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("provision.toml");
    std::fs::write(&file, configuration).unwrap();
    let at = |word: &str| word.replace("FOLDER", &folder.path().display().to_string());
    let words = std::iter::once("provision").chain(line.split(' '));
    let words: Vec<OsString> = words.map(|word| at(word).into()).collect();
    let (out, err) = (Kept::default(), Kept::default());
    let terminal =
        Terminal::new(surroundings.settings(), Box::new(out.clone()), Box::new(err.clone()));
    let code = run_with(words, &surroundings, &terminal);
    let text = format!("{}------- stderr -------\n{}[exit status: {code}]", out.text(), err.text());
    shortened(&text, folder.path())
}

fn shortened(text: &str, folder: &Path) -> String {
    text.replace(&folder.display().to_string(), "FOLDER")
}

fn with_token() -> Surroundings {
    let mut surroundings = Surroundings::bare();
    surroundings.access_token = Some(SecretString::from("canary"));
    surroundings
}

const LEAST: &str = "recipe = \"webex-v1\"\ndata_center = \"us1\"\n[package]\nversion = \
                     \"04tUl000000VK45IAG\"\n";
