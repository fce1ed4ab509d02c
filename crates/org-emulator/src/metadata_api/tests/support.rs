//! What tests of the Metadata and partner APIs share: an org, archives, the official schemas.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::answer::HttpAnswer;
use crate::clock::{self, JobTime};
use crate::metadata_api::{self, queue};
use crate::org::{Call, Org, Settings};
use crate::seed::{Recipe, grow};
use crate::soap::METADATA;
use crate::world::World;
use crate::{Guesses, OrgKind};

/// An org of that kind, its packages not installed.
pub(crate) fn world(kind: OrgKind) -> World {
    grow(Recipe { seed: 1, place: 0, users: 20, kind })
}

/// A served org.
pub(crate) fn org(world: World, deploy_time: JobTime) -> Org {
    let settings = Settings {
        authority: None,
        url: "http://127.0.0.1:1".to_owned(),
        latency: Duration::ZERO,
        package_time: JobTime::default(),
        deploy_time,
        guesses: Guesses::default(),
        faults: Vec::new(),
    };
    Org::new(world, Arc::new(settings))
}

/// A call of the administrator.
pub(crate) fn call(org: &mut Org) -> Call<'_> {
    let user = org.world().users[0].id.clone();
    Call { org, user, version: "66.0".to_owned(), now: clock::now() }
}

/// An envelope around an operation.
pub(crate) fn envelope(namespace: &str, body: &str) -> String {
    format!(
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns=\"{namespace}\"><soapenv:Header><SessionHeader><sessionId>T</sessionId>\
         </SessionHeader></soapenv:Header><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    )
}

/// What the Metadata API answers to an operation.
pub(crate) fn ask(org: &mut Org, body: &str) -> HttpAnswer {
    let operation = body.trim_start_matches('<').split(['>', '/', ' ']).next().unwrap();
    metadata_api::soap(&mut call(org), operation, envelope(METADATA, body).as_bytes())
}

/// The text of an answer.
pub(crate) fn text(answer: &HttpAnswer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// A zip file in base64.
pub(crate) fn archive(files: &[(&str, &str)]) -> String {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        if path.ends_with('/') {
            zip.add_directory(*path, SimpleFileOptions::default()).unwrap();
        } else {
            zip.start_file(*path, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
    }
    STANDARD.encode(zip.finish().unwrap().into_inner())
}

/// A manifest: pairs of a type and a member.
pub(crate) fn manifest(members: &[(&str, &str)]) -> String {
    let mut types = String::new();
    for (kind, member) in members {
        write!(types, "<types><members>{member}</members><name>{kind}</name></types>").unwrap();
    }
    format!("<Package xmlns=\"{METADATA}\">{types}<version>66.0</version></Package>")
}

/// Deploys files with options and answers the REST result.
pub(crate) fn deploy(org: &mut Org, files: &[(&str, &str)], options: &Value) -> Value {
    let mut all = json!({"singlePackage": true, "rollbackOnError": true});
    for (name, value) in options.as_object().unwrap() {
        all[name] = value.clone();
    }
    let mut call = call(org);
    let id = queue::queue_deploy(&mut call, archive(files), all);
    status(org, id.as_str())
}

/// The result of a deploy over REST.
pub(crate) fn status(org: &mut Org, id: &str) -> Value {
    let answer =
        metadata_api::rest_deploy(&mut call(org), "GET", Some(id), "includeDetails=true", "", b"");
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    body["deployResult"].clone()
}

/// A folder of real samples, if it is there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if folder.exists() {
        return Some(folder);
    }
    println!("skipped: ../shared/{path} is not there");
    None
}

/// Checks documents against the official schemas, where they and their checker are there.
pub(crate) fn validate(mode: &[&str], documents: &[(String, String)]) {
    let Some(checker) = shared("wsdl/validate.py") else {
        return;
    };
    let python = Command::new("python3").args(["-c", "import lxml"]).output();
    if !python.is_ok_and(|output| output.status.success()) {
        println!("skipped: python3 with lxml is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (name, text) in documents {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        files.push(path);
    }
    let output =
        Command::new("python3").arg(checker).args(mode).arg("-q").args(&files).output().unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{report}{errors}");
}
