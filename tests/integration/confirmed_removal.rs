//! What an uninstall leaves to a person and no API shows: the person's word ends it.

use std::fs;

use provision::checklist::{ItemId, baseline_entries, recorded_softphone_layout};
use provision::journal::{OrgStore, Store};
use provision::model::{OrgId, SetupBefore};
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::human::wanted;
use crate::support::{Org, demo, load};

/// An org with the connector, whose softphone layout a browser has made, and a desk with its past.
fn installed() -> (Org, Desk, OrgStore) {
    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let ours =
        |state: &std::path::Path| Store::at(state).org(&OrgId::parse(&org.id).expect("an id"));
    let mut baseline = ours(org.state.path()).baseline().expect("a baseline");
    let loaded = load(&demo());
    let desired = &loaded.desired.connectors[0];
    let wish = desired.softphone_layout.as_ref().expect("a layout");
    let former_default = Some("Standard Softphone Layout".to_owned());
    let before = SetupBefore { former_default, made: true, ..SetupBefore::default() };
    let changes = recorded_softphone_layout(wish, &before, &[]);
    for entry in changes.iter().flat_map(|change| baseline_entries(change, desired, "1")) {
        baseline.record(entry);
    }
    let store = ours(&desk.state());
    fs::create_dir_all(desk.state()).expect("a folder");
    store.keep_baseline(&baseline).expect("it is kept");
    // Others have it; the caller has none.
    org.make_softphone_layouts(&json!([]));
    (org, desk, store)
}

fn at(org: &Org, desk: &Desk, arguments: &[&str]) -> Outcome {
    desk.run(&[&["--instance-url", org.url.as_str()], arguments].concat())
}

fn uninstall(org: &Org, desk: &Desk) -> Outcome {
    at(org, desk, &["uninstall", "--yes-delete-data", &org.id, "--no-export"])
}

fn ids(answer: &Value) -> Vec<&str> {
    let items = answer["data"]["items"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_str().expect("an id")).collect()
}

/// How many words of people each unfinished run holds.
fn words(store: &OrgStore) -> Vec<usize> {
    let all = store.unfinished().expect("a record");
    all.iter().map(|begun| begun.confirmed.entries.len()).collect()
}

#[test]
fn an_uninstall_ends_with_the_word_of_who_has_deleted_the_layout() {
    let (org, desk, store) = installed();
    let first = uninstall(&org, &desk);
    assert!(first.out.contains("confirm it, and finish the uninstall"), "{first}");
    assert!(first.out.contains("confirm softphone-layout"), "{first}");
    // Nobody's word was given: it is not through, and `todo` tells the steps.
    let again = uninstall(&org, &desk);
    assert!(again.out.contains("confirm softphone-layout"), "{again}");
    assert_eq!(store.unfinished().expect("a record").len(), 1);
    at(&org, &desk, &["apply", "--yes"]).exits(5);
    let todo = at(&org, &desk, &["todo"]);
    for told in ["is not finished", "click Del.", "confirm softphone-layout"] {
        assert!(todo.exits(0).out.contains(told), "{todo}");
    }
    let todo = at(&org, &desk, &["todo", "--output", "json"]).json();
    assert_eq!(ids(&todo), ["softphone-layout"]);
    let printed = at(&org, &desk, &["confirm", "softphone-layout", "--print"]);
    assert!(printed.exits(2).err.contains("does not belong"), "{printed}");

    let said = at(&org, &desk, &["confirm", "softphone-layout"]);
    assert!(said.exits(0).out.contains("To finish the uninstall, run:"), "{said}");
    // It is taken back and given again.
    at(&org, &desk, &["confirm", "--forget", "softphone-layout"]).exits(0);
    assert!(words(&store) == [0]);
    at(&org, &desk, &["confirm", "softphone-layout"]).exits(0);
    assert_eq!(words(&store), [1]);
    let last = uninstall(&org, &desk);
    assert!(last.exits(0).out.contains("1 item is confirmed by a person"), "{last}");
    assert_eq!(store.unfinished().expect("a record"), []);
    assert_eq!(store.baseline().expect("a baseline").entries.len(), 0);
    at(&org, &desk, &["apply", "--yes"]).exits(0);
}

#[test]
fn nobodys_word_counts_against_what_is_seen_and_none_outlives_what_was_given_up() {
    let (org, desk, store) = installed();
    uninstall(&org, &desk);
    org.make_softphone_layouts(&wanted());
    let refused = at(&org, &desk, &["confirm", "softphone-layout"]);
    assert!(refused.exits(3).err.contains("has not been removed or restored"), "{refused}");
    org.make_softphone_layouts(&json!([]));
    at(&org, &desk, &["confirm", "softphone-layout"]).exits(0);
    // Somebody has made it again since.
    org.make_softphone_layouts(&wanted());
    let seen = uninstall(&org, &desk);
    assert!(seen.out.contains("but the org shows something else"), "{seen}");
    assert_eq!(store.unfinished().expect("a record").len(), 1);
    at(&org, &desk, &["uninstall", "--abandon"]).exits(0);
    assert!(words(&store).is_empty());
}

/// The word is about the uninstall that asked for it: where that is taken back, the next one asks anew.
#[test]
fn a_word_about_an_uninstall_that_was_taken_back_ends_no_later_one() {
    let (org, desk, store) = installed();
    at(&org, &desk, &["confirm", "softphone-layout"]).exits(0);
    let set_up = || store.confirmations().read().expect("confirmations").entries.len();
    assert_eq!(set_up(), 1);
    uninstall(&org, &desk);
    at(&org, &desk, &["confirm", "softphone-layout"]).exits(0);
    assert_eq!((words(&store), set_up()), (vec![1], 0), "it is out, and no longer set up");
    at(&org, &desk, &["undo", "--yes"]);
    at(&org, &desk, &["apply", "--yes"]).exits(0);
    let later = uninstall(&org, &desk);
    assert!(later.out.contains("confirm softphone-layout"), "{later}");
    assert_eq!(words(&store), [0]);
}

/// Nobody is asked to confirm what would be taken for the word that it is set up.
#[test]
fn who_takes_out_a_part_or_only_plans_to_is_not_asked_for_a_word() {
    let (org, desk, store) = installed();
    for more in [vec!["--plan"], vec!["--only", "softphone-layout"]] {
        let line = [&["uninstall", "--yes-delete-data", &org.id, "--no-export"], &*more].concat();
        let line = if more == ["--plan"] { vec!["uninstall", "--plan"] } else { line };
        let told = at(&org, &desk, &line);
        assert!(told.out.contains("click Del."), "{told}");
        assert!(told.out.contains("whole connector asks you to confirm it"), "{told}");
        assert!(!told.out.contains("confirm softphone-layout"), "{told}");
        assert_eq!(store.unfinished().expect("a record"), []);
    }
    // Once one of everything has begun, its plan asks, too.
    uninstall(&org, &desk);
    let told = at(&org, &desk, &["uninstall", "--plan"]);
    assert!(told.out.contains("confirm softphone-layout"), "{told}");
    let part = at(&org, &desk, &["uninstall", "--only", "users", "--yes-delete-data", &org.id]);
    assert!(part.exits(0).out.contains("Nothing to remove of the selected items"), "{part}");
}

/// Where the connector is out of the org already, only the layout is left.
#[test]
fn an_uninstall_of_nothing_but_the_layout_is_known_to_have_begun() {
    let (org, desk, store) = installed();
    let mut baseline = store.baseline().expect("a baseline");
    uninstall(&org, &desk);
    store.finish(|_| true).expect("it is forgotten");
    baseline.entries.retain(|entry| entry.item == ItemId::SOFTPHONE_LAYOUT.as_str());
    store.keep_baseline(&baseline).expect("it is kept");
    let left = uninstall(&org, &desk);
    assert!(left.out.contains("confirm softphone-layout"), "{left}");
    let begun = store.unfinished().expect("a record");
    assert_eq!(begun.len(), 1);
    assert!(!store.journal(&begun[0].run).expect("its journal").is_empty());
    at(&org, &desk, &["confirm", "softphone-layout"]).exits(0);
    uninstall(&org, &desk).exits(0);
    assert_eq!(store.unfinished().expect("a record"), []);
}
