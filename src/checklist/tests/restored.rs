//! Taking the connector out of made-up orgs: what was there before is back, and what others did
//! stays.

use std::cell::Cell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::fixture::{self, desired, id, state, user};
use super::omni_sync::{wanted, with_omni};
use super::removal::{NAMESPACE, install, removed};
use super::renamed::{rename, without_ids};
use crate::checklist::{Change, complete};
use crate::model::{
    Baseline, Before, CallCenterId, CallCenterRow, ConnectorWish, Granted, Holder, Layout,
    LayoutId, LayoutName, Observed, OnConflict, OrgState, Ref, Target, Value,
};

/// Lets every change of a removal come true, wave by wave, as strictly as an org would.
fn take_out(desired: &ConnectorWish, state: &mut OrgState, baseline: &Baseline) {
    for _ in 0..4 {
        let found = removed(desired, state, baseline);
        assert_eq!(found.stops().count(), 0, "{:?}", found.stops().collect::<Vec<_>>());
        let Some((_, wave)) = found.next_stage() else { break };
        let wave: Vec<Change> = wave.into_iter().cloned().collect();
        for change in &wave {
            go(desired, state, change);
        }
    }
    assert!(removed(desired, state, baseline).is_empty());
}

fn go(desired: &ConnectorWish, state: &mut OrgState, change: &Change) {
    match change.target() {
        Target::Package(_) => uninstall_package(state),
        Target::CallCenter(Ref { name, id }) if change.operation.removes() => {
            let gone = state.call_centers.iter().find(|row| Some(&row.id) == id.as_ref());
            let gone = gone.expect("a call center that is there");
            assert_eq!(&gone.internal_name, name);
            let gone = gone.id;
            let members = state.users.iter().filter(|it| it.call_center.as_ref() == Some(&gone));
            assert_eq!(members.count(), 0, "{name} still has users");
            state.call_centers.get_or_insert_default().retain(|row| row.id != gone);
            if state.call_center.found().is_some_and(|it| &it.internal_name == name) {
                state.call_center = Observed::Seen(None);
            }
        }
        Target::ApexClass(name) if change.operation.removes() => {
            let omni = state.omni.seen_mut().unwrap();
            omni.classes.retain(|class| &class.name != name);
            let to = Granted::ApexClass(name.clone());
            omni.access.retain(|access| access.to != to);
        }
        Target::PermissionSet(Ref { name, id }) if change.operation.removes() => {
            let sets = state.permission_sets.seen_mut().unwrap();
            let gone = sets.iter().find(|set| Some(&set.id) == id.as_ref()).unwrap();
            assert_eq!(&gone.name, name);
            let gone = gone.id;
            sets.retain(|set| set.id != gone);
            let mut given = state.permission_set_assignments.iter();
            assert!(given.all(|it| it.permission_set != gone), "{name} is still assigned");
            let holder = Holder::PermissionSet(name.clone());
            state.omni.seen_mut().unwrap().access.retain(|access| access.holder != holder);
        }
        _ => fixture::come_true(desired, state, change),
    }
}

fn uninstall_package(state: &mut OrgState) {
    let packaged = |layout: &Layout| layout.name.namespace.as_deref() == Some(NAMESPACE);
    for assignment in &state.layout_assignments {
        let layout = state.layouts.iter().find(|it| Some(&it.id) == assignment.layout.as_ref());
        assert!(!layout.is_some_and(packaged), "a layout of the package is still in use");
    }
    state.layouts.get_or_insert_default().retain(|layout| !packaged(layout));
    state.packages.get_or_insert_default().clear();
    state.contents = crate::model::PackageContents::default();
    state.custom_metadata = crate::model::CustomMetadata::default();
    let sets = state.permission_sets.get_or_insert_default();
    sets.retain(|set| set.namespace.is_none());
}

/// What an org is without the connector, whoever brought it.
fn without_connector(mut state: OrgState) -> OrgState {
    let is_connectors = |name: &str| name.starts_with("WebexCCAgentDesktopV");
    let gone: Vec<CallCenterId> = state
        .call_centers
        .iter()
        .filter(|row| is_connectors(&row.internal_name))
        .map(|row| row.id)
        .collect();
    state.call_centers.get_or_insert_default().retain(|row| !gone.contains(&row.id));
    state.call_center = Observed::Seen(None);
    for user in &mut state.users {
        user.call_center = user.call_center.take().filter(|id| !gone.contains(id));
    }
    let standard = state.layouts[0].id;
    for assignment in &mut state.layout_assignments {
        let layout = state.layouts.iter().find(|it| Some(&it.id) == assignment.layout.as_ref());
        if layout.is_some_and(|it| it.name.namespace.is_some()) {
            assignment.layout = Some(standard);
        }
    }
    uninstall_package(&mut state);
    state
}

/// Everything of an org that a removal can change, in an order of its own.
fn comparable(mut state: OrgState) -> OrgState {
    state.layout_assignments.get_or_insert_default().sort();
    state.offered = Observed::Unasked;
    state.permission_sets.get_or_insert_default().sort_by(|a, b| a.name.cmp(&b.name));
    let given = state.permission_set_assignments.get_or_insert_default();
    given.sort_by(|one, other| one.id.cmp(&other.id));
    if let Some(omni) = state.omni.seen_mut() {
        omni.access.sort();
        omni.classes.sort_by(|one, other| one.name.cmp(&other.name));
    }
    state
}

/// What somebody does between the installation and the uninstall.
#[derive(Debug, Clone)]
enum Theirs {
    MovesUser(usize, usize),
    AssignsLayout(usize),
    ChangesClass,
    /// Administrators rename what they please, or the caller has another language.
    Renames,
}

#[derive(Debug, Clone)]
struct Situation {
    desired: ConnectorWish,
    start: OrgState,
    theirs: Vec<Theirs>,
    /// Whether the version before wrote the baseline: it had no ids, which the next look filled in.
    older: bool,
}

fn situations() -> impl Strategy<Value = Situation> {
    let users = prop::collection::vec((any::<bool>(), any::<bool>(), 0..4_usize), 0..8);
    let profiles = prop::sample::subsequence(vec!["Agent", "Admin", "Standard User"], 0..=3);
    let theirs = prop_oneof![
        (0..8_usize, 0..4_usize).prop_map(|(user, center)| Theirs::MovesUser(user, center)),
        (0..9_usize).prop_map(Theirs::AssignsLayout),
        Just(Theirs::ChangesClass),
        Just(Theirs::Renames),
    ];
    let theirs = prop::collection::vec(theirs, 0..4);
    (users, profiles, any::<[bool; 7]>(), theirs).prop_map(
        |(users, profiles, [package, omni, earlier, used, wanted_one, twins, older], theirs)| {
            let (mut desired, mut start) =
                if omni { (wanted(), with_omni()) } else { (desired(), state()) };
            start.permission_sets.get_or_insert_default();
            start.omni.get_or_insert_default();
            desired.users.on_conflict = OnConflict::Move;
            desired.task_layout.profiles = profiles.into_iter().map(str::to_owned).collect();
            start.layouts.get_or_insert_default().push(Layout {
                id: LayoutId::parse(&id("00h", 20)).unwrap(),
                name: LayoutName::local("Other Layout"),
            });
            let mut bring = |number: usize, name: &str| {
                start.call_centers.get_or_insert_default().push(CallCenterRow {
                    id: CallCenterId::parse(&id("04v", number)).unwrap(),
                    internal_name: name.to_owned(),
                    name: name.to_owned(),
                    adapter_url: None,
                });
            };
            bring(2, "BrightCTI");
            if earlier {
                bring(3, "WebexCCAgentDesktopV1");
            }
            if wanted_one {
                bring(9, fixture::INTERNAL_NAME);
                start.call_center =
                    Observed::Seen(Some(desired.call_center.definition.call_center.clone()));
            }
            if package {
                fixture::install(&desired, &mut start);
                if used {
                    let layout = start.layouts.iter().find(|it| it.name.name == "Old Layout");
                    start.layout_assignments[3].layout = layout.map(|it| it.id);
                }
            }
            start.users = users
                .into_iter()
                .enumerate()
                .map(|(number, (chosen, active, center))| {
                    let mut user = user(number, chosen);
                    user.active = active;
                    user.call_center = start.call_centers.as_slice().get(center).map(|row| row.id);
                    user
                })
                .collect();
            if twins {
                // Two profiles of one label, which only their ids tell apart. Whose names complete
                // nothing, so that no older version is among these.
                start.profiles[1].label = start.profiles[0].label.clone();
                let standard = desired.task_layout.profiles.iter_mut();
                standard.filter(|it| *it == "Standard User").for_each(|it| *it = "Standard".into());
            }
            Situation { desired, start, theirs, older: older && !twins }
        },
    )
}

/// Lets others do what they do, in the org and in what is expected of it afterwards.
fn interfere(theirs: &[Theirs], baseline: &Baseline, now: &mut OrgState, expected: &mut OrgState) {
    for act in theirs {
        match act {
            Theirs::MovesUser(user, center) => {
                let row = now.call_centers.as_slice().get(*center).cloned();
                let id = row.as_ref().map(|row| row.id);
                let there = |id: &CallCenterId| expected.call_centers.iter().any(|it| &it.id == id);
                let stays = id.filter(there);
                let Some(user) = now.users.seen_mut().and_then(|users| users.get_mut(*user)) else {
                    continue;
                };
                user.call_center.clone_from(&id);
                // The connector's call centers are no place to stay: whoever is in one goes back to
                // where we found them, or to none where we know nothing.
                let target = Target::UserCallCenter(Ref::seen(&user.username, &user.id));
                let before = baseline.entry(&target).and_then(|entry| match &entry.before {
                    Before::Known(Some(Value::CallCenter(before))) => {
                        let mut rows = expected.call_centers.iter();
                        let found = rows.find(|it| it.internal_name == before.name);
                        found.map(|row| row.id)
                    }
                    _ => None,
                });
                let is_leaving = id.is_some() && stays.is_none();
                let expected = expected.users.iter_mut().find(|it| it.id == user.id).unwrap();
                expected.call_center = if is_leaving { before } else { stays };
            }
            Theirs::Renames => {
                rename(now);
                rename(expected);
            }
            Theirs::AssignsLayout(number) => {
                let other = LayoutId::parse(&id("00h", 20)).ok();
                now.layout_assignments[*number].layout.clone_from(&other);
                expected.layout_assignments[*number].layout = other;
            }
            Theirs::ChangesClass => {
                let omni = now.omni.seen_mut().unwrap();
                let Some(class) = omni.classes.first_mut() else { continue };
                class.body = "class Sync { static String tell() { return 'ours'; } }\n".to_owned();
                let class = class.clone();
                let expected = expected.omni.seen_mut().unwrap();
                expected.classes.retain(|known| known.name != class.name);
                expected.classes.push(class);
            }
        }
    }
}

/// Situations that must have been among those tried.
#[derive(Default)]
struct Seen(BTreeMap<&'static str, Cell<u32>>);

impl Seen {
    fn of(classes: &[&'static str]) -> Self {
        Self(classes.iter().map(|name| (*name, Cell::new(0))).collect())
    }

    fn count(&self, class: &str, happened: bool) {
        let cell = &self.0[class];
        cell.set(cell.get() + u32::from(happened));
    }

    fn all(&self) {
        for (class, count) in &self.0 {
            assert!(count.get() > 0, "no situation was tried with: {class}");
        }
    }
}

#[test]
fn what_was_there_before_comes_back_and_what_others_did_stays() {
    let seen = Seen::of(&[
        "another vendor's user moved",
        "package by hand",
        "state sync made",
        "nothing done by others",
        "user moved since",
        "class changed since",
        "renamed since",
        "an older baseline",
        "two profiles of one label",
        "layout assigned since",
    ]);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(600));
    let result = runner.run(&situations(), |Situation { desired, start, theirs, older }| {
        let mut now = start.clone();
        let mut baseline = install(&desired, &mut now);
        if older {
            baseline = complete(&without_ids(&baseline), &now);
        }
        let mut expected = without_connector(start.clone());
        interfere(&theirs, &baseline, &mut now, &mut expected);
        let classes = now.omni.seen().map_or(0, |omni| omni.classes.len());
        let mut desired = desired;
        if theirs.iter().any(|it| matches!(it, Theirs::Renames)) {
            // Whoever renames the layout that every org begins with says so.
            let standard = now.layouts[0].name.qualified();
            desired.uninstall.fallback_layout = Some(standard);
        }
        take_out(&desired, &mut now, &baseline);
        prop_assert_eq!(comparable(now), comparable(expected));
        let moved = baseline.of_item("users").any(|it| {
            matches!(
                &it.before,
                Before::Known(Some(Value::CallCenter(before))) if before.name.ends_with("CTI")
            )
        });
        seen.count("another vendor's user moved", moved);
        seen.count("package by hand", !start.packages.as_slice().is_empty());
        seen.count("state sync made", classes > 0);
        seen.count("nothing done by others", theirs.is_empty());
        let any = |is: fn(&Theirs) -> bool| theirs.iter().any(is);
        seen.count("user moved since", any(|it| matches!(it, Theirs::MovesUser(..))));
        seen.count(
            "class changed since",
            classes > 0 && any(|it| matches!(it, Theirs::ChangesClass)),
        );
        seen.count("renamed since", any(|it| matches!(it, Theirs::Renames)));
        seen.count("an older baseline", older);
        let label = |number: usize| start.profiles[number].label.as_str();
        seen.count("two profiles of one label", label(0) == label(1));
        seen.count("layout assigned since", any(|it| matches!(it, Theirs::AssignsLayout(_))));
        Ok(())
    });
    result.unwrap();
    seen.all();
}
