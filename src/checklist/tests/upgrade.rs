//! An older version of the package is replaced, and nothing of what people have is lost by it.

use super::fixture::{
    come_true, desired, done, id, install, past, permission_set as set, state, user,
};
use crate::checklist::{Hold, ItemId, Past, Plan, lacking, plan, whole};
use crate::model::{
    Baseline, Before, ConnectorWish, Look, Observed, OrgState, PackageVersionId, PermissionSet,
    PermissionSetAssignment, PermissionSetId, Ref, Reference, Target, Upgrade, Value, Version, Way,
};

/// An org with an older version, in which everything else is as configured.
fn older() -> (ConnectorWish, OrgState, Baseline) {
    let mut start = state();
    install(&desired(), &mut start);
    let (mut state, baseline) = done(&desired(), start);
    state.packages[0].version_id = Some(PackageVersionId::parse("04t000000000009").unwrap());
    state.packages[0].version = Some(Version { major: 1, minor: 9, patch: 0 });
    state.removal.data = Observed::Seen(Vec::new());
    let mut desired = desired();
    desired.package.upgrade = Some(Upgrade::Clean);
    (desired, state, baseline)
}

/// The steps of a plan with the layouts that they take or give.
fn layouts(plan: &Plan, way: Way) -> Vec<String> {
    let changes = plan.changes().filter(|change| change.way == way);
    let of_layouts = changes.filter(|it| matches!(it.target(), Target::TaskLayout { .. }));
    let mut profiles: Vec<String> =
        of_layouts.map(|it| it.rows()[0].subject.name.clone()).collect();
    profiles.sort();
    profiles
}

fn packages(plan: &Plan) -> Vec<(Way, bool)> {
    let changes = plan.changes().filter(|it| matches!(it.target(), Target::Package(_)));
    changes.map(|change| (change.way, change.operation.removes())).collect()
}

#[test]
fn one_plan_takes_the_old_version_out_and_builds_on_the_new_one() {
    let (desired, state, baseline) = older();
    let both = plan(&desired, &state, &past(&baseline));
    assert_eq!(packages(&both), [(Way::Remove, true), (Way::Build, false)]);
    let taken = layouts(&both, Way::Remove);
    assert_eq!(taken.len(), 4);
    assert_eq!(layouts(&both, Way::Build), taken);
    assert!(both.carried("webex-v1", "run").is_empty(), "the configuration asks for all of them");
    // Files hold what comes, and nothing of what goes first.
    let of_layouts = |changes: Vec<crate::checklist::Change>| {
        let changes = changes.into_iter().filter(|it| it.item == ItemId::TASK_LAYOUT);
        changes.map(|change| change.way).collect::<Vec<Way>>()
    };
    assert_eq!(of_layouts(lacking(&both)), [Way::Build; 4]);
    let all = whole(&desired, &state, &past(&baseline), &both);
    assert_eq!(of_layouts(all), [Way::Build; 4]);
    let unsaid = ConnectorWish {
        package: crate::model::PackageWish { upgrade: None, ..desired.package.clone() },
        ..desired
    };
    assert_eq!(packages(&plan(&unsaid, &state, &past(&baseline))), []);
}

#[test]
fn the_package_stays_where_it_was_not_seen_who_uses_it() {
    let (desired, state, baseline) = older();
    for look in [Look::LayoutAssignments, Look::Layouts, Look::Profiles, Look::RecordTypes] {
        let mut blind = state.clone();
        blind.refuse(look, "UNKNOWN_EXCEPTION: An unexpected error occurred", false);
        let held = plan(&desired, &blind, &past(&baseline));
        assert_eq!(packages(&held), [], "without {look:?}");
        let package = held.of(ItemId::PACKAGE).unwrap();
        assert_eq!(package.hold, Some(Hold::Waiting(ItemId::TASK_LAYOUT)), "without {look:?}");
        assert!(!held.of(ItemId::TASK_LAYOUT).unwrap().unseen.is_empty(), "without {look:?}");
    }
}

#[test]
fn what_no_configuration_asks_for_and_nobody_recorded_is_given_back() {
    let (mut desired, state, mut baseline) = older();
    // Its layout was the package's when it was first seen, and it is in the configuration no more.
    desired.task_layout.profiles = vec!["Agent".to_owned()];
    let is_admins = |target: &Target| matches!(target, Target::TaskLayout { profile, .. } if profile.name != "Agent");
    for entry in baseline.entries.iter_mut().filter(|it| is_admins(&it.target)) {
        entry.before = Before::Unknown;
    }
    let untouched = plan(
        &ConnectorWish { package: super::fixture::desired().package, ..desired.clone() },
        &state,
        &past(&baseline),
    );
    assert_eq!(layouts(&untouched, Way::Build), [] as [String; 0], "without an upgrade they stay");
    let both = plan(&desired, &state, &past(&baseline));
    let carried = both.carried("webex-v1", "run");
    assert_eq!(carried.entries.len(), 2);
    assert!(carried.entries.iter().all(|entry| is_admins(&entry.target)));
    let packaged = |entry: &crate::model::BaselineEntry| matches!(entry.before.value(), Some(Value::Layout(it)) if it.name.starts_with("ciscocjs__"));
    assert!(carried.entries.iter().all(packaged));
}

#[test]
fn what_somebody_has_assigned_where_we_once_had_is_given_back() {
    let (mut desired, state, mut baseline) = older();
    desired.task_layout.profiles = vec!["Agent".to_owned()];
    let is_admins = |target: &Target| matches!(target, Target::TaskLayout { profile, .. } if profile.name != "Agent");
    // An earlier run has given back what was there before; since then somebody has chosen the package's layout.
    for entry in baseline.entries.iter_mut().filter(|it| is_admins(&it.target)) {
        entry.ours = entry.before.value().cloned();
    }
    let carried = plan(&desired, &state, &past(&baseline)).carried("webex-v1", "run");
    assert_eq!(carried.entries.len(), 2, "{carried:?}");
}

#[test]
fn what_keeps_the_package_is_told_with_what_apply_can_do_about_it() {
    let (desired, mut state, baseline) = older();
    state.removal.references = Observed::Seen(vec![Reference {
        kind: "FlexiPage".to_owned(),
        name: "Agent_Home".to_owned(),
        to_kind: "CustomField".to_owned(),
        to_name: "Rating__c".to_owned(),
    }]);
    let both = plan(&desired, &state, &past(&baseline));
    let (_, stop) = both.stops().next().expect("a stop");
    let advice = stop.advice().join("\n");
    assert!(advice.contains("uninstall --try-anyway") && advice.contains("in-place"), "{advice}");
}

#[test]
fn a_run_that_stopped_before_the_removal_takes_out_what_is_left() {
    let (desired, mut state, baseline) = older();
    let mut past = past(&baseline);
    let both = plan(&desired, &state, &past);
    past.carried = both.carried("webex-v1", "run");
    for change in both.changes().filter(|it| it.way == Way::Remove) {
        if matches!(change.target(), Target::TaskLayout { .. }) {
            come_true(&desired, &mut state, change);
        }
    }
    let rest = plan(&desired, &state, &past);
    assert_eq!(packages(&rest), [(Way::Remove, true), (Way::Build, false)]);
    assert_eq!(layouts(&rest, Way::Remove), [] as [String; 0]);
    assert_eq!(layouts(&rest, Way::Build).len(), 4);
}

#[test]
fn whoever_has_a_permission_set_of_the_package_gets_it_back() {
    let (desired, mut state, baseline) = older();
    let set = PermissionSet {
        id: PermissionSetId::parse(&id("0PS", 60)).unwrap(),
        namespace: Some("ciscocjs".to_owned()),
        name: "Recordings".to_owned(),
        label: "Recordings".to_owned(),
    };
    // Nobody configured that.
    let holder = user(78, false);
    state.permission_set_assignments.get_or_insert_default().push(PermissionSetAssignment {
        id: id("0Pa", 60),
        user: holder.id,
        username: holder.username.clone(),
        permission_set: set.id,
    });
    state.users.get_or_insert_default().push(holder);
    state.permission_sets.get_or_insert_default().push(set);
    let both = plan(&desired, &state, &past(&baseline));
    let given = |way: Way| {
        let changes = both.changes().filter(move |change| change.way == way);
        let is_it = |it: &&crate::checklist::Change| matches!(it.target(), Target::PermissionSetAssignment { set, .. } if set.name == "ciscocjs__Recordings");
        changes.filter(is_it).count()
    };
    assert_eq!((given(Way::Remove), given(Way::Build)), (1, 1));
    let carried = both.carried("webex-v1", "run");
    let [only] = carried.entries.as_slice() else { panic!("{:?}", carried.entries) };
    assert_eq!(only.before, Before::Known(Some(Value::Given)));
}

/// The newer version is there, and an upgrade has still to give two assignments of that layout back.
fn to_give_back(layout: &str) -> (ConnectorWish, OrgState, Past) {
    let (mut desired, old, mut baseline) = older();
    desired.task_layout.profiles = vec!["Agent".to_owned()];
    let is_admins = |target: &Target| matches!(target, Target::TaskLayout { profile, .. } if profile.name != "Agent");
    for entry in baseline.entries.iter_mut().filter(|it| is_admins(&it.target)) {
        entry.before = Before::Unknown;
    }
    let mut carried = plan(&desired, &old, &past(&baseline)).carried("webex-v1", "run");
    assert_eq!(carried.entries.len(), 2);
    for entry in &mut carried.entries {
        entry.before = Before::Known(Some(Value::Layout(Ref::named(layout))));
    }
    let mut start = state();
    install(&desired, &mut start);
    let (mut new, baseline) = done(&desired, start);
    let layouts = new.layouts.get_or_insert_default();
    layouts.retain(|it| it.name.name != "Old Layout");
    (desired, new, Past { carried, ..past(&baseline) })
}

#[test]
fn an_assignment_of_a_layout_with_a_new_name_is_given_back_under_that() {
    let (desired, mut state, past) = to_give_back("ciscocjs__Old Layout");
    let answer = plan(&desired, &state, &past);
    let back: Vec<crate::checklist::Change> = answer.changes().cloned().collect();
    assert_eq!(back.len(), 2);
    for change in &back {
        let to = change.operation.to.as_ref().map(|it| it.text(change.target()));
        assert_eq!(to.as_deref(), Some("ciscocjs__New Layout"));
        come_true(&desired, &mut state, change);
    }
    assert!(plan(&desired, &state, &past).is_empty());
}

#[test]
fn an_assignment_of_a_layout_that_is_no_more_is_a_persons() {
    let (desired, mut state, past) = to_give_back("ciscocjs__Nobody's Layout");
    let answer = plan(&desired, &state, &past);
    assert!(answer.is_empty());
    let verdict = answer.of(ItemId::TASK_LAYOUT).unwrap();
    let steps = verdict.human.as_ref().expect("steps").texts();
    let told = "System Administrator [Call]: had ciscocjs__Nobody's Layout, has Task Layout now";
    assert!(steps[0].contains(told), "{steps:?}");
    assert!(verdict.notes.is_empty(), "{:?}", verdict.notes);
    // Nothing is called lost that was not seen.
    let mut blind = state.clone();
    blind.refuse(Look::Layouts, "UNKNOWN_EXCEPTION: An unexpected error occurred", false);
    assert_eq!(plan(&desired, &blind, &past).of(ItemId::TASK_LAYOUT).unwrap().human, None);
    // A person has chosen another layout.
    let new = state.layouts.iter().find(|it| it.name.name == "New Layout").unwrap().id;
    let ours = past.carried.entries.iter().map(|entry| entry.target.clone());
    for target in ours.collect::<Vec<Target>>() {
        let Target::TaskLayout { profile, .. } = target else { panic!("{target:?}") };
        let all = state.layout_assignments.iter_mut();
        for assignment in all.filter(|it| Some(&it.profile) == profile.id.as_ref()) {
            assignment.layout = Some(new);
        }
    }
    assert_eq!(plan(&desired, &state, &past).of(ItemId::TASK_LAYOUT).unwrap().human, None);
}

#[test]
fn both_ways_are_told_with_what_is_known_of_the_package() {
    let (mut desired, mut state, baseline) = older();
    desired.package.upgrade = None;
    let steps = |state: &OrgState| {
        let answer = plan(&desired, state, &past(&baseline));
        let verdict = answer.of(ItemId::PACKAGE).unwrap();
        verdict.human.as_ref().expect("steps").texts().join(" ")
    };
    let same = steps(&state);
    assert!(same.contains("Both are versions of one package"), "{same}");
    assert!(
        same.contains("afterwards restores 4 page layout assignments and permission set"),
        "{same}"
    );
    assert!(same.contains("permission sets give is lost"), "{same}");
    state.packages[0].package_id = None;
    let unknown = steps(&state);
    assert!(unknown.contains("which this org does not show"), "{unknown}");
}

#[test]
fn what_a_clean_upgrade_does_not_give_back_is_said_before() {
    let (desired, state, baseline) = older();
    let both = plan(&desired, &state, &past(&baseline));
    let notes = &both.of(ItemId::PACKAGE).unwrap().notes;
    let told = "Access to the package's objects, fields, tabs, apps and Apex classes";
    assert!(notes.iter().any(|it| it.is_warning() && it.text().starts_with(told)), "{notes:?}");
}

/// A user who has a set.
fn given(state: &mut OrgState, number: usize, set: &PermissionSet) {
    let user = state.users[number].clone();
    state.permission_set_assignments.get_or_insert_default().push(PermissionSetAssignment {
        id: id("0Pa", number),
        user: user.id,
        username: user.username,
        permission_set: set.id,
    });
}

/// How many get a permission set, and how many lose one, with its name.
fn sets_of(plan: &Plan, way: Way) -> Vec<(String, usize)> {
    let mut found = std::collections::BTreeMap::new();
    for change in plan.changes().filter(|change| change.way == way) {
        if let Target::PermissionSetAssignment { set, .. } = change.target() {
            *found.entry(set.name.clone()).or_default() += 1;
        }
    }
    found.into_iter().collect()
}

fn stops(plan: &Plan) -> Vec<String> {
    plan.stops().map(|(_, stop)| stop.message()).collect()
}

/// The org once the old package is out, with what was written down of it.
fn out(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> (OrgState, Past) {
    let past = Past { replaced: crate::checklist::package_parts(desired, state), ..past(baseline) };
    let mut state = state.clone();
    state.permission_set_assignments.get_or_insert_default().clear();
    state.packages.get_or_insert_default().clear();
    state.permission_sets.get_or_insert_default().retain(|it| it.namespace.is_none());
    state.layouts.get_or_insert_default().retain(|it| it.name.namespace.is_none());
    state.layout_assignments.get_or_insert_default().clear();
    state.contents = crate::model::PackageContents {
        apps: Observed::Seen(Vec::new()),
        reports: Observed::Seen(Vec::new()),
        custom_metadata_types: Observed::Seen(Vec::new()),
    };
    (state, past)
}

#[test]
fn a_set_of_the_package_that_everybody_is_to_have_is_away_for_a_while() {
    for name in ["ciscocjs__Recordings", "Recordings", "Listen to Recordings"] {
        let (mut desired, mut state, baseline) = older();
        desired.permission_sets = vec![name.to_owned()];
        let own = set(60, Some("ciscocjs"), "Recordings", "Listen to Recordings");
        state.permission_sets = Observed::Seen(vec![own.clone()]);
        for number in 0..3 {
            given(&mut state, number, &own);
        }
        let both = plan(&desired, &state, &past(&baseline));
        assert_eq!(stops(&both), [] as [&str; 0], "{name}");
        let all = [("ciscocjs__Recordings".to_owned(), 3)];
        assert_eq!(
            (sets_of(&both, Way::Remove), sets_of(&both, Way::Build)),
            (all.clone().into(), all.clone().into()),
            "{name}"
        );
        let (between, past) = out(&desired, &state, &baseline);
        let rest = plan(&desired, &between, &past);
        assert_eq!(stops(&rest), [] as [&str; 0], "{name}");
        assert_eq!(sets_of(&rest, Way::Build), all, "{name}");
    }
}

#[test]
fn a_name_of_two_sets_and_one_of_none_stay_mistakes_in_a_clean_upgrade() {
    let (mut desired, mut state, baseline) = older();
    let all =
        [set(60, Some("ciscocjs"), "Packaged", "Recordings"), set(61, None, "Own", "Recordings")];
    state.permission_sets = Observed::Seen(all.into());
    for (name, words) in [("Recordings", "several permission sets"), ("Recordngs", "no such")] {
        desired.permission_sets = vec![name.to_owned()];
        let told = stops(&plan(&desired, &state, &past(&baseline)));
        assert!(told.len() == 1 && told[0].contains(words), "{told:?}");
    }
}

#[test]
fn nobody_is_chosen_by_what_a_clean_upgrade_takes_away() {
    let (mut desired, mut state, baseline) = older();
    state.permission_sets = Observed::Seen(vec![
        set(60, Some("ciscocjs"), "Agents", "Agents"),
        set(61, None, "Own", "Own"),
    ]);
    desired.users.permission_sets = vec!["Own".to_owned()];
    assert_eq!(stops(&plan(&desired, &state, &past(&baseline))), [] as [&str; 0]);
    desired.users.permission_sets.push("Agents".to_owned());
    let told = plan(&desired, &state, &past(&baseline));
    let found: Vec<_> = told.stops().collect();
    let [(_, stop)] = found.as_slice() else { panic!("{found:?}") };
    assert!(
        stop.message().contains("A clean upgrade uninstalls the package first"),
        "{}",
        stop.message()
    );
    assert_eq!(
        stop.diagnostic.place,
        Some(crate::model::Place::Key("users.permission_sets[1]".to_owned()))
    );
    desired.package.upgrade = Some(Upgrade::InPlace);
    assert_eq!(stops(&plan(&desired, &state, &past(&baseline))), [] as [&str; 0]);
}

#[test]
fn what_another_package_of_the_namespace_brought_stays_in_a_clean_upgrade() {
    let (mut desired, mut state, baseline) = older();
    state.packages[0].generation = crate::model::Generation::Second;
    let other = crate::model::InstalledPackage {
        name: "Another of the same vendor".to_owned(),
        package_id: Some(id("033", 7)),
        version_id: Some(PackageVersionId::parse("04t000000000007").unwrap()),
        ..state.packages[0].clone()
    };
    state.packages.get_or_insert_default().push(other);
    let layout = crate::model::Layout {
        id: crate::model::LayoutId::parse(&id("00h", 70)).unwrap(),
        name: crate::model::LayoutName::managed("ciscocjs", "Another Task"),
    };
    let of_standard = state.profiles.iter().find(|it| it.label == "Standard User").unwrap().id;
    let of_others = state.layout_assignments.iter_mut().filter(|it| it.profile == of_standard);
    for assignment in of_others {
        assignment.layout = Some(layout.id);
    }
    state.layouts.get_or_insert_default().push(layout);
    let own = set(60, Some("ciscocjs"), "Another", "Another");
    given(&mut state, 0, &own);
    state.permission_sets = Observed::Seen(vec![own]);
    desired.permission_sets = vec!["Another".to_owned()];
    let both = plan(&desired, &state, &past(&baseline));
    assert_eq!(stops(&both), [] as [&str; 0]);
    assert_eq!(packages(&both), [(Way::Remove, true), (Way::Build, false)]);
    assert_eq!(sets_of(&both, Way::Remove), []);
    assert_eq!(sets_of(&both, Way::Build), [("ciscocjs__Another".to_owned(), 2)]);
    desired.package.upgrade = None;
    let asked = plan(&desired, &state, &past(&baseline));
    let human = asked.of(ItemId::PACKAGE).unwrap().human.as_ref().unwrap();
    assert!(
        human.texts().join(" ").contains("restores 4 page layout assignments"),
        "{:?}",
        human.texts()
    );
}
