//! What one generation of the connector leaves to the other.

use super::fixture::{desired, id, past, state};
use super::softphone_layout::{made, recorded_by, right, wished};
use crate::checklist::{Blockers, ItemId, Note, Verdict, removal, retire};
use crate::definitions::recipe;
use crate::model::{
    Baseline, BaselineEntry, Before, CallCenterId, CallCenterRow, CallKind, ConnectorWish, Match,
    Observed, OrgState, PermissionSet, PermissionSetAssignment, PermissionSetId, Ref, SetupBefore,
    SetupTask, SoftphoneField, Target, User, UserId, Value,
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
        giving_back: false,
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
        ]
        .into(),
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
    assert_eq!(*rest.entries, expected);
    // The other way round the first one has replaced nothing of the second.
    let rest = retire(&baseline, "webex-v2", &state(), |_| false);
    assert_eq!(*rest.entries, baseline.entries[..4]);
}

/// A phone in a utility bar that the second generation goes on using is taken out with it.
#[test]
fn a_utility_item_is_handed_on_to_the_generation_that_uses_it() {
    let item = Target::UtilityItem("Bar".to_owned(), "opencti:softPhone".to_owned());
    let first = entry("webex-v1", &item, Before::Known(None), Value::Given);
    let baseline = Baseline { entries: vec![first.clone()].into() };
    let mut state = state();
    assert!(retire(&baseline, "webex-v1", &state, |_| false).is_empty());
    let id = CallCenterId::parse(&id("04v", 3)).unwrap();
    state.users[0].call_center = Some(id);
    let (internal_name, name) = (VERSION_2.to_owned(), VERSION_2.to_owned());
    let row = CallCenterRow { id, internal_name, name, adapter_url: None };
    state.call_centers.get_or_insert_default().push(row);
    let rest = retire(&baseline, "webex-v1", &state, |_| false);
    let handed = BaselineEntry { recipe: Some("webex-v2".to_owned()), ..first };
    assert_eq!(*rest.entries, [handed]);
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
        id: set,
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
            permission_set: set,
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
        verdict.notes[0].text(),
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

/// Each of them is looked up: a look at all users for every one would take minutes.
#[test]
fn what_thousands_keep_is_handed_on() {
    const USERS: usize = 20_000;
    let (mut state, mut baseline) = with_a_set();
    let (user, row) = (state.users[0].clone(), baseline.entries[0].clone());
    let given = state.permission_set_assignments.as_slice()[0].clone();
    for number in 100..100 + USERS {
        let id_of_user = UserId::parse(&id("005", number)).unwrap();
        let username = format!("user{number}@example.com");
        let Target::PermissionSetAssignment { set, .. } = row.target.clone() else { panic!() };
        let target =
            Target::PermissionSetAssignment { user: Ref::seen(&username, &id_of_user), set };
        baseline.entries.push(BaselineEntry { target, ..row.clone() });
        state.permission_set_assignments.get_or_insert_default().push(PermissionSetAssignment {
            id: id("0Pa", number),
            user: id_of_user,
            username: username.clone(),
            ..given.clone()
        });
        state.users.get_or_insert_default().push(User { id: id_of_user, username, ..user.clone() });
    }
    let rest = retire(&baseline, "webex-v1", &state, |_| false);
    // The first of the three works with the other version as well.
    assert_eq!(rest.entries.len(), USERS + 1);
    assert!(rest.entries.iter().all(|entry| entry.recipe() == "webex-v2"));
}

/// Our permission set for agents of Version 1 goes with it. Whoever works with Version 2 and has none of
/// that version's own is told about before.
#[test]
fn whoever_loses_our_permission_set_with_the_other_version_is_named() {
    let (mut state, mut baseline) = with_a_set();
    let sets = state.permission_sets.seen_mut().unwrap();
    let recipe_1 = desired().recipe.agent_access;
    recipe_1.permission_set.clone_into(&mut sets[0].name);
    let made = Target::PermissionSet(Ref::seen(&sets[0].name, &sets[0].id));
    let value = Value::Text(recipe_1.permission_set_label.clone());
    baseline.entries.push(BaselineEntry {
        item: ItemId::AGENT_ACCESS.as_str().to_owned(),
        ..entry("webex-v1", &made, Before::Known(None), value)
    });
    let told = |state: &OrgState| {
        let plan = removal(&desired(), state, &past(&baseline), Blockers::Stop);
        let verdict = plan.of(ItemId::PERMISSION_SET).unwrap();
        let mut notes = verdict.notes.iter().filter(|it| it.is_warning());
        notes.next().map(Note::text)
    };
    let text = told(&state).unwrap();
    assert!(text.contains("Agent_Access of user1@example.com"), "{text}");
    assert!(!text.contains("user2@example.com"), "{text}");
    // With the set of Version 2 nothing is lost.
    let recipe_2 = &recipe("webex-v2").unwrap().recipe.agent_access;
    let own = PermissionSetId::parse(&id("0PS", 77)).unwrap();
    state.permission_sets.seen_mut().unwrap().push(PermissionSet {
        id: own,
        namespace: None,
        name: recipe_2.permission_set.clone(),
        label: recipe_2.permission_set_label.clone(),
    });
    let first = state.permission_set_assignments.iter().next().unwrap().clone();
    state.permission_set_assignments.get_or_insert_default().push(PermissionSetAssignment {
        id: id("0Pa", 77),
        permission_set: own,
        ..first
    });
    assert_eq!(told(&state), None);
}

/// What an uninstall of a generation wants of the softphone layout.
fn layout(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    let plan = removal(desired, state, &past(baseline), Blockers::Stop);
    plan.of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
}

/// The same wish, of the second generation.
fn of_version_2(wish: ConnectorWish) -> ConnectorWish {
    ConnectorWish { recipe: recipe("webex-v2").unwrap().recipe.clone(), ..wish }
}

/// Nothing is to be clicked, and nobody is told to delete it.
fn is_left_alone(verdict: &Verdict, note: &str) {
    assert_eq!((verdict.changes.len(), &verdict.human, &verdict.setup), (0, &None, &None));
    let notes: Vec<String> = verdict.notes.iter().map(Note::text).collect();
    assert_eq!(notes, [note]);
}

#[test]
fn the_softphone_layout_stays_for_whoever_works_with_another_version() {
    let (mut state, _) = with_a_set();
    state.softphone = Observed::Seen(Some(right()));
    let version_1 = wished();
    let nobody_recorded = layout(&version_1, &state, &Baseline::default());
    let kept = "The softphone layout \"Webex\" is kept for Version 2 of the connector, which 1 user works with.";
    is_left_alone(&nobody_recorded, kept);
    let baseline = recorded_by(&version_1, &made());
    let given_back =
        format!("{kept} The earlier values are restored when that one is uninstalled.");
    is_left_alone(&layout(&version_1, &state, &baseline), &given_back);

    // Its past is that of the version that stays, whose uninstall deletes it.
    let rest = retire(&baseline, "webex-v1", &state, |_| false);
    assert_eq!(rest.entries.len(), baseline.entries.len());
    assert!(rest.entries.iter().all(|entry| entry.recipe() == "webex-v2"), "{rest:?}");
    for user in state.users.get_or_insert_default() {
        user.call_center = user.call_center.take().filter(|it| it.as_str() == id("04v", 3));
    }
    let last = layout(&of_version_2(version_1), &state, &rest);
    assert!(matches!(last.setup, Some(SetupTask::RemoveLayout { deletes: true, .. })), "{last:?}");
    // Where nobody works with another version, nobody inherits.
    state.users.get_or_insert_default().clear();
    assert!(retire(&baseline, "webex-v1", &state, |_| false).is_empty());
}

#[test]
fn what_version_2_has_changed_in_the_layout_of_version_1_is_given_back_to_it() {
    let (mut state, _) = with_a_set();
    state.softphone = Observed::Seen(Some(right()));
    let version_2 = of_version_2(wished());
    let field = SoftphoneField::Pop(Match::Single);
    let replaced = vec![(CallKind::Inbound, field, "Pop to flow Old".to_owned())];
    let before = SetupBefore { replaced, ..SetupBefore::default() };
    let verdict = layout(&version_2, &state, &recorded_by(&version_2, &before));
    assert_eq!(verdict.changes.len(), 1, "{verdict:?}");
    is_left_alone(
        &layout(&version_2, &state, &Baseline::default()),
        "The softphone layout \"Webex\" is kept for Version 1 of the connector, which 1 user works with.",
    );
    // The other way round, Version 2 works with what Version 1 has set.
    let version_1 = wished();
    let kept = layout(&version_1, &state, &recorded_by(&version_1, &before));
    assert_eq!((kept.changes.len(), &kept.human), (0, &None));
}
