//! What shells and packagers take from the program: completions and manual pages.

use std::fs;
use std::process::{Command, Stdio};

use crate::desk::Desk;

#[test]
fn every_shell_gets_a_script_that_knows_commands_and_options() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = desk.run(&["completions", shell]);
        for word in ["verify", "instance-url", "reset"] {
            assert!(outcome.exits(0).out.contains(word), "{shell} does not know {word}");
        }
        assert_eq!(outcome.err, "");
    }
    let document = desk.run(&["completions", "bash", "--output", "json"]).exits(0).json();
    assert_eq!(document["data"]["shell"], "bash");
    let unknown = desk.run(&["completions", "bsh"]);
    assert!(unknown.exits(2).err.contains("'bash'"), "{unknown}");
}

#[cfg(unix)]
#[test]
fn bash_completes_what_is_begun() {
    const ASK: &str = "source ./script; COMP_WORDS=(provision pl); COMP_CWORD=1; \
                       _provision provision pl provision; echo \"${COMPREPLY[*]}\"";
    let desk = Desk::new();
    desk.write("script", &desk.run(&["completions", "bash"]).out);
    let bash = Command::new("bash")
        .args(["--norc", "-c", ASK])
        .current_dir(desk.folder())
        .stdin(Stdio::null())
        .output();
    // A machine without bash has nothing to complete.
    if let Ok(output) = bash {
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "plan", "{output:?}");
    }
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
