//! What runs have changed is as it was before them, and what others did stays.

use super::fixture::{desired, done, install, past, state, user};
use crate::checklist::{Blockers, Change, Now, Undo, forget_undone, undo};
use crate::model::{
    BaselineEntry, Before, CallCenterId, CallCenterPart, CallCenterRow, OrgState, Ref, Target,
    Undone, Value,
};

fn call_center(name: &str, number: usize) -> CallCenterRow {
    CallCenterRow {
        id: CallCenterId::parse(&super::fixture::id("04v", number)).unwrap(),
        internal_name: name.to_owned(),
        name: name.to_owned(),
        adapter_url: None,
    }
}

/// An org with call centers A, B and C, and a user in that one.
fn with_user_in(place: &str) -> OrgState {
    let mut state = state();
    install(&desired(), &mut state);
    let (mut state, _) = done(&desired(), state);
    let mut ids = Vec::new();
    for (number, name) in ["A", "B", "C"].into_iter().enumerate() {
        let row = call_center(name, 90 + number);
        ids.push((name, row.id));
        state.call_centers.get_or_insert_default().push(row);
    }
    let mut moved = user(77, false);
    moved.call_center = ids.into_iter().find(|(name, _)| *name == place).map(|(_, id)| id);
    state.users.get_or_insert_default().push(moved);
    state
}

fn entry(before: &str, ours: &str) -> BaselineEntry {
    let value = |name: &str| Value::CallCenter(Ref::named(name));
    BaselineEntry {
        item: "users".to_owned(),
        target: Target::UserCallCenter(Ref::named("user77@example.com")),
        before: Before::Known(Some(value(before))),
        ours: Some(value(ours)),
        run: "1".to_owned(),
        recipe: None,
        giving_back: false,
    }
}

/// Two runs: from A to B, and from B to C.
fn two_runs() -> Undone {
    let mut undone = Undone { set: vec![entry("A", "B"), entry("B", "C")], ..Undone::default() };
    undone.past.entries.push(entry("A", "C"));
    undone
}

fn goes_to(state: &OrgState, undone: &Undone) -> Vec<Option<String>> {
    let taken = Undo { undone, blockers: Blockers::default() };
    let plan = undo(&desired(), state, &past(&crate::model::Baseline::default()), taken);
    let to = |change: &Change| match &change.operation.to {
        Some(Value::CallCenter(it)) => Some(it.name.clone()),
        _ => None,
    };
    plan.changes().map(to).collect()
}

#[test]
fn a_value_goes_back_from_wherever_the_runs_have_left_it() {
    let undone = two_runs();
    let a = [Some("A".to_owned())];
    assert_eq!(goes_to(&with_user_in("C"), &undone), a);
    // The org has refused the second run's row.
    assert_eq!(goes_to(&with_user_in("B"), &undone), a);
    assert_eq!(goes_to(&with_user_in("A"), &undone), []);
    // Nobody of us has put the user there.
    assert_eq!(goes_to(&with_user_in("nowhere"), &undone), []);
}

#[test]
fn a_setting_that_goes_back_is_told_by_the_key_of_the_configuration() {
    let desired = desired();
    let mut state = state();
    install(&desired, &mut state);
    let (state, _) = done(&desired, state);
    let (item, wanted) = desired.call_center.values.first_key_value().expect("a setting");
    let (item, key) = (item.clone(), wanted.asked_by.as_str());
    let center = state.call_center.found().expect("the call center");
    let text = |text: &str| Value::Text(text.to_owned());
    let ours = text(&center.item(&item).expect("the item").value);
    let center = Ref::named(&center.internal_name);
    let target = Target::CallCenterField(center, CallCenterPart::Item(item));
    let entry = BaselineEntry {
        item: "cti-settings".to_owned(),
        target,
        before: Before::Known(Some(text("321"))),
        ours: Some(ours),
        run: "1".to_owned(),
        recipe: None,
        giving_back: false,
    };
    let mut undone = Undone { set: vec![entry.clone()], ..Undone::default() };
    undone.past.entries.push(entry);
    let taken = Undo { undone: &undone, blockers: Blockers::default() };
    let plan = undo(&desired, &state, &past(&crate::model::Baseline::default()), taken);
    let rows = plan.rows();
    let told = rows.iter().map(|row| (row.key(), row.known_after().flatten()));
    assert_eq!(told.collect::<Vec<_>>(), [(Some(key), Some("321"))]);
}

#[test]
fn the_baseline_forgets_what_is_as_it_was_and_nothing_else() {
    let undone = two_runs();
    let mut baseline = crate::model::Baseline::default();
    baseline.record(entry("A", "C"));
    let held = |name: &str| {
        let value = Some(Value::CallCenter(Ref::named(name)));
        move |_: &BaselineEntry| Now::Held(value.clone())
    };
    assert!(forget_undone(&baseline, &undone, "2", &held("A")).is_empty());
    assert_eq!(forget_undone(&baseline, &undone, "2", &held("other")), baseline);
    assert_eq!(forget_undone(&baseline, &undone, "2", &|_| Now::Unseen), baseline);
    // An earlier run had put the user into A.
    let mut earlier = crate::model::Baseline::default();
    earlier.record(entry("Acme", "C"));
    let left = forget_undone(&earlier, &undone, "2", &held("A"));
    assert_eq!(left.entries[0].ours, Some(Value::CallCenter(Ref::named("A"))));
    assert_eq!(left.entries[0].before, earlier.entries[0].before);
}
