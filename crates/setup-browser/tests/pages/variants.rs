//! The same work on pages that are made in every way: of other markup, in another order, in other words.

use std::collections::BTreeSet;

use org_emulator::EmulatedOrg;
use serde_json::{Value, json};
use setup_browser::{Layout, Pop, Removal, Task};

use crate::person::{Person, at_once, drive, kept, layout, pops, seeded, speak, texts};

/// Makes the layout and takes it away again, on pages that are made like that.
fn there_and_back((seed, pages, language): &Variant, edits: bool) {
    let save = if *language == "de" { "Speichern" } else { "Save" };
    let emulator = seeded(*seed, pages.clone());
    let org = emulator.org();
    speak(&org, language);
    let before = org.world()["softphone_layouts"].clone();
    let person = Person::at(&org);
    let profile = "System Administrator".to_owned();
    let mut layout = Layout { profiles: vec![profile.clone()], ..layout() };
    let Some(done) = drive(&org, &person, &Task::SetUp(layout.clone()), None) else { return };
    let outcome =
        done.unwrap_or_else(|stopped| panic!("{pages}: {stopped:?}: {:#?}", person.story()));
    assert_eq!(outcome.former_default.as_deref(), Some("Standard Softphone Layout"));
    assert!(outcome.made);
    let story = person.story();
    let place = |begin: &str| story.iter().position(|it| it.starts_with(begin));
    let remembered = place("remembered: made=true").unwrap();
    assert!(place("asked: ").unwrap() < remembered, "a person comes first: {story:#?}");
    assert_eq!(story[remembered + 1], format!("press {save}"), "{story:#?}");
    assert!(place("saved: the softphone layout \"Webex\"").is_some(), "{story:#?}");
    let webex = kept(&org, "Webex");
    assert_eq!(webex["is_default"], true, "{:#?}", person.story());
    assert_eq!(
        pops(&webex, "Inbound"),
        "NoMatch=PopToEntity Contact, SingleMatch=PopToEntity , MultipleMatches=PopToSearch , \
         NewWindow, Account+Contact+Case"
    );
    assert_eq!(
        pops(&webex, "Outbound"),
        "NoMatch=PopToFlow Greet_Caller, SingleMatch=PopToVisualforce Caller_Page, ExistingWindow, \
         Account+Contact+Lead"
    );
    assert_eq!(kept(&org, "Standard Softphone Layout")["is_default"], false);
    let asked = person.story().into_iter().filter(|it| it.starts_with("asked: ")).count();
    assert_eq!(asked, 2, "the layout, and its assignment");
    assert_eq!(kept(&org, "Webex")["profiles"], json!([profile]));
    assert_eq!(outcome.former_profiles, [(profile.clone(), None)]);

    layout.calls.truncate(1);
    if edits {
        edit(&org, layout, pages);
    }

    let person = Person::at(&org);
    let back = Removal {
        name: "Webex".to_owned(),
        defaults: texts(&["Standard Softphone Layout"]),
        deletes: true,
        profiles: outcome.former_profiles,
    };
    let done = drive(&org, &person, &Task::Remove(back), None).unwrap();
    done.unwrap_or_else(|stopped| panic!("{pages}: {stopped:?}: {:#?}", person.story()));
    let after = &org.world()["softphone_layouts"];
    assert_eq!(after.as_object().unwrap().len(), before.as_object().unwrap().len());
    assert_eq!(after["Standard Softphone Layout"]["is_default"], true);
}

/// Another value changes that alone.
fn edit(org: &EmulatedOrg, mut layout: Layout, pages: &Value) {
    layout.calls[0].pops[0] = Some(Pop::Nothing);
    let person = Person::at(org);
    let done = drive(org, &person, &Task::SetUp(layout), None).unwrap();
    let edited =
        done.unwrap_or_else(|stopped| panic!("{pages}: {stopped:?}: {:#?}", person.story()));
    assert!(!edited.made && edited.replaced.len() == 1, "{edited:?}");
    let inbound =
        "SingleMatch=PopToEntity , MultipleMatches=PopToSearch , NewWindow, Account+Contact+Case";
    assert_eq!(pops(&kept(org, "Webex"), "Inbound"), inbound);
    let asked = person.story().into_iter().filter(|it| it.starts_with("asked: ")).count();
    assert_eq!(asked, 1, "who has it already keeps it");
}

const MARKUP: [&str; 4] = ["tables", "places", "roles", "wrapped"];
const ORDER: [&str; 3] = ["usual", "reversed", "twice"];
/// English, English of older orgs, and German.
const WORDS: [(&str, bool); 3] = [("en_US", false), ("en_US", true), ("de", false)];

/// A way in which pages are made: its seed, the pages, and the language.
type Variant = (u64, Value, &'static str);

/// Markup, order and words by their places. All that two ways to make pages have in common beside these changes
/// from one to the next.
fn variant(markup: usize, order: usize, words: usize) -> Variant {
    let number = (markup * ORDER.len() + order) * WORDS.len() + words;
    let bit = |place: usize| (number * 5 + 2) >> place & 1 == 1;
    let (language, older_words) = WORDS[words];
    let pages = json!({
        "markup": MARKUP[markup], "order": ORDER[order], "older_words": older_words,
        "lightning": bit(0), "reloads": bit(1), "delete_page": bit(2), "late": bit(3),
        "introduction": bit(4),
    });
    (2 + u64::try_from(number).unwrap(), pages, language)
}

/// Every markup in every order in all words.
fn all() -> Vec<Variant> {
    let all =
        (0..MARKUP.len()).flat_map(|markup| (0..ORDER.len()).map(move |order| (markup, order)));
    all.flat_map(|(markup, order)| (0..WORDS.len()).map(move |words| variant(markup, order, words)))
        .collect()
}

/// Every two of them together once.
fn pairs() -> Vec<Variant> {
    let all =
        (0..MARKUP.len()).flat_map(|markup| (0..ORDER.len()).map(move |order| (markup, order)));
    all.map(|(markup, order)| variant(markup, order, (markup + order) % WORDS.len())).collect()
}

/// Every one of them once, out of the pairs.
fn each() -> Vec<Variant> {
    let is_one = |it: &(usize, Variant)| it.0 / ORDER.len() % ORDER.len() == it.0 % ORDER.len();
    pairs().into_iter().enumerate().filter(is_one).map(|(_, variant)| variant).collect()
}

#[test]
fn pages_as_on_screenshots() {
    there_and_back(&(1, json!({}), "en_US"), true);
}

/// Some everyday, every pair in CI, all where that is wanted.
#[test]
fn pages_of_every_making() {
    let wanted = |name: &str| std::env::var_os(name).is_some();
    let each = each();
    let variants = match () {
        () if wanted("PROVISION_EVERY_TROUBLE") => all(),
        () if wanted("PROVISION_WHOLE_PROOFS") => pairs(),
        () => each.clone(),
    };
    for some in variants.chunks(6) {
        at_once(some, |variant| there_and_back(variant, each.contains(variant)));
    }
}

/// What is tried is what it says.
#[test]
fn every_two_ways_to_make_pages_meet() {
    let key = |(_, pages, language): &Variant| {
        [
            pages["markup"].to_string(),
            pages["order"].to_string(),
            format!("{language}{}", pages["older_words"]),
        ]
    };
    let meet = |variants: &[Variant], one: usize, other: usize| {
        let keys = variants.iter().map(key);
        keys.map(|key| (key[one].clone(), key[other].clone())).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(all().iter().map(key).collect::<BTreeSet<_>>().len(), 36);
    let pairs = pairs();
    assert_eq!([meet(&pairs, 0, 1), meet(&pairs, 0, 2), meet(&pairs, 1, 2)], [12, 12, 9]);
    let each = each();
    assert_eq!([0, 1, 2].map(|part| meet(&each, part, part)), [4, 3, 3]);
    for both in ["lightning", "reloads", "delete_page", "late", "introduction"] {
        for variants in [&each, &pairs] {
            let values: BTreeSet<bool> =
                variants.iter().map(|(_, pages, _)| pages[both].as_bool().unwrap()).collect();
            assert_eq!(values.len(), 2, "{both}");
        }
    }
}
