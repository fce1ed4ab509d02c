//! Clients that are libraries: a script goes through the commands and says what came of each.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::emulator::Emulator;
use crate::installed::{Clients, say};
use crate::table::Table;

/// Has a script go through its commands, and checks the table of what came of them.
///
/// The script finds the emulator's announcement in `EMULATOR`, and prints a line of JSON for each
/// command: `{"command": "…", "problem": null | "…"}`. Whatever else it prints is shown when it fails.
pub(crate) fn judged(
    title: &'static str,
    mut interpreter: Command,
    script: &str,
    emulator: &Emulator,
) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script);
    let output = interpreter
        .arg(script)
        .env("EMULATOR", emulator.announcement.to_string())
        .stderr(Stdio::inherit())
        .output()
        .expect("the script starts");
    let text = String::from_utf8(output.stdout).expect("text");
    let mut table = Table::new(title);
    for line in text.lines() {
        let Some(row) = serde_json::from_str::<Value>(line).ok().filter(Value::is_object) else {
            say(line);
            continue;
        };
        // The port is another one each time.
        let problem = row["problem"].as_str().map(|text| text.replace(emulator.url(), "…"));
        table.row(row["command"].as_str().expect("a command"), problem.map_or(Ok(()), Err));
    }
    assert!(output.status.success(), "{} of {title}", output.status);
    table.check();
}

#[test]
fn jsforce() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&["--users", "2500"]);
    judged("jsforce", clients.node(), "node/jsforce.cjs", &emulator);
}

#[test]
fn jsforce_metadata() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&[]);
    judged("jsforce: metadata", clients.node(), "node/jsforce_metadata.cjs", &emulator);
}

#[test]
fn simple_salesforce() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&["--users", "2500", "--tls"]);
    let authority = emulator.announcement["ca_certificate"].as_str().expect("a path");
    let mut python = clients.python();
    python.env("REQUESTS_CA_BUNDLE", authority);
    judged("simple-salesforce", python, "python/simple_salesforce_commands.py", &emulator);
}

#[test]
fn simple_salesforce_metadata() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&["--tls"]);
    let authority = emulator.announcement["ca_certificate"].as_str().expect("a path");
    let mut python = clients.python();
    python.env("REQUESTS_CA_BUNDLE", authority);
    let script = "python/simple_salesforce_metadata.py";
    judged("simple-salesforce: metadata", python, script, &emulator);
}

#[test]
fn cumulusci() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&["--tls"]);
    let authority = emulator.announcement["ca_certificate"].as_str().expect("a path");
    let mut python = clients.python();
    python.env("REQUESTS_CA_BUNDLE", authority);
    judged("CumulusCI", python, "python/cumulusci_commands.py", &emulator);
}

#[test]
fn zeep() {
    let Some(clients) = Clients::installed() else { return };
    let wsdls = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/wsdl");
    if !wsdls.is_dir() {
        say("skipped: ../shared/wsdl is not there");
        return;
    }
    let emulator = Emulator::start(&[]);
    let mut python = clients.python();
    python.env("WSDLS", wsdls);
    judged("zeep", python, "python/zeep_strict.py", &emulator);
}
