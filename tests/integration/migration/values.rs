//! What Version 2 holds in an org after a migration is what the map says, whichever file Version 1 was
//! imported from and whatever was set in it; users go and come back.

use std::fs;

use provision::definitions::{SetupFile, built_in, templates};
use provision::migration::convert;
use provision::model::{CallCenter, SettingKind, normalised};
use salesforce_client::metadata::CallCenterRecord;
use serde_json::json;

use super::{VERSION_2, count, migrate, places, text, with_version_1};
use crate::newer_definition::deploy;
use crate::support::{Org, demo, shared, wait};

/// Version 1 as it is built in, and as Cisco's own files have it.
fn version_1_call_centers() -> Vec<CallCenter> {
    let mut found = vec![built_in("2024-11").expect("built in").call_center];
    let Some(folder) = shared("samples/call-centers/v1") else { return found };
    for entry in fs::read_dir(folder).expect("a folder") {
        let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
        found.push(SetupFile::read(&bytes).expect("a file of Cisco's").call_center);
    }
    found
}

/// Values of somebody's own, in each setting that takes any.
fn set_up(call_center: &mut CallCenter, number: usize) {
    let template = templates().iter().find(|template| template.recipe == "webex-v1");
    let definition = template.expect("Version 1").define("v1", call_center.clone());
    for setting in &definition.settings {
        let value = match (&setting.kind, setting.key.as_str()) {
            (SettingKind::DateFormat(_), _) => "dd.MM.yyyy HH:mm".to_owned(),
            (SettingKind::Prefixes, _) => format!("+4{number},0"),
            (SettingKind::CadVariable { .. }, _) => format!("Variable{number}"),
            (_, "activity.update_fields" | "activity.live_notes") => {
                number.is_multiple_of(2).to_string()
            }
            (_, "activity.mappings") => {
                let row = json!({ "CadFieldName": format!("Reason{number}"),
                    "SalesforceFieldName": "CallDisposition", "isDefaultValueEnabled": false,
                    "defaultFieldValue": "" });
                json!([row]).to_string()
            }
            _ => continue,
        };
        if let Some(item) = call_center.item_mut(&setting.item) {
            item.value = value;
        }
    }
}

/// Everybody who is in a call center works with that one.
fn everybody_in(org: &Org, internal_name: &str) {
    let rows = org.query("SELECT Id, InternalName FROM CallCenter");
    let center = rows.iter().find(|row| row["InternalName"] == internal_name).expect("it is there");
    for user in org.query("SELECT Id FROM User WHERE CallCenterId != null") {
        let fields = json!({ "CallCenterId": center["Id"] });
        wait(org.client().update("User", &text(&user, "Id"), &fields)).expect("an update");
    }
}

fn value<'a>(record: &'a CallCenterRecord, section: &str, item: &str) -> &'a str {
    let sections = record.sections.iter().filter(|it| it.name == section);
    let mut items = sections.flat_map(|it| &it.items).filter(|it| it.name == item);
    items.next().map_or("", |it| normalised(&it.value))
}

#[test]
fn version_2_holds_what_the_map_says_and_the_way_back_is_whole() {
    for (number, mut call_center) in version_1_call_centers().into_iter().enumerate() {
        set_up(&mut call_center, number);
        let name = call_center.internal_name.clone();
        let (org, desk) = with_version_1(&demo());
        deploy(&org, &CallCenterRecord::from(&call_center));
        everybody_in(&org, &name);
        let before = places(&org);
        migrate(&desk, &org, &["--to", "webex-v2"]).exits(0);
        assert_eq!(count(&org, &name), 0);
        assert!(count(&org, VERSION_2) > 5);

        let map = convert(&call_center).expect("a call center of Version 1");
        let mut found = wait(org.client().metadata().read_call_centers(&[VERSION_2])).expect("it");
        let record = found.remove(0);
        assert!(map.values.len() > 3, "{name}: {:?}", map.values);
        for (key, wanted) in &map.values {
            let held = value(&record, &key.section, &key.item);
            assert_eq!(held, normalised(wanted), "{name}: {key}");
        }
        migrate(&desk, &org, &["--to", "webex-v1"]).exits(0);
        assert_eq!(places(&org), before, "{name}");
    }
}
