use super::fixture::{desired, id, past, permission_set as set, rows, state};
use super::omni_sync::{wanted, with_omni};
use crate::checklist::{Action, After, ItemId, Stop, StopKind, Verdict, plan};
use crate::model::{
    Baseline, BaselineEntry, BaselineRow, Before, ConnectorWish, Ids, Observed, OmniAccess,
    Operation, OrgState, PermissionSetAssignment, PermissionSetId, Subject, SubjectKind, Target,
    Value,
};

/// An org with permission sets that differ in little.
fn with_sets() -> OrgState {
    let sets = vec![
        set(1, None, "Voice", "Voice Agents"),
        set(2, Some("acme"), "Voice_Lead", "Voice Lead"),
        set(3, None, "Other_Lead", "Voice Lead"),
    ];
    OrgState { permission_sets: Observed::Seen(sets), ..state() }
}

fn give(state: &mut OrgState, user: usize, set: usize) {
    let user = state.users[user].clone();
    state.permission_set_assignments.get_or_insert_default().push(PermissionSetAssignment {
        id: format!("{}/{set}", user.username),
        user: user.id,
        username: user.username,
        permission_set: PermissionSetId::parse(&id("0PS", set)).unwrap(),
    });
}

/// Lets a change come true.
pub(super) fn come_true(state: &mut OrgState, operation: &Operation) {
    let Target::PermissionSetAssignment { user, set } = &operation.target else {
        panic!("no such change: {operation:?}")
    };
    let mut sets = state.permission_sets.iter();
    let found = sets.find(|known| Some(&known.id) == set.id.as_ref());
    let found = found.expect("a permission set that exists");
    assert_eq!(found.qualified(), set.name);
    let known = state.users.iter().find(|known| Some(&known.id) == user.id.as_ref());
    let known = known.expect("a user that exists");
    assert_eq!(known.username, user.name);
    let given = state.permission_set_assignments.get_or_insert_default();
    given.retain(|given| given.user != known.id || given.permission_set != found.id);
    match &operation.to {
        None => {}
        Some(Value::Given) => given.push(PermissionSetAssignment {
            id: format!("{} {}", user.name, set.name),
            user: known.id,
            username: known.username.clone(),
            permission_set: found.id,
        }),
        other => panic!("no such value: {other:?}"),
    }
}

fn assigning(names: &[&str]) -> ConnectorWish {
    ConnectorWish {
        permission_sets: names.iter().map(|name| (*name).to_owned()).collect(),
        ..desired()
    }
}

fn verdict(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    plan(desired, state, &past(baseline)).of(ItemId::PERMISSION_SET).unwrap().clone()
}

fn given(username: &str, set: &str) -> BaselineEntry {
    let row = BaselineRow {
        item: "permission-set".to_owned(),
        subject: Subject::new(SubjectKind::PermissionSetAssignment, username),
        field: set.to_owned(),
        before: Before::Known(None),
        ours: Some("assigned".to_owned()),
        run: "1".to_owned(),
        recipe: None,
        ids: Ids::default(),
        giving_back: false,
    };
    row.into()
}

#[test]
fn every_active_chosen_user_gets_every_wanted_set() {
    let mut state = with_sets();
    state.users[0].active = false;
    state.users[1].chosen_by.clear();
    give(&mut state, 2, 1);
    // A set may be named twice, by label and by API name.
    let desired = assigning(&["Voice Agents", "Voice", "acme__Voice_Lead"]);
    let found = verdict(&desired, &state, &Baseline::default());
    let [change] = rows(&found).try_into().unwrap();
    assert_eq!(change.subject.name, "user3@example.com");
    assert_eq!(change.field, "acme__Voice_Lead");
    assert_eq!((&change.before, &change.after), (&None, &After::value("assigned")));
    come_true(&mut state, &found.changes[0].operation);
    assert!(verdict(&desired, &state, &Baseline::default()).changes.is_empty());
}

#[test]
fn names_that_are_unknown_or_several_are_configuration_errors() {
    let found = verdict(
        &assigning(&["Voice Agent", "Voice Lead", "Nothing"]),
        &with_sets(),
        &Baseline::default(),
    );
    assert!(found.stops.iter().all(|stop| stop.kind == StopKind::Configuration));
    let messages: Vec<String> = found.stops.iter().map(Stop::message).collect();
    insta::assert_snapshot!(messages.join("\n"), @r#"
    `permission_sets.assign` names "Voice Agent", but this org has no such permission set.
    `permission_sets.assign` names "Voice Lead", the name of several permission sets in this org: use the API name of the one you mean, with its namespace.
    `permission_sets.assign` names "Nothing", but this org has no such permission set.
    "#);
    assert_eq!(found.stops[0].advice(), ["Did you mean \"Voice Agents\"?"]);
}

#[test]
fn what_we_gave_and_nobody_wants_any_more_is_taken_back() {
    let mut state = with_sets();
    for user in 0..3 {
        give(&mut state, user, 1);
    }
    let mut baseline = Baseline::default();
    baseline.record(given("user1@example.com", "Voice"));
    baseline.record(given("user2@example.com", "Voice"));
    assert!(verdict(&assigning(&["Voice"]), &state, &baseline).changes.is_empty());
    // The set is still wanted, one user is not, and another has left.
    state.users[0].chosen_by.clear();
    state.users[1].active = false;
    let found = verdict(&assigning(&["Voice"]), &state, &baseline);
    let [change] = rows(&found).try_into().unwrap();
    assert_eq!(
        (change.subject.name.as_str(), change.action),
        ("user1@example.com", Action::Delete)
    );
    // The set is not wanted at all; who had it before us keeps it.
    let found = verdict(&assigning(&[]), &state, &baseline);
    let names: Vec<String> = rows(&found).into_iter().map(|it| it.subject.name).collect();
    assert_eq!(names, ["user1@example.com", "user2@example.com"]);
    for change in found.changes {
        come_true(&mut state, &change.operation);
    }
    assert!(verdict(&assigning(&[]), &state, &baseline).changes.is_empty());
}

#[test]
fn the_set_of_state_sync_comes_after_its_deploy() {
    let (mut desired, mut state) = (wanted(), with_omni());
    let found = verdict(&desired, &state, &Baseline::default());
    assert_eq!(found.changes.len(), 3);
    let expected = "assigned".to_owned();
    assert_eq!(rows(&found)[0].after, After::KnownAfter { item: ItemId::OMNI_SYNC, expected });
    assert_eq!(rows(&found)[0].field, "Sync_Access");
    state.permission_sets = Observed::Seen(vec![set(1, None, "Sync_Access", "Sync Access")]);
    let found = verdict(&desired, &state, &Baseline::default());
    assert_eq!(rows(&found)[0].after, After::value("assigned"));
    desired.omni_sync.access = OmniAccess::Profiles(vec!["Agent".to_owned()]);
    assert_eq!(verdict(&desired, &state, &Baseline::default()), Verdict::default());
}

#[test]
fn sets_of_the_package_are_waited_for_and_then_must_be_there() {
    let (mut desired, mut state) = (desired(), with_sets());
    desired.recipe.permission_sets = vec!["ciscocjs__Agent".to_owned()];
    let found = verdict(&desired, &state, &Baseline::default());
    let expected = "assigned".to_owned();
    assert_eq!(rows(&found)[0].after, After::KnownAfter { item: ItemId::PACKAGE, expected });
    super::fixture::install(&desired, &mut state);
    let found = verdict(&desired, &state, &Baseline::default());
    assert!(found.changes.is_empty());
    assert!(found.problems[0].message().contains("no permission set \"ciscocjs__Agent\""));
}

#[test]
fn sets_for_nobody_are_worth_a_word() {
    let mut state = with_sets();
    state.users.get_or_insert_default().clear();
    let found = verdict(&assigning(&["Voice"]), &state, &Baseline::default());
    assert!(found.notes[0].is_warning() && found.notes[0].text().contains("chooses nobody"));
}

/// A package in another language has another label for the one that it brings.
#[test]
fn the_only_permission_set_of_the_package_is_the_one_whatever_its_label() {
    let mut desired = desired();
    desired.permission_sets.clear();
    desired.recipe.permission_sets = vec!["Contact Center Agent".to_owned()];
    let namespace = desired.recipe.namespace.clone();
    let mut state = state();
    super::fixture::install(&desired, &mut state);
    let own = set(1, Some(&namespace), "Agente", "Agente del centro");
    state.permission_sets = Observed::Seen(vec![own.clone(), set(2, None, "X", "Y")]);
    let verdict = |state: &OrgState| {
        let found = plan(&desired, state, &past(&Baseline::default()));
        found.of(ItemId::PERMISSION_SET).unwrap().clone()
    };
    let found = verdict(&state);
    assert!(found.problems.is_empty() && !found.changes.is_empty(), "{found:#?}");
    let is_own = |change: &crate::checklist::Change| {
        matches!(change.target(), Target::PermissionSetAssignment { set, .. }
            if set.name == own.qualified())
    };
    assert!(found.changes.iter().all(is_own), "{found:#?}");
    // Of two nobody can tell, and the file that tells is one for this version.
    let sets = vec![own.clone(), set(3, Some(&namespace), "Otro", "Otro")];
    state.permission_sets = Observed::Seen(sets);
    let found = verdict(&state);
    assert!(found.changes.is_empty(), "{found:#?}");
    let hints = format!("{:?}", found.problems);
    assert!(hints.contains(&format!("recipe = \\\"{}", desired.recipe.name)), "{hints}");
    assert!(hints.contains("with --config"), "{hints}");
}

#[test]
fn a_set_that_the_package_was_to_bring_and_has_not_keeps_nothing_else_from_being_done() {
    let (mut desired, mut state) = (desired(), with_sets());
    desired.permission_sets = vec!["ciscocjs__Recordngs".to_owned()];
    let found = |state: &OrgState| {
        let plan = plan(&desired, state, &past(&Baseline::default()));
        let verdict = plan.of(ItemId::PERMISSION_SET).unwrap();
        (verdict.stops.len(), verdict.problems.len())
    };
    // Nobody knows before the package is there.
    assert_eq!(found(&state), (0, 0));
    super::fixture::install(&desired, &mut state);
    assert_eq!(found(&state), (0, 1));
}
