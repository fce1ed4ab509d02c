//! Names that people and languages have changed since a run wrote them down.

use super::fixture::{self, desired, past, rows, state};
use super::removal::{install, removed};
use crate::checklist::{After, Change, ItemId, Plan, complete, moved_elsewhere, plan};
use crate::model::{
    Baseline, BaselineEntry, BaselineRow, ConnectorWish, Ids, LayoutName, OrgState, Target, Value,
};

/// Another caller's language, and what administrators have renamed since.
pub(super) fn rename(state: &mut OrgState) {
    for (profile, label) in
        state.profiles.iter_mut().zip(["Systemadministrator", "Standardbenutzer", "Agentin"])
    {
        label.clone_into(&mut profile.label);
    }
    for layout in state.layouts.iter_mut().filter(|it| it.name.namespace.is_none()) {
        layout.name = LayoutName::local(&format!("{} (old)", layout.name.name));
    }
    for record_type in &mut state.record_types {
        record_type.api_name.push_str("_Renamed");
    }
    for user in &mut state.users {
        user.username = format!("renamed.{}", user.username);
    }
    for given in &mut state.permission_set_assignments {
        given.username = format!("renamed.{}", given.username);
    }
}

/// A baseline as the version before wrote it: without ids.
pub(super) fn without_ids(baseline: &Baseline) -> Baseline {
    let rows = baseline.rows().into_iter();
    let entries = rows.map(|row| BaselineRow { ids: Ids::default(), recipe: None, ..row }.into());
    Baseline { entries: entries.collect() }
}

/// The connector is there, agents came from another vendor, and everything was renamed since.
fn renamed() -> (ConnectorWish, OrgState, Baseline) {
    let (mut desired, mut state) = (desired(), state());
    desired.users.on_conflict = crate::model::OnConflict::Move;
    let acme = state.call_centers[0].id;
    state.users[0].call_center = Some(acme);
    let baseline = install(&desired, &mut state);
    rename(&mut state);
    (desired, state, baseline)
}

fn afters(plan: &Plan, item: ItemId) -> Vec<Option<String>> {
    let known = |after| match after {
        After::Known(value) => value,
        other @ After::KnownAfter { .. } => panic!("{other:?}"),
    };
    rows(plan.of(item).unwrap()).into_iter().map(|row| known(row.after)).collect()
}

#[test]
fn an_uninstall_puts_back_what_was_there_whatever_it_is_called_now() {
    let (desired, state, baseline) = renamed();
    let found = removed(&desired, &state, &baseline);
    let layouts = afters(&found, ItemId::TASK_LAYOUT);
    assert_eq!(layouts.len(), 4);
    assert!(layouts.iter().all(|it| it.as_deref() == Some("Task Layout (old)")), "{layouts:?}");
    let users = afters(&found, ItemId::USERS);
    assert_eq!(users, [Some("AcmeCTI".to_owned()), None, None]);
    for item in [ItemId::TASK_LAYOUT, ItemId::USERS] {
        let notes = &found.of(item).unwrap().notes;
        assert!(notes.is_empty(), "nobody else did anything: {notes:?}");
    }
}

#[test]
fn what_is_no_longer_wanted_is_given_back_whatever_it_is_called_now() {
    let (mut desired, mut state, baseline) = renamed();
    desired.task_layout.profiles = vec!["Agentin".to_owned()];
    for user in &mut state.users {
        user.chosen_by.clear();
    }
    desired.users.profiles.clear();
    let found = plan(&desired, &state, &past(&baseline));
    assert_eq!(found.stops().count(), 0, "{:?}", found.stops().collect::<Vec<_>>());
    let layouts = rows(found.of(ItemId::TASK_LAYOUT).unwrap());
    assert!(layouts.iter().all(|it| it.subject.name == "Systemadministrator"), "{layouts:?}");
    assert_eq!(layouts.len(), 2);
    assert_eq!(afters(&found, ItemId::USERS), [Some("AcmeCTI".to_owned()), None, None]);
}

#[test]
fn whose_name_somebody_else_has_now_is_not_taken_for_them() {
    let (desired, mut state, baseline) = renamed();
    // The second user has got the first one's login name, and was moved on purpose.
    let freed = "user1@example.com".to_owned();
    state.users[1].username = freed;
    state.users[1].call_center = Some(state.call_centers[0].id);
    let found = removed(&desired, &state, &baseline);
    let verdict = found.of(ItemId::USERS).unwrap();
    let names: Vec<String> = rows(verdict).into_iter().map(|row| row.subject.name).collect();
    assert_eq!(names, ["renamed.user1@example.com", "renamed.user3@example.com"]);
    assert!(verdict.notes[0].text().contains("\"user1@example.com (in AcmeCTI)\""), "{verdict:?}");
}

#[test]
fn an_older_baseline_learns_the_ids_of_what_it_names() {
    let (mut desired, mut state) = (desired(), state());
    desired.users.on_conflict = crate::model::OnConflict::Move;
    state.users[0].call_center = Some(state.call_centers[0].id);
    let written = install(&desired, &mut state);
    let older = without_ids(&written);
    assert!(older.rows().iter().all(|row| row.ids.is_empty()));
    let completed = complete(&older, &state);
    let layouts = || completed.of_item(ItemId::TASK_LAYOUT.as_str());
    for entry in completed.of_item(ItemId::USERS.as_str()).chain(layouts()) {
        assert!(entry.target.ids().subject.is_some(), "{entry:?}");
        let before = entry.before.value().is_none_or(|value| value.id().is_some());
        assert!(before && entry.ours.as_ref().is_some_and(|it| it.id().is_some()), "{entry:?}");
    }
    rename(&mut state);
    let found = removed(&desired, &state, &completed);
    let layouts = afters(&found, ItemId::TASK_LAYOUT);
    assert!(layouts.iter().all(|it| it.as_deref() == Some("Task Layout (old)")), "{layouts:?}");
}

#[test]
fn names_that_two_have_complete_nothing() {
    let (desired, mut state) = twins();
    let baseline = without_ids(&install(&desired, &mut state));
    let completed = complete(&baseline, &state);
    for entry in completed.of_item(ItemId::TASK_LAYOUT.as_str()) {
        assert_eq!(entry.target.ids().subject, None, "{entry:?}");
    }
}

/// Two profiles of one label, of which one is to use the package's layout.
fn twins() -> (ConnectorWish, OrgState) {
    let (mut desired, mut state) = (desired(), state());
    "System Administrator".clone_into(&mut state.profiles[1].label);
    desired.task_layout.profiles = vec!["Admin".to_owned()];
    (desired, state)
}

#[test]
fn two_profiles_of_one_label_are_told_apart_by_their_ids() {
    let (desired, mut state) = twins();
    let before = state.clone();
    let baseline = install(&desired, &mut state);
    let wanted = before.profiles[0].id;
    let found = removed(&desired, &state, &baseline);
    for change in &found.of(ItemId::TASK_LAYOUT).unwrap().changes {
        let profile = change.target().profile().unwrap();
        assert_eq!(profile.id.as_ref(), Some(&wanted), "{change:?}");
    }
    assert_eq!(afters(&found, ItemId::TASK_LAYOUT).len(), 2);
    // A deploy that moved the other one's layouts did not do what was asked.
    let other = before.profiles[1].id;
    let mut wrong = before.clone();
    fixture::install(&desired, &mut wrong);
    let asked = plan(&desired, &wrong, &past(&Baseline::default()));
    let asked: Vec<Change> = asked.of(ItemId::TASK_LAYOUT).unwrap().changes.clone();
    let start = wrong.clone();
    let layout = wrong.layouts.iter().find(|it| it.name.name == "New Layout").unwrap().id;
    for assignment in wrong.layout_assignments.iter_mut().filter(|it| it.profile == other) {
        assignment.layout = Some(layout);
    }
    assert!(!moved_elsewhere(&start, &wrong, &asked).is_empty());
    let rows: Vec<_> = asked.iter().flat_map(Change::rows).collect();
    let of_other = rows[0].clone();
    let mut ids = of_other.ids.clone();
    ids.subject = Some(other.to_string());
    let of_other = crate::checklist::ChangeRow { ids, ..of_other };
    assert!(!rows[0].same_place(&of_other));
}

#[test]
fn a_profile_that_is_renamed_during_a_deploy_has_not_moved() {
    let (before, mut after) = (state(), state());
    "Agents (new)".clone_into(&mut after.profiles[1].label);
    assert!(moved_elsewhere(&before, &after, &[]).is_empty());
    after.profiles.get_or_insert_default().remove(1);
    assert_eq!(moved_elsewhere(&before, &after, &[]).len(), 1);
}

#[test]
fn a_label_that_two_profiles_have_is_no_name() {
    let (mut desired, state) = twins();
    desired.task_layout.profiles = vec!["System Administrator".to_owned()];
    let found = plan(&desired, &state, &past(&Baseline::default()));
    let stops = &found.of(ItemId::TASK_LAYOUT).unwrap().stops;
    insta::assert_snapshot!(stops[0].message(), @r#"`task_layout.profiles` names "System Administrator", which is the label of 2 profiles in this org: "Admin" (00e000000000001), "Standard" (00e000000000002). Use the API name of the one you mean."#);
}

#[test]
fn entries_of_another_generation_are_nobodys_here() {
    let (desired, mut state) = (desired(), state());
    let baseline = install(&desired, &mut state);
    let others = Baseline {
        entries: baseline
            .entries
            .iter()
            .map(|it| BaselineEntry { recipe: Some("second".to_owned()), ..it.clone() })
            .collect(),
    };
    let mut both = baseline.clone();
    for entry in others.entries.clone() {
        both.record(entry);
    }
    assert_eq!(both.entries.len(), 2 * baseline.entries.len(), "each has a past of its own");
    assert_eq!(both.of_recipe("second"), others);
    assert_eq!(both.of_recipe("webex-v1"), baseline);
    // What an older version wrote is of the recipe that it knew.
    assert_eq!(without_ids(&baseline).of_recipe("webex-v1").entries.len(), baseline.entries.len());
    // Of the other generation's call center this run knows nothing.
    let mut strangers = others;
    for entry in &mut strangers.entries {
        if let Target::CallCenter(it) = &mut entry.target {
            "SecondCallCenter1".clone_into(&mut it.name);
        }
    }
    state.call_centers[0].internal_name = "SecondCallCenter1".to_owned();
    let found = removed(&desired, &state, &strangers);
    let gone: Vec<String> = rows(found.of(ItemId::CALL_CENTER).unwrap())
        .into_iter()
        .map(|it| it.subject.name)
        .collect();
    assert_eq!(gone, [fixture::INTERNAL_NAME]);
}

#[test]
fn a_call_center_that_was_made_anew_is_where_users_go_back_to() {
    let (desired, mut state, baseline) = renamed();
    let anew = crate::model::CallCenterId::parse(&fixture::id("04v", 77)).unwrap();
    state.call_centers[0].id = anew;
    let found = removed(&desired, &state, &baseline);
    let change = &found.of(ItemId::USERS).unwrap().changes[0];
    let Some(Value::CallCenter(back)) = &change.operation.to else { panic!("{change:?}") };
    assert_eq!(back.id, Some(anew));
}
