//! The house rules of docs/architecture.md, read from the `use` lines of the code.
//!
//! What the packages in `crates/` may use, their manifests say and the compiler checks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms of `src` a room may use, and which packages of `crates/` besides. `failure` is the
/// one type that every command ends with.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("main", ["cli"].as_slice()),
        ("advice", ["model", "salesforce_client", "webex_client"].as_slice()),
        (
            "cli",
            [
                "adoption",
                "advice",
                "checklist",
                "config",
                "definitions",
                "diagnosis",
                "engine",
                "failure",
                "journal",
                "lint",
                "login",
                "migration",
                "model",
                "org_emulator",
                "salesforce_client",
                "setup_browser",
                "vault",
                "view",
                "webex_client",
            ]
            .as_slice(),
        ),
        (
            "login",
            ["advice", "journal", "model", "salesforce_client", "vault", "webex_client"].as_slice(),
        ),
        (
            "view",
            [
                "checklist",
                "diagnosis",
                "engine",
                "failure",
                "journal",
                "lint",
                "login",
                "migration",
                "model",
                "vault",
            ]
            .as_slice(),
        ),
        ("adoption", ["checklist", "config", "definitions", "model"].as_slice()),
        ("migration", ["checklist", "definitions", "model"].as_slice()),
        ("diagnosis", ["checklist", "definitions", "model"].as_slice()),
        (
            "engine",
            [
                "advice",
                "checklist",
                "failure",
                "journal",
                "model",
                "salesforce_client",
                "setup_browser",
                "webex_client",
            ]
            .as_slice(),
        ),
        ("checklist", ["definitions", "model"].as_slice()),
        ("config", ["definitions", "model"].as_slice()),
        ("definitions", ["model"].as_slice()),
        ("lint", ["checklist", "config", "definitions", "model"].as_slice()),
        ("journal", ["model"].as_slice()),
        ("vault", ["journal"].as_slice()),
        // Only plain data of it: `the_model_takes_plain_data_from_the_client`.
        ("model", ["salesforce_client"].as_slice()),
        ("failure", ["model"].as_slice()),
    ])
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in sources_below("src") {
        let room = room_of(&file);
        if room == "lib" {
            continue;
        }
        seen.insert(room.clone());
        let may = allowed.get(room.as_str());
        let text = fs::read_to_string(&file).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            for used in rooms_named(line) {
                let fine = used == room
                    || may.is_some_and(|may| may.contains(&used.as_str()))
                    || (is_test(&file) && used != "org_emulator");
                if !fine {
                    wrong.push(format!("{}:{}: {room} uses {used}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "docs/architecture.md forbids this:\n{}", wrong.join("\n"));
    let known: BTreeSet<String> = allowed.keys().map(|room| (*room).to_owned()).collect();
    assert_eq!(seen, known, "every room has its rule, and every rule its room");
}

#[test]
fn only_the_cli_and_the_view_know_the_terminal_and_the_environment() {
    let mut wrong = Vec::new();
    for file in sources() {
        let room = room_of(&file);
        if matches!(room.as_str(), "cli" | "view" | "main") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        for word in ["env::var", "env::args", "home_dir", "IsTerminal", "stdout()", "stderr()"] {
            if text.contains(word) {
                wrong.push(format!("{}: {word}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "only cli and view may do this:\n{}", wrong.join("\n"));
}

/// What a run writes down has the time of its `Host`, so that tests can hold the clock.
#[test]
fn only_the_cli_and_the_host_ask_for_the_time() {
    for file in sources_below("src") {
        // A file's age is told by the file system's clock.
        let has_a_clock =
            file.ends_with("engine/host.rs") || file.ends_with("journal/disk/local.rs");
        if room_of(&file) == "cli" || has_a_clock || is_test(&file) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in ["Timestamp::now()", "SystemTime::now()", "Zoned::now()"] {
            assert!(!text.contains(word), "{} asks for {word}", file.display());
        }
        // Waits are tokio's, and what is measured goes by the same clock: a test may hold both.
        let is_std = text.contains("std::time::Instant") || text.contains("{Duration, Instant}");
        assert!(room_of(&file) != "engine" || !is_std, "{} has another clock", file.display());
    }
}

/// What is carried out are operations: no value of the configuration slips in beside what was approved.
#[test]
fn what_carries_changes_out_reads_no_configuration() {
    for file in sources_below("src/engine/execute") {
        let text = fs::read_to_string(&file).expect("a source file");
        assert!(is_test(&file) || !text.contains("desired("), "{} does", file.display());
    }
}

#[test]
fn no_client_knows_the_emulators_back_door() {
    for file in sources() {
        if room_of(&file) != "org-emulator" {
            let text = fs::read_to_string(&file).expect("a source file");
            assert!(!text.contains("/_emulator"), "{} mentions it", file.display());
        }
    }
}

#[test]
fn the_model_takes_plain_data_from_the_client() {
    for file in sources_below("src/model") {
        let text = fs::read_to_string(&file).expect("a source file");
        for line in text.lines().filter(|line| line.contains("salesforce_client")) {
            let fine = [
                "salesforce_client::id::",
                "salesforce_client::metadata::call_center::",
                "salesforce_client::metadata::flexi_page::",
                "salesforce_client::obstacle::",
            ];
            assert!(fine.iter().any(|data| line.contains(data)), "{}: {line}", file.display());
        }
    }
}

/// The transport serves any service, so that it knows no client, and neither they nor it know whose
/// program they are in. What a token looks like is a format, and the transport keeps those of both
/// services out of texts.
#[test]
fn the_transport_knows_no_client_and_the_clients_no_product() {
    let strangers: [(&str, &[&str]); 3] = [
        ("wire", &["provision", "cisco", "salesforce_client", "webex_client"]),
        ("salesforce-client", &["provision", "webex", "cisco"]),
        ("webex-client", &["`provision", "provision::", "salesforce_client"]),
    ];
    for (package, words) in strangers {
        for file in sources_below(&format!("crates/{package}/src")) {
            if is_test(&file) {
                continue;
            }
            let text = fs::read_to_string(&file).expect("a source file");
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_lowercase();
            for word in words {
                assert!(!text.contains(word), "{} names {word}", file.display());
            }
        }
    }
}

/// A wrong field name must not be wrong on both sides: the emulator uses no other package of ours.
#[test]
fn the_emulator_shares_no_code_with_the_clients() {
    let manifest = root().join("crates/org-emulator/Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("the emulator's manifest");
    assert!(!manifest.contains("path ="), "{manifest}");
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    for line in workspace.lines().filter(|line| line.contains("path = \"crates/")) {
        let package = line.split([' ', '.']).next().unwrap_or_default();
        let used = manifest.lines().any(|line| line.split([' ', '.']).next() == Some(package));
        assert!(!used, "the emulator uses {package}");
    }
}

/// Every source file of the program and its packages; test code inside obeys the same rules.
pub(crate) fn sources() -> Vec<PathBuf> {
    let mut files = sources_below("src");
    for package in fs::read_dir(root().join("crates")).expect("the packages") {
        let package = package.expect("an entry").file_name();
        files.extend(sources_below(&format!("crates/{}/src", package.to_string_lossy())));
    }
    files
}

fn sources_below(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    assert!(!files.is_empty(), "there is no source file in {folder}");
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|suffix| suffix == "rs") {
            files.push(path);
        }
    }
}

/// The room of a file: the first folder or file below `src`, or its package in `crates`.
fn room_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src"));
    let inside = inside.or_else(|_| file.strip_prefix(root().join("crates")));
    let first = inside.expect("below src or crates").iter().next().expect("a name");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Test code may borrow from other rooms to set its scene, but never from the emulator.
pub(crate) fn is_test(file: &Path) -> bool {
    file.iter().any(|part| part == "tests")
        || file.file_name().is_some_and(|name| name == "tests.rs")
}

/// The packages of `crates/` by the names that code has for them.
const PACKAGES: [&str; 4] = ["org_emulator", "salesforce_client", "setup_browser", "webex_client"];

/// Rooms that a line names as `crate::room` or, in `main.rs`, as `provision::room`, and packages.
fn rooms_named(line: &str) -> Vec<String> {
    let line = line.split("//").next().unwrap_or_default();
    let mut rooms = Vec::new();
    for package in PACKAGES {
        if line.contains(package) {
            rooms.push(package.to_owned());
        }
    }
    for prefix in ["crate::", "provision::"] {
        for (place, _) in line.match_indices(prefix) {
            let rest = &line[place + prefix.len()..];
            let name: String = rest
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            if !name.is_empty() {
                rooms.push(name);
            }
        }
    }
    rooms
}
