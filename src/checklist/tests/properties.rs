//! What must hold for every org.

use proptest::prelude::*;

use super::fixture::{come_true, desired, height, id, state, user};
use super::omni_sync::{wanted, with_omni};
use crate::checklist::{Change, Past, lacking, plan, whole};
use crate::model::{
    CallCenterId, CallCenterRow, ConnectorWish, OnConflict, OrgState, RecordTypeChoice,
};

/// Orgs half installed by hand, in many ways.
fn situations() -> impl Strategy<Value = (ConnectorWish, OrgState)> {
    let users = prop::collection::vec((any::<bool>(), any::<bool>(), 0..4_usize), 0..8);
    let choice = prop::sample::subsequence(vec!["Agent", "Admin", "Standard User"], 0..=3);
    (users, choice, any::<[bool; 3]>(), "[ -~]{0,20}").prop_map(
        |(users, profiles, [installed, named, omni], value)| {
            let (mut desired, mut state) =
                if omni { (wanted(), with_omni()) } else { (desired(), state()) };
            desired.users.on_conflict = OnConflict::Move;
            desired.task_layout.profiles = profiles.into_iter().map(str::to_owned).collect();
            if named {
                desired.task_layout.record_types = RecordTypeChoice::Named(vec!["Gone".to_owned()]);
            }
            if let Some(wanted) = desired.call_center.values.get_mut(&height()) {
                wanted.value = value;
            }
            if installed {
                super::fixture::install(&desired, &mut state);
            }
            state.call_centers.get_or_insert_default().push(CallCenterRow {
                id: CallCenterId::parse(&id("04v", 2)).unwrap(),
                internal_name: "WebexCCAgentDesktopV1".to_owned(),
                name: "Earlier".to_owned(),
                adapter_url: None,
            });
            state.users = users
                .into_iter()
                .enumerate()
                .map(|(number, (chosen, active, call_center))| {
                    let mut user = user(number, chosen);
                    user.active = active;
                    user.call_center =
                        state.call_centers.as_slice().get(call_center).map(|row| row.id);
                    user
                })
                .collect();
            (desired, state)
        },
    )
}

proptest! {
    /// The loop comes to its end: what was planned and done is not planned again.
    #[test]
    fn a_plan_that_came_true_leaves_nothing_to_do((desired, mut state) in situations()) {
        let past = Past::default();
        for _ in 0..3 {
            let found = plan(&desired, &state, &past);
            let Some((_, wave)) = found.next_stage() else { break };
            let wave: Vec<_> = wave.into_iter().cloned().collect();
            for change in &wave {
                come_true(&desired, &mut state, change);
            }
        }
        let rest = plan(&desired, &state, &past);
        prop_assert!(rest.is_empty(), "{:?}", rest.changes().collect::<Vec<_>>());
    }

    /// One value is changed by one change.
    #[test]
    fn no_place_is_changed_twice((desired, state) in situations()) {
        let found = plan(&desired, &state, &Past::default());
        let changes = found.rows();
        for (number, change) in changes.iter().enumerate() {
            prop_assert!(!changes[number + 1..].iter().any(|other| other.same_place(change)));
        }
    }

    /// All that is configured holds every change of the deploy, and one value for each place.
    #[test]
    fn the_whole_holds_the_changes((desired, state) in situations()) {
        let past = Past::default();
        let found = plan(&desired, &state, &past);
        let all = whole(&desired, &state, &past, &found);
        for (number, change) in all.iter().enumerate() {
            let is_same = |other: &Change| other.target().is_same_place(change.target());
            prop_assert!(!all[number + 1..].iter().any(is_same), "{:?}", change);
        }
        prop_assert!(lacking(&found).iter().all(|change| all.contains(change)));
    }

    /// Who was not chosen is never touched.
    #[test]
    fn nobody_else_is_touched((desired, state) in situations()) {
        let found = plan(&desired, &state, &Past::default());
        for user in state.users.iter().filter(|user| user.chosen_by.is_empty() || !user.active) {
            prop_assert!(found.rows().iter().all(|change| change.subject.name != user.username));
        }
    }
}
