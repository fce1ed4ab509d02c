//! A newer call center definition: a new call center that takes over the values and the users of the
//! old one.

use std::fs;
use std::path::{Path, PathBuf};

use org_emulator::{Emulator, Guesses};
use provision::checklist::{ItemId, Note, Selection};
use provision::config::Loaded;
use provision::definitions::{SetupFile, built_in};
use provision::engine::{Aim, Goal, Outcome, Removal, Report, SavedPlan};
use provision::journal::{Entry, Store};
use provision::model::{CallCenter, OrgId, normalised};
use salesforce_client::metadata::{Bundle, CallCenterRecord, DeployOptions};
use serde_json::{Value, json};

use crate::support::{Org, assert_same_world, demo, everything, load, shared, wait};
use crate::undo::{undo, undo_to};

/// A configuration that names nothing of the call center but its definition and its data centre.
pub(crate) fn wanting(definition: &str) -> String {
    let mut text = String::new();
    let mut skipped = false;
    for line in demo().lines() {
        if line.starts_with('[') {
            skipped = line.starts_with("[call_center");
        }
        if !skipped {
            text += line;
            text += "\n";
        }
    }
    format!("{text}\n[call_center]\n{definition}\n")
}

fn newest() -> String {
    wanting("definition = \"2024-11\"")
}

/// The connector's call center as of an older version, with values of somebody's own: an administrator
/// has imported it and set it up by hand.
fn older(internal_name: &str) -> CallCenter {
    let mut old = built_in("2024-11").expect("built in").call_center;
    internal_name.clone_into(&mut old.internal_name);
    "Ours".clone_into(&mut old.display_name);
    old.sections.iter_mut().for_each(|section| {
        section.items.retain(|item| item.name != "isOpenCaseObjectAlwaysInViewMode");
    });
    with_own_values(old)
}

/// Items that hold something of their own in an [`older`] one, with what they hold.
const OWN: [(&str, &str); 4] = [
    ("reqSoftphoneHeight", "611"),
    ("SubjectDateFormat", "dd.MM.yyyy hh:mm a"),
    ("screenpopSearchParamCadName", "CustomerNumber"),
    ("reqPrefixStringTobeRemoved", "+49"),
];

pub(crate) fn with_own_values(mut call_center: CallCenter) -> CallCenter {
    for item in call_center.sections.iter_mut().flat_map(|section| &mut section.items) {
        let own = OWN.iter().find(|(name, _)| *name == item.name);
        if let Some((_, value)) = own {
            (*value).clone_into(&mut item.value);
        }
        if item.name == "reqIsOuDialPhonumberPrefixTobeRemoved" {
            "true".clone_into(&mut item.value);
        }
    }
    call_center
}

pub(crate) fn import(org: &Org, call_center: &CallCenter) {
    deploy(org, &CallCenterRecord::from(call_center));
}

/// Somebody deploys a call center.
pub(crate) fn deploy(org: &Org, call_center: &CallCenterRecord) {
    let client = org.client();
    let mut bundle = Bundle::new(client.version());
    bundle.call_center(call_center).expect("a call center");
    let archive = bundle.to_zip().expect("an archive");
    let result = wait(async {
        let id = client.metadata().deploy(archive, &DeployOptions::default()).await?;
        client.metadata().deploy_status(&id).await
    });
    assert!(result.expect("the org answers").success);
}

fn names(org: &Org) -> Vec<String> {
    let rows = org.query("SELECT InternalName FROM CallCenter ORDER BY InternalName");
    rows.iter().map(|row| row["InternalName"].as_str().expect("a name").to_owned()).collect()
}

fn members(org: &Org, internal_name: &str) -> Vec<String> {
    let rows = org.query("SELECT Id, InternalName FROM CallCenter");
    let center = rows.iter().find(|row| row["InternalName"] == internal_name);
    let Some(id) = center.map(|row| row["Id"].clone()) else { return Vec::new() };
    let users = org.query("SELECT Username, CallCenterId FROM User WHERE IsActive = true");
    let inside = users.iter().filter(|row| row["CallCenterId"] == id);
    inside.map(|row| row["Username"].as_str().expect("a name").to_owned()).collect()
}

fn value(org: &Org, call_center: &str, item: &str) -> Option<String> {
    let client = org.client();
    let found = wait(client.metadata().read_call_centers(&[call_center])).expect("an answer");
    let items = found.into_iter().next()?.sections.into_iter().flat_map(|section| section.items);
    items.into_iter().find(|it| it.name == item).map(|it| it.value)
}

pub(crate) fn loaded(configuration: &str, delete_old: bool) -> Loaded {
    let mut loaded = load(configuration);
    loaded.desired.connectors[0].call_center.delete_old = delete_old;
    loaded
}

#[track_caller]
fn fine(report: Report) -> Report {
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert!(
        matches!(report.outcome, Outcome::Done | Outcome::NeedsHuman | Outcome::Changes),
        "{:#?}",
        report.items
    );
    report
}

fn notes(report: &Report, item: ItemId) -> String {
    let of = report.items.iter().find(|it| it.id == item).expect("the item");
    of.notes.iter().map(Note::text).collect::<Vec<_>>().join("\n")
}

pub(crate) const OLD: &str = "WebexCCAgentDesktopV20230720";
const NEW: &str = "WebexCCAgentDesktopV20241121";

/// An org with a call center of an older version.
fn org_with_old() -> Org {
    let org = Org::new();
    import(&org, &older(OLD));
    org
}

#[test]
fn what_was_set_up_goes_to_the_new_call_center_and_the_old_one_stays() {
    let org = org_with_old();
    let configuration = newest();
    let plan = fine(org.run(Goal::Plan, &configuration));
    let told = notes(&plan, ItemId::CALL_CENTER);
    assert!(
        told.contains(&format!(
            "takes over from \"{OLD}\" what the configuration does not set: 4 values"
        )),
        "{told}"
    );
    fine(org.apply(&configuration));
    for (item, own) in OWN {
        assert_eq!(value(&org, NEW, item).as_deref(), Some(own), "{item}");
        assert_eq!(value(&org, OLD, item).as_deref(), Some(own), "{item}");
    }
    assert!(names(&org).contains(&OLD.to_owned()));
    let again = fine(org.run(Goal::Plan, &configuration));
    assert_ne!(again.outcome, Outcome::Changes, "{:#?}", again.items);
    // Whoever names a value gets it.
    let named = configuration + "\n[call_center.softphone]\nheight = 700\n";
    let fresh = org_with_old();
    fine(fresh.apply(&named));
    assert_eq!(value(&fresh, NEW, "reqSoftphoneHeight").as_deref(), Some("700"));
}

#[test]
fn the_old_one_goes_when_a_person_says_so_and_nobody_is_left_in_it() {
    let org = org_with_old();
    let before =
        loaded(&wanting(&format!("definition = \"2024-11\"\ninternal_name = \"{OLD}1\"")), false);
    fine(org.run_loaded((Goal::Apply, Aim::Installed), &before));
    let between = format!("{OLD}1");
    let agents = members(&org, &between);
    assert!(!agents.is_empty());
    let configuration = newest();
    let plan = fine(org.run_loaded((Goal::Plan, Aim::Installed), &loaded(&configuration, true)));
    let deleted = plan
        .items
        .iter()
        .flat_map(|item| &item.changes)
        .filter(|change| change.action == provision::checklist::Action::Delete);
    assert_eq!(deleted.count(), 2, "{:#?}", plan.items);
    fine(org.run_loaded((Goal::Apply, Aim::Installed), &loaded(&configuration, true)));
    assert_eq!(members(&org, NEW), agents);
    let left: Vec<String> =
        names(&org).into_iter().filter(|name| name.starts_with("WebexCC")).collect();
    assert_eq!(left, [NEW]);
    let again = org.run_loaded((Goal::Plan, Aim::Installed), &loaded(&configuration, true));
    assert_ne!(again.outcome, Outcome::Changes, "{:#?}", again.items);
}

#[test]
fn a_call_center_with_somebody_in_it_is_not_deleted() {
    let org = org_with_old();
    // An agent of another team works there, and the configuration does not choose her.
    let rows = org.query("SELECT Id, InternalName FROM CallCenter");
    let old =
        rows.iter().find(|row| row["InternalName"] == OLD).expect("the old one")["Id"].clone();
    let users = org
        .query("SELECT Id, Username, CallCenterId, Profile.Name FROM User WHERE IsActive = true");
    let desired = load(&newest()).desired;
    let chosen = &desired.connectors[0].users.profiles;
    let stranger = users
        .iter()
        .find(|row| {
            row["CallCenterId"].is_null()
                && row["Profile"]["Name"]
                    .as_str()
                    .is_some_and(|it| !chosen.iter().any(|own| own == it))
        })
        .expect("somebody who is not chosen");
    let (id, username) = (stranger["Id"].as_str().expect("an id"), &stranger["Username"]);
    put(&org, id, &old);
    let report = fine(org.run_loaded((Goal::Apply, Aim::Installed), &loaded(&newest(), true)));
    let told = notes(&report, ItemId::CALL_CENTER);
    assert!(
        told.contains("is not deleted") && told.contains(username.as_str().expect("a name")),
        "{told}"
    );
    assert!(names(&org).contains(&OLD.to_owned()));
}

fn put(org: &Org, user: &str, call_center: &Value) {
    let url = format!("{}/services/data/v68.0/sobjects/User/{user}", org.url);
    wait(async {
        let client = crate::support::loopback_client();
        let body = serde_json::json!({ "CallCenterId": call_center });
        let answer = client.patch(url).bearer_auth(&org.token).json(&body).send().await;
        assert!(answer.expect("an answer").status().is_success());
    });
}

/// Published versions of the first generation, oldest first.
fn published() -> Vec<PathBuf> {
    let Some(folder) = shared("samples/call-centers/v1") else { return Vec::new() };
    let entries = fs::read_dir(folder).expect("the folder of samples");
    let mut files: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    files.sort();
    assert_eq!(files.len(), 8, "every published version of the first generation: {files:?}");
    files
}

fn read(file: &Path) -> CallCenter {
    SetupFile::read(&fs::read(file).expect("a sample")).expect("a definition file").call_center
}

#[test]
fn every_published_version_ends_where_a_fresh_installation_with_its_values_ends() {
    for file in published() {
        let old = with_own_values(read(&file));
        if old.internal_name == NEW {
            continue;
        }
        let org = Org::new();
        import(&org, &old);
        let world_before = org.world();
        fine(org.run_loaded((Goal::Apply, Aim::Installed), &loaded(&newest(), true)));
        // The same values, said by somebody who sets the newest one up from nothing.
        let mut said = String::new();
        for (key, item) in built_in("2024-11").expect("built in").call_center.items() {
            let names = [key.item.as_str(), key.item.trim_end_matches('1')];
            let of_old = old
                .items()
                .find(|(it, _)| it.section == key.section && names.contains(&it.item.as_str()));
            let is_of_data_center = key.item == "reqAdapterUrl";
            if let Some((_, found)) = of_old.filter(|_| !is_of_data_center)
                && normalised(&found.value) != normalised(&item.value)
            {
                let row = format!("{:?} = {:?}\n", key.to_string(), normalised(&found.value));
                said.push_str(&row);
            }
        }
        let fresh = Org::new();
        fresh.apply(&format!("{}\n[call_center.values]\n{said}", newest()));
        let name = file.display().to_string();
        assert_same_world(&org.world(), &fresh.world(), &name);
        // And out again: what was there before is not ours to bring back, and nothing else is left.
        fine(org.remove(Goal::Apply, Removal::default(), &newest()));
        let mut rest = org.world();
        rest["call_centers"] = world_before["call_centers"].clone();
        assert_same_world(&rest, &world_before, &name);
    }
}

#[test]
fn moving_to_a_newer_definition_is_taken_back() {
    let before = wanting(&format!("definition = \"2024-11\"\ninternal_name = \"{OLD}\""));
    for delete_old in [false, true] {
        let org = Org::new();
        let empty = org.world();
        fine(org.apply(&before));
        let installed = org.world();
        let agents = members(&org, OLD);
        assert!(!agents.is_empty());
        fine(org.run_loaded((Goal::Apply, Aim::Installed), &loaded(&newest(), delete_old)));
        assert_eq!(members(&org, NEW), agents);
        undo(&org, None, &newest());
        if delete_old {
            // What was deleted does not come back, and its users are in none until the next run.
            assert!(!names(&org).iter().any(|name| name.starts_with("WebexCC")));
            fine(org.apply(&before));
        }
        assert_same_world(&org.world(), &installed, &format!("--delete-old: {delete_old}"));
        assert_eq!(members(&org, OLD), agents);
        let again = fine(org.run(Goal::Plan, &before));
        assert_ne!(again.outcome, Outcome::Changes, "{:#?}", again.items);
        fine(org.run_loaded((Goal::Apply, Aim::Installed), &loaded(&newest(), delete_old)));
        fine(org.remove(Goal::Apply, Removal::default(), &newest()));
        assert_same_world(&org.world(), &empty, &format!("--delete-old: {delete_old}"));
    }
}

/// The line breaks off where users are written.
fn break_off_at_users(org: &Org) {
    let fault = json!({
        "match": { "operation": "composite" }, "times": 1, "effect": { "drop": "before" }
    });
    org.put("faults", &json!({ "faults": [fault] }));
}

#[test]
fn a_move_that_was_broken_off_is_taken_back_without_another_apply() {
    let before = wanting(&format!("definition = \"2024-11\"\ninternal_name = \"{OLD}\""));
    let org = Org::new();
    fine(org.apply(&before));
    let installed = org.world();
    break_off_at_users(&org);
    let broken = org.run(Goal::Apply, &newest());
    assert!(broken.failure.is_some(), "{:#?}", broken.items);
    org.put("faults", &json!({ "faults": [] }));
    assert!(is_there(&org, NEW) && members(&org, NEW).is_empty(), "it was broken off in between");
    undo(&org, None, &newest());
    assert_same_world(&org.world(), &installed, "undone");
}

#[test]
fn an_undo_of_a_move_that_was_broken_off_goes_on() {
    let before = wanting(&format!("definition = \"2024-11\"\ninternal_name = \"{OLD}\""));
    let deploy = json!({ "fail_deploy": { "component": NEW, "problem": "No" } });
    for effect in [Some(deploy), None] {
        let org = Org::new();
        fine(org.apply(&before));
        let installed = org.world();
        fine(org.apply(&newest()));
        match &effect {
            Some(effect) => {
                let pattern = json!({ "operation": "metadata/deployRequest" });
                let fault = json!({ "match": pattern, "times": 1, "effect": effect });
                org.put("faults", &json!({ "faults": [fault] }));
            }
            None => break_off_at_users(&org),
        }
        let broken = undo_to(&org, Goal::Apply, None, &newest());
        assert!(broken.failure.is_some(), "{effect:?}: {:#?}", broken.items);
        org.put("faults", &json!({ "faults": [] }));
        undo(&org, None, &newest());
        assert_same_world(&org.world(), &installed, &format!("{effect:?}"));
    }
}

#[test]
fn version_2_takes_over_under_an_internal_name_of_its_own() {
    // Cisco gives every definition of Version 2 the same internal name.
    let configuration = |more: &str| {
        format!(
            "recipe = \"webex-v2\"\ndata_center = \"eu2\"\n[users]\nprofiles = [\"Contact Center \
             Agent\"]\n[call_center]\n{more}\n"
        )
    };
    let mut old = built_in("2026-04").expect("built in").call_center;
    let gone = old.sections.last_mut().expect("a section").items.pop().expect("an item");
    old.items().find(|(_, item)| item.name == "wxccWebRtcDomain").expect("an item");
    let domain = old.sections[0].items.iter_mut().find(|item| item.name == "wxccWebRtcDomain");
    "voice.example".clone_into(&mut domain.expect("an item").value);
    let org = Org::new();
    import(&org, &old);
    let stopped = org.run(Goal::Plan, &configuration(""));
    let failure = stopped.failure.expect("its fields are fixed");
    assert!(failure.to_string().contains(&gone.name), "{failure}");
    let hints: Vec<String> = failure.steps().iter().map(ToString::to_string).collect();
    assert!(hints.iter().any(|it| it.contains("internal_name = \"wxCcCallCenter2\"")), "{hints:?}");
    let renamed = configuration("internal_name = \"wxCcCallCenter2\"");
    fine(org.apply(&renamed));
    let new = "wxCcCallCenter2";
    assert_eq!(value(&org, new, "wxccWebRtcDomain").as_deref(), Some("voice.example"));
    assert!(value(&org, new, &gone.name).is_some());
    assert!(!members(&org, new).is_empty());
    fine(org.run_loaded((Goal::Apply, Aim::Installed), &loaded(&renamed, true)));
    assert!(!names(&org).contains(&"wxCcCallCenter".to_owned()));
}

/// An org whose agents work in an older call center that provision made.
fn org_at_work() -> Org {
    let org = Org::new();
    let configuration = wanting(&format!("definition = \"2024-11\"\ninternal_name = \"{OLD}\""));
    fine(org.apply(&configuration));
    assert!(!members(&org, OLD).is_empty());
    org
}

#[test]
fn a_saved_plan_that_deletes_call_centers_deletes_them() {
    let mut org = org_at_work();
    let wanted = loaded(&newest(), true);
    let plan = fine(org.run_loaded((Goal::Plan, Aim::Installed), &wanted));
    let saved = SavedPlan::of(&plan, &wanted.hash, jiff::Timestamp::now()).expect("a plan");
    assert!(saved.deletes_call_centers(), "{saved:?}");
    org.saved = Some(SavedPlan::read(&saved.write()).expect("what was written is read"));
    fine(org.run_loaded((Goal::Apply, Aim::Installed), &wanted));
    assert!(!is_there(&org, OLD));
}

fn is_there(org: &Org, name: &str) -> bool {
    names(org).iter().any(|known| known == name)
}

fn delete_old(org: &Org, configuration: &str) -> Report {
    org.run_loaded((Goal::Apply, Aim::Installed), &loaded(configuration, true))
}

#[test]
fn what_a_deleted_call_center_held_is_in_the_journal() {
    let org = org_at_work();
    let run = fine(delete_old(&org, &newest())).run.expect("a journal");
    assert!(!is_there(&org, OLD));
    let store = Store::at(org.state.path());
    let place = store.org(&OrgId::parse(&org.id).expect("an id"));
    let records = place.journal(&run).expect("a journal that can be read");
    let recorded = records.iter().find_map(|record| match &record.entry {
        Entry::Recorded { subject, content } if *subject == format!("CallCenter {OLD}") => {
            Some(content.to_string())
        }
        _ => None,
    });
    assert!(recorded.expect("it is recorded").contains("SubjectDateFormat"));
}

#[test]
fn a_call_center_stays_where_its_users_stay() {
    // Whoever leaves out users moves nobody.
    let mut org = org_at_work();
    org.selection = Selection::Without([ItemId::USERS].into());
    let report = fine(delete_old(&org, &newest()));
    assert!(is_there(&org, OLD));
    let told = notes(&report, ItemId::CALL_CENTER);
    assert!(told.contains("this needs the items call-center and users"), "{told}");

    // Somebody who is inactive is moved by nobody.
    let org = org_at_work();
    let member = members(&org, OLD).remove(0);
    org.patch("world", &serde_json::json!({ "users": { &member: { "IsActive": false } } }));
    let report = fine(delete_old(&org, &newest()));
    assert!(is_there(&org, OLD));
    let told = notes(&report, ItemId::CALL_CENTER);
    assert!(told.contains("inactive or not standard users") && told.contains(&member), "{told}");

    // Somebody whom the org does not let go keeps it too, even where an org would delete it all the same.
    let kept = Guesses::default().with("call_center_kept_by_users", false).expect("a switch");
    let org = Org::with(Emulator::builder().guesses(kept));
    fine(org.apply(&wanting(&format!("definition = \"2024-11\"\ninternal_name = \"{OLD}\""))));
    let member = members(&org, OLD).remove(0);
    let fault = serde_json::json!({ "match": { "object": "User", "record": member }, "times": 1,
        "effect": { "status": 400, "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Not today" } });
    org.put("faults", &serde_json::json!({ "faults": [fault] }));
    delete_old(&org, &newest());
    assert!(is_there(&org, OLD), "{member} is in it");
    fine(delete_old(&org, &newest()));
    assert!(!is_there(&org, OLD));
}

#[test]
fn a_run_that_replaces_the_package_deletes_no_call_center() {
    let mut org = Org::new();
    let old = wanting(&format!("definition = \"2024-11\"\ninternal_name = \"{OLD}\""));
    fine(org.apply(&old.replace("04tHp000000wXcZIAU", "04tHp000000wXcPIAU")));
    org.delete_data = Some(org.id.clone());
    let version = "version = \"04tHp000000wXcZIAU\"\n";
    let upgraded = newest().replace(version, &format!("{version}upgrade = \"clean\"\n"));
    let report = fine(delete_old(&org, &upgraded));
    assert!(is_there(&org, OLD) && is_there(&org, NEW));
    let told = notes(&report, ItemId::CALL_CENTER);
    assert!(told.contains("run it again afterwards"), "{told}");
    fine(delete_old(&org, &upgraded));
    assert!(!is_there(&org, OLD));
}

#[test]
fn what_a_configuration_calls_the_connectors_is_not_deleted() {
    let org = Org::new();
    import(&org, &older("Acme1"));
    let mut configuration = newest().replace("definition", "internal_name = \"Acme2\"\ndefinition");
    configuration.push_str("\n[recipe_overrides]\ninternal_name_prefix = \"Acme\"\n");
    fine(delete_old(&org, &configuration));
    assert!(is_there(&org, "Acme1") && is_there(&org, "Acme2"));
}

#[test]
fn switching_state_sync_off_by_leaving_it_out_is_one_run() {
    let org = Org::new();
    fine(org.apply(&demo()));
    let before = org.world();
    fine(org.apply(&everything()));
    assert_ne!(org.world()["call_centers"], before["call_centers"]);
    fine(org.apply(&demo()));
    let (after, parts) = (org.world(), ["call_centers", "permission_set_assignments"]);
    for part in parts {
        assert_same_world(&after[part], &before[part], part);
    }
    // The class stays for the next time.
    let again = org.run(Goal::Plan, &demo());
    assert_ne!(again.outcome, Outcome::Changes, "{:#?}", again.items);
}
