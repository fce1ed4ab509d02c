//! Taking the connector out: what goes, what stands in the way, and what people are told.

use super::fixture::{self, desired, id, past, rows, state};
use crate::checklist::plan::REMOVING;
use crate::checklist::{
    Action, After, Blockers, Change, ChangeRow, ItemId, Past, Plan, Stage, Stop, StopKind,
    baseline_entries, plan, removal,
};
use crate::model::{
    Added, AddedKind, Baseline, ConnectorWish, GENERAL_SECTION, Generation, InstalledPackage, Item,
    Layout, LayoutId, LayoutName, Look, MissingPart, Observed, Offer, OfferedVersion, OrgState,
    PackageRequest, PackageVersionId, PermissionSet, PermissionSetAssignment, PermissionSetId,
    Reference, RunningDeploy, Section, Subject, SubjectKind, Wave, Way,
};

pub(super) const NAMESPACE: &str = "ciscocjs";

pub(super) fn removed(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Plan {
    removal(desired, state, &past(baseline), Blockers::Stop)
}

/// Applies a configuration, and keeps what was there.
pub(super) fn install(desired: &ConnectorWish, state: &mut OrgState) -> Baseline {
    let mut baseline = Baseline::default();
    for _ in 0..4 {
        let found = plan(desired, state, &past(&baseline));
        let Some((_, wave)) = found.next_stage() else { break };
        let wave: Vec<Change> = wave.into_iter().cloned().collect();
        for change in &wave {
            for entry in baseline_entries(change, desired, "1") {
                baseline.record(entry);
            }
            fixture::come_true(desired, state, change);
        }
    }
    baseline
}

#[test]
fn the_waves_run_backwards() {
    let (desired, mut state) = (desired(), state());
    let baseline = install(&desired, &mut state);
    let found = removed(&desired, &state, &baseline);
    assert_eq!(found.stages, REMOVING);
    let items: Vec<&str> = {
        let mut items: Vec<&str> = found.changes().map(|change| change.item.as_str()).collect();
        items.dedup();
        items
    };
    assert_eq!(items, ["package", "call-center", "users", "task-layout"]);
    let (first, _) = found.next_stage().unwrap();
    assert_eq!(first, Stage { wave: Wave::Records, way: Way::Remove });
}

#[test]
fn whoever_uninstalls_already_is_named() {
    let (desired, mut state) = (desired(), state());
    let baseline = install(&desired, &mut state);
    let version_id = state.packages.iter().find_map(|package| package.version_id);
    for (by, told) in [
        (Some("Grace Hopper"), "already being uninstalled by Grace Hopper; waiting"),
        (None, "already being uninstalled; waiting"),
    ] {
        state.removal.uninstalls = Observed::Seen(vec![PackageRequest {
            id: "06yHp0000000001AAA".to_owned(),
            version_id,
            since: None,
            by: by.map(str::to_owned),
            running: true,
            given_up: false,
        }]);
        let found = removed(&desired, &state, &baseline);
        let package = found.items.iter().find(|it| it.item == ItemId::PACKAGE).unwrap();
        assert!(package.verdict.notes.iter().any(|note| note.text().contains(told)), "{by:?}");
    }
}

fn reference(kind: &str, name: &str) -> Reference {
    Reference {
        kind: kind.to_owned(),
        name: name.to_owned(),
        to_kind: "CustomField".to_owned(),
        to_name: "Rating__c".to_owned(),
    }
}

/// An org with the package and with what people built on it.
fn blocked() -> (ConnectorWish, OrgState, Baseline) {
    let (desired, mut state) = (desired(), state());
    let baseline = install(&desired, &mut state);
    state.removal.references = Observed::Seen(vec![
        reference("FlexiPage", "Agent_Home"),
        reference("Flow", "Rate_Call"),
        reference("Flow", "Rate_Chat"),
        reference("Prompt", "Strange"),
    ]);
    state.removal.added = Observed::Seen(vec![Added {
        kind: AddedKind::Report,
        id: "00O000000000001".to_owned(),
        name: "My calls".to_owned(),
        place: "Webex Reports".to_owned(),
    }]);
    (desired, state, baseline)
}

#[test]
fn what_is_in_the_way_is_named_before_anything_happens() {
    let (desired, state, baseline) = blocked();
    let found = removed(&desired, &state, &baseline);
    let told: Vec<String> = found
        .stops()
        .map(|(_, stop)| {
            assert_eq!(stop.kind, StopKind::Refused);
            format!("{}\n  {}", stop.message(), stop.advice().join("\n  "))
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    FlexiPage Agent_Home uses CustomField Rating__c of the package.
      FlexiPage: take the package's components out of the page: https://acme.my.salesforce.com/lightning/setup/FlexiPageList/home
    2 components of type Flow use the package: Rate_Call (CustomField Rating__c) and Rate_Chat (CustomField Rating__c).
      Flow: take the package's fields and actions out of it, and delete its old versions: https://acme.my.salesforce.com/lightning/setup/Flows/home
    Prompt Strange uses CustomField Rating__c of the package.
      Prompt: look for it in Setup and take the package's components out of it: https://acme.my.salesforce.com/lightning/setup/SetupOneHome/home
    The package's folders hold reports that people have made: "My calls" (Webex Reports).
      Move each report to another folder or delete it; the first is https://acme.my.salesforce.com/lightning/r/Report/00O000000000001/view
      If the list is out of date, use --try-anyway to let the org decide; what was done before the org refuses is kept.
    "#);
    let anyway = removal(&desired, &state, &past(&baseline), Blockers::Tell);
    assert_eq!(anyway.stops().count(), 0);
    let notes = &anyway.of(ItemId::PACKAGE).unwrap().notes;
    assert_eq!(notes.iter().filter(|note| note.is_warning()).count(), 4);
}

#[test]
fn an_org_that_does_not_tell_is_not_taken_for_one_without_references() {
    let (desired, mut state, baseline) = blocked();
    state.removal.references =
        Observed::refused("UNKNOWN_EXCEPTION: An unexpected error".to_owned());
    state.removal.added = Observed::Seen(Vec::new());
    let found = removed(&desired, &state, &baseline);
    assert_eq!(found.stops().count(), 0);
    let notes = &found.of(ItemId::PACKAGE).unwrap().notes;
    assert!(notes[0].is_warning() && notes[0].text().contains("UNKNOWN_EXCEPTION"), "{notes:?}");
}

/// Assignments of the package's layout that nobody recorded.
fn unrecorded() -> (ConnectorWish, OrgState) {
    let (desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    (desired, state)
}

fn layouts(desired: &ConnectorWish, state: &OrgState) -> (Vec<String>, Vec<String>) {
    let found = removed(desired, state, &Baseline::default());
    let verdict = found.of(ItemId::TASK_LAYOUT).unwrap();
    let after = rows(verdict).into_iter().map(|it| match it.after {
        After::Known(Some(after)) => after,
        other => panic!("{other:?}"),
    });
    let stops = verdict.stops.iter().map(Stop::message).collect();
    (after.collect(), stops)
}

#[test]
fn without_a_record_the_fallback_is_taken_or_asked_for() {
    let (mut desired, mut state) = unrecorded();
    let (after, stops) = layouts(&desired, &state);
    assert!(stops.is_empty() && after.len() == 4 && after.iter().all(|it| it == "Task Layout"));
    state.layouts.get_or_insert_default().push(Layout {
        id: LayoutId::parse(&id("00h", 20)).unwrap(),
        name: LayoutName::local("Support Tasks"),
    });
    desired.uninstall.fallback_layout = Some("Support Tasks".to_owned());
    assert!(layouts(&desired, &state).0.iter().all(|it| it == "Support Tasks"));
    desired.uninstall.fallback_layout = Some("Suport Tasks".to_owned());
    let (after, stops) = layouts(&desired, &state);
    assert!(after.is_empty());
    insta::assert_snapshot!(stops.join("\n"), @r#"`uninstall.fallback_layout` names the page layout "Suport Tasks", which Task does not have in this org, or which goes with the package."#);
    desired.uninstall.fallback_layout = None;
    state.layouts[0].name = LayoutName::local("Aufgaben");
    insta::assert_snapshot!(layouts(&desired, &state).1.join("\n"), @"There is no record of the earlier layout of some assignments, and no layout is configured for them.");
}

#[test]
fn permission_sets_of_the_package_are_taken_from_everybody() {
    let (desired, mut state) = unrecorded();
    let set = PermissionSetId::parse(&id("0PS", 1)).unwrap();
    let mine = PermissionSetId::parse(&id("0PS", 2)).unwrap();
    let named = |id: &PermissionSetId, namespace: Option<&str>| PermissionSet {
        id: *id,
        namespace: namespace.map(str::to_owned),
        name: "Agent".to_owned(),
        label: "Agent".to_owned(),
    };
    state.permission_sets = Observed::Seen(vec![named(&set, Some(NAMESPACE)), named(&mine, None)]);
    for (number, set) in [set, mine].into_iter().enumerate() {
        state.permission_set_assignments.get_or_insert_default().push(PermissionSetAssignment {
            id: number.to_string(),
            user: state.users[0].id,
            username: state.users[0].username.clone(),
            permission_set: set,
        });
    }
    let found = removed(&desired, &state, &Baseline::default());
    let verdict = found.of(ItemId::PERMISSION_SET).unwrap();
    let taken: Vec<String> = rows(verdict).into_iter().map(|change| change.field).collect();
    assert_eq!(taken, ["ciscocjs__Agent"]);
    assert!(verdict.notes[0].text().contains("ciscocjs__Agent of user1@example.com"));
}

#[test]
fn a_call_center_that_no_api_deletes_is_left_to_a_person() {
    let (desired, mut state) = unrecorded();
    let name = fixture::INTERNAL_NAME.to_owned();
    state.removal.undeletable.insert(name.clone(), "not supported".to_owned());
    let found = removed(&desired, &state, &Baseline::default());
    let verdict = found.of(ItemId::CALL_CENTER).unwrap();
    let first = &rows(verdict)[0];
    assert_eq!(first.subject, Subject::new(SubjectKind::CallCenter, name));
    assert_eq!(first.action, Action::Human);
    let human = verdict.human.as_ref().unwrap();
    insta::assert_snapshot!(format!("{}\n{}", human.why, human.texts().join("\n")), @r#"
    The org does not let an API delete a call center: not supported
    Open Setup > Call Centers: https://acme.my.salesforce.com/lightning/setup/CallCenters/home
    Beside "Webex" (WebexCCAgentDesktopV2), click Del.
    "#);
    assert!(found.changes().all(|change| change.item != ItemId::CALL_CENTER));
}

#[test]
fn nothing_is_wanted_of_an_org_without_the_connector() {
    let mut state = state();
    state.permission_sets = Observed::Seen(Vec::new());
    state.omni = Observed::Seen(crate::model::OmniState::default());
    let found = removal(&desired(), &state, &Past::default(), Blockers::Stop);
    assert!(found.is_empty() && found.needs().is_empty() && found.stops().count() == 0);
    assert!(found.items.iter().all(|it| it.verdict.notes.is_empty()));
}

#[test]
fn a_call_center_that_cannot_be_kept_is_not_deleted() {
    let (desired, mut state) = unrecorded();
    let name = fixture::INTERNAL_NAME;
    let stops = |state: &OrgState| {
        let found = removed(&desired, state, &Baseline::default());
        found.stops().map(|(_, stop)| (stop.kind, stop.message())).collect::<Vec<_>>()
    };
    assert!(stops(&state).is_empty(), "nobody has asked yet");
    state.removal.asked.insert(name.to_owned());
    let [(kind, message)] = stops(&state).try_into().expect("one reason not to begin");
    assert!(kind == StopKind::Refused && message.contains(name), "{message}");
    state
        .removal
        .call_centers
        .get_or_insert_default()
        .push(desired.call_center.definition.call_center.clone());
    assert!(stops(&state).is_empty(), "it is kept");

    // What is left out of it is not taken for what it does not have.
    let state = &mut state;
    let read = state.removal.call_centers.get_or_insert_default();
    for section in &mut read[0].sections {
        section.items.iter_mut().for_each(|item| item.name.clear());
    }
    state.removal.incomplete.insert(name.to_owned(), MissingPart::Labels);
    assert_eq!(stops(state), [], "whose fields are named and others is not the connector's");
    state.removal.incomplete.insert(name.to_owned(), MissingPart::FieldNames);
    let [(kind, message)] = stops(state).try_into().expect("one reason not to begin");
    assert!(kind == StopKind::Refused && message.contains("without the names"), "{message}");
}

#[test]
fn what_a_configuration_overrides_takes_nothing_more_out() {
    let (mut desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    let own = rows_of(&removed(&desired, &state, &Baseline::default()));
    assert!(!own.is_empty());
    // Somebody else's package, layouts and call centers, by a configuration that names them.
    desired.recipe.stated.namespace = "another".to_owned();
    desired.recipe.stated.internal_name_prefix = "AnotherV".to_owned();
    desired.call_center.definition.call_center.internal_name = "Mine1".to_owned();
    let found = removed(&desired, &state, &Baseline::default());
    assert_eq!(rows_of(&found), Vec::<ChangeRow>::new());
    let notes = &found.of(ItemId::PACKAGE).unwrap().notes;
    assert!(notes[0].text().contains("the recipe does not name it"), "{notes:?}");
    // What we recorded as ours goes by whatever name.
    let mut desired = fixture::desired();
    let mut state = fixture::state();
    let baseline = install(&desired, &mut state);
    let all = rows_of(&removed(&desired, &state, &baseline));
    desired.recipe.stated.namespace = "another".to_owned();
    desired.recipe.stated.internal_name_prefix = "AnotherV".to_owned();
    assert_eq!(rows_of(&removed(&desired, &state, &baseline)), all);
}

fn rows_of(plan: &Plan) -> Vec<ChangeRow> {
    plan.rows()
}

/// Packages of the second generation may share a namespace.
#[test]
fn no_other_package_of_the_namespace_is_uninstalled() {
    let (desired, mut state) = (desired(), state());
    let baseline = install(&desired, &mut state);
    let ours = state.packages[0].clone();
    let other = InstalledPackage {
        name: "Another of the same vendor".to_owned(),
        package_id: Some(id("033", 7)),
        version_id: Some(PackageVersionId::parse("04t000000000007").unwrap()),
        generation: Generation::Second,
        ..ours.clone()
    };
    let taken = |state: &OrgState, baseline: &Baseline| -> Vec<String> {
        let found = removed(&desired, state, baseline);
        let changes = found.changes().filter(|change| change.item == ItemId::PACKAGE);
        changes.map(|change| format!("{:?}", change.operation.from)).collect()
    };
    state.packages = Observed::Seen(vec![other.clone(), ours]);
    let [only] = taken(&state, &baseline).try_into().unwrap();
    assert!(only.contains(desired.package.version.as_str()), "{only}");
    // That the other one is of the first generation says nothing where there are two.
    let first = InstalledPackage { generation: Generation::First, ..other.clone() };
    let ours = state.packages.as_slice()[1].clone();
    state.packages = Observed::Seen(vec![first, ours]);
    let [only] = taken(&state, &Baseline::default()).try_into().unwrap();
    assert!(only.contains(desired.package.version.as_str()), "{only}");

    // One that could only be deleted by the namespace that both have is a person's.
    let mut unknown = state.clone();
    unknown.packages[1].generation = Generation::Unknown;
    let found = removed(&desired, &unknown, &baseline);
    let (_, stop) = found.stops().next().expect("a stop");
    assert!(stop.message().contains("which several packages have"), "{}", stop.message());
    assert!(taken(&unknown, &baseline).is_empty());
    unknown.packages.get_or_insert_default().remove(0);
    assert_eq!(taken(&unknown, &baseline).len(), 1);

    // What the other one brought is not taken from anybody.
    let set = PermissionSetId::parse(&id("0PS", 1)).unwrap();
    state.permission_sets = Observed::Seen(vec![PermissionSet {
        id: set,
        namespace: Some(NAMESPACE.to_owned()),
        name: "Other".to_owned(),
        label: "Other".to_owned(),
    }]);
    state.permission_set_assignments = Observed::Seen(vec![PermissionSetAssignment {
        id: "0".to_owned(),
        user: state.users[0].id,
        username: state.users[0].username.clone(),
        permission_set: set,
    }]);
    let layout = Layout {
        id: LayoutId::parse(&id("00h", 20)).unwrap(),
        name: LayoutName { namespace: Some(NAMESPACE.to_owned()), name: "Other Task".to_owned() },
    };
    state.layout_assignments.get_or_insert_default()[0].layout = Some(layout.id);
    state.layouts.get_or_insert_default().push(layout);
    let count = |state: &OrgState, item: ItemId| {
        let found = removed(&desired, state, &Baseline::default());
        found.of(item).map_or(0, |verdict| verdict.changes.len())
    };
    assert_eq!((count(&state, ItemId::PERMISSION_SET), count(&state, ItemId::TASK_LAYOUT)), (0, 3));
    let mut alone = state.clone();
    alone.packages.get_or_insert_default().remove(0);
    assert_eq!((count(&alone, ItemId::PERMISSION_SET), count(&alone, ItemId::TASK_LAYOUT)), (1, 4));

    // Ours has gone: the other one stays, whatever it is known of it.
    state.packages = Observed::Seen(vec![other]);
    state.offered = Observed::Unasked;
    let found = removed(&desired, &state, &Baseline::default());
    assert!(found.needs().contains(&Look::OfferedVersion), "{:?}", found.needs());
    state.offered = offered(&desired, Some(id("033", 1)));
    let found = removed(&desired, &state, &Baseline::default());
    assert!(taken(&state, &Baseline::default()).is_empty() && found.stops().count() == 0);
    let notes = &found.of(ItemId::PACKAGE).unwrap().notes;
    assert!(notes[0].text().contains("Another of the same vendor"), "{notes:?}");
    state.offered = offered(&desired, None);
    let found = removed(&desired, &state, &Baseline::default());
    let (_, stop) = found.stops().next().unwrap();
    assert!(stop.message().contains("which package is the connector's"), "{}", stop.message());

    // A version that nobody configured is the connector's where it is of its package, or recorded.
    state.offered = offered(&desired, Some(id("033", 7)));
    assert_eq!(taken(&state, &Baseline::default()).len(), 1);
    state.offered = Observed::Unasked;
    state.packages.get_or_insert_default()[0].version_id = Some(desired.package.version);
    assert_eq!(taken(&state, &baseline).len(), 1);
}

/// What the org offers of the configured version.
fn offered(desired: &ConnectorWish, package_id: Option<String>) -> Observed<OfferedVersion> {
    let Observed::Seen(OfferedVersion { answer: Ok(offer), .. }) = state().offered else {
        panic!("the fixture offers the version");
    };
    let answer = Ok(Offer { package_id, ..offer });
    Observed::Seen(OfferedVersion { id: desired.package.version, answer })
}

#[test]
fn a_call_center_that_a_deploy_may_be_deleting_is_waited_for() {
    let (desired, mut state) = unrecorded();
    // It was listed, and gone or hidden when its settings were asked for.
    state.removal.asked.insert(fixture::INTERNAL_NAME.to_owned());
    state.removal.call_centers = Observed::Seen(Vec::new());
    let kinds = |state: &OrgState| -> Vec<StopKind> {
        let found = removed(&desired, state, &Baseline::default());
        found.of(ItemId::CALL_CENTER).unwrap().stops.iter().map(|stop| stop.kind).collect()
    };
    assert_eq!(kinds(&state), [StopKind::Refused]);
    let since = Some("2026-11-30T09:00:00.000+0000".to_owned());
    for (since, given_up, kind) in [
        (since.clone(), false, StopKind::NotYet),
        // One that may never end is not waited for.
        (None, false, StopKind::Refused),
        (since, true, StopKind::Refused),
    ] {
        let id = "0Af000000000001AAA".to_owned();
        let deploy = RunningDeploy { id, since, by: None, given_up };
        state.running_deploys = Observed::Seen(vec![deploy]);
        assert_eq!(kinds(&state), [kind]);
    }
}

#[test]
fn a_call_center_that_only_has_the_name_stays() {
    let (mut desired, mut state) = unrecorded();
    let (name, label) = ("Webex".to_owned(), "Webex".to_owned());
    let item =
        Item { name: "outdialPrefix".to_owned(), label: label.clone(), value: String::new() };
    let own = Section { name, label, items: vec![item] };
    desired.call_center.definition.call_center.sections.push(own);
    for row in
        state.call_centers.iter_mut().filter(|row| row.internal_name == fixture::INTERNAL_NAME)
    {
        row.adapter_url = Some("/apex/softphone".to_owned());
    }
    let taken = |state: &OrgState| {
        let found = removed(&desired, state, &Baseline::default());
        let verdict = found.of(ItemId::CALL_CENTER).unwrap().clone();
        (verdict.changes.len(), verdict.notes)
    };
    let mut read = desired.call_center.definition.call_center.clone();
    fixture::INTERNAL_NAME.clone_into(&mut read.internal_name);
    for section in &mut read.sections {
        for item in section.items.iter_mut().filter(|item| item.name == "reqAdapterUrl") {
            item.value = "/apex/softphone".to_owned();
        }
    }
    // With the connector's items it is the connector's, wherever its adapter is.
    state.removal.call_centers = Observed::Seen(vec![read.clone()]);
    assert_eq!(taken(&state).0, 1);
    read.sections.retain(|section| section.name == GENERAL_SECTION);
    state.removal.call_centers = Observed::Seen(vec![read]);
    let (changes, notes) = taken(&state);
    assert_eq!(changes, 0);
    let found = removed(&desired, &state, &Baseline::default());
    assert!(found.of(ItemId::USERS).is_none_or(|users| users.changes.is_empty()), "{found:?}");
    assert!(notes.iter().any(|note| note.text().contains("none of its settings")), "{notes:?}");
}
