//! The emulated Webex tenant, judged by schemathesis and Cisco's own description of the API.

use std::path::Path;

use crate::emulator::Emulator;
use crate::installed::{Clients, say};

#[test]
fn schemathesis() {
    let Some(clients) = Clients::installed() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = root.join("../shared/webex-spec/configuration.json");
    if !document.is_file() {
        say("skipped: ../shared/webex-spec is not there");
        return;
    }
    let emulator = Emulator::start(&[]);
    let output = clients
        .judges()
        .arg(root.join("tests/clients/python/webex_schemathesis.py"))
        .env("EMULATOR", emulator.announcement.to_string())
        .env("WEBEX_SPEC", document)
        .env("WEBEX_OVERLAY", root.join("tests/webex/overlay.json"))
        .output()
        .expect("the script starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} of schemathesis:\n{text}\n{errors}", output.status);
    say(&text);
}
