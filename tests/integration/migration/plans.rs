//! Plans of a migration in files, and parts of one.

use serde_json::json;

use super::{VERSION_1, VERSION_2, count, migrate, text, with_version_1};
use crate::support::demo;

#[test]
fn a_saved_wave_is_moved_as_it_stands() {
    let (org, desk) = with_version_1(&demo());
    let everybody = count(&org, VERSION_1);
    let wave = ["--to", "webex-v2", "--users", "3"];
    let saving = |format: &[&str]| {
        migrate(&desk, &org, &[&wave[..], &["--plan", "--save", "wave.json"], format].concat())
    };
    // In a document as well.
    let document = saving(&["--output", "json"]).exits(0).json();
    assert_eq!(document["data"]["plan"]["saved"], "wave.json");
    assert!(desk.has("wave.json"));
    let plan = saving(&[]);
    let next = plan.exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "migrate --to webex-v2 --users 3 wave.json` makes these changes, and no others.";
    assert!(next.contains(told), "{plan}");
    assert_eq!(count(&org, VERSION_1), everybody);
    migrate(&desk, &org, &[&wave[..], &["wave.json"]].concat()).exits(0);
    assert_eq!((count(&org, VERSION_1), count(&org, VERSION_2)), (everybody - 3, 3));

    // The same file once more would be another three.
    let again = migrate(&desk, &org, &[&wave[..], &["wave.json"]].concat());
    assert!(again.exits(5).err.contains("The org has changed since the plan was made"), "{again}");
    assert_eq!(count(&org, VERSION_2), 3);
    saving(&[]).exits(0);
    let leaver = org.query(
        "SELECT Id, Username FROM User WHERE CallCenterId IN \
         (SELECT Id FROM CallCenter WHERE InternalName LIKE 'WebexCC%') ORDER BY Username",
    );
    org.change("User", &text(&leaver[0], "Id"), &json!({"CallCenterId": null}));
    migrate(&desk, &org, &[&wave[..], &["wave.json"]].concat()).exits(5);
    assert_eq!(count(&org, VERSION_2), 3);
    let alone = migrate(&desk, &org, &["--to", "webex-v2", "--save", "wave.json"]);
    assert!(alone.exits(2).err.contains("--plan"), "{alone}");
}

#[test]
fn a_plan_that_is_refused_is_so_in_a_document_too() {
    let (org, desk) = with_version_1(&demo());
    desk.write("provision.toml", &(demo() + "\n[permission_sets]\nassign = [\"Nobody's set\"]\n"));
    let wave = ["--to", "webex-v2", "--plan", "--save", "wave.json"];
    migrate(&desk, &org, &wave).exits(2);
    let told = migrate(&desk, &org, &[&wave[..], &["--output", "json"]].concat());
    let document = told.exits(2).json();
    assert_eq!(document["failure"]["kind"], "usage");
    assert_eq!(document["data"]["plan"]["saved"], json!(null));
    assert!(!desk.has("wave.json"));
}

#[test]
fn a_part_of_it_is_done_alone() {
    let (org, desk) = with_version_1(&demo());
    let everybody = count(&org, VERSION_1);
    let items = ["--only", "package,call-center,cti-settings"];
    let part = [&["--to", "webex-v2"], &items[..]].concat();
    let plan = migrate(&desk, &org, &[&part[..], &["--plan"]].concat());
    assert!(plan.exits(0).out.contains("--to webex-v2 --only"), "{plan}");
    migrate(&desk, &org, &part).exits(0);
    assert_eq!(count(&org, VERSION_1), everybody);
    migrate(&desk, &org, &["--to", "webex-v2", "--skip", "softphone-layout"]).exits(0);
    assert_eq!(count(&org, VERSION_2), everybody);
    let wrong = migrate(&desk, &org, &["--to", "webex-v1", "--only", "package"]);
    assert!(wrong.exits(2).err.contains("changes only users and permission-set"), "{wrong}");
    migrate(&desk, &org, &["--to", "webex-v1", "--skip", "permission-set"]).exits(0);
    assert_eq!(count(&org, VERSION_1), everybody);
    let given = "SELECT Id FROM PermissionSetAssignment \
                 WHERE PermissionSet.NamespacePrefix = 'cisco_wxcc'";
    assert_eq!(org.query(given).len(), everybody);
}
