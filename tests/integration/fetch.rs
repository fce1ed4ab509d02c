//! Cisco's files, fetched from a server that stands in for GitHub.

use std::fs;

use org_emulator::Emulator;
use provision::definitions::{built_in, write_setup_file};
use scripted_server::{Reply, Server};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::desk::{Desk, Outcome};
use crate::support::{Org, shared};

/// A server that gives one answer, and the runtime that it lives in.
struct Mirror {
    runtime: Runtime,
    server: Server,
}

impl Mirror {
    fn with(replies: Vec<Reply>) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let server = runtime.block_on(Server::start(replies));
        Self { runtime, server }
    }

    fn of(body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", "text/plain; charset=utf-8".to_owned())];
        Self::with(vec![Reply::Say(200, headers, body.into())])
    }

    fn fetch(&self, desk: &Desk, arguments: &[&str]) -> Outcome {
        let mirror = ["--mirror", self.server.url.as_str()];
        desk.run(&[&["fetch"], arguments, &mirror].concat())
    }

    fn asked(&self) -> String {
        let heard = self.runtime.block_on(async { self.server.heard() });
        heard.first().and_then(|it| it.lines().next()).unwrap_or_default().to_owned()
    }
}

fn definition() -> String {
    let mut newer = built_in("2024-11").expect("built in").call_center;
    "WebexCCAgentDesktopV20270101".clone_into(&mut newer.internal_name);
    let section = newer.sections.last_mut().expect("a section");
    let mut item = section.items.last().expect("an item").clone();
    "brandNew".clone_into(&mut item.name);
    section.items.push(item);
    write_setup_file(&newer)
}

fn layout() -> String {
    fs::read_to_string("metadata/demo_desktop_layout.json").expect("the demo's layout")
}

#[test]
fn a_definition_is_checked_and_kept_with_its_origin() {
    let desk = Desk::new();
    let mirror = Mirror::of(definition());
    let done = mirror.fetch(&desk, &["call-center"]);
    done.exits(0);
    assert_eq!(
        mirror.asked(),
        "GET /CiscoDevNet/webex-contact-center-crm-integrations/main/Salesforce/\
         sfdc-callcenter-definition-file.xml HTTP/1.1"
    );
    let name = "sfdc-callcenter-definition-file.xml";
    assert_eq!(desk.read(name), definition());
    assert!(done.out.contains("a version that provision does not know"), "{done}");
    assert!(done.out.contains("/brandNew"), "{done}");
    assert!(done.out.contains("definition = \"./sfdc-callcenter-definition-file.xml\""), "{done}");
    let origin: toml::Table = desk.read(&format!("{name}.origin.toml")).parse().expect("TOML");
    assert_eq!(origin["at"].as_str(), Some("main"));
    let sha256 = origin["sha256"].as_str().expect("a hash").to_owned();
    desk.run(&["lint", name]).exits(0);

    // It is not written over by accident, and the very same file can be asked for.
    let again = Mirror::of(definition());
    again.fetch(&desk, &["call-center"]).exits(2);
    assert_eq!(again.asked(), "", "nobody is asked for what could not be written");
    again.fetch(&desk, &["call-center", "--force", "--sha256", &sha256]).exits(0);
    let other = Mirror::of(write_setup_file(&built_in("2024-11").expect("built in").call_center));
    let refused = other.fetch(&desk, &["call-center", "--force", "--sha256", &sha256]);
    refused.exits(5);
    assert!(refused.err.contains("is not the requested file"), "{refused}");
    assert_eq!(desk.read(name), definition());
}

#[test]
fn a_layout_tells_its_connector_and_scripts_get_a_document() {
    let desk = Desk::new();
    let mirror = Mirror::of(layout());
    let done = mirror.fetch(
        &desk,
        &["desktop-layout", "--at", "be179fe", "--to", "layout.json", "--output", "json"],
    );
    done.exits(0);
    assert!(mirror.asked().contains("/be179fe/Salesforce/"), "{}", mirror.asked());
    let document = done.json();
    assert_eq!(document["data"]["file"], "layout.json", "{document}");
    assert!(document["data"]["connector"].is_string(), "{document}");
    let lines = document["data"]["differences"].as_array().expect("lines");
    assert!(
        lines.iter().any(|it| it.as_str().is_some_and(|it| it.starts_with("- "))),
        "{document}"
    );
    assert_eq!(desk.read("layout.json"), layout());
}

#[test]
fn what_is_not_the_file_is_never_written() {
    let page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>";
    let cut = {
        let whole = definition();
        whole[..whole.len() / 2].to_owned()
    };
    let say = |status: u16, body: &str| vec![Reply::Say(status, Vec::new(), body.into())];
    let cases = [
        (say(200, page), 1, "a web page instead"),
        (say(200, &cut), 1, "not a call center definition that can be used"),
        (say(200, &layout()), 1, "not a call center definition that can be used"),
        (say(200, ""), 1, "not a call center definition that can be used"),
        (say(404, "404: Not Found"), 2, "There is no file"),
        (say(403, "rate limited"), 7, "HTTP 403"),
        (vec![Reply::Half; 8], 7, ""),
        (vec![Reply::Drop; 8], 7, ""),
    ];
    for (replies, code, words) in cases {
        let desk = Desk::new();
        let mirror = Mirror::with(replies.clone());
        let failed = mirror.fetch(&desk, &["call-center"]);
        failed.exits(code);
        assert!(failed.err.contains(words), "{replies:?}\n{failed}");
        assert!(!desk.has("sfdc-callcenter-definition-file.xml"), "{replies:?}");
        assert!(!desk.has("sfdc-callcenter-definition-file.xml.origin.toml"), "{replies:?}");
    }
}

#[test]
fn nothing_else_is_asked_of_the_server() {
    for at in ["../../evil/repo/main", "a b", "", "main?x=1", "/main"] {
        let desk = Desk::new();
        desk.run(&["fetch", "call-center", "--at", at]).exits(2);
    }
    let desk = Desk::new();
    desk.run(&["fetch", "desktop-layout", "--recipe", "webex-v2"]).exits(2);
    let unknown = desk.run(&["fetch", "call-center", "--recipe", "webex-2"]);
    unknown.exits(2);
    assert!(unknown.err.contains("Did you mean `webex-v2`?"), "{unknown}");
}

#[test]
fn a_server_whose_certificate_nobody_vouches_for_is_not_believed() {
    let folder = TempDir::new().expect("a folder");
    let org = Org::with(Emulator::builder().tls(folder.path()));
    let desk = Desk::new();
    let failed = desk.run(&["fetch", "call-center", "--mirror", &org.url]);
    failed.exits(7);
    assert!(failed.err.contains("certificate"), "{failed}");
}

#[test]
fn versions_that_cisco_has_published_are_known() {
    let Some(folder) = shared("samples") else { return };
    for (what, file, words) in [
        (
            "call-center",
            "call-centers/v1/2024-11-25.xml",
            "the newest version that provision knows",
        ),
        ("call-center", "call-centers/v1/2023-07-20.xml", "published on 2023-07-20"),
        (
            "desktop-layout",
            "desktop-layouts/2025-05-05.be179fe.salesforce_desktop_0.1.0_v1.1.9.json",
            "the newest version that provision knows",
        ),
    ] {
        let desk = Desk::new();
        let mirror = Mirror::of(fs::read(folder.join(file)).expect("a sample"));
        let done = mirror.fetch(&desk, &[what]);
        done.exits(0);
        assert!(done.out.contains(words), "{file}: {done}");
    }
    let desk = Desk::new();
    let older = "desktop-layouts/2024-02-29.b15e1e7.salesforce_desktop_0.1.0_v1.1.9.json";
    let mirror = Mirror::of(fs::read(folder.join(older)).expect("a sample"));
    let done = mirror.fetch(&desk, &["desktop-layout"]);
    let gone = "- agent: actions customSubjectEnabledForCallNotes = false";
    assert!(done.exits(0).out.contains("Different from Cisco's layout of 2025-05-05:"), "{done}");
    assert!(done.out.contains(gone), "{done}");
}
