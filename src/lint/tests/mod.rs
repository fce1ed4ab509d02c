//! Files of each kind, right and wrong, and Cisco's own.

mod call_centers;
mod configurations;
mod kinds;
mod layouts;

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::*;

/// Judges a text for every org; a configuration finds no definition files.
fn judged(name: &str, text: impl AsRef<[u8]>) -> Verdict {
    let read = |_: &str| -> io::Result<Vec<u8>> { Err(ErrorKind::NotFound.into()) };
    judge(&Subject { name, bytes: text.as_ref(), org: None, read: &read })
}

/// Everything that was found, one line each.
fn lines(verdict: &Verdict) -> String {
    let found = verdict.findings.iter().filter(|it| it.picture.severity != Severity::NotChecked);
    let lines = found.map(|found| {
        let place = found.place.map(|place| format!("{}:{}", place.line, place.column));
        let (rule, severity) = (found.rule, found.picture.severity.name());
        let path = if found.path.is_empty() { "-" } else { &found.path };
        format!("{} {rule} {severity} {path} {}", place.unwrap(), found.picture.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn drawn(name: &str, text: impl AsRef<[u8]>) -> String {
    judged(name, text).draw(Style::default())
}

/// Files of Cisco's beside the project, by name.
fn samples(folder: &str) -> Vec<(String, Vec<u8>)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(folder);
    let Ok(entries) = std::fs::read_dir(&path) else {
        println!("skipped: {} is not there", path.display());
        return Vec::new();
    };
    let files = entries.map(|entry| entry.unwrap().path());
    let mut samples: Vec<_> = files
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    samples.sort();
    assert!(!samples.is_empty());
    samples
}
