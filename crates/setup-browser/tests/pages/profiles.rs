//! Layouts that are given to single profiles, and taken from them.

use serde_json::{Value, json};
use setup_browser::{Layout, Removal, Task};

use crate::person::{Person, at_once, drive, emulator, kept, removal, small};

#[test]
fn profiles_get_it_by_assignment_and_lose_it_again() {
    at_once(&["places", "roles"], |markup| {
        let emulator = emulator(json!({"introduction": false, "markup": markup}));
        let org = emulator.org();
        let profile = "System Administrator".to_owned();
        let layout = Layout { default: false, profiles: vec![profile.clone()], ..small() };
        let person = Person::at(&org);
        let Some(done) = drive(&org, &person, &Task::SetUp(layout), None) else { return };
        let outcome = done.unwrap_or_else(|it| panic!("{it:?}: {:#?}", person.story()));
        assert_eq!(outcome.former_profiles, [(profile.clone(), None)]);
        assert_eq!(kept(&org, "Webex")["profiles"], json!(["System Administrator"]));
        assert_eq!(kept(&org, "Standard Softphone Layout")["is_default"], true);
        // Who has it already is told too, and nothing is saved for that.
        let again = Layout { default: false, profiles: vec![profile.clone()], ..small() };
        let asked = || person.story().iter().filter(|it| it.starts_with("asked")).count();
        let before = asked();
        let had = drive(&org, &person, &Task::SetUp(again), None).unwrap().unwrap();
        assert_eq!(had.former_profiles, [(profile.clone(), Some("Webex".to_owned()))]);
        assert_eq!(asked(), before);
        assert!(person.story().iter().rev().take(5).any(|it| it.starts_with("remembered")));
        let back = Removal {
            name: "Webex".to_owned(),
            defaults: Vec::new(),
            deletes: true,
            profiles: outcome.former_profiles,
        };
        drive(&org, &person, &Task::Remove(back), None).unwrap().unwrap();
        assert_eq!(kept(&org, "Webex"), Value::Null);
        assert_eq!(kept(&org, "Standard Softphone Layout")["profiles"], json!([]));
        // What is gone already is no trouble.
        assert!(drive(&org, &person, &removal(), None).unwrap().is_ok());
    });
}

#[test]
fn a_profile_that_somebody_gave_another_layout_since_keeps_it() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Other", "is_default": false, "profiles": ["System Administrator"], "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let back = Removal {
        name: "Webex".to_owned(),
        defaults: Vec::new(),
        deletes: true,
        profiles: vec![("System Administrator".to_owned(), None)],
    };
    let Some(done) = drive(&org, &person, &Task::Remove(back), None) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    assert_eq!(kept(&org, "Other")["profiles"], json!(["System Administrator"]));
    assert_eq!(kept(&org, "Webex"), Value::Null);
}

#[test]
fn what_somebody_has_deleted_since_keeps_no_uninstall_back() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "profiles": ["System Administrator"], "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let back = Removal {
        name: "Webex".to_owned(),
        defaults: Vec::new(),
        deletes: true,
        profiles: vec![
            ("Deleted Profile".to_owned(), Some("Standard".to_owned())),
            ("System Administrator".to_owned(), Some("Deleted Layout".to_owned())),
        ],
    };
    let Some(done) = drive(&org, &person, &Task::Remove(back), None) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    let story = person.story().join("\n");
    for told in [
        "there is no profile \"Deleted Profile\" any more",
        "there is no layout \"Deleted Layout\" any more: the profile \"System Administrator\" gets the default",
    ] {
        assert!(story.contains(told), "{story}");
    }
    assert_eq!(kept(&org, "Webex"), Value::Null);
    assert_eq!(kept(&org, "Standard")["profiles"], json!([]));
}
