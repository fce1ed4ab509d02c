//! The data centre in the package's custom metadata, whose names differ from org to org.
//!
//! A seed's number says what is odd about its package (`seed % 5`): look-alikes of another data
//! centre (0), a second record of the same shape (1), a type that does not show (2), a value that
//! only the vendor changes (3), a record that does not show (4). The first seed has nothing odd.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use provision::engine::{Event, Goal, ItemOutcome, ItemReport, Outcome, Report};
use provision::failure::Kind;
use salesforce_client::metadata::{Bundle, CustomMetadataFile, CustomMetadataValue, DeployOptions};
use salesforce_client::packages::{Audience, InstallRequest};
use serde_json::Value;

use crate::support::{Org, demo, wait};

const SEEDS: u64 = 200;
/// So many of them are applied to once more.
const LOOKED_AT_TWICE: u64 = 50;
const US: &str = "https://audioconnector.produs1.ciscoccservice.com";
const EU: &str = "https://audioconnector.prodeu1.ciscoccservice.com";

/// What a package ships with, and what is wanted in its place.
fn wanted() -> BTreeMap<String, String> {
    let pair = |shipped: &str, wanted: &str| (shipped.to_owned(), wanted.to_owned());
    BTreeMap::from([
        pair("US1", "EU1"),
        pair(US, EU),
        pair(&format!("{US}/auth"), &format!("{EU}/auth")),
    ])
}

fn configuration(center: &str) -> String {
    let text = demo().replace("data_center = \"us1\"", &format!("data_center = \"{center}\""));
    text.replace("[users]", "[users]\non_conflict = \"move\"")
}

fn item(report: &Report) -> &ItemReport {
    let found = report.items.iter().find(|item| item.id.as_str() == "data-center");
    found.expect("the item")
}

/// Every value of custom metadata by type, record and field.
fn values(world: &Value) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for (kind, content) in world["custom_metadata_types"].as_object().expect("types") {
        for (record, content) in content["Records"].as_object().expect("records") {
            for (field, value) in content["Values"].as_object().expect("values") {
                let text = value.as_str().expect("text").to_owned();
                values.insert(format!("{kind}__mdt.{record}.{field}"), text);
            }
        }
    }
    values
}

/// Everything else of custom metadata.
fn frame(world: &Value) -> String {
    let mut text = world["custom_metadata_types"].to_string();
    for (shipped, wanted) in wanted() {
        text = text.replace(&format!("\"{shipped}\""), "*").replace(&format!("\"{wanted}\""), "*");
    }
    text
}

/// Installs the package as an administrator does, so that what it ships with can be looked at.
fn install(org: &Org) {
    let version = org.announcement.orgs[0].package_version_id.as_deref().expect("an id");
    let mut request = InstallRequest::new(version, Audience::AllUsers);
    request.allow_sites = true;
    let client = org.client();
    wait(async {
        let id = client.packages().install(&request).await.expect("an installation");
        while !client.packages().install_status(&id).await.expect("a status").state.is_final() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
}

/// Applies to an org of a seed; what became of the item, and which values were written.
fn tried(seed: u64) -> (u64, ItemOutcome, usize) {
    let org = Org::seeded(seed);
    install(&org);
    let shipped = org.world();
    let notes = std::sync::Mutex::new(Vec::new());
    let report = org.watched(Goal::Apply, &configuration("eu1"), &|event| {
        if let Event::Note { text, .. } = event {
            notes.lock().expect("a lock").push(text.clone());
        }
    });
    assert!(report.failure.is_none(), "seed {seed}: {:#?}", report.failure);
    let found = item(&report);
    let after = org.world();
    assert_eq!(frame(&shipped), frame(&after), "seed {seed}: labels, records and types stay");
    let (before, now) = (values(&shipped), values(&after));
    let written: BTreeMap<&String, &String> =
        now.iter().filter(|(place, value)| before.get(*place) != Some(value)).collect();
    let wanted = wanted();
    for (place, value) in &written {
        let right = wanted.get(&before[*place]);
        assert_eq!(
            right,
            Some(*value),
            "seed {seed}: {place} is none of the three, or got another"
        );
    }
    // Seed 1 has nothing odd: a class of its own.
    let class = if seed == 1 { 5 } else { seed % 5 };
    match class {
        2 | 4 => assert!(!found.steps.is_empty(), "seed {seed}: {found:#?}"),
        3 => {
            let steps = found.steps.join("\n");
            assert!(steps.contains("Cannot modify managed object"), "seed {seed}: {steps}");
            let notes = notes.lock().expect("a lock").join("\n");
            assert!(notes.contains("Deploying the rest without it"), "seed {seed}: {notes}");
        }
        _ => assert!(found.steps.is_empty(), "seed {seed}: {found:#?}"),
    }
    if seed <= LOOKED_AT_TWICE {
        says_the_same_again(seed, &org, found);
    }
    (class, found.outcome, written.len())
}

/// A second run changes nothing, tries nothing again and says the same.
fn says_the_same_again(seed: u64, org: &Org, found: &ItemReport) {
    let after = org.world();
    let again = org.apply(&configuration("eu1"));
    let person = found.outcome == ItemOutcome::NeedsHuman;
    assert_eq!(item(&again).outcome == ItemOutcome::NeedsHuman, person, "seed {seed}");
    assert_eq!(item(&again).steps, found.steps, "seed {seed}");
    assert!(again.run.is_none(), "seed {seed}: nothing was to be done");
    assert_eq!(org.world(), after, "seed {seed}");
}

#[test]
fn the_right_values_are_found_in_every_org_and_no_other_is_written() {
    let seeds: Vec<u64> = (1..=SEEDS).collect();
    let found: Vec<(u64, ItemOutcome, usize)> = std::thread::scope(|scope| {
        let parts: Vec<_> = seeds.chunks(seeds.len().div_ceil(4)).collect();
        let threads: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(|| part.iter().copied().map(tried).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    let mut classes: BTreeMap<u64, usize> = BTreeMap::new();
    for (class, outcome, written) in found {
        *classes.entry(class).or_default() += 1;
        let expected = match class {
            2 | 4 => (ItemOutcome::NeedsHuman, 0),
            3 => (ItemOutcome::NeedsHuman, 2),
            _ => (ItemOutcome::Changed, 3),
        };
        assert_eq!((outcome, written), expected, "class {class}");
    }
    assert_eq!(classes, BTreeMap::from([(0, 40), (1, 39), (2, 40), (3, 40), (4, 40), (5, 1)]));
}

#[test]
fn one_run_brings_the_package_and_the_data_center() {
    for (seed, outcome, rest) in [
        (1, ItemOutcome::Changed, Outcome::NeedsHuman),
        (2, ItemOutcome::NeedsHuman, Outcome::NeedsHuman),
        (3, ItemOutcome::NeedsHuman, Outcome::NeedsHuman),
    ] {
        let org = Org::seeded(seed);
        let report = org.apply(&configuration("eu1"));
        assert_eq!((item(&report).outcome, report.outcome), (outcome, rest), "seed {seed}");
        let known = |change: &provision::checklist::ChangeRow| change.known_after().is_some();
        assert!(item(&report).changes.iter().all(known), "{:#?}", item(&report).changes);
    }
}

/// What the package ships with may already be right.
#[test]
fn what_was_expected_to_change_and_is_right_already_is_no_change() {
    let org = Org::new();
    let planned = org.run(Goal::Plan, &demo());
    assert_eq!(item(&planned).changes.len(), 3);
    let report = org.apply(&demo());
    assert_eq!(item(&report).outcome, ItemOutcome::Already);
    assert!(item(&report).changes.is_empty());
}

#[test]
fn what_somebody_changed_is_seen_and_put_right() {
    // A package with a look-alike of the wanted value: what was found once is still known.
    let org = Org::seeded(5);
    let applied = org.apply(&configuration("eu1"));
    let change = &item(&applied).changes[0];
    let as_wanted = org.world();
    let mut bundle = Bundle::new(org.client().version());
    let file = CustomMetadataFile {
        full_name: change.subject.name.clone(),
        label: change.subject.name.split_once(".ciscocjs__").expect("a record").1.to_owned(),
        protected: false,
        values: vec![CustomMetadataValue {
            field: change.field.clone(),
            value: Some("CA1".to_owned()),
        }],
    };
    bundle.custom_metadata(&file).expect("a file");
    wait(async {
        let client = org.client();
        let archive = bundle.to_zip().expect("an archive");
        let id = client.metadata().deploy(archive, &DeployOptions::default()).await.expect("an id");
        let result = client.metadata().deploy_status(&id).await.expect("a status");
        assert!(result.done && result.success, "{result:#?}");
    });
    assert_eq!(org.run(Goal::Verify, &configuration("eu1")).outcome, Outcome::Differs);
    let mended = org.apply(&configuration("eu1"));
    assert_eq!(item(&mended).changes[0].before.as_deref(), Some("CA1"));
    assert_eq!(org.world(), as_wanted);
}

#[test]
fn hints_that_contradict_the_org_are_forgotten() {
    let org = Org::new();
    org.apply(&configuration("eu1"));
    let folder = org
        .state
        .path()
        .join("orgs")
        .join(provision::model::OrgId::parse(&org.id).expect("an id").long())
        .join("hints.json");
    let right = std::fs::read_to_string(&folder).expect("hints");
    let hints: Value = serde_json::from_str(&right).expect("JSON");
    let place = &hints["data"]["custom_metadata"]["places"]["data_center"];
    assert_eq!(
        hints["data"]["custom_metadata"]["places"].as_object().expect("places").len(),
        3,
        "{hints}"
    );
    for part in ["type", "record", "field"] {
        let name = place[part].as_str().expect("a name");
        let wrong = name.replace("ciscocjs__", "ciscocjs__Gone");
        std::fs::write(&folder, right.replace(name, &wrong)).expect("hints");
        let report = org.apply(&configuration("eu1"));
        assert_eq!(item(&report).outcome, ItemOutcome::Already, "{part}");
        let now = std::fs::read_to_string(&folder).expect("hints");
        assert_eq!(now, right, "{part}");
    }
    // Another version of the package may have other names.
    let version = hints["data"]["custom_metadata"]["package_version"].as_str().expect("an id");
    std::fs::write(&folder, right.replace(version, "04t000000000009AAA")).expect("hints");
    org.forget_requests();
    org.apply(&configuration("eu1"));
    let requests = org.requests();
    let operations: BTreeSet<&str> =
        requests.iter().filter_map(|request| request["operation"].as_str()).collect();
    assert!(operations.contains("metadata/listMetadata"), "{operations:?}");
    assert_eq!(std::fs::read_to_string(&folder).expect("hints"), right);
}

#[test]
fn places_of_the_configuration_are_taken_as_they_are() {
    // The record that holds the data centre does not show, so that nothing is found without help.
    let org = Org::seeded(4);
    install(&org);
    let shipped = values(&org.world());
    let shows = |place: &str| {
        let text = configuration("eu1");
        let configuration = format!("{text}\n[custom_metadata]\napi_url = \"{place}\"\n");
        org.run(Goal::Apply, &configuration)
    };
    let place = |value: &str| {
        shipped.iter().find(|(_, text)| *text == value).map(|(place, _)| place.clone())
    };
    let gone = shows("ciscocjs__Gone__mdt.Gone.ciscocjs__Gone__c");
    let failure = gone.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Usage);
    assert!(failure.message().contains("`custom_metadata.api_url` names"), "{}", failure.message());
    let report = shows(&place(US).expect("the API URL"));
    let written: Vec<String> = values(&org.world())
        .into_iter()
        .filter(|(place, value)| shipped.get(place) != Some(value))
        .map(|(_, value)| value)
        .collect();
    assert_eq!(item(&report).outcome, ItemOutcome::NeedsHuman, "{:#?}", report.failure);
    assert_eq!(written, [EU]);
}
