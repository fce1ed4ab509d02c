use super::fixture::{come_true, desired, install, planned, state};
use crate::checklist::moved_elsewhere;
use crate::checklist::{After, Change, ChangeRow, ItemId, Past, plan};
use crate::model::{
    Baseline, BaselineEntry, Before, ConnectorWish, Look, Observed, OrgState, RecordTypeChoice,
};

fn changes(desired: &ConnectorWish, state: &OrgState) -> Vec<Change> {
    planned(desired, state).of(ItemId::TASK_LAYOUT).unwrap().changes.clone()
}

fn rows(changes: &[Change]) -> Vec<ChangeRow> {
    changes.iter().flat_map(Change::rows).collect()
}

fn places(changes: &[Change]) -> Vec<String> {
    rows(changes)
        .iter()
        .map(|change| {
            let record_type = change.subject.record_type.as_deref().unwrap_or("master");
            format!("{} / {record_type}", change.subject.name)
        })
        .collect()
}

#[test]
fn chosen_profiles_get_the_layout_for_the_master_and_active_record_types() {
    let changes = changes(&desired(), &state());
    assert_eq!(
        places(&changes),
        [
            "Agent / master",
            "Agent / Call",
            "System Administrator / master",
            "System Administrator / Call"
        ]
    );
    assert!(rows(&changes).iter().all(|change| change.before.as_deref() == Some("Task Layout")));
}

#[test]
fn before_the_package_is_there_the_layout_is_known_after_it() {
    let (desired, mut state) = (desired(), state());
    let expected = "ciscocjs__New Layout".to_owned();
    let after = After::KnownAfter { item: ItemId::PACKAGE, expected: expected.clone() };
    assert!(rows(&changes(&desired, &state)).iter().all(|change| change.after == after));
    install(&desired, &mut state);
    let after = After::value(expected);
    assert!(rows(&changes(&desired, &state)).iter().all(|change| change.after == after));
}

#[test]
fn profiles_are_found_by_either_name_and_only_once() {
    let (mut desired, state) = (desired(), state());
    desired.task_layout.profiles = vec!["Admin".to_owned(), "System Administrator".to_owned()];
    assert_eq!(changes(&desired, &state).len(), 2);
}

#[test]
fn a_wrong_profile_is_an_error_and_never_a_new_profile() {
    let (mut desired, state) = (desired(), state());
    desired.task_layout.profiles = vec!["Agnet".to_owned()];
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::TASK_LAYOUT).unwrap();
    assert!(verdict.changes.is_empty());
    assert_eq!(
        verdict.stops[0].message(),
        "`task_layout.profiles` names the profile \"Agnet\", which this org does not have."
    );
    assert_eq!(verdict.stops[0].advice()[0], "Did you mean \"Agent\"?");
}

#[test]
fn a_name_that_may_be_an_api_name_is_asked_for_before_it_is_called_wrong() {
    let (mut desired, mut state) = (desired(), state());
    for profile in &mut state.profiles {
        profile.api_name = None;
    }
    state.profile_names = Observed::Unasked;
    desired.task_layout.profiles = vec!["Admin".to_owned()];
    let plan = planned(&desired, &state);
    assert_eq!(plan.needs(), [Look::ProfileNames]);
    assert!(plan.stops().next().is_none());
}

#[test]
fn named_record_types_are_looked_up_even_when_inactive() {
    let (mut desired, state) = (desired(), state());
    desired.task_layout.profiles = vec!["Agent".to_owned()];
    desired.task_layout.record_types = RecordTypeChoice::Named(vec!["Gone".to_owned()]);
    assert_eq!(places(&changes(&desired, &state)), ["Agent / master", "Agent / Gone"]);
    desired.task_layout.record_types = RecordTypeChoice::Named(vec!["Cal".to_owned()]);
    let plan = planned(&desired, &state);
    assert_eq!(plan.of(ItemId::TASK_LAYOUT).unwrap().stops[0].advice(), ["Did you mean \"Call\"?"]);
}

#[test]
fn a_profile_no_longer_wanted_goes_back_unless_somebody_moved_it() {
    let (mut desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    let mut baseline = Baseline::default();
    for change in changes(&desired, &state) {
        baseline.record(BaselineEntry {
            item: ItemId::TASK_LAYOUT.as_str().to_owned(),
            target: change.target().clone(),
            before: Before::Known(change.operation.from.clone()),
            ours: change.known_value().unwrap().cloned(),
            run: "1".to_owned(),
            recipe: None,
            giving_back: false,
        });
        come_true(&desired, &mut state, &change);
    }
    desired.task_layout.profiles = vec!["Agent".to_owned()];
    let past = Past { baseline, ..Past::default() };
    let back = plan(&desired, &state, &past);
    let back = &back.of(ItemId::TASK_LAYOUT).unwrap().changes;
    assert_eq!(places(back), ["System Administrator / master", "System Administrator / Call"]);
    assert!(rows(back).iter().all(|change| change.after == After::value("Task Layout")));
    desired.users.profiles = vec!["Agnet".to_owned()];
    let misspelt = plan(&desired, &state, &past);
    assert_eq!(misspelt.stops().count(), 1);
    assert!(
        misspelt.of(ItemId::TASK_LAYOUT).unwrap().changes.is_empty(),
        "who knows what is wanted?"
    );
    desired.users.profiles.clear();
    for assignment in &mut state.layout_assignments {
        assignment.layout = None;
    }
    let kept = plan(&desired, &state, &past);
    assert!(
        places(&kept.of(ItemId::TASK_LAYOUT).unwrap().changes)
            .iter()
            .all(|place| { place.starts_with("Agent") })
    );
}

#[test]
fn an_assignment_that_moved_unasked_is_seen() {
    let (desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    let before = state.clone();
    let planned = changes(&desired, &state);
    for change in &planned {
        come_true(&desired, &mut state, change);
    }
    assert!(moved_elsewhere(&before, &state, &planned).is_empty());
    let standard = state.profiles[1].id;
    let other = state.layouts[2].id;
    for assignment in &mut state.layout_assignments {
        if assignment.profile == standard && assignment.record_type.is_none() {
            assignment.layout = Some(other);
        }
    }
    let moved = moved_elsewhere(&before, &state, &planned);
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].name, "Standard User");
}
