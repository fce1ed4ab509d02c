//! Pages that nobody expected, and what is kept of them.

use serde_json::{Value, json};
use setup_browser::{Layout, Stopped, Task, Trouble};

use crate::person::{Person, at_once, drive, emulator, layout, small, speak};

/// A page that nobody expected stops it; nothing is saved, and the page is kept.
fn surprised(pages: Value, language: &str) -> Option<(Stopped, Vec<String>)> {
    let emulator = emulator(pages);
    let org = emulator.org();
    speak(&org, language);
    let before = org.world();
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("browser");
    let task = Task::SetUp(Layout { calls: layout().calls[..1].to_vec(), ..layout() });
    let stopped = drive(&org, &person, &task, Some(evidence.clone()))?.unwrap_err();
    assert_eq!(org.world(), before, "{stopped:?}");
    let names: Vec<String> = stopped
        .evidence
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(names.contains(&"page.png".to_owned()) && names.contains(&"page.json".to_owned()));
    assert!(names.iter().any(|name| name.starts_with("frame-")));
    let mut all = String::new();
    for path in &stopped.evidence {
        all.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    let page: Value =
        serde_json::from_slice(&std::fs::read(evidence.join("page.json")).unwrap()).unwrap();
    let left = page["left"].as_array().unwrap();
    assert_eq!(left.contains(&json!("press Save")), !stopped.may_have_saved, "{left:?}");
    assert!(page["taken"].is_array(), "{page}");
    for secret in ["CONFIRMATIONTOKEN", "otp=", "door="] {
        assert!(!all.contains(secret), "{secret} is in the evidence");
    }
    Some((stopped, person.story()))
}

#[test]
fn an_unexpected_page_stops_it_before_anything_is_typed() {
    let cases = [
        ("no-default-box", "en_US", "\"Is Default Layout\""),
        ("other-page", "en_US", "the list"),
        // Nobody could put back a default that cannot be read.
        ("unreadable-default", "en_US", "\"Default\""),
        // A language of which nobody knows the words.
        ("", "fr", "the list"),
    ];
    at_once(&cases, |(surprise, language, wanted)| {
        let surprise = Some(*surprise).filter(|it| !it.is_empty());
        let pages = json!({"surprise": surprise, "introduction": false});
        let Some((stopped, story)) = surprised(pages, language) else { return };
        let Trouble::Unexpected { wanted: told, .. } = &stopped.trouble else {
            panic!("{stopped:?}")
        };
        assert!(told.starts_with(wanted), "{told}");
        assert!(!story.iter().any(|it| it.starts_with("Name:")), "{story:#?}");
    });
}

#[test]
fn what_a_page_does_not_take_is_told() {
    let cases = [
        ("notice", "The page does not take New: something else covers it."),
        ("other-options", "\"Pop to new\" is not there"),
        ("required-field", "You must enter a value"),
        ("covered-save", "The page does not take Save: something else covers it."),
        ("not-kept", "Setup said nothing against it, but"),
        ("dialog", "Setup did not save it: Another administrator is editing this layout."),
        (
            "same-labels",
            "The page does not take Contact: the list has several entries of that name.",
        ),
    ];
    at_once(&cases, |(surprise, told)| {
        let pages = json!({"surprise": surprise, "introduction": false});
        let Some((stopped, story)) = surprised(pages, "en_US") else { return };
        let said = stopped.trouble.to_string();
        assert!(said.contains(told), "{stopped:?}");
        let asked = story.iter().any(|it| it.starts_with("asked"));
        assert_eq!(
            asked,
            matches!(*surprise, "required-field" | "covered-save" | "not-kept" | "dialog"),
            "{story:#?}"
        );
        assert_eq!(stopped.may_have_saved, *surprise == "not-kept");
    });
}

#[test]
fn a_picture_of_the_page_shows_nothing_that_was_typed() {
    let picture = |name: &str| {
        let pages = json!({"surprise": "covered-save", "introduction": false, "lightning": false});
        let emulator = emulator(pages);
        let org = emulator.org();
        let person = Person::at(&org);
        let folder = tempfile::tempdir().unwrap();
        let evidence = folder.path().join("evidence");
        let task = Task::SetUp(Layout { name: name.to_owned(), ..small() });
        let done = drive(&org, &person, &task, Some(evidence.clone()))?;
        assert!(matches!(done, Err(Stopped { trouble: Trouble::NotTaken { .. }, .. })), "{done:?}");
        Some(std::fs::read(evidence.join("page.png")).unwrap())
    };
    let (Some(one), Some(other)) = (picture("Webex"), picture("Another name")) else { return };
    assert!(one == other, "the name can be read in it");
}

#[test]
fn a_page_of_another_layout_than_the_one_that_was_chosen_stops_it() {
    let emulator = emulator(json!({"introduction": false, "surprise": "other-layout"}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": []},
    ]))
    .unwrap();
    let before = org.world();
    let person = Person::at(&org);
    let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
    let said = done.unwrap_err().trouble.to_string();
    assert!(said.contains("\"Webex\" is not there. It shows \"Standard\""), "{said}");
    assert!(!person.story().iter().any(|it| it.starts_with("Name:")), "{:#?}", person.story());
    assert_eq!(org.world(), before);
}
