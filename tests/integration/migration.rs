//! Moving agents from Version 1 of the connector to Version 2, in waves, and back.

mod plans;
mod teams;
mod values;
mod waves;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo, everything};

/// An org with Version 1 in it, and a desk with its configuration.
pub(crate) fn with_version_1(configuration: &str) -> (Org, Desk) {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", configuration);
    desk.run(&["--instance-url", &org.url, "--yes"]).exits(0);
    (org, desk)
}

fn migrate(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    let head = ["--instance-url", &org.url, "--yes", "migrate"];
    desk.run(&[&head, arguments].concat())
}

/// Which call center each user is in, by internal names.
fn places(org: &Org) -> BTreeMap<String, Option<String>> {
    let centers: BTreeMap<String, String> = org
        .query("SELECT Id, InternalName FROM CallCenter")
        .iter()
        .map(|row| (text(row, "Id"), text(row, "InternalName")))
        .collect();
    let users = org.query("SELECT Username, CallCenterId FROM User");
    let place = |row: &Value| {
        row["CallCenterId"].as_str().map(|id| centers.get(id).cloned().unwrap_or_default())
    };
    users.iter().map(|row| (text(row, "Username"), place(row))).collect()
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().expect("text").to_owned()
}

fn count(org: &Org, internal_name: &str) -> usize {
    places(org).values().filter(|place| place.as_deref() == Some(internal_name)).count()
}

const VERSION_1: &str = "WebexCCAgentDesktopV20241121";
const VERSION_2: &str = "wxCcCallCenter";

/// The demo with a few settings that Version 2 has in another form, or not at all.
fn configuration() -> String {
    demo().replace(
        "[call_center.softphone]",
        "[call_center.no_match]\nenabled = true\nobject = \"Lead\"\nmappings = [\n  { variable = \
         \"phoneNumber\", field = \"Phone\" },\n]\n\n[call_center.outdial]\nset_ani = \
         true\n\n[call_center.softphone]",
    )
}

#[test]
fn a_plan_tells_what_moving_means_and_changes_nothing() {
    let (org, desk) = with_version_1(&configuration());
    let before = org.world();
    let plan = migrate(&desk, &org, &["--to", "webex-v2", "--plan", "--users", "2"]);
    plan.exits(0);
    assert_eq!(org.world(), before);
    for words in [
        "Moving to Version 2",
        "activity.subject_date_format: MM-dd-yyyy hh:mm a → MM-DD-YYYY hh:mm a",
        "no_match = \"new:Lead\"",
        "outdial.set_ani (reqOutDialConfig/reqIsOutDialAniToBeSet): Version 2 does not set",
        "2 users move now, 9 users move later.",
        "+ wxCcCallCenter",
    ] {
        assert!(plan.out.contains(words), "{words}\n{plan}");
    }
    let told = migrate(&desk, &org, &["--to", "webex-v2", "--plan", "--output", "json"]);
    let document = told.exits(0).json();
    assert_eq!(document["data"]["readiness"]["users"]["moving"].as_array().map(Vec::len), Some(11));
    assert_eq!(org.world(), before);
}

#[test]
fn agents_move_in_waves_and_back() {
    let (org, desk) = with_version_1(&configuration());
    let before = places(&org);
    let everybody = count(&org, VERSION_1);

    // Version 2 comes first, and nobody moves yet.
    migrate(&desk, &org, &["--to", "webex-v2", "--users", "0"]).exits(0);
    assert_eq!(places(&org), before);
    migrate(&desk, &org, &["--to", "webex-v2", "--users", "5"]).exits(0);
    assert_eq!((count(&org, VERSION_1), count(&org, VERSION_2)), (everybody - 5, 5));
    let holders = "SELECT AssigneeId FROM PermissionSetAssignment \
                   WHERE PermissionSet.NamespacePrefix = 'cisco_wxcc'";
    assert_eq!(org.query(holders).len(), 5);

    // Whoever applies Version 1 in the middle of it moves nobody back by accident.
    let middle = places(&org);
    let apply = desk.run(&["--instance-url", &org.url, "--yes"]);
    apply.exits(5);
    assert!(apply.err.contains("with Version 2 of the connector"), "{apply}");
    assert_eq!(places(&org), middle);

    let wrong = migrate(&desk, &org, &["--to", "webex-v2", "--profiles", "Nobody"]);
    assert!(wrong.exits(2).err.contains("profile \"Nobody\""), "{wrong}");
    migrate(&desk, &org, &["--to", "webex-v2", "--profiles", "Contact Center Agent"]).exits(0);
    assert_eq!((count(&org, VERSION_1), count(&org, VERSION_2)), (0, everybody));

    // Some go back, then all of them.
    migrate(&desk, &org, &["--to", "webex-v1", "--users", "3"]).exits(0);
    assert_eq!((count(&org, VERSION_1), count(&org, VERSION_2)), (3, everybody - 3));
    migrate(&desk, &org, &["--to", "webex-v1"]).exits(0);
    assert_eq!(places(&org), before);
    assert_eq!(org.query(holders).len(), 0);
    // And Version 1 is as configured again.
    let check = desk.run(&["--instance-url", &org.url, "plan", "--check"]);
    check.exits(0);
}

#[test]
fn version_1_goes_then_version_2_and_the_org_is_as_it_was() {
    for configuration in [configuration(), everything()] {
        let org = Org::new();
        let before = org.world();
        let desk = Desk::of(&org);
        desk.write("provision.toml", &configuration);
        let run =
            |arguments: &[&str]| desk.run(&[&["--instance-url", &org.url], arguments].concat());
        run(&["--yes"]).exits(0);
        migrate(&desk, &org, &["--to", "webex-v2"]).exits(0);

        // What is there now is written down, and Version 2 is what people work with.
        run(&["init", "--from-org", "--config", "v2.toml"]).exits(0);
        let written = desk.read("v2.toml");
        assert!(written.contains("recipe = \"webex-v2\""), "{written}");
        let has_sync = configuration.contains("[omni_sync]");
        assert_eq!(written.contains("\n[omni_sync]"), has_sync, "{written}");
        let gone = run(&["uninstall", "--yes-delete-data", &org.id, "--no-export"]);
        assert!(!gone.exits(0).out.contains("and lose what"), "{gone}");
        let back = migrate(&desk, &org, &["--to", "webex-v1"]);
        assert!(back.exits(5).err.contains("no call center of Version 1 any more"), "{back}");
        // Agents keep the presence status that Version 1's permission set has given them.
        let given = org.query(
            "SELECT Id FROM PermissionSetAssignment \
             WHERE PermissionSet.Name = 'Webex_Contact_Center_Omni_Sync_V2'",
        );
        assert_eq!(given.len(), if has_sync { count(&org, VERSION_2) } else { 0 });
        run(&["--config", "v2.toml", "verify"]).exits(0);
        run(&["--config", "v2.toml", "uninstall", "--yes-delete-data", &org.id, "--no-export"])
            .exits(0);
        assert_eq!(org.world(), before);
    }
}

#[test]
fn there_is_nothing_to_move_where_version_1_is_not() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let before = org.world();
    let said = migrate(&desk, &org, &["--to", "webex-v2"]);
    assert!(said.exits(5).err.contains("no call center of Version 1"), "{said}");
    let said = migrate(&desk, &org, &["--to", "webex-v3"]);
    assert!(said.exits(2).err.contains("no recipe `webex-v3`"), "{said}");
    assert!(said.err.contains("There are webex-v1 and webex-v2."), "{said}");
    assert_eq!(org.world(), before);
}
