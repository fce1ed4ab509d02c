use std::collections::BTreeSet;

use super::fixture::{desired, done, height, past, planned, state};
use super::omni_sync::{wanted, with_omni};
use crate::checklist::{Change, ItemId, Past, beyond_deploy, lacking, plan, whole};
use crate::model::{
    Baseline, ConnectorWish, OmniAccess, Operation, OrgState, RegionalValue, Target, Value, Wave,
};

fn all(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Vec<Change> {
    let past = past(baseline);
    whole(desired, state, &past, &plan(desired, state, &past))
}

/// Places and the values that a deploy brings to them. Fields of a call center are in its definition.
fn outcome(changes: &[Change]) -> BTreeSet<String> {
    let of_call_center =
        |it: &&Change| matches!(it.target(), Target::CallCenter(_) | Target::CallCenterField(..));
    let text = |change: &Change| {
        let Operation { target, to, .. } = &change.operation;
        let (subject, field) = target.place();
        let to = to.as_ref().map(|value| value.recorded_text(target));
        format!("{} {field} {to:?}", subject.name)
    };
    changes.iter().filter(|it| !of_call_center(it)).map(text).collect()
}

/// The deploys that bring a configuration about in an org.
fn deployed(desired: &ConnectorWish, mut state: OrgState) -> Vec<Change> {
    let past = Past::default();
    let mut deployed = Vec::new();
    while let Some((stage, changes)) = plan(desired, &state, &past).next_stage() {
        let changes: Vec<Change> = changes.into_iter().cloned().collect();
        for change in &changes {
            super::fixture::come_true(desired, &mut state, change);
        }
        if stage.wave == Wave::Deploy {
            deployed.extend(changes);
        }
    }
    deployed
}

#[test]
fn an_empty_org_lacks_all_that_is_configured() {
    let (desired, state) = (wanted(), with_omni());
    let plan = planned(&desired, &state);
    assert!(!lacking(&plan).is_empty());
    assert_eq!(whole(&desired, &state, &Past::default(), &plan), lacking(&plan));
}

#[test]
fn an_org_that_is_up_to_date_has_in_it_what_was_deployed() {
    let mut by_profiles = wanted();
    by_profiles.omni_sync.access = OmniAccess::Profiles(vec!["Agent".to_owned()]);
    for desired in [wanted(), by_profiles] {
        let (state, baseline) = done(&desired, with_omni());
        assert!(plan(&desired, &state, &past(&baseline)).is_empty());
        let all = all(&desired, &state, &baseline);
        let mut expected = outcome(&deployed(&desired, with_omni()));
        // The package brought the region's values as they are wanted.
        let records = &state.custom_metadata.records;
        expected.extend(records.iter().flat_map(|record| {
            let name = record.member();
            record.values.iter().map(move |(field, value)| format!("{name} {field} {value:?}"))
        }));
        assert_eq!(outcome(&all), expected);
        assert_eq!(records.len(), RegionalValue::ALL.len());
        assert!(all.iter().all(|it| it.operation.from == it.operation.to));
        let call_center = all.iter().find_map(|it| match (it.target(), &it.operation.to) {
            (Target::CallCenter(_), Some(Value::Definition(definition))) => {
                definition.content.as_deref()
            }
            _ => None,
        });
        assert_eq!(call_center, state.call_center.found(), "with the values that the org has");
    }
}

#[test]
fn what_differs_is_in_it_once_and_as_configured() {
    let desired = wanted();
    let (mut state, baseline) = done(&desired, with_omni());
    state.call_center.found_mut().unwrap().item_mut(&height()).unwrap().value = "1".to_owned();
    state.omni.seen_mut().unwrap().access.clear();
    let difference = plan(&desired, &state, &past(&baseline)).rows().len();
    assert!(difference > 1);
    let all = all(&desired, &state, &baseline);
    for (number, change) in all.iter().enumerate() {
        let mut others = all[number + 1..].iter();
        assert!(!others.any(|other| other.target().is_same_place(change.target())), "{change:?}");
    }
    let changed: Vec<&Change> =
        all.iter().filter(|it| it.operation.from != it.operation.to).collect();
    assert_eq!(changed.iter().flat_map(|it| it.rows()).count(), difference);
}

#[test]
fn a_class_that_somebody_else_wrote_is_not_in_it() {
    let desired = wanted();
    let (mut state, baseline) = done(&desired, with_omni());
    for class in &mut state.omni.seen_mut().unwrap().classes {
        class.body = "class Sync { static String tell() { return null; } }".to_owned();
    }
    let all = all(&desired, &state, &baseline);
    assert!(!all.iter().any(|it| matches!(it.target(), Target::ApexClass(_))));
    assert!(all.iter().any(|it| it.item == ItemId::OMNI_SYNC), "who may use it is");
}

#[test]
fn what_no_deploy_brings_about_is_told() {
    let desired = desired();
    let told = |state: &OrgState, baseline: &Baseline| {
        let past = past(baseline);
        beyond_deploy(&desired, &past, &plan(&desired, state, &past)).join("\n")
    };
    insta::assert_snapshot!(told(&state(), &Baseline::default()), @"
    Not in the folder: the region's values. Install the package and export again: only then can provision see where they belong.
    Not in the folder: Managed package, Call center users. They cannot be deployed; use `apply`.
    Not in the folder: CSP allow-list. This is a manual step; see `todo`.
    ");
    let (state, baseline) = done(&desired, state());
    insta::assert_snapshot!(told(&state, &baseline), @"
    Not in the folder: Managed package, Call center users. They cannot be deployed; use `apply`.
    Not in the folder: CSP allow-list. This is a manual step; see `todo`.
    ");
}
