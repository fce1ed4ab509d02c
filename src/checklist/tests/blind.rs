//! What an org does not show is never taken for absent.

use super::fixture::{desired, done, install, past, planned, rows, state};
use super::omni_sync::{wanted, with_omni};
use crate::checklist::{
    Blockers, ChangeRow, Hold, ItemId, Past, Plan, Selection, plan, plan_selected, removal,
};
use crate::model::{Look, Way};

/// Everything that fills a part of the state.
const LOOKS: [Look; 29] = [
    Look::Permissions,
    Look::CallCenters,
    Look::Profiles,
    Look::RecordTypes,
    Look::Users,
    Look::Memberships,
    Look::PackageContents,
    Look::PresenceStatuses,
    Look::Objects,
    Look::PermissionSets,
    Look::OmniSync,
    Look::AgentAccess,
    Look::Apps,
    Look::UtilityBars,
    Look::RegionalValues,
    Look::Added,
    Look::Packages,
    Look::Layouts,
    Look::LayoutAssignments,
    Look::Deploys,
    Look::Installs,
    Look::OfferedVersion,
    Look::References,
    Look::Uninstalls,
    Look::CallCenter,
    Look::Softphone,
    Look::ProfileNames,
    Look::LeavingCallCenters,
    Look::PackageData,
];

fn told(plan: &Plan) -> String {
    let mut lines = Vec::new();
    for (unseen, items) in plan.unseen() {
        let items: Vec<&str> = items.into_iter().map(ItemId::as_str).collect();
        assert!(unseen.text.starts_with("Not seen"));
        lines.push(format!("stops {}", items.join(", ")));
    }
    for (item, on) in plan.waiting() {
        lines.push(format!("{item} waits for {on}"));
    }
    for planned in &plan.items {
        let notes = planned.verdict.notes.iter().filter(|note| note.text().starts_with("Not seen"));
        lines.extend(notes.map(|_| format!("{} notes it", planned.item)));
    }
    lines.join("; ")
}

fn is_within(blind: &Plan, sighted: &Plan, look: Look) {
    let sighted: Vec<ChangeRow> = sighted.rows();
    for row in blind.rows() {
        assert!(sighted.contains(&row), "without {look:?}: {row:#?}");
    }
}

#[test]
fn whoever_needs_what_is_refused_stands_still_and_the_others_go_on() {
    let (desired, state) = (desired(), state());
    let sighted = planned(&desired, &state);
    let mut table = Vec::new();
    for look in LOOKS {
        let mut state = state.clone();
        state.refuse(look, "UNKNOWN_EXCEPTION: An unexpected error occurred", false);
        let blind = planned(&desired, &state);
        is_within(&blind, &sighted, look);
        table.push(format!("{look:?}: {}", told(&blind)));
    }
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn nothing_is_given_back_for_what_was_not_seen() {
    let (desired, start) = (wanted(), with_omni());
    let (state, baseline) = done(&desired, start);
    let past = past(&baseline);
    assert!(plan(&desired, &state, &past).is_empty());
    for look in LOOKS {
        let mut state = state.clone();
        state.refuse(look, "MALFORMED_QUERY: unexpected token", false);
        let blind = plan(&desired, &state, &past);
        assert_eq!(blind.rows(), [], "without {look:?}");
    }
}

#[test]
fn what_others_build_on_stays_where_they_were_not_seen() {
    let mut start = state();
    install(&desired(), &mut start);
    let (state, baseline) = done(&desired(), start);
    let past = past(&baseline);
    let sighted = removal(&desired(), &state, &past, Blockers::Stop);
    let mut table = Vec::new();
    for look in LOOKS {
        let mut state = state.clone();
        state.refuse(look, "UNKNOWN_EXCEPTION: An unexpected error occurred", false);
        let blind = removal(&desired(), &state, &past, Blockers::Stop);
        is_within(&blind, &sighted, look);
        table.push(format!("{look:?}: {}", told(&blind)));
    }
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn a_selection_says_what_it_leaves_and_what_waits_for_that() {
    let (desired, state) = (desired(), state());
    let mut only = planned(&desired, &state);
    only.select(&Selection::Only([ItemId::USERS].into()), Way::Build);
    // There is no call center yet that they could be put into.
    assert_eq!(only.waiting(), [(ItemId::USERS, ItemId::CALL_CENTER)]);
    assert!(only.is_empty() && only.leaves_out());
    let (there, baseline) = done(&desired, state);
    let mut user_left = there.clone();
    for user in &mut user_left.users {
        user.call_center = None;
    }
    let mut only = plan(&desired, &user_left, &past(&baseline));
    let all = only.rows();
    only.select(&Selection::Only([ItemId::USERS].into()), Way::Build);
    assert_eq!(only.rows(), all);
    assert!(only.waiting().is_empty());
    let left = only.of(ItemId::PACKAGE).unwrap();
    assert_eq!(left.hold, Some(Hold::LeftOut { changes: Some(0) }));
    let mut skipped = plan(&desired, &user_left, &Past::default());
    skipped.select(&Selection::Without([ItemId::USERS].into()), Way::Build);
    assert!(skipped.is_empty());
    assert!(!rows(skipped.of(ItemId::USERS).unwrap()).iter().any(ChangeRow::is_ours));
}

#[test]
fn nothing_waits_for_what_a_person_left_out_and_is_there() {
    let (desired, start) = (desired(), state());
    let (mut state, _) = done(&desired, start);
    for assignment in state.layout_assignments.seen_mut().unwrap() {
        assignment.layout = None;
    }
    let sighted = planned(&desired, &state);
    assert!(!rows(sighted.of(ItemId::TASK_LAYOUT).unwrap()).is_empty());
    state.refuse(Look::Packages, "UNKNOWN_EXCEPTION", false);
    let waiting = plan(&desired, &state, &Past::default());
    assert!(waiting.waiting().contains(&(ItemId::TASK_LAYOUT, ItemId::PACKAGE)));
    let without = Selection::Without([ItemId::PACKAGE, ItemId::DATA_CENTER].into());
    let skipped = plan_selected(&desired, &state, &Past::default(), &without);
    assert!(skipped.waiting().is_empty(), "{:?}", skipped.waiting());
    assert_eq!(skipped.rows(), sighted.rows());
    assert_eq!(skipped.of(ItemId::PACKAGE).unwrap().hold, Some(Hold::LeftOut { changes: None }));
}

#[test]
fn nothing_is_taken_out_from_below_what_stays() {
    let mut start = state();
    install(&desired(), &mut start);
    let (state, baseline) = done(&desired(), start);
    let past = past(&baseline);
    let with = |selection: &Selection| {
        let mut found = removal(&desired(), &state, &past, Blockers::Stop);
        found.select(selection, Way::Remove);
        found
    };
    let alone = with(&Selection::Only([ItemId::CALL_CENTER].into()));
    let stops: Vec<(ItemId, String)> =
        alone.stops().map(|(item, stop)| (item, stop.message())).collect();
    insta::assert_debug_snapshot!(stops);
    let both = with(&Selection::Only([ItemId::CALL_CENTER, ItemId::USERS].into()));
    assert_eq!(both.stops().count(), 0);
    assert!(!both.is_empty());
}
