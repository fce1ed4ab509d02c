//! The data centre in the package's custom metadata, against values.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fixture::{come_true, desired, install, planned, record, rows, state};
use crate::checklist::{Action, After, Human, ItemId, Verdict, data_center};
use crate::model::{
    ConnectorWish, CustomMetadataPlace, CustomMetadataRecord, CustomMetadataWish, LockedPlace,
    Look, Observed, OrgState, RegionalValue, SeenRecords,
};

const US: &str = "https://audioconnector.produs1.ciscoccservice.com";
const EU: &str = "https://audioconnector.prodeu1.ciscoccservice.com";

/// An org with the package for eu1, whose package came with the values of us1 and of these.
fn situation(more: &[(&str, &str, &str)]) -> (ConnectorWish, OrgState) {
    let (mut desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    "eu1".clone_into(&mut desired.region.name);
    EU.clone_into(&mut desired.region.audio_url);
    desired.region.audio_listed = false;
    desired.custom_metadata = CustomMetadataWish::of(&desired.region, "data_center");
    let more = more.iter().map(|(kind, name, value)| record(kind, name, value));
    state.custom_metadata.records.extend(more);
    (desired, state)
}

fn verdict(desired: &ConnectorWish, state: &OrgState) -> Verdict {
    planned(desired, state).of(ItemId::DATA_CENTER).unwrap().clone()
}

/// Subject and value of each change.
fn changes(verdict: &Verdict) -> Vec<(String, String)> {
    let after = |after: &After| match after {
        After::Known(Some(value)) => value.clone(),
        other => panic!("{other:?}"),
    };
    rows(verdict).iter().map(|c| (c.subject.name.clone(), after(&c.after))).collect()
}

fn right() -> Vec<(String, String)> {
    let pair = |record: &str, value: &str| (record.to_owned(), value.to_owned());
    vec![
        pair("ciscocjs__Aa.ciscocjs__Aa1", "EU1"),
        pair("ciscocjs__Bb.ciscocjs__Bb1", EU),
        pair("ciscocjs__Cc.ciscocjs__Cc1", &format!("{EU}/auth")),
    ]
}

fn human(desired: &ConnectorWish, state: &OrgState) -> Human {
    let verdict = verdict(desired, state);
    let made = rows(&verdict).into_iter().filter(|change| change.action != Action::Human);
    assert_eq!(made.count(), 0, "{verdict:?}");
    assert!(verdict.stops.is_empty() && verdict.problems.is_empty(), "{verdict:?}");
    verdict.human.expect("steps for a person")
}

fn set(state: &mut OrgState, kind: &str, value: &str) {
    let kind = format!("ciscocjs__{kind}__mdt");
    let mut records = state.custom_metadata.records.iter_mut();
    let record = records.find(|record| record.kind == kind).unwrap();
    record.values.values_mut().for_each(|now| *now = Some(value.to_owned()));
}

#[test]
fn the_three_values_are_found_by_their_shape() {
    let (desired, state) = situation(&[("Dd", "ciscocjs__Dd1", "v1.1.9")]);
    let verdict = verdict(&desired, &state);
    assert_eq!(changes(&verdict), right());
    let first = &rows(&verdict)[0];
    assert_eq!(first.field, "ciscocjs__Aa__c");
    assert_eq!(first.key(), Some("data_center"), "what a person calls it");
    assert_eq!(first.before.as_deref(), Some("US1"));
    assert!(verdict.human.is_none());
    let [note] = verdict.notes.as_slice() else { panic!("{:?}", verdict.notes) };
    assert!(note.text().contains("follows the same pattern"), "{}", note.text());
}

#[test]
fn look_alikes_of_another_data_center_are_left_alone() {
    let decoys = [
        ("Dd", "ciscocjs__Dd1", "EU1"),
        ("Ee", "ciscocjs__Ee1", EU),
        ("Aa", "ciscocjs__Aa2", "EU2"),
        ("Ff", "ciscocjs__Ff1", "https://audioconnector.prodeu2.ciscoccservice.com/auth"),
    ];
    let (desired, mut state) = situation(&decoys);
    let verdict = verdict(&desired, &state);
    assert_eq!(changes(&verdict), right());
    for change in &verdict.changes {
        come_true(&desired, &mut state, change);
    }
    // Now two records hold what is wanted: whichever counts, there is nothing to do.
    let after = self::verdict(&desired, &state);
    assert_eq!((after.changes.len(), after.human), (0, None));
}

#[test]
fn what_came_with_the_package_goes_before_what_people_made() {
    let made = [("Aa", "Mine", "US1"), ("Bb", "Mine", US), ("Cc", "Mine", &format!("{US}/auth"))];
    let (desired, mut state) = situation(&made);
    assert_eq!(changes(&verdict(&desired, &state)), right());
    state.custom_metadata.records.retain(|record| !record.is_packaged());
    let made: Vec<String> = changes(&verdict(&desired, &state)).into_iter().map(|c| c.0).collect();
    assert_eq!(made, ["ciscocjs__Aa.Mine", "ciscocjs__Bb.Mine", "ciscocjs__Cc.Mine"]);
    // Some of one and some of the other are no answer.
    state.custom_metadata.records[0].name = "ciscocjs__Aa1".to_owned();
    assert!(human(&desired, &state).why.contains("do not agree on one data centre"));
}

#[test]
fn two_answers_are_not_decided_between() {
    let (desired, state) = situation(&[("Dd", "ciscocjs__Dd1", "US1")]);
    let human = human(&desired, &state);
    assert!(human.why.contains("not clear which"), "{}", human.why);
    assert_eq!(human.steps.len(), 5);
    insta::assert_snapshot!(human.texts().join("\n"), @r#"
    Either tell provision where the values are and run this again: under [custom_metadata], set data_center, api_url and redirect_uri to "ns__Type__mdt.Record.ns__Field__c". Or set the values by hand:
    Open Setup > Custom Metadata Types: https://acme.my.salesforce.com/lightning/setup/CustomMetadata/home
    Manage Records next to the type that holds the data centre > Edit: set it to EU1 and save (seen: ciscocjs__Aa__mdt.ciscocjs__Aa1.ciscocjs__Aa__c = US1; ciscocjs__Dd__mdt.ciscocjs__Dd1.ciscocjs__Dd__c = US1).
    Manage Records next to the type that holds the API URL > Edit: set it to https://audioconnector.prodeu1.ciscoccservice.com and save (seen: ciscocjs__Bb__mdt.ciscocjs__Bb1.ciscocjs__Bb__c = https://audioconnector.produs1.ciscoccservice.com).
    Manage Records next to the type that holds the redirect URI > Edit: set it to https://audioconnector.prodeu1.ciscoccservice.com/auth and save (seen: ciscocjs__Cc__mdt.ciscocjs__Cc1.ciscocjs__Cc__c = https://audioconnector.produs1.ciscoccservice.com/auth).
    "#);
    let other = "https://audioconnector.prodca1.ciscoccservice.com";
    let all =
        [("Dd", "x__d", "CA1"), ("Ee", "x__e", other), ("Ff", "x__f", &format!("{other}/auth"))];
    let (desired, state) = situation(&all);
    assert!(self::human(&desired, &state).why.contains("not clear which"));
}

#[test]
fn what_does_not_show_is_for_a_person() {
    for hidden in ["Aa", "Bb", "Cc"] {
        // A look-alike that stands alone does not take the place of what is hidden.
        let (desired, mut state) = situation(&[("Dd", "ciscocjs__Dd1", "EU1")]);
        state.custom_metadata.records.retain(|record| !record.kind.contains(hidden));
        human(&desired, &state);
    }
    let (desired, mut state) = situation(&[]);
    state.custom_metadata.records.clear();
    let human = human(&desired, &state);
    insta::assert_snapshot!(human.why, @"Nothing in the package's custom metadata looks like the data centre or the API URL or the redirect URI: 1 of its types and 0 of their records show (1 types are expected), and protected settings are not visible outside the package.");
    assert!(human.texts()[2].contains("none visible"), "{:?}", human.steps[2]);
}

#[test]
fn values_that_contradict_each_other_are_for_a_person() {
    let (desired, mut state) = situation(&[]);
    set(&mut state, "Aa", "CA1");
    assert!(human(&desired, &state).why.contains("do not agree on one data centre"));
    let (desired, mut state) = situation(&[]);
    set(&mut state, "Cc", &format!("{US}/other/auth"));
    human(&desired, &state);
}

#[test]
fn what_the_org_refused_is_for_a_person_in_its_words() {
    let (desired, mut state) = situation(&[]);
    let place = data_center::places(&desired, &state)[&RegionalValue::ApiUrl].clone();
    let words = "Cannot modify managed object: state=installed".to_owned();
    state.custom_metadata.locked.push(LockedPlace { place, words, value: None });
    let verdict = verdict(&desired, &state);
    let actions: Vec<Action> = rows(&verdict).iter().map(|change| change.action).collect();
    assert_eq!(actions, [Action::Update, Action::Human, Action::Update]);
    let human = verdict.human.unwrap();
    insta::assert_snapshot!(format!("{}\n{}", human.why, human.texts().join("\n")), @"
    The org refuses to change the API URL (ciscocjs__Bb__mdt.ciscocjs__Bb1.ciscocjs__Bb__c): Cannot modify managed object: state=installed
    Open Setup > Custom Metadata Types: https://acme.my.salesforce.com/lightning/setup/CustomMetadata/home
    ciscocjs__Bb__mdt > Manage Records > ciscocjs__Bb1 > Edit: set ciscocjs__Bb__c to https://audioconnector.prodeu1.ciscoccservice.com (API URL) and save. The org said: Cannot modify managed object: state=installed. If Setup does not let you edit it either, ask Cisco: only a new version of the package can change it. To have provision try again, use --only data-center.
    ");
}

#[test]
fn places_that_the_configuration_names_win() {
    let parse = |text: &str| CustomMetadataPlace::parse(text).unwrap();
    let (mut desired, mut state) = situation(&[("Dd", "ciscocjs__Dd1", "US1")]);
    let places = &mut desired.custom_metadata.places;
    places.insert(RegionalValue::DataCenter, parse("ciscocjs__Dd__mdt.Dd1.ciscocjs__Dd__c"));
    let found = changes(&verdict(&desired, &state));
    assert_eq!(found[0].0, "ciscocjs__Dd.ciscocjs__Dd1");
    assert_eq!(found[1..], right()[1..]);
    // What it holds by now does not matter, but it may not contradict.
    set(&mut state, "Dd", "something");
    assert_eq!(changes(&verdict(&desired, &state)).len(), 3);
    set(&mut state, "Dd", "CA1");
    let verdict = verdict(&desired, &state);
    assert_eq!(changes(&verdict)[0].0, "ciscocjs__Dd.ciscocjs__Dd1");
    assert!(verdict.changes.len() == 1 && verdict.human.is_some(), "{verdict:?}");
}

#[test]
fn a_place_that_is_not_there_is_a_configuration_error() {
    let (mut desired, state) = situation(&[]);
    let place = CustomMetadataPlace::parse("ciscocjs__Aa__mdt.Aa2.ciscocjs__Aa__c").unwrap();
    desired.custom_metadata.places.insert(RegionalValue::DataCenter, place);
    let verdict = verdict(&desired, &state);
    let [stop] = verdict.stops.as_slice() else { panic!("{verdict:?}") };
    insta::assert_snapshot!(format!("{}\n{}", stop.message(), stop.advice().join("\n")), @r#"
    `custom_metadata.data_center` names ciscocjs__Aa__mdt.Aa2.ciscocjs__Aa__c, but this org shows no such value.
    It shows "ciscocjs__Aa__mdt.ciscocjs__Aa1.ciscocjs__Aa__c", "ciscocjs__Bb__mdt.ciscocjs__Bb1.ciscocjs__Bb__c" and "ciscocjs__Cc__mdt.ciscocjs__Cc1.ciscocjs__Cc__c".
    Setup > Custom Metadata Types shows the names of types and fields, Manage Records those of records. Protected settings are not visible and can be changed only by the package.
    "#);
    assert!(verdict.changes.is_empty() && verdict.human.is_none());
}

#[test]
fn before_the_package_is_there_each_value_is_known_after_it() {
    let (desired, state) = (desired(), state());
    let verdict = verdict(&desired, &state);
    let known = |after: &After| match after {
        After::KnownAfter { item: ItemId::PACKAGE, expected } => expected.clone(),
        other => panic!("{other:?}"),
    };
    let expected: Vec<String> = rows(&verdict).iter().map(|c| known(&c.after)).collect();
    assert_eq!(expected, ["US1".to_owned(), US.to_owned(), format!("{US}/auth")]);
    assert!(verdict.needs.is_empty());
}

#[test]
fn what_an_earlier_run_found_is_enough_for_as_long_as_it_is_as_wanted() {
    let (desired, mut state) = situation(&[("Aa", "ciscocjs__Aa2", "EU1")]);
    let places = data_center::places(&desired, &state);
    for change in &verdict(&desired, &state).changes {
        come_true(&desired, &mut state, change);
    }
    let known = &mut state.custom_metadata;
    known.remembered = places;
    known.seen = Observed::Seen(SeenRecords::Remembered);
    known.records.retain(|record| record.name != "ciscocjs__Aa2");
    let quiet = verdict(&desired, &state);
    assert_eq!((quiet.changes.len(), quiet.needs, quiet.human), (0, vec![], None));
    // Before anything is written, everything is looked at again; what was found once stays found.
    set(&mut state, "Aa", "US1");
    assert_eq!(verdict(&desired, &state).needs, [Look::CustomMetadata]);
    state.custom_metadata.seen = Observed::Seen(SeenRecords::Everything);
    let more = record("Dd", "ciscocjs__Dd1", "US1");
    state.custom_metadata.records.push(more);
    assert_eq!(changes(&verdict(&desired, &state)), right()[..1]);
    // Whatever else it holds now, it is not taken for what was found.
    set(&mut state, "Aa", "something");
    human(&desired, &state);
    state.custom_metadata.seen = Observed::Unasked;
    assert_eq!(verdict(&desired, &state).needs, [Look::CustomMetadata]);
}

/// A text that may be one of the values, look like one, or be anything.
fn texts() -> impl Strategy<Value = Option<String>> {
    let center = prop::sample::select(vec!["us1", "eu1", "eu2"]);
    let shaped = (center, 0..3_usize).prop_map(|(center, shape)| {
        let url = format!("https://audioconnector.prod{center}.ciscoccservice.com");
        Some([center.to_uppercase(), url.clone(), format!("{url}/auth")][shape].clone())
    });
    prop_oneof![6 => shaped, 1 => any::<Option<String>>()]
}

/// Whole sets of three, and anything besides.
fn records() -> impl Strategy<Value = Vec<CustomMetadataRecord>> {
    let sets = prop::sample::subsequence(vec![("us1", true), ("eu2", true), ("ca1", false)], 0..=2);
    let values = prop::collection::btree_map("ciscocjs__[FGH]__c", texts(), 1..3);
    let noise = prop::collection::btree_map(("[ABC]", "[xyz]", any::<bool>()), values, 0..4);
    (sets, noise).prop_map(|(sets, noise)| {
        let qualified = |name: &str, packaged| {
            if packaged { format!("ciscocjs__{name}") } else { name.to_owned() }
        };
        let mut records: Vec<CustomMetadataRecord> = noise
            .into_iter()
            .map(|((kind, name, packaged), values)| CustomMetadataRecord {
                kind: format!("ciscocjs__{kind}__mdt"),
                name: qualified(&name, packaged),
                values,
                ..CustomMetadataRecord::default()
            })
            .collect();
        for (center, packaged) in sets {
            let url = format!("https://audioconnector.prod{center}.ciscoccservice.com");
            let name = qualified(center, packaged);
            records.push(record("One", &name, &center.to_uppercase()));
            records.push(record("Two", &name, &url));
            records.push(record("Three", &name, &format!("{url}/auth")));
        }
        records
    })
}

proptest! {
    /// Whatever there is: three values or none, of one origin, that named one data centre and
    /// belonged together; and once they are written there is nothing left to do.
    #[test]
    fn only_three_values_that_agree_are_written(records in records()) {
        let (desired, mut state) = situation(&[]);
        state.custom_metadata.records = records;
        let found = verdict(&desired, &state);
        let before = |value: RegionalValue, places: &BTreeMap<RegionalValue, CustomMetadataPlace>| {
            let (_, now) = state.custom_metadata.at(&places[&value]).unwrap();
            now.unwrap_or_default().to_owned()
        };
        let places = data_center::places(&desired, &state);
        if places.is_empty() {
            prop_assert!(found.changes.is_empty());
            return Ok(());
        }
        prop_assert_eq!(places.len(), 3);
        let center = before(RegionalValue::DataCenter, &places).to_lowercase();
        let url = before(RegionalValue::ApiUrl, &places);
        prop_assert_eq!(&url, &format!("https://audioconnector.prod{center}.ciscoccservice.com"));
        prop_assert_eq!(before(RegionalValue::RedirectUri, &places), format!("{url}/auth"));
        let packaged: Vec<bool> = places.values().map(|p| p.record.contains("__")).collect();
        prop_assert!(packaged.iter().all(|one| *one == packaged[0]));
        for change in &found.changes {
            come_true(&desired, &mut state, change);
        }
        let after = verdict(&desired, &state);
        prop_assert!(after.changes.is_empty() && after.human.is_none(), "{:?}", after);
    }
}
