use super::fixture::{INTERNAL_NAME, come_true, desired, done, height, past, planned, rows, state};
use crate::checklist::{Action, After, ItemId, Note, Plan, StopKind, plan};
use crate::model::{
    Baseline, CallCenterId, CallCenterRow, ConnectorWish, Look, Observed, OrgState, UnnamedValues,
    Value,
};

#[test]
fn a_new_call_center_shows_what_differs_from_its_definition() {
    let plan = planned(&desired(), &state());
    let [create] = rows(plan.of(ItemId::CALL_CENTER).unwrap()).try_into().unwrap();
    assert_eq!(create.after, After::value("two (2 items)"));
    let [setting] = rows(plan.of(ItemId::CTI_SETTINGS).unwrap()).try_into().unwrap();
    assert_eq!(setting.field, height().to_string());
    assert_eq!((setting.before.as_deref(), setting.action), (None, Action::Create));
}

#[test]
fn a_new_call_center_that_is_as_its_definition_is_not_said_to_be_there() {
    let mut desired = desired();
    desired.call_center.values.clear();
    let plan = planned(&desired, &state());
    let verdict = plan.of(ItemId::CTI_SETTINGS).unwrap();
    assert!(verdict.changes.is_empty());
    assert!(verdict.at_rest.is_some_and(|said| said.contains("new call center")));
    let mut there = state();
    there.call_center = Observed::Seen(Some(desired.call_center.effective(None)));
    let plan = planned(&desired, &there);
    assert_eq!(plan.of(ItemId::CTI_SETTINGS).unwrap().at_rest, None);
}

#[test]
fn values_that_nobody_configured_stay() {
    let (desired, mut state) = (desired(), state());
    for change in planned(&desired, &state).changes().cloned().collect::<Vec<_>>() {
        if matches!(change.item, ItemId::CALL_CENTER | ItemId::CTI_SETTINGS) {
            come_true(&desired, &mut state, &change);
        }
    }
    let found = state.call_center.found_mut().unwrap();
    found.sections[0].items[0].value = "https://changed.example/".to_owned();
    found.item_mut(&height()).unwrap().value = "700 ".to_owned();
    let plan = planned(&desired, &state);
    let [change] = rows(plan.of(ItemId::CTI_SETTINGS).unwrap()).try_into().unwrap();
    assert_eq!(
        (change.before.as_deref(), change.after.clone()),
        (Some("700 "), After::value("600"))
    );
    assert_eq!(change.action, Action::Update);
}

#[test]
fn blanks_at_the_ends_are_no_difference() {
    let (desired, mut state) = (desired(), state());
    let mut found = desired.call_center.effective(None);
    // A deploy trims the label "General " and would trim values too.
    found.sections[0].label = "General".to_owned();
    found.item_mut(&height()).unwrap().value = " 600".to_owned();
    state.call_center = Observed::Seen(Some(found));
    let plan = planned(&desired, &state);
    assert!(plan.of(ItemId::CALL_CENTER).unwrap().changes.is_empty());
    assert!(plan.of(ItemId::CTI_SETTINGS).unwrap().changes.is_empty());
}

#[test]
fn other_fields_under_the_same_internal_name_are_refused() {
    let (desired, mut state) = (desired(), state());
    let mut found = desired.call_center.definition.call_center.clone();
    found.sections[0].items.remove(0);
    state.call_centers[0].internal_name = INTERNAL_NAME.to_owned();
    state.call_center = Observed::Seen(Some(found));
    let plan = planned(&desired, &state);
    let [stop] = plan.of(ItemId::CALL_CENTER).unwrap().stops.as_slice() else { panic!() };
    assert_eq!(stop.kind, StopKind::Refused);
    assert!(stop.message().contains("\"reqGeneralInfo/reqAdapterUrl\""), "{}", stop.message());
}

#[test]
fn fields_that_an_org_adds_and_empty_ones_that_it_leaves_out_are_no_difference() {
    let (mut desired, mut state) = (desired(), state());
    let definition = &mut desired.call_center.definition.call_center;
    let items = &mut definition.sections[0].items;
    let mut empty = items[0].clone();
    empty.name = "reqEmpty".to_owned();
    empty.value = String::new();
    items.push(empty);
    let mut found = definition.clone();
    let added = found.sections[0].items.last_mut().unwrap();
    added.name = "reqOfSalesforce".to_owned();
    added.value = "on".to_owned();
    state.call_centers[0].internal_name = INTERNAL_NAME.to_owned();
    state.call_center = Observed::Seen(Some(found));
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::CALL_CENTER).unwrap();
    assert!(verdict.stops.is_empty() && verdict.changes.is_empty(), "{verdict:?}");
    let [note] = verdict.notes.as_slice() else { panic!("{:?}", verdict.notes) };
    assert!(
        note.text().contains("\"reqGeneralInfo/reqOfSalesforce\"") && !note.is_warning(),
        "{note:?}"
    );
}

#[test]
fn a_call_center_that_is_listed_but_not_shown_is_no_new_one() {
    let (desired, mut state) = (desired(), state());
    state.call_centers[0].internal_name = INTERNAL_NAME.to_owned();
    let plan = planned(&desired, &state);
    assert!(plan.of(ItemId::CALL_CENTER).unwrap().changes.is_empty());
    assert_eq!(plan.of(ItemId::CALL_CENTER).unwrap().stops.len(), 1);
}

#[test]
fn labels_are_taken_over_and_another_order_is_only_told() {
    let (desired, mut state) = (desired(), state());
    let mut found = desired.call_center.definition.call_center.clone();
    found.display_name_label = "Name".to_owned();
    found.sections[0].items[0].label = "Adapter".to_owned();
    found.sections[0].items.reverse();
    state.call_centers[0].internal_name = INTERNAL_NAME.to_owned();
    state.call_center = Observed::Seen(Some(found));
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::CALL_CENTER).unwrap();
    let fields: Vec<String> = rows(verdict).into_iter().map(|change| change.field).collect();
    assert_eq!(fields, ["displayName label", "reqGeneralInfo/reqAdapterUrl label"]);
    assert!(verdict.stops.is_empty());
    assert!(verdict.notes[0].text().contains("a different order"), "{:?}", verdict.notes);
}

/// An org in which agents work in a call center of an older definition.
fn with_predecessor() -> OrgState {
    let mut state = state();
    state.call_centers.get_or_insert_default().push(CallCenterRow {
        id: CallCenterId::parse("04v000000000077AAA").unwrap(),
        internal_name: "WebexCCAgentDesktopV20230101".to_owned(),
        name: "Older".to_owned(),
        adapter_url: None,
    });
    state
}

#[test]
fn a_new_call_center_waits_until_the_old_one_was_read() {
    let desired = desired();
    let mut state = with_predecessor();
    let asking = planned(&desired, &state);
    assert_eq!(asking.needs(), [Look::Predecessor]);

    state.refuse(Look::Predecessor, "UNKNOWN_EXCEPTION: An unexpected error occurred", false);
    let unshown = Observed::Seen(None);
    let refused = std::mem::replace(&mut state.predecessor, unshown);
    for predecessor in [refused, Observed::Seen(None)] {
        state.predecessor = predecessor;
        let blind = planned(&desired, &state);
        assert!(blind.of(ItemId::CALL_CENTER).unwrap().is_held());
        for item in [ItemId::CALL_CENTER, ItemId::CTI_SETTINGS, ItemId::USERS] {
            assert!(blind.of(item).unwrap().changes.is_empty(), "{item}");
        }
    }
}

#[test]
fn a_new_call_center_holds_what_the_old_one_held() {
    let desired = desired();
    let mut state = with_predecessor();
    let mut old = desired.call_center.definition.call_center.clone();
    old.internal_name = "WebexCCAgentDesktopV20230101".to_owned();
    old.sections[0].items[0].value = "https://own.example/".to_owned();
    old.item_mut(&height()).unwrap().value = "444".to_owned();
    state.predecessor = Observed::Seen(Some(old));
    let plan = planned(&desired, &state);
    let rows = rows(plan.of(ItemId::CTI_SETTINGS).unwrap());
    let values: Vec<(&str, &After)> =
        rows.iter().map(|row| (row.field.as_str(), &row.after)).collect();
    let own = After::value("https://own.example/");
    let configured = After::value("600");
    assert_eq!(
        values,
        [
            ("reqGeneralInfo/reqAdapterUrl", &own),
            ("reqGeneralInfo/reqSoftphoneHeight", &configured)
        ]
    );
    assert!(plan.needs().is_empty());
    assert!(!notes(&plan).contains("desktop layout"), "nobody knows which: {}", notes(&plan));
}

fn notes(plan: &Plan) -> String {
    let notes = plan.of(ItemId::CALL_CENTER).unwrap().notes.iter();
    notes.map(Note::text).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_newer_definition_says_which_desktop_layout_goes_with_it() {
    let mut desired = desired();
    let mut state = with_predecessor();
    let mut old = desired.call_center.definition.call_center.clone();
    old.internal_name = "WebexCCAgentDesktopV20230101".to_owned();
    state.predecessor = Observed::Seen(Some(old));
    let mut told = |of_old: &str| {
        let layout = |name: &str, version: &str| (name.to_owned(), vec![version.to_owned()]);
        desired.recipe.desktop_layouts =
            [layout("WebexCCAgentDesktopV20230101", of_old), layout(INTERNAL_NAME, "1.1.9")].into();
        notes(&planned(&desired, &state)).contains("desktop layout 1.1.9")
    };
    assert!(told("1.1.2"));
    assert!(!told("1.1.9"), "the same layout stays");
}

/// An org in which a run has set the height to 600, where 444 was, and what it recorded.
fn after_a_run() -> (ConnectorWish, OrgState, Baseline) {
    let (desired, mut org) = (desired(), state());
    let mut found = desired.call_center.definition.call_center.clone();
    found.item_mut(&height()).unwrap().value = "444".to_owned();
    org.call_centers.get_or_insert_default().push(CallCenterRow {
        id: CallCenterId::parse("04v000000000009AAA").unwrap(),
        internal_name: INTERNAL_NAME.to_owned(),
        name: "Webex".to_owned(),
        adapter_url: None,
    });
    org.call_center = Observed::Seen(Some(found));
    let (state, baseline) = done(&desired, org);
    let found = state.call_center.found().unwrap();
    assert_eq!(found.item(&height()).unwrap().value, "600");
    (desired, state, baseline)
}

fn settings(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Vec<After> {
    let plan = plan(desired, state, &past(baseline));
    rows(plan.of(ItemId::CTI_SETTINGS).unwrap()).into_iter().map(|row| row.after).collect()
}

#[test]
fn a_setting_that_is_configured_no_more_is_what_it_was_before() {
    let (mut desired, mut state, mut baseline) = after_a_run();
    assert_eq!(settings(&desired, &state, &baseline), []);
    desired.call_center.values.clear();
    assert_eq!(settings(&desired, &state, &baseline), [After::value("444")]);
    // Whoever moves people says nothing of settings.
    desired.call_center.unnamed = UnnamedValues::Stay;
    assert_eq!(settings(&desired, &state, &baseline), []);
    desired.call_center.unnamed = UnnamedValues::GoBack;
    // The definition's own value is what a configuration without it means.
    let own = desired.call_center.definition.call_center.item(&height()).unwrap().value.clone();
    for entry in &mut baseline.entries {
        if entry.ours == Some(Value::Text("600".to_owned())) {
            entry.ours = Some(Value::Text(own.clone()));
        }
    }
    state.call_center.found_mut().unwrap().item_mut(&height()).unwrap().value = own;
    assert_eq!(settings(&desired, &state, &baseline), []);
    // Somebody has changed it since.
    state.call_center.found_mut().unwrap().item_mut(&height()).unwrap().value = "500".to_owned();
    assert_eq!(settings(&desired, &state, &baseline), []);
}

#[test]
fn a_setting_that_a_call_center_was_made_with_has_no_before() {
    let mut desired = desired();
    let (state, baseline) = done(&desired, state());
    desired.call_center.values.clear();
    assert_eq!(settings(&desired, &state, &baseline), []);
}
