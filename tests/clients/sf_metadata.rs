//! The Salesforce CLI: metadata, as files and as sources.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::emulator::Emulator;
use crate::installed::Clients;
use crate::sf::{Sf, expect};
use crate::table::{Table, Verdict};

const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";

/// What is deployed: path in a package, type, name, and what is in its root.
const COMPONENTS: [(&str, &str, &str, &str); 3] = [
    (
        "callCenters/Acme.callCenter",
        "CallCenter",
        "Acme",
        "<displayName>Acme</displayName><displayNameLabel>D</displayNameLabel>\
         <internalNameLabel>I</internalNameLabel>",
    ),
    ("flows/Own.flow", "Flow", "Own", "<label>Own</label><status>Draft</status>"),
    (
        "objects/Own__c.object",
        "CustomObject",
        "Own__c",
        "<deploymentStatus>Deployed</deploymentStatus><fields><fullName>A__c</fullName>\
         <label>A</label><length>5</length><type>Text</type></fields><label>Own</label>\
         <nameField><label>Name</label><type>Text</type></nameField>\
         <pluralLabel>Owns</pluralLabel><sharingModel>ReadWrite</sharingModel>",
    ),
];

/// A directory with a package, and a project beside it.
fn write_files(home: &Path) {
    let write = |path: &str, text: &str| {
        let path = home.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let mut types = String::new();
    for (path, kind, name, content) in COMPONENTS {
        let file = format!("<{kind} xmlns=\"{NAMESPACE}\">{content}</{kind}>");
        write(&format!("package/{path}"), &file);
        types.extend(["<types><members>", name, "</members><name>", kind, "</name></types>"]);
    }
    let manifest =
        format!("<Package xmlns=\"{NAMESPACE}\">{types}<version>66.0</version></Package>");
    write("package/package.xml", &manifest);
    let broken = format!("<CallCenter xmlns=\"{NAMESPACE}\">\n<sortOrder/></CallCenter>");
    write("broken/callCenters/Acme.callCenter", &broken);
    let only = "<types><members>Acme</members><name>CallCenter</name></types>";
    write("broken/package.xml", &manifest.replace(&types, only));
    write("force-app/.gitkeep", "");
    write(
        "sfdx-project.json",
        r#"{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"66.0"}"#,
    );
}

/// Whether a deploy did what it should.
fn succeeded(found: Result<Value, String>) -> Verdict {
    found.and_then(|it| expect(&it["status"], "Succeeded"))
}

/// What a failed deploy says of its first file.
fn first_error(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let file = &answer["result"]["files"][0];
    format!("{}:{} {}", file["lineNumber"], file["columnNumber"], file["error"])
}

/// Whether every element of a file is in another one.
fn same_content(sent: &str, found: &Path) -> Verdict {
    let found = fs::read_to_string(found).map_err(|error| error.to_string())?;
    let compact: String = found.lines().map(str::trim).collect();
    if compact.contains(sent) { Ok(()) } else { Err(format!("{compact} instead of {sent}")) }
}

#[test]
fn deploys_and_retrieves() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&[]);
    let sf = Sf::logged_in(&clients, &emulator);
    let home = clients.home();
    write_files(home);
    let mut table = Table::new("Salesforce CLI: metadata");

    let found = sf.json("org list metadata-types");
    table.row(
        "org list metadata-types",
        found.and_then(|it| {
            let all = it["metadataObjects"].as_array().map_or(0, Vec::len);
            if all > 400 { Ok(()) } else { Err(format!("only {all} types")) }
        }),
    );
    table.row(
        "project deploy start --metadata-dir",
        succeeded(sf.json("project deploy start --metadata-dir package")),
    );
    let found = sf.json("project deploy start --metadata-dir broken");
    table.row(
        "project deploy start (a broken file)",
        found.map(drop).map_err(|it| first_error(&it)),
    );
    let found = sf.json("org list metadata --metadata-type Flow");
    table.row("org list metadata", found.and_then(|it| expect(&it[0]["fullName"], "Own")));

    let found = sf.json(
        "project retrieve start --metadata CallCenter:Acme --metadata Flow:Own --metadata CustomObject:Own__c",
    );
    let sources = home.join("force-app/main/default");
    table.row(
        "project retrieve start --metadata",
        found.and_then(|it| {
            expect(&it["status"], "Succeeded")?;
            same_content(COMPONENTS[0].3, &sources.join("callCenters/Acme.callCenter-meta.xml"))?;
            same_content(COMPONENTS[1].3, &sources.join("flows/Own.flow-meta.xml"))?;
            let field = "<label>A</label><length>5</length><type>Text</type>";
            same_content(field, &sources.join("objects/Own__c/fields/A__c.field-meta.xml"))
        }),
    );
    let found = sf.json(
        "project retrieve start --manifest package/package.xml --target-metadata-dir back --unzip",
    );
    table.row(
        "project retrieve start --target-metadata-dir",
        found.and_then(|it| {
            expect(&it["status"], "Succeeded")?;
            let back = home.join("back/unpackaged/unpackaged");
            COMPONENTS
                .iter()
                .try_for_each(|(path, _, _, sent)| same_content(sent, &back.join(path)))
        }),
    );
    table.row(
        "project deploy start --source-dir",
        succeeded(sf.json("project deploy start --source-dir force-app")),
    );
    table.row(
        "project deploy start (REST)",
        succeeded(sf.run(
            "project deploy start --source-dir force-app",
            &[("SF_ORG_METADATA_REST_DEPLOY", "true")],
        )),
    );
    table.row(
        "project deploy start --dry-run",
        succeeded(sf.json("project deploy start --source-dir force-app --dry-run")),
    );
    let validated =
        sf.json("project deploy validate --source-dir force-app --test-level RunLocalTests");
    let id = validated.as_ref().map(|it| it["id"].as_str().unwrap_or_default().to_owned());
    let id = id.unwrap_or_default();
    table.row("project deploy validate", succeeded(validated));
    table.row(
        "project deploy quick",
        succeeded(sf.json(&format!("project deploy quick --job-id {id}"))),
    );
    table.row(
        "project deploy report",
        succeeded(sf.json(&format!("project deploy report --job-id {id}"))),
    );
    table.row(
        "project delete source",
        succeeded(sf.json("project delete source --metadata Flow:Own --no-prompt")),
    );
    let found = sf.json("project generate manifest --from-org org --name everything");
    table.row(
        "project generate manifest --from-org",
        found.and_then(|_| {
            let manifest = fs::read_to_string(home.join("everything.xml"));
            let manifest = manifest.map_err(|error| error.to_string())?;
            expect(&manifest.contains("<members>Acme</members>").into(), true)?;
            expect(&manifest.contains("<name>Flow</name>").into(), false)
        }),
    );
    table.row("project deploy cancel", cancelled());
    table.check();
}

/// Cancels a deploy while it runs.
fn cancelled() -> Verdict {
    let clients = Clients::installed().expect("they were there a moment ago");
    let emulator = Emulator::start(&["--deploy-time", "1000 polls"]);
    let sf = Sf::logged_in(&clients, &emulator);
    write_files(clients.home());
    let started = sf.json("project deploy start --metadata-dir package --async")?;
    let id = started["id"].as_str().unwrap_or_default();
    // The CLI ends with an error of its own where a deploy was cancelled.
    let told = sf.json(&format!("project deploy cancel --job-id {id}"));
    told.and_then(|it| expect(&it["status"], "Canceled"))
}
