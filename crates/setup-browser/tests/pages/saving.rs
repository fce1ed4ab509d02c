//! What is saved, and how it is made sure that Setup has kept it.

use serde_json::{Value, json};
use setup_browser::{Call, Layout, Pop, Removal, Task, Trouble, Window};

use crate::person::{Person, at_once, drive, emulator, kept, pops, removal, small, texts};

#[test]
fn what_differs_is_changed_and_the_rest_is_left_alone() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": false, "call_types": []},
        {"name": "Webex", "is_default": true, "call_types": [
            {"name": "Inbound", "info_fields": ["ANI", "QUEUE"],
             "screen_pops_open_within": "ExistingWindow",
             "screen_pop_options": [
                {"match_type": "NoMatch", "screen_pop_type": "PopToVisualforce", "screen_pop_data": "Old"}],
             "sections": [{"entity_api_name": "Case", "items": ["CaseNumber", "Subject"]}]},
            {"name": "Outbound", "info_fields": ["DNIS"], "sections": []},
            {"name": "Internal", "info_fields": ["ANI"], "sections": []}]},
    ]))
    .unwrap();
    let layout = Layout {
        calls: vec![Call {
            opens_in: Some(Window::Existing),
            pops: [Some(Pop::Nothing), None, None],
            ..Call::default()
        }],
        ..small()
    };
    let person = Person::at(&org);
    let Some(done) = drive(&org, &person, &Task::SetUp(layout.clone()), None) else { return };
    done.unwrap();
    let webex = kept(&org, "Webex");
    assert_eq!(pops(&webex, "Inbound"), "ExistingWindow, Case");
    let kinds = webex["call_types"].to_string();
    assert!(kinds.contains("QUEUE") && kinds.contains("Subject"), "{kinds}");
    let story = person.story().join("\n");
    assert!(!story.contains("Screen pops open within: Existing"), "it was so: {story}");
    assert!(story.contains("No matching records = Don't pop any screen"), "{story}");
    let replaced = "remembered: made=false [Pop(0)=Pop to Visualforce page Old]";
    let at = |words: &str| story.find(words).unwrap_or_else(|| panic!("{words}: {story}"));
    assert!(at("asked: ") < at(replaced), "{story}");

    // A second time nothing differs: nothing is asked, and nothing is saved.
    let before = org.world();
    let person = Person::at(&org);
    let outcome = drive(&org, &person, &Task::SetUp(layout), None).unwrap().unwrap();
    assert!(!outcome.made && outcome.replaced.is_empty(), "{outcome:?}");
    let story = person.story().join("\n");
    assert!(story.contains("\"Webex\" is as it is to be\npress Cancel"), "{story}");
    assert!(!story.contains("asked: ") && !story.contains("saved: "), "{story}");
    assert_eq!(org.world(), before);
}

#[test]
fn an_edit_that_setup_does_not_keep_is_told() {
    let emulator = emulator(json!({"introduction": false, "surprise": "not-kept"}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": [
            {"name": "Inbound", "info_fields": ["ANI"], "sections": []},
            {"name": "Outbound", "info_fields": ["DNIS"], "sections": []},
            {"name": "Internal", "info_fields": ["ANI"], "sections": []}]},
    ]))
    .unwrap();
    // The list shows it before and after.
    let layout = Layout { default: false, ..small() };
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let Some(done) = drive(&org, &person, &Task::SetUp(layout), Some(evidence)) else { return };
    let stopped = done.unwrap_err();
    let said = stopped.trouble.to_string();
    assert!(said.contains("\"Webex\" does not have all of its new values"), "{said}");
    assert!(stopped.may_have_saved && stopped.saved.is_empty(), "{stopped:?}");
}

#[test]
fn a_layout_that_was_there_before_is_not_deleted() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": false, "call_types": []},
        {"name": "Webex", "is_default": true, "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let keeps = Removal {
        name: "Webex".to_owned(),
        defaults: texts(&["Standard"]),
        deletes: false,
        profiles: Vec::new(),
    };
    let Some(done) = drive(&org, &person, &Task::Remove(keeps.clone()), None) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    assert_eq!(kept(&org, "Standard")["is_default"], true);
    assert_eq!(kept(&org, "Webex")["is_default"], false, "{:#?}", person.story());
    // Once more there is nothing to do.
    let person = Person::at(&org);
    drive(&org, &person, &Task::Remove(keeps), None).unwrap().unwrap();
    assert!(!person.story().iter().any(|it| it.starts_with("asked: ")), "{:#?}", person.story());
}

#[test]
fn a_list_without_rows_says_nothing_of_what_is_gone() {
    let emulator = emulator(json!({"introduction": false, "surprise": "bare-list"}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let Some(done) = drive(&org, &person, &removal(), Some(evidence)) else { return };
    let stopped = done.unwrap_err();
    let said = stopped.trouble.to_string();
    assert!(said.contains("a list that tells whether the layout is gone is not there"), "{said}");
    assert!(stopped.may_have_saved && stopped.saved.is_empty(), "{stopped:?}");
    assert_ne!(kept(&org, "Webex"), Value::Null);
}

#[test]
fn a_page_that_takes_its_time_to_save_has_refused_nothing() {
    at_once(&["tables", "places", "roles", "wrapped"], |markup| {
        let pages = json!({"introduction": false, "surprise": "slow-save", "markup": markup});
        let emulator = emulator(pages);
        let org = emulator.org();
        let person = Person::at(&org);
        let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
        done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
        assert_eq!(kept(&org, "Webex")["is_default"], true);
    });
}

#[test]
fn without_a_yes_nothing_is_saved() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    let before = org.world();
    let person = Person::refusing(&org);
    let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
    let stopped = done.unwrap_err();
    assert_eq!((stopped.trouble, stopped.saved.len()), (Trouble::Declined, 0));
    assert_eq!(org.world(), before);
    let story = person.story();
    assert!(!story.iter().any(|it| it.starts_with("remembered")), "{story:#?}");
}

/// The list shows a new layout with its tick, whatever became of its values.
#[test]
fn a_new_layout_without_its_values_is_told() {
    let emulator = emulator(json!({"introduction": false, "surprise": "half-kept"}));
    let org = emulator.org();
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let task = Task::SetUp(small());
    let Some(done) = drive(&org, &person, &task, Some(evidence.clone())) else { return };
    let stopped = done.unwrap_err();
    let said = stopped.trouble.to_string();
    assert!(said.contains("\"Webex\" does not have all of its new values"), "{said}");
    assert!(stopped.may_have_saved && stopped.saved.is_empty(), "{stopped:?}");
    assert_eq!(kept(&org, "Webex")["is_default"], true, "the list shows what it should");
    let page: Value =
        serde_json::from_slice(&std::fs::read(evidence.join("page.json")).unwrap()).unwrap();
    assert_eq!(page["left"], json!(["open the layout once more and compare its values"]));
}
