//! The example sessions of README.md and docs/: each block of `console` is typed, and what it shows
//! must come out.
//!
//! `…` stands for any text of a line, a line of only `…` for any lines. The sessions of a page
//! follow one another in one folder, in which the page's first TOML block that names a package is
//! `provision.toml`. The org at the address of the README is the emulator's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desk::Desk;
use crate::support::Org;

/// The address in the pages that stands for an org of somebody's own.
const OWN: &str = "https://acme--uat.sandbox.my.salesforce.com";
/// The version that the demo installs.
const OFFERED: &str = "04tHp000000wXcZIAU";

/// A command, and what it shows.
struct Step {
    line: usize,
    command: String,
    shows: Vec<String>,
}

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).expect("the folder of pages");
    let docs = docs.map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<PathBuf> =
        docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    pages.push(root.join("README.md"));
    pages.sort();
    pages
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for (number, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            steps.push(Step { line: number + 1, command: command.to_owned(), shows: Vec::new() });
        } else if let Some(step) = steps.last_mut().filter(|_| inside) {
            step.shows.push(line.to_owned());
        }
    }
    steps
}

/// The configuration that a page tells people to write, ready for the emulator.
fn configuration(page: &str) -> Option<String> {
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let whole = blocks.into_iter().find(|block| block.contains("[package]"))?;
    Some(whole.replace("\"04t…\"", &format!("\"{OFFERED}\"")))
}

#[cfg(unix)]
#[test]
fn every_session_of_the_documentation_goes_as_it_is_shown() {
    let mut typed = 0;
    let mut wrong = Vec::new();
    for path in pages() {
        let page = fs::read_to_string(&path).expect("a page");
        let steps = steps(&page);
        if steps.is_empty() {
            continue;
        }
        let org = Org::new();
        let desk = Desk::of(&org);
        if let Some(configuration) = configuration(&page) {
            desk.write("provision.toml", &configuration);
        }
        if page.contains("--org uat") {
            // Whoever follows the page has logged in, as it says before.
            let login = format!(
                "printf %s \"$PROVISION_ACCESS_TOKEN\" | provision login uat --login-url {OWN} \
                 --access-token-stdin --vault none"
            );
            let said = typed_at(&desk, &org, &login);
            assert!(said.starts_with("Logged in"), "{said}");
        }
        for step in &steps {
            typed += 1;
            let shown = typed_at(&desk, &org, &step.command);
            let lines: Vec<&str> = shown.trim_end().lines().map(str::trim_end).collect();
            let expected: Vec<&str> = step.shows.iter().map(String::as_str).collect();
            if !matches(&expected, &lines) {
                let at = format!("{}:{}", path.display(), step.line);
                wrong.push(format!("{at}: $ {}\n{}", step.command, lines.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "these show something else:\n{}", wrong.join("\n\n"));
    assert!(typed > 10, "only {typed} commands were found");
}

/// What a command shows, both streams as a terminal mixes them.
fn typed_at(desk: &Desk, org: &Org, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_provision"));
    let folder = program.parent().expect("the folder of the program").display();
    let command = command.replace(OWN, &org.url);
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(desk.folder())
        .env_clear()
        .env("PATH", format!("{folder}:/usr/local/bin:/usr/bin:/bin"))
        .env("HOME", desk.folder())
        .env("USER", "ada")
        .env("PROVISION_ACCESS_TOKEN", &org.token)
        .output()
        .expect("a shell");
    String::from_utf8(output.stdout).expect("UTF-8").replace(&org.url, OWN)
}

/// Whether the lines are those that were expected, whatever stands for `…`.
fn matches(expected: &[&str], lines: &[&str]) -> bool {
    let Some((first, rest)) = expected.split_first() else { return lines.is_empty() };
    if *first == "…" {
        return (0..=lines.len()).any(|skipped| matches(rest, &lines[skipped..]));
    }
    lines.split_first().is_some_and(|(line, after)| fits(first, line) && matches(rest, after))
}

/// Whether a line is the expected one.
fn fits(expected: &str, line: &str) -> bool {
    let mut parts = expected.split('…');
    let Some(mut left) = parts.next().and_then(|head| line.strip_prefix(head)) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(tail) = parts.pop() else { return left.is_empty() };
    for part in parts {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(tail)
}

#[test]
fn lines_and_gaps_are_told_apart() {
    assert!(matches(&["a…c", "…", "z"], &["abc", "x", "y", "z"]));
    assert!(matches(&["…", "z"], &["z"]));
    assert!(!matches(&["a…c"], &["abd"]));
    assert!(!matches(&["a"], &["a", "b"]));
    assert!(!matches(&["a", "…", "y"], &["a", "z"]));
}

/// Every command line that the pages name, in a session or within a sentence, is one.
#[test]
fn every_command_line_of_the_documentation_is_understood() {
    let desk = Desk::new();
    let mut read = 0;
    for path in pages() {
        let page = fs::read_to_string(&path).expect("a page");
        let spans = page.lines().flat_map(|line| {
            let spans = line.split('`').skip(1).step_by(2);
            spans.chain(line.strip_prefix("    ")).filter(|span| span.starts_with("provision "))
        });
        // What stands for something else cannot be tried.
        let whole = spans.filter(|span| !span.contains(['[', '…', '|', '<', '"', '\'', '=']));
        let placeholder = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
        for span in whole.filter(|span| !span.split(' ').any(placeholder)) {
            let words = span.split_whitespace().skip(1).take_while(|word| *word != ">");
            let mut words: Vec<&str> = words.collect();
            words.push("--help");
            let outcome = desk.run(&words);
            assert_eq!(outcome.code, Some(0), "{}: {span}\n{outcome}", path.display());
            read += 1;
        }
    }
    assert!(read > 10, "only {read} command lines were found");
}
