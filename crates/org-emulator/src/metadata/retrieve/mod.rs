//! Retrieves: what a manifest or a package name asks for, as files in a zip.
//!
//! Names that lead nowhere are messages, not failures.

mod files;
mod members;

use serde_json::{Value, json};

use super::list;
use super::{entries, tree, types};
use crate::clock;
use crate::world::World;
use crate::world::jobs::{RetrieveJob, RetrieveOutcome};
use files::Files;
use members::Members;

/// How many files a retrieve may bring.
const FILES: usize = 10_000;

/// Why a retrieve fails as a whole: a status code and a text.
type Failure = (&'static str, String);

/// Runs a retrieve that is due.
pub(crate) fn run_retrieve(world: &World, job: &RetrieveJob) -> RetrieveOutcome {
    match brought(world, job) {
        Ok(outcome) => outcome,
        Err((code, message)) => RetrieveOutcome {
            zip: None,
            details: json!({"errorMessage": message, "errorStatusCode": code}),
        },
    }
}

/// What a retrieve brings.
fn brought(world: &World, job: &RetrieveJob) -> Result<RetrieveOutcome, Failure> {
    let asked = |field: &str| job.request.get(field).and_then(Value::as_array);
    let texts = |field: &str| asked(field).into_iter().flatten().filter_map(Value::as_str);
    let single = job.request.get("singlePackage").and_then(Value::as_bool).unwrap_or_default();
    let version = job.request.get("version").and_then(Value::as_str).unwrap_or("66.0");
    let mut files = Files::default();
    let mut properties = Vec::new();
    let mut messages = Vec::new();
    let mut packages = Vec::new();
    for name in texts("packageNames") {
        packages.push((Some(name), members::of_package(world, name)?));
    }
    if let Some(pairs) = asked("unpackaged") {
        let pairs = pairs.iter().filter_map(|pair| {
            Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned()))
        });
        packages.push((None, members::of_manifest(world, pairs)));
    }
    for (package, members) in packages {
        let prefix = match package {
            _ if single => String::new(),
            Some(name) => format!("{name}/"),
            None => "unpackaged/".to_owned(),
        };
        let manifest = format!("{prefix}package.xml");
        for problem in &members.problems {
            messages.push(json!({"fileName": manifest, "problem": problem}));
        }
        files.add_all(world, &prefix, &members);
        properties.extend(described(world, &prefix, &members));
        files.add(manifest.clone(), package_xml(package, &members, version).into_bytes());
        properties.push(manifest_property(world, job, &manifest));
    }
    let wanted: Vec<&str> = texts("specificFiles").collect();
    if !wanted.is_empty() {
        files.keep(|path| wanted.contains(&path));
    }
    if files.count() > FILES {
        let message = format!("Too many files in retrieve call, limit is: {FILES}");
        return Err(("LIMIT_EXCEEDED", message));
    }
    Ok(RetrieveOutcome {
        zip: Some(files.zipped()),
        details: json!({"fileProperties": properties, "messages": messages}),
    })
}

/// The properties of what was found.
fn described(world: &World, prefix: &str, members: &Members) -> Vec<Value> {
    let mut properties = Vec::new();
    for (kind, names) in &members.found {
        let entries = entries::everywhere(world, kind);
        for name in names {
            let entry = entries.iter().find(|entry| entry.full_name == *name);
            let path = format!("{prefix}{}", list::file_name(kind, name));
            properties.extend(entry.map(|entry| list::properties(world, kind, &path, name, entry)));
        }
    }
    properties
}

/// The properties of a manifest.
fn manifest_property(world: &World, job: &RetrieveJob, path: &str) -> Value {
    let user = world.user(&job.created_by);
    let name = user.map(crate::world::people::User::name).unwrap_or_default();
    let now = clock::soap_time(clock::now());
    json!({
        "createdById": job.created_by.as_str(),
        "createdByName": name,
        "createdDate": now,
        "fileName": path,
        "fullName": path,
        "id": "",
        "lastModifiedById": job.created_by.as_str(),
        "lastModifiedByName": name,
        "lastModifiedDate": now,
        "manageableState": "unmanaged",
        "type": "Package",
    })
}

/// The manifest of what was found.
fn package_xml(package: Option<&str>, members: &Members, version: &str) -> String {
    tree::file("Package", |xml| {
        xml.optional("fullName", package);
        for (kind, names) in members.listed() {
            xml.open("types", |xml| {
                for name in names {
                    xml.leaf("members", name);
                }
                xml.leaf("name", types::by_folder_type(kind).map_or(kind, |kind| kind.name));
            });
        }
        xml.leaf("version", version);
    })
}
