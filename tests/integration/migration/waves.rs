//! Who moves between the versions, and who does not, whatever has happened since the last wave.

use std::collections::BTreeSet;

use provision::definitions::{built_in, recipe, write_setup_file};
use salesforce_client::metadata::{Bundle, CallCenterRecord, DeployOptions};
use serde_json::json;

use super::{VERSION_1, VERSION_2, count, migrate, places, text, with_version_1};
use crate::desk::{Desk, Outcome};
use crate::newer_definition::deploy;
use crate::support::{Org, demo, everything, wait};
use crate::version_2::demo_of_version_2;

const OWN: &str = "AcmeWxcc";
const AGENT: &str = "alan.turing@northwind.example";

/// Writes a configuration for Version 2 whose definition has a name of its own.
fn write_own_version_2(desk: &Desk) {
    let definition = recipe("webex-v2").expect("the recipe").newest_definition();
    let mut call_center = definition.expect("its definition").call_center;
    OWN.clone_into(&mut call_center.internal_name);
    desk.write("acme.xml", &write_setup_file(&call_center));
    let text = demo_of_version_2().replace(
        "[call_center.softphone]",
        "[call_center]\ndefinition = \"acme.xml\"\n\n[call_center.softphone]",
    );
    assert!(text.contains("acme.xml"), "{text}");
    desk.write("v2.toml", &text);
}

fn run(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    desk.run(&[&["--instance-url", org.url.as_str(), "--yes"], arguments].concat())
}

fn uninstall(desk: &Desk, org: &Org, configuration: &str) {
    let how = ["--config", configuration, "uninstall", "--yes-delete-data", &org.id, "--no-export"];
    run(desk, org, &how).exits(0);
}

fn id_of(org: &Org, username: &str) -> String {
    let users = org.query("SELECT Id, Username FROM User");
    let user = users.iter().find(|row| row["Username"] == username);
    text(user.expect("the user"), "Id")
}

fn holders(org: &Org) -> Vec<String> {
    let rows = org.query(
        "SELECT Assignee.Username FROM PermissionSetAssignment \
         WHERE PermissionSet.NamespacePrefix = 'cisco_wxcc'",
    );
    rows.iter().map(|row| text(&row["Assignee"], "Username")).collect()
}

#[test]
fn a_call_center_of_ones_own_name_keeps_whom_it_has() {
    let (org, desk) = with_version_1(&demo());
    let everybody = count(&org, VERSION_1);
    write_own_version_2(&desk);
    let own = ["--config", "v2.toml", "migrate", "--to"];
    run(&desk, &org, &[&own[..], &["webex-v2", "--users", "4"]].concat()).exits(0);
    assert_eq!((count(&org, VERSION_1), count(&org, OWN)), (everybody - 4, 4));
    let second = run(&desk, &org, &[&own[..], &["webex-v2", "--users", "3"]].concat());
    assert!(
        second
            .exits(0)
            .err
            .contains("3 users move now, 4 users move later, 4 users are there already."),
        "{second}"
    );
    assert_eq!((count(&org, VERSION_1), count(&org, OWN)), (everybody - 7, 7));
    run(&desk, &org, &[&own[..], &["webex-v1", "--users", "1"]].concat()).exits(0);
    assert_eq!((count(&org, VERSION_1), count(&org, OWN)), (everybody - 6, 6));

    // The configuration of Version 1 knows nothing of that definition, and moves nobody out of it.
    let middle = places(&org);
    let other = migrate(&desk, &org, &["--to", "webex-v2"]);
    assert!(other.exits(5).err.contains("\"AcmeWxcc\", is of a definition of its own"), "{other}");
    assert_eq!(places(&org), middle);
    migrate(&desk, &org, &["--to", "webex-v1"]).exits(0);
    assert_eq!((count(&org, VERSION_1), count(&org, OWN)), (everybody, 0));
}

#[test]
fn whoever_has_moved_back_moves_once_more() {
    let (org, desk) = with_version_1(&demo());
    let before = places(&org);
    let everybody = count(&org, VERSION_1);
    for _ in 0..2 {
        migrate(&desk, &org, &["--to", "webex-v2"]).exits(0);
        assert_eq!((count(&org, VERSION_1), count(&org, VERSION_2)), (0, everybody));
        migrate(&desk, &org, &["--to", "webex-v1"]).exits(0);
        assert_eq!(places(&org), before);
    }
}

#[test]
fn who_was_deactivated_between_two_waves_stays_as_they_are() {
    let (org, desk) = with_version_1(&demo());
    migrate(&desk, &org, &["--to", "webex-v2", "--users", "5"]).exits(0);
    let moved = places(&org).into_iter().find(|(_, place)| place.as_deref() == Some(VERSION_2));
    let (gone, _) = moved.expect("somebody has moved");
    org.change("User", &id_of(&org, &gone), &json!({"IsActive": false}));
    for wave in [["--to", "webex-v2"].as_slice(), &["--to", "webex-v1"]] {
        migrate(&desk, &org, wave).exits(0);
        assert_eq!(places(&org)[&gone].as_deref(), Some(VERSION_2));
        assert!(holders(&org).contains(&gone));
    }
}

#[test]
fn the_call_center_from_before_version_1_is_remembered() {
    let org = Org::new();
    let bright = org.query("SELECT Id FROM CallCenter WHERE InternalName = 'BrightCTI'");
    org.change("User", &id_of(&org, AGENT), &json!({"CallCenterId": bright[0]["Id"]}));
    let before = org.world();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo().replace("[users]", "[users]\non_conflict = \"move\""));
    run(&desk, &org, &[]).exits(0);
    migrate(&desk, &org, &["--to", "webex-v2"]).exits(0);
    assert_eq!(places(&org)[AGENT].as_deref(), Some(VERSION_2));
    run(&desk, &org, &["init", "--from-org", "--config", "v2.toml"]).exits(0);
    uninstall(&desk, &org, "provision.toml");
    uninstall(&desk, &org, "v2.toml");
    assert_eq!(places(&org)[AGENT].as_deref(), Some("BrightCTI"));
    assert_eq!(org.world(), before);
}

#[test]
fn whoever_works_with_version_2_keeps_the_permission_sets_until_that_goes_too() {
    let org = Org::new();
    let given = || -> BTreeSet<String> {
        let rows = org.query(
            "SELECT Assignee.Username FROM PermissionSetAssignment \
             WHERE PermissionSet.Label = 'Call Recording Review'",
        );
        rows.iter().map(|row| text(&row["Assignee"], "Username")).collect()
    };
    let (before, had) = (org.world(), given());
    let desk = Desk::of(&org);
    let sets = "\n[permission_sets]\nassign = [\"Call Recording Review\"]\n";
    desk.write("provision.toml", &(demo() + sets));
    run(&desk, &org, &[]).exits(0);
    migrate(&desk, &org, &["--to", "webex-v2", "--users", "6"]).exits(0);
    let moved = places(&org).into_iter().filter(|(_, it)| it.as_deref() == Some(VERSION_2));
    let wanted: BTreeSet<String> = had.iter().cloned().chain(moved.map(|(it, _)| it)).collect();
    assert!(wanted.len() > had.len() && given().len() > wanted.len());
    desk.write("v2.toml", &(demo_of_version_2() + sets));
    uninstall(&desk, &org, "provision.toml");
    // Whoever was still in Version 1 has lost theirs.
    assert_eq!(given(), wanted);
    uninstall(&desk, &org, "v2.toml");
    assert_eq!(given(), had);
    assert_eq!(org.world(), before);
}

#[test]
fn the_way_back_installs_nothing_and_asks_little() {
    // The WebRTC domain of eu1 is not known, which a rule would warn of.
    let (org, desk) = with_version_1(&demo().replace("\"us1\"", "\"eu1\""));
    let before = org.world();
    let back = migrate(&desk, &org, &["--to", "webex-v1"]);
    assert!(back.exits(0).err.contains("users are there already"), "{back}");
    assert_eq!(org.world(), before);

    migrate(&desk, &org, &["--to", "webex-v2"]).exits(0);
    // Settings are of no interest on that way, and may be hidden.
    let effect = json!({"status": 500, "code": "INSUFFICIENT_ACCESS", "message": "hidden"});
    let pattern = json!({"operation": "metadata/readMetadata"});
    org.put("faults", &json!({"faults": [{"match": pattern, "times": 100, "effect": effect}]}));
    org.forget_requests();
    let plan = migrate(&desk, &org, &["--to", "webex-v1", "--plan"]);
    assert!(plan.exits(0).out.contains("11 users move now"), "{plan}");
    for word in ["Call center settings", "Package"] {
        assert!(!plan.out.contains(&format!("{word} ")), "{word}: {plan}");
    }
    assert!(!plan.err.contains("CC012"), "{plan}");
    // One tells who is where, and three are the plan's.
    assert_eq!(org.requests().len(), 4, "{:#?}", org.requests());
}

/// Besides what a run costs: who is where, and the settings that are taken over.
#[test]
fn the_way_there_stays_within_its_budget() {
    for configuration in [demo(), everything()] {
        let (org, desk) = with_version_1(&configuration);
        let cost = |arguments: &[&str]| {
            org.forget_requests();
            migrate(&desk, &org, &[&["--to", "webex-v2"], arguments].concat()).exits(0);
            org.requests().iter().filter(|request| request["poll"] == false).count()
        };
        let (plan, first) = (cost(&["--plan"]), cost(&["--users", "2"]));
        let (second, last, none) = (cost(&["--users", "2"]), cost(&[]), cost(&[]));
        let all = [plan, first, second, last, none];
        let limits = [8, 17, 10, 10, 8];
        assert!(all.iter().zip(limits).all(|(cost, limit)| *cost <= limit), "{all:?}");
    }
}

#[test]
fn a_later_wave_keeps_what_people_have_set_in_setup() {
    let (org, desk) = with_version_1(&demo());
    migrate(&desk, &org, &["--to", "webex-v2", "--users", "2"]).exits(0);
    let client = org.client();
    let read = || {
        let found = wait(client.metadata().read_call_centers(&[VERSION_2])).expect("an answer");
        found.into_iter().next().expect("the call center")
    };
    let mut record = read();
    let mut items = record.sections.iter_mut().flat_map(|section| &mut section.items);
    let format = items.find(|item| item.name == "subjectDateFormat").expect("the item");
    "DD.MM.YYYY".clone_into(&mut format.value);
    let mut bundle = Bundle::new(client.version());
    bundle.call_center(&record).expect("it can be packed");
    let archive = bundle.to_zip().expect("an archive");
    wait(client.metadata().deploy(archive, &DeployOptions::default())).expect("it is deployed");
    let changed = read();
    let wave = migrate(&desk, &org, &["--to", "webex-v2"]);
    assert!(wave.exits(0).err.contains("keeps its settings"), "{wave}");
    assert_eq!(read(), changed);
}

/// What an org's call center holds may be what a configuration for Version 2 must not say.
#[test]
fn values_that_version_2_does_not_allow_keep_nobody_from_moving() {
    let (org, desk) = with_version_1(&demo());
    let client = org.client();
    let found = wait(client.metadata().read_call_centers(&[VERSION_1])).expect("an answer");
    let mut record = found.into_iter().next().expect("the call center");
    for (name, value) in [
        ("reqIsAdvancedScreenpopEnabled", "True"),
        ("screenpopSearchParamCadName", ""),
        ("prefixStringTobeRemoved", "+1, +91"),
    ] {
        let mut items = record.sections.iter_mut().flat_map(|section| &mut section.items);
        if let Some(item) = items.find(|item| item.name == name) {
            value.clone_into(&mut item.value);
        } else {
            panic!("no item {name}");
        }
    }
    deploy(&org, &record);
    let plan = migrate(&desk, &org, &["--to", "webex-v2", "--plan"]);
    assert!(plan.exits(0).out.contains("`call_center.screen_pop.cad_variable` is empty"), "{plan}");
    assert!(plan.out.contains("+1,+91"), "{plan}");
    migrate(&desk, &org, &["--to", "webex-v2", "--users", "1"]).exits(0);
    assert_eq!(count(&org, VERSION_2), 1);
}

#[test]
fn a_profile_that_has_moved_is_no_mistake() {
    let (org, desk) = with_version_1(&demo());
    let wave = ["--to", "webex-v2", "--profiles", "Contact Center Agent"];
    migrate(&desk, &org, &wave).exits(0);
    let again = migrate(&desk, &org, &wave);
    assert!(again.exits(0).err.contains("11 users are there already."), "{again}");
}

#[test]
fn a_configuration_for_version_2_brings_its_own_settings() {
    let (org, desk) = with_version_1(&demo());
    desk.write("v2.toml", &demo_of_version_2());
    let own = ["--config", "v2.toml", "migrate", "--to"];
    let plan = run(&desk, &org, &[&own[..], &["webex-v2", "--plan"]].concat());
    assert!(plan.exits(0).out.contains("Its settings come from the configuration."), "{plan}");
    assert!(!plan.out.contains("copied"), "{plan}");
    // What Version 1 has, and no configuration for Version 2 can say.
    let lost = "softphone.height (reqGeneralInfo/reqSoftphoneHeight)";
    assert!(plan.out.contains("Lost, because Version 2 has no equivalent:"), "{plan}");
    assert!(plan.out.contains(lost), "{plan}");
    let document = [&own[..], &["webex-v2", "--plan", "--output", "json"]].concat();
    let document = run(&desk, &org, &document).exits(0).json();
    let readiness = &document["data"]["readiness"];
    assert_eq!(readiness["settings"], "configured");
    let settings = readiness["conversion"]["settings"].as_array().expect("settings");
    assert!(
        !settings.is_empty() && settings.iter().all(|it| it["fate"] == "lost"),
        "{readiness:#}"
    );
    let domain = ["--webrtc-domain", "rtw.example.net"];
    let refused = run(&desk, &org, &[&own[..], &["webex-v2"], &domain].concat());
    assert!(refused.exits(2).err.contains("`webrtc_domain` under [call_center]"), "{refused}");
    let refused = run(&desk, &org, &[&own[..], &["webex-v1"], &domain].concat());
    assert!(refused.exits(2).err.contains("applies only to moving to Version 2"), "{refused}");
}

#[test]
fn a_missing_webrtc_domain_is_told_once_and_with_its_option() {
    let (org, desk) = with_version_1(&demo().replace("\"us1\"", "\"eu1\""));
    let plan = migrate(&desk, &org, &["--to", "webex-v2", "--plan"]);
    let said = format!("{}{}", plan.out, plan.err);
    assert_eq!(said.matches("WebRTC domain is not configured").count(), 1, "{plan}");
    assert!(plan.exits(0).out.contains("Name it with --webrtc-domain"), "{plan}");
    let domain = ["--webrtc-domain", "rtw.example.net"];
    migrate(&desk, &org, &[&["--to", "webex-v2", "--users", "1"], &domain[..]].concat()).exits(0);
    // It is there now.
    let plan = migrate(&desk, &org, &["--to", "webex-v2", "--plan"]);
    assert!(!format!("{}{}", plan.out, plan.err).contains("is not configured"), "{plan}");
    let back = migrate(&desk, &org, &["--to", "webex-v1", "--plan"]);
    assert!(!format!("{}{}", back.out, back.err).contains("WebRTC"), "{back}");
}

/// Our permission set of Version 1 goes with it; whoever has moved has that of Version 2 by then.
#[test]
fn agents_who_have_moved_keep_what_they_may_do_when_version_1_goes() {
    let access = "\n[agent_access]\nmanage = true\n";
    let (org, desk) = with_version_1(&(demo() + access));
    migrate(&desk, &org, &["--to", "webex-v2"]).exits(0);
    run(&desk, &org, &["init", "--from-org", "--config", "v2.toml"]).exits(0);
    let written = desk.read("v2.toml");
    assert!(written.contains("[agent_access]\n") && written.contains("manage = true"), "{written}");
    let of_ours = || -> BTreeSet<String> {
        let rows = org.query(
            "SELECT Assignee.Username FROM PermissionSetAssignment \
             WHERE PermissionSet.Name = 'Webex_Contact_Center_Agent_Access_V2'",
        );
        rows.iter().map(|row| text(&row["Assignee"], "Username")).collect()
    };
    let given = of_ours();
    assert_eq!(given.len(), count(&org, VERSION_2));
    let how = ["uninstall", "--yes-delete-data", &org.id, "--no-export"];
    let gone = run(&desk, &org, &how);
    gone.exits(0);
    assert!(!gone.out.contains("lose what this version's"), "{gone}");
    assert_eq!(of_ours(), given);
    run(&desk, &org, &["--config", "v2.toml", "verify"]).exits(0);
}

/// A pilot may have been begun with an older file of Cisco's: a call center keeps the items that it has.
#[test]
fn an_older_call_center_of_version_2_takes_users_as_it_is() {
    let (org, desk) = with_version_1(&demo());
    let definition = recipe("webex-v2").expect("the recipe").newest_definition();
    let mut older = definition.expect("its definition").call_center;
    VERSION_2.clone_into(&mut older.internal_name);
    let newest = ["disableActivityRecord", "openCtiEnableActivityScreenPopWrapup"];
    for section in &mut older.sections {
        section.items.retain(|item| !newest.contains(&item.name.as_str()));
    }
    deploy(&org, &CallCenterRecord::from(&older));
    let client = org.client();
    let read = || wait(client.metadata().read_call_centers(&[VERSION_2])).expect("an answer");
    let before = read();
    let wave = migrate(&desk, &org, &["--to", "webex-v2", "--users", "2"]);
    assert!(wave.exits(0).err.contains("keeps its settings"), "{wave}");
    assert_eq!(count(&org, VERSION_2), 2);
    assert_eq!(read(), before);
}

/// The settings of one are carried over; whoever comes from the other is told what they find otherwise.
#[test]
fn of_two_call_centers_of_version_1_one_is_carried_over() {
    const OLDER: &str = "WebexCCAgentDesktopV20230720";
    let (org, desk) = with_version_1(&demo());
    let everybody = count(&org, VERSION_1);
    let mut older = built_in("2024-11").expect("built in").call_center;
    OLDER.clone_into(&mut older.internal_name);
    let mut items = older.sections.iter_mut().flat_map(|section| &mut section.items);
    let subject = items.find(|item| item.name == "ActivitySubjectTemplate").expect("the item");
    "Call of {direction}".clone_into(&mut subject.value);
    deploy(&org, &CallCenterRecord::from(&older));
    let row =
        org.query("SELECT Id FROM CallCenter WHERE InternalName = 'WebexCCAgentDesktopV20230720'");
    for agent in [AGENT, "tony.hoare@northwind.example"] {
        org.change("User", &id_of(&org, agent), &json!({"CallCenterId": row[0]["Id"]}));
    }
    let plan = migrate(&desk, &org, &["--to", "webex-v2", "--plan"]);
    for words in [
        format!("Settings of {VERSION_1}: "),
        format!("2 users of {OLDER} can move too, with these settings changed:"),
        "activity.subject_template: Call of {direction} → {direction} Call {activityDatetime}"
            .to_owned(),
        "name it with --from".to_owned(),
    ] {
        assert!(plan.exits(0).out.contains(&words), "{words}\n{plan}");
    }
    let wrong = migrate(&desk, &org, &["--to", "webex-v2", "--from", "WebexCC"]);
    assert!(wrong.exits(2).err.contains(OLDER), "{wrong}");
    let wrong = migrate(&desk, &org, &["--to", "webex-v1", "--from", OLDER]);
    assert!(wrong.exits(2).err.contains("--from applies only to moving to Version 2"), "{wrong}");

    let moved = migrate(&desk, &org, &["--to", "webex-v2", "--from", OLDER]);
    assert!(moved.exits(0).err.contains(&format!("Settings of {OLDER}: ")), "{moved}");
    assert_eq!((count(&org, OLDER), count(&org, VERSION_2)), (0, everybody));
    let found = wait(org.client().metadata().read_call_centers(&[VERSION_2])).expect("an answer");
    let mut items = found[0].sections.iter().flat_map(|section| &section.items);
    assert!(
        items.any(|item| item.name == "subjectTemplate" && item.value == "Call of {direction}")
    );
    let late = migrate(&desk, &org, &["--to", "webex-v2", "--from", OLDER]);
    assert!(late.exits(2).err.contains("is there already, and keeps its settings"), "{late}");
}
