//! What shells and packagers take from the program: completions, manual pages, and a build without the browser part.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use crate::desk::Desk;

#[test]
fn every_shell_gets_a_script() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = desk.run(&["completions", shell]);
        assert!(outcome.exits(0).out.contains("__complete"), "{outcome}");
    }
    let document = desk.run(&["completions", "bash", "--output", "json"]).exits(0).json();
    assert_eq!(document["data"]["shell"], "bash");
    let unknown = desk.run(&["completions", "bsh"]);
    assert!(unknown.exits(2).err.contains("'bash'"), "{unknown}");
}

/// What a shell is asked to complete, and what comes of it.
const LINES: [(&[&str], &[&str]); 6] = [
    (&["pl"], &["plan"]),
    (&["plan", "--org", ""], &["uat", "demo", "demo-v2"]),
    (&["plan", "--only", "package,ca"], &["package,call-center"]),
    (&["confirm", "csp"], &["csp-allow-list"]),
    (&["migrate", "--profiles", "Con"], &["Contact Center Agent"]),
    (&["completions", "f"], &["fish"]),
];

/// Asks a shell; a machine without it has nothing to complete.
#[cfg(unix)]
fn completed(shell: &str, ask: &str) {
    let desk = Desk::new();
    let folder = |desk: &Desk| fs::read_dir(desk.folder()).expect("a folder").count();
    desk.write(
        "provision.toml",
        "data_center = \"us1\"\n[users]\nprofiles = [\"Contact Center Agent\"]\n[orgs.uat]\n",
    );
    desk.write("script", &desk.run(&["completions", shell]).out);
    let files = folder(&desk);
    for (words, expected) in LINES {
        let output = Command::new(shell)
            .arg(match shell {
                "bash" => "--norc",
                "elvish" => "-norc",
                _ => "--no-config",
            })
            .arg("-c")
            .arg(ask)
            .args((shell == "bash").then_some("bash"))
            .arg(env!("CARGO_BIN_EXE_provision"))
            .args(words)
            .env("PROVISION_STATE_DIR", desk.state())
            .current_dir(desk.folder())
            .stdin(Stdio::null())
            .output();
        let Ok(output) = output else { return };
        let text = String::from_utf8_lossy(&output.stdout);
        let found: Vec<&str> =
            text.lines().map(|line| line.split('\t').next().unwrap_or_default()).collect();
        let plain: BTreeSet<String> = found.iter().map(|it| it.replace('\\', "")).collect();
        let expected: BTreeSet<String> = expected.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(plain, expected, "{shell}: {words:?}: {output:?}");
    }
    assert_eq!(folder(&desk), files, "a completion writes nothing");
}

#[cfg(unix)]
#[test]
fn bash_completes_what_is_begun() {
    completed(
        "bash",
        "source ./script; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _provision; \
         printf '%s\\n' \"${COMPREPLY[@]}\"",
    );
}

#[cfg(unix)]
#[test]
fn fish_completes_what_is_begun() {
    // What fish itself would show for the line.
    completed(
        "fish",
        "set PATH (dirname $argv[1]) $PATH; source ./script; \
         complete -C \"provision $(string join ' ' -- $argv[2..-1])\"",
    );
}

#[cfg(unix)]
#[test]
fn elvish_completes_what_is_begun() {
    // The editor's namespace is there only where somebody types.
    completed(
        "elvish",
        "var edit: = (ns [&completion:=(ns [&arg-completer=[&]]) \
         &complex-candidate~={|stem &display=''| echo $stem } &complete-filename~={|word| }]); \
         eval &ns=(ns [&edit:=$edit:]) (slurp < script); \
         $edit:completion:arg-completer[provision] $@args",
    );
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let desk = Desk::new();
    let written = desk.run(&["man", "pages/man1", "--output", "json"]).exits(0).json();
    let pages = written["data"]["pages"].as_array().expect("a list of pages");
    assert_eq!(pages[0], "provision.1");
    let all = desk.run(&["man"]);
    for page in pages {
        let page = page.as_str().expect("a name");
        let text = fs::read_to_string(desk.folder().join("pages/man1").join(page)).expect("a page");
        assert!(text.contains(".SH EXAMPLES"), "{page} has no examples");
        assert!(all.exits(0).out.contains(&text), "{page} is not printed");
    }
    assert!(pages.iter().any(|page| page == "provision-runs-show.1"), "{pages:?}");
    desk.write("file", "");
    let blocked = desk.run(&["man", "file"]);
    assert!(blocked.exits(2).err.contains("cannot be written to `file`"), "{blocked}");
}

#[test]
fn help_is_asked_for_in_every_way() {
    let desk = Desk::new();
    let long = desk.run(&["plan", "--help"]);
    assert_eq!(desk.run(&["help", "plan"]).exits(0).out, long.exits(0).out);
    assert!(long.out.contains("provision --org demo plan --check --output json"), "{long}");
    assert!(desk.run(&["-h"]).exits(0).out.len() < desk.run(&["--help"]).exits(0).out.len());
    assert!(desk.run(&["demo"]).exits(2).err.contains("Usage: provision demo"));
}

/// A build without the browser part brings in none of what that part needs.
#[test]
fn a_build_without_the_browser_stays_small() {
    // Cargo says which one it is to the tests that it runs.
    let Some(cargo) = std::env::var_os("CARGO") else { return };
    let packages = |more: &[&str]| {
        let output = Command::new(&cargo)
            .args(["tree", "--offline", "--locked", "-p", "provision", "-e", "normal"])
            .args(["--prefix", "none", "--format", "{lib}"])
            .args(more)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::null())
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect::<BTreeSet<_>>()
    };
    let (whole, small) = (packages(&[]), packages(&["--no-default-features"]));
    for name in ["chromiumoxide", "setup_browser"] {
        assert!(whole.contains(name) && !small.contains(name), "{name}: {small:?}");
    }
    assert!(small.contains("salesforce_client") && small.is_subset(&whole), "{small:?}");
}
