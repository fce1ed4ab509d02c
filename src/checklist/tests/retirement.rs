//! What one generation of the connector leaves to the other.

use super::fixture::{desired, id, past, state};
use crate::checklist::{Blockers, ItemId, removal, retire};
use crate::model::{
    Baseline, BaselineEntry, Before, CallCenterId, CallCenterRow, Observed, OrgState,
    PermissionSet, PermissionSetAssignment, PermissionSetId, Ref, Target, Value,
};

const VERSION_1: &str = "WebexCCAgentDesktopV20241121";
const VERSION_2: &str = "wxCcCallCenter";

fn call_center(name: &str) -> Value {
    Value::CallCenter(Ref::named(name))
}

fn entry(recipe: &str, target: &Target, before: Before, ours: Value) -> BaselineEntry {
    BaselineEntry {
        item: ItemId::USERS.as_str().to_owned(),
        target: target.clone(),
        before,
        ours: Some(ours),
        run: "1".to_owned(),
        recipe: Some(recipe.to_owned()),
    }
}

fn user(number: usize) -> Target {
    Target::UserCallCenter(Ref::named(format!("user{number}@example.com")))
}

#[test]
fn what_was_there_before_both_is_given_back_by_the_one_that_stays() {
    let known = |name: &str| Before::Known(Some(call_center(name)));
    let first = |number, before| entry("webex-v1", &user(number), before, call_center(VERSION_1));
    let second = |number, before| entry("webex-v2", &user(number), before, call_center(VERSION_2));
    let baseline = Baseline {
        entries: vec![
            first(1, known("BrightCTI")),
            first(2, Before::Unknown),
            first(3, known("BrightCTI")),
            first(4, known("BrightCTI")),
            second(1, known(VERSION_1)),
            second(2, known(VERSION_1)),
            // Somebody else has moved this one in between.
            second(3, known("AcmeCTI")),
            second(4, known(VERSION_1)),
        ],
    };
    let is_open = |entry: &BaselineEntry| entry.target == user(4);
    let rest = retire(&baseline, "webex-v1", &state(), is_open);
    let expected = vec![
        first(4, known("BrightCTI")),
        second(1, known("BrightCTI")),
        second(2, Before::Unknown),
        second(3, known("AcmeCTI")),
        second(4, known(VERSION_1)),
    ];
    assert_eq!(rest.entries, expected);
    // The other way round the first one has replaced nothing of the second.
    let rest = retire(&baseline, "webex-v2", &state(), |_| false);
    assert_eq!(rest.entries, baseline.entries[..4]);
}

/// Three users with a permission set that the first generation gave them; the first one works with the
/// second generation.
fn with_a_set() -> (OrgState, Baseline) {
    let mut state = state();
    for (number, name) in [(2, VERSION_1), (3, VERSION_2)] {
        state.call_centers.get_or_insert_default().push(CallCenterRow {
            id: CallCenterId::parse(&id("04v", number)).unwrap(),
            internal_name: name.to_owned(),
            name: name.to_owned(),
            adapter_url: None,
        });
    }
    let set = PermissionSetId::parse(&id("0PS", 1)).unwrap();
    state.permission_sets = Observed::Seen(vec![PermissionSet {
        id: set.clone(),
        namespace: None,
        name: "Voice".to_owned(),
        label: "Voice".to_owned(),
    }]);
    let mut baseline = Baseline::default();
    for (place, call_center) in [(0, 3), (1, 2), (2, 1)] {
        let user = &mut state.users[place];
        user.call_center = Some(CallCenterId::parse(&id("04v", call_center)).unwrap());
        let user = user.clone();
        let target = Target::PermissionSetAssignment {
            user: Ref::seen(&user.username, &user.id),
            set: Ref::seen("Voice", &set),
        };
        baseline.entries.push(BaselineEntry {
            item: ItemId::PERMISSION_SET.as_str().to_owned(),
            ..entry("webex-v1", &target, Before::Known(None), Value::Given)
        });
        state.permission_set_assignments.get_or_insert_default().push(PermissionSetAssignment {
            id: id("0Pa", place),
            user: user.id,
            username: user.username,
            permission_set: set.clone(),
        });
    }
    (state, baseline)
}

#[test]
fn whoever_works_with_another_version_keeps_what_was_given_for_both() {
    let (mut state, baseline) = with_a_set();
    state.removal.asked.extend([VERSION_1.to_owned(), VERSION_2.to_owned()]);
    let plan = removal(&desired(), &state, &past(&baseline), Blockers::Stop);
    let verdict = plan.of(ItemId::PERMISSION_SET).unwrap();
    let taken: Vec<String> = verdict
        .changes
        .iter()
        .map(|change| match change.target() {
            Target::PermissionSetAssignment { user, .. } => user.name.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(taken, ["user2@example.com", "user3@example.com"]);
    assert_eq!(
        verdict.notes[0].text,
        "Kept for another version of the connector, which these users work with: \"Voice of \
         user1@example.com\"."
    );
    let given = state.permission_set_assignments.get_or_insert_default();
    given.truncate(1);
    let rest = retire(&baseline, "webex-v1", &state, |_| false);
    let [kept] = rest.entries.as_slice() else { panic!("{rest:?}") };
    assert_eq!(kept.recipe(), "webex-v2");
    assert_eq!(kept.target, baseline.entries[0].target);
}
