//! Cisco's own definition files, there and back.

use std::fs;
use std::path::PathBuf;

use provision::definitions::SetupFile;
use provision::engine::Outcome;
use provision::model::{CallCenter, normalised};
use salesforce_client::metadata::{Bundle, CallCenterRecord, DeployOptions};

use crate::support::{Org, demo, shared, wait};

fn files(generation: &str) -> Vec<PathBuf> {
    let Some(folder) = shared(&format!("samples/call-centers/{generation}")) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of samples")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

fn wanted(file: &PathBuf) -> CallCenter {
    let bytes = fs::read(file).expect("a sample");
    SetupFile::read(&bytes).expect("a definition file").call_center
}

fn read_back(org: &Org, name: &str) -> CallCenterRecord {
    let client = org.client();
    let found = wait(client.metadata().read_call_centers(&[name])).expect("the org answers");
    found.into_iter().next().expect("the call center is there")
}

/// Section by section and item by item; blanks at the ends are the org's to trim.
fn assert_equal(file: &std::path::Path, wanted: &CallCenter, found: &CallCenterRecord) {
    let name = file.display();
    assert_eq!(normalised(&wanted.display_name), found.display_name, "{name}");
    assert_eq!(wanted.display_name_label, found.display_name_label, "{name}");
    assert_eq!(wanted.internal_name_label, found.internal_name_label, "{name}");
    assert_eq!(wanted.adapter_url(), found.adapter_url.as_deref(), "{name}");
    assert_eq!(wanted.sections.len(), found.sections.len(), "{name}");
    for (section, there) in wanted.sections.iter().zip(&found.sections) {
        assert_eq!((&section.name, normalised(&section.label)), (&there.name, &*there.label));
        let items: Vec<(&str, &str, &str)> = section
            .items
            .iter()
            .map(|item| (&*item.name, normalised(&item.label), normalised(&item.value)))
            .collect();
        let found: Vec<(&str, &str, &str)> =
            there.items.iter().map(|item| (&*item.name, &*item.label, &*item.value)).collect();
        assert_eq!(items, found, "{name}: {}", section.name);
    }
}

#[test]
fn every_version_1_file_is_applied_and_read_back_item_by_item() {
    for file in files("v1") {
        let org = Org::new();
        let definition = format!("definition = {:?}", file.display().to_string());
        let mut configuration = String::new();
        for line in demo().lines() {
            // Older versions lack some of the settings of the demo.
            let setting = ["[call_center.", "height", "advanced", "cad_variable", "create_when"]
                .iter()
                .chain(&["open_at", "live_notes"])
                .any(|word| line.starts_with(word));
            if !setting {
                configuration += line;
                configuration += "\n";
            }
        }
        configuration.extend(["[call_center]\n", &definition, "\n"]);
        let report = org.apply(&configuration);
        assert_eq!(report.outcome, Outcome::NeedsHuman);
        let wanted = wanted(&file);
        assert_equal(&file, &wanted, &read_back(&org, &wanted.internal_name));
        assert_eq!(org.apply(&configuration).outcome, Outcome::NeedsHuman);
    }
}

#[test]
fn every_version_2_file_is_applied_and_read_back_item_by_item() {
    for file in files("v2") {
        let org = Org::new();
        let before = org.world();
        let configuration = format!(
            "recipe = \"webex-v2\"\ndata_center = \"eu2\"\n[call_center]\ndefinition = {:?}\n",
            file.display().to_string()
        );
        assert_eq!(org.apply(&configuration).outcome, Outcome::Done);
        let wanted = wanted(&file);
        assert_equal(&file, &wanted, &read_back(&org, &wanted.internal_name));
        assert_eq!(org.apply(&configuration).outcome, Outcome::NothingToDo);
        assert_eq!(org.uninstall(&configuration).outcome, Outcome::Done);
        assert_eq!(org.world(), before);
    }
}

#[test]
fn every_version_2_file_is_deployed_and_read_back_item_by_item() {
    for file in files("v2") {
        let org = Org::new();
        let wanted = wanted(&file);
        let client = org.client();
        let mut bundle = Bundle::new(client.version());
        bundle.call_center(&CallCenterRecord::from(&wanted)).expect("it can be packed");
        let archive = bundle.to_zip().expect("an archive");
        let result = wait(async {
            let id = client.metadata().deploy(archive, &DeployOptions::default()).await?;
            client.metadata().deploy_status(&id).await
        })
        .expect("the org answers");
        assert!(result.success, "{}: {result:?}", file.display());
        assert_equal(&file, &wanted, &read_back(&org, &wanted.internal_name));
    }
}
