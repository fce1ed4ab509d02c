//! What is configured as a source folder, and the deploy of that folder.

use std::io::{Cursor, Write};
use std::sync::Mutex;

use provision::engine::{Event, Goal, Outcome, Report, SourceOf};
use salesforce_client::metadata::DeployOptions;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Org, assert_nothing_to_do, demo, everything, wait};

const ALL: Goal = Goal::Export(SourceOf::Configuration);
const CHANGES: Goal = Goal::Export(SourceOf::Changes);
const ROOT: &str = "force-app/main/default/";

fn names(report: &Report) -> Vec<&str> {
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    report.files.iter().map(|(path, _)| path.trim_start_matches(ROOT)).collect()
}

/// Deploys a source folder as the Salesforce CLI does: in the format of the Metadata API.
fn deploy(org: &Org, files: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let name = match (path.strip_prefix(ROOT), path.as_str()) {
            (Some(name), _) if name.ends_with(".cls-meta.xml") => name,
            (Some(name), _) => name.trim_end_matches("-meta.xml"),
            (None, "manifest/package.xml") => "package.xml",
            (None, _) => continue,
        };
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("bytes in memory");
    }
    let archive = zip.finish().expect("an archive").into_inner();
    wait(async {
        let client = org.client();
        let id = client.metadata().deploy(archive, &DeployOptions::default()).await.expect("an id");
        let result = client.metadata().deploy_status(&id).await.expect("a status");
        assert!(result.done && result.success, "{result:#?}");
    });
}

#[test]
fn the_changes_are_written_as_a_source_folder() {
    let org = Org::new();
    let report = org.run(CHANGES, &demo());
    assert_eq!(
        names(&report),
        [
            "sfdx-project.json",
            "manifest/package.xml",
            "callCenters/WebexCCAgentDesktopV20241121.callCenter-meta.xml",
            "profiles/Admin.profile-meta.xml",
            "profiles/Contact Center Agent.profile-meta.xml",
            "profiles/Standard.profile-meta.xml",
        ]
    );
    let admin = String::from_utf8(report.files[3].1.clone()).expect("UTF-8");
    assert!(admin.contains("<layout>Task-ciscocjs__Webex Contact Center Task Layout</layout>"));
    assert_eq!(org.run(ALL, &demo()).files, report.files, "an org without anything lacks all");
    org.apply(&demo());
    assert!(names(&org.run(CHANGES, &demo())).is_empty(), "nothing is to be deployed any more");
}

#[test]
fn all_that_is_configured_is_written_of_an_org_that_has_it() {
    let org = Org::new();
    let configuration = format!("{}\n[agent_access]\nmanage = true\n", everything());
    org.apply(&configuration);
    let world = org.world();
    let told = Mutex::new(Vec::new());
    let events = |event: &Event| {
        if let Event::Note { text, .. } = event {
            told.lock().expect("a lock").push(text.clone());
        }
    };
    let report = org.watched(ALL, &configuration, &events);
    insta::assert_snapshot!(names(&report).join("\n"), @r"
    sfdx-project.json
    manifest/package.xml
    callCenters/WebexCCAgentDesktopV20241121.callCenter-meta.xml
    classes/sfdcOmniChannel.cls
    classes/sfdcOmniChannel.cls-meta.xml
    classes/sfdcOmniChannelTest.cls
    classes/sfdcOmniChannelTest.cls-meta.xml
    customMetadata/ciscocjs__DoJa73.ciscocjs__QoDoZa85.md-meta.xml
    customMetadata/ciscocjs__RaGa73.ciscocjs__VaPi97.md-meta.xml
    customMetadata/ciscocjs__TiPuNe94.ciscocjs__ReTi25.md-meta.xml
    permissionsets/Webex_Contact_Center_Agent_Access.permissionset-meta.xml
    permissionsets/Webex_Contact_Center_Omni_Sync.permissionset-meta.xml
    profiles/Admin.profile-meta.xml
    profiles/Contact Center Agent.profile-meta.xml
    profiles/Standard.profile-meta.xml
    ");
    insta::assert_snapshot!(told.into_inner().expect("a lock").join("\n"), @r"
    Not in the folder: Managed package, Call center users, Permission sets. They cannot be deployed; use `apply`.
    Not in the folder: Softphone layout, CSP allow-list. These are manual steps; see `todo`.
    ");
    assert_ne!(report.outcome, Outcome::Changes);
    assert_eq!(org.world(), world, "an export changes nothing");
    deploy(&org, &report.files);
    assert_nothing_to_do(&org.run(Goal::Plan, &configuration));
    assert_eq!(org.world(), world, "the deploy of the folder changes nothing");
}

/// The folder is no difference: a value that somebody has changed is in it as configured.
#[test]
fn the_folder_brings_back_what_somebody_has_changed() {
    let org = Org::new();
    let configuration = everything();
    org.apply(&configuration);
    let whole = org.run(ALL, &configuration);
    let other = configuration.replace("height = 600", "height = 601");
    assert_ne!(other, configuration);
    org.apply(&other);
    let drifted = org.run(ALL, &configuration);
    assert_eq!(drifted.outcome, Outcome::Changes);
    assert_eq!(drifted.files, whole.files);
    let changes = org.run(CHANGES, &configuration);
    assert!(names(&changes).len() < names(&whole).len());
    deploy(&org, &drifted.files);
    assert_nothing_to_do(&org.run(Goal::Plan, &configuration));
}
