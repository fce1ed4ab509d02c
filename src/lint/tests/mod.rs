//! Files of each kind, right and wrong, and Cisco's own.

mod call_centers;
mod configurations;
mod kinds;
mod layouts;

use std::path::PathBuf;

use super::*;
use crate::config::built_in_demo_file;
use crate::model::Position;
use crate::view::{Style, draw};

/// When the files are judged.
fn now() -> Timestamp {
    Timestamp::constant(1_800_000_000, 0)
}

/// Judges a text for every org; a configuration finds no definition files.
fn judged(name: &str, text: impl AsRef<[u8]>) -> Verdict {
    // The demo's own files are the only ones.
    let read = |path: &str| built_in_demo_file(path);
    judge(&Subject { name, bytes: text.as_ref(), org: None, now: now(), read: &read })
}

/// Everything that was found, one line each.
fn lines(verdict: &Verdict) -> String {
    let found = verdict.findings.iter().filter(|it| it.severity != Severity::NotChecked);
    let lines = found.map(|found| {
        let excerpt = found.excerpt().unwrap();
        let Position { line, column } = excerpt.position();
        let (rule, severity) = (found.code.unwrap(), found.severity.name());
        let path = if excerpt.path.is_empty() { "-" } else { &excerpt.path };
        format!("{line}:{column} {rule} {severity} {path} {}", found.text())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Everything that was found, with its lines.
fn pictures(verdict: &Verdict, style: Style) -> String {
    let found = verdict.findings.iter().filter(|it| it.severity != Severity::NotChecked);
    let found: Vec<Diagnostic> = found.cloned().collect();
    if found.is_empty() { String::new() } else { draw(&found, style) + "\n" }
}

fn drawn(name: &str, text: impl AsRef<[u8]>) -> String {
    pictures(&judged(name, text), Style::default())
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
