//! The items of the Webex organization, on values.

use proptest::prelude::*;
use serde_json::json;

use crate::checklist::{
    Change, ItemId, Plan, TenantCase, contents_needed, still_unseen, tenant_entries, tenant_plan,
    tenant_removal,
};
use crate::model::tenant::field::TEAM_LAYOUT;
use crate::model::{
    AgentProfileRow, AgentRow, AllowedCodes, AniRow, Baseline, DesktopLayoutWish, DialNumberRow,
    EntryPointRow, IdleCodeRow, IdleCodesWish, LayoutRow, Observed, OutdialWish,
    RecordingRightsWish, Ref, Target, TeamRow, Tenant, TenantRecord, TenantRecordId, TenantState,
    TenantWish, UserProfileRow, Value, VariableRow, VariablesWish, Way,
};

const ID: &str = "1eb65fdf-9643-417f-9974-ad72cae0e10f";

fn id(text: &str) -> TenantRecordId {
    TenantRecordId::new(text)
}

/// A layout with the connector, or one of somebody's own.
fn document(title: &str, connector: bool) -> String {
    let bridge = json!({ "comp1": {
        "comp": "agentx-custom-desktop", "script": "https://x.example/salesforce/v1.1.9/index.js",
        "attributes": { "outDialAni": "+493012345", "isSFDCWidgetEnabled": "false" }
    } });
    let widgets = if connector { bridge } else { json!({}) };
    json!({ "agent": { "appTitle": title, "area": {
        "headless": { "id": "dw-headless", "widgets": widgets,
            "layout": { "areas": [], "size": { "cols": [], "rows": [] } } },
        "panel": { "children": [] }
    } } })
    .to_string()
}

fn wish() -> TenantWish {
    TenantWish {
        id: ID.to_owned(),
        data_center: "us1".to_owned(),
        desktop_layout: Some(DesktopLayoutWish {
            name: "Salesforce".to_owned(),
            file: "salesforce.json".to_owned(),
            content: document("Webex", true),
            replace: false,
        }),
        teams: vec!["Support".to_owned(), "Sales".to_owned()],
        idle_codes: None,
        variables: None,
        outdial: None,
        recording_rights: None,
    }
}

/// Support has the global layout, Sales one of its own.
fn state() -> TenantState {
    let mut state = TenantState::new(Tenant {
        id: ID.to_owned(),
        name: "Northwind".to_owned(),
        api_url: "https://api.wxcc-us1.cisco.com".to_owned(),
    });
    let layout = |name: &str, untouchable, teams: &[&str]| LayoutRow {
        id: id(name),
        name: name.to_owned(),
        untouchable,
        active: true,
        teams: teams.iter().map(|team| id(team)).collect(),
    };
    state.layouts =
        Observed::Seen(vec![layout("Global", true, &[]), layout("Sales desk", false, &["Sales"])]);
    state.contents.insert(id("Sales desk"), Observed::Seen(document("Sales", false)));
    let team = |name: &str, layout: Option<&str>| TeamRow {
        id: id(name),
        name: name.to_owned(),
        layout: layout.map(id),
    };
    state.teams = Observed::Seen(vec![
        team("Support", None),
        team("Sales", Some("Sales desk")),
        team("Back office", None),
    ]);
    state
}

fn ask(wish: &TenantWish, state: &TenantState, baseline: &Baseline) -> Plan {
    let case = TenantCase { wish, connectors: &[], state, baseline };
    tenant_plan(&case)
}

/// Carries changes out on the value, as the service would.
fn come_true(state: &mut TenantState, change: &Change) {
    let Target::Tenant { kind, record, field } = change.target() else { panic!("{change:?}") };
    match (kind, field.as_deref(), &change.operation.to) {
        (TenantRecord::DesktopLayout, None, Some(Value::DesktopLayout(layout))) => {
            let there = record.id.clone().unwrap_or_else(|| id(&record.name));
            let rows = state.layouts.seen_mut().unwrap();
            if !rows.iter().any(|row| row.id == there) {
                rows.push(LayoutRow {
                    id: there.clone(),
                    name: record.name.clone(),
                    untouchable: false,
                    active: true,
                    teams: Vec::new(),
                });
            }
            state.contents.insert(there, Observed::Seen(layout.content.clone()));
        }
        (TenantRecord::DesktopLayout, None, None) => {
            let gone = record.id.clone().unwrap_or_else(|| id(&record.name));
            state.layouts.seen_mut().unwrap().retain(|row| row.id != gone);
            state.contents.remove(&gone);
        }
        (TenantRecord::Team, Some(TEAM_LAYOUT), to) => {
            let layout = match to {
                Some(Value::TenantRecord(it)) => {
                    Some(it.id.clone().unwrap_or_else(|| id(&it.name)))
                }
                _ => None,
            };
            for row in state.layouts.seen_mut().unwrap() {
                row.teams.retain(|team| team.as_str() != record.name);
                if Some(&row.id) == layout.as_ref() {
                    row.teams.push(id(&record.name));
                }
            }
            let teams = state.teams.seen_mut().unwrap();
            teams.iter_mut().find(|team| team.name == record.name).unwrap().layout = layout;
        }
        other => panic!("{other:?}"),
    }
}

/// Brings everything about, and gives what is remembered of it.
fn apply(wish: &TenantWish, state: &mut TenantState) -> Baseline {
    let mut baseline = Baseline::default();
    let plan = ask(wish, state, &baseline);
    assert_eq!(plan.stops().count(), 0, "{:?}", plan.stops().collect::<Vec<_>>());
    let mut changes: Vec<Change> = plan.changes().cloned().collect();
    for change in &mut changes {
        if let Target::Tenant { kind: TenantRecord::DesktopLayout, record, .. } =
            &mut change.operation.target
        {
            // The service gives an id to what is made, which is recorded then.
            record.id.get_or_insert_with(|| id(&record.name));
        }
        for entry in tenant_entries(change, "run") {
            baseline.record(entry);
        }
        come_true(state, change);
    }
    baseline
}

fn of(plan: &Plan, item: ItemId) -> Vec<(String, Option<String>, Option<String>)> {
    let verdict = plan.of(item).unwrap();
    let row = |change: &Change| {
        let (from, to) = change.operation.texts();
        (change.target().place().0.name, from, to)
    };
    verdict.changes.iter().map(row).collect()
}

#[test]
fn a_team_without_a_layout_gets_ours_and_another_keeps_its_own_with_the_connector_in_it() {
    let plan = ask(&wish(), &state(), &Baseline::default());
    let layouts = of(&plan, ItemId::DESKTOP_LAYOUT);
    let names: Vec<&str> = layouts.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["Salesforce", "Sales desk + Salesforce"]);
    assert!(layouts.iter().all(|(_, from, _)| from.is_none()), "both are made anew: {layouts:?}");
    assert_eq!(
        of(&plan, ItemId::TEAMS),
        [
            ("Support".to_owned(), None, Some("Salesforce".to_owned())),
            (
                "Sales".to_owned(),
                Some("Sales desk".to_owned()),
                Some("Sales desk + Salesforce".to_owned())
            ),
        ]
    );
    let notes: Vec<&str> =
        plan.items.iter().flat_map(|it| &it.verdict.notes).map(|it| it.text.as_str()).collect();
    assert!(notes.iter().any(|it| it.contains("keeps everything of its own layout")), "{notes:?}");
}

#[test]
fn what_is_there_is_left_alone_and_what_was_there_comes_back() {
    let (wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    let again = ask(&wish, &now, &baseline);
    assert!(again.is_empty(), "{:#?}", again.rows());

    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let mut removal: Vec<Change> = tenant_removal(&case).changes().cloned().collect();
    // Teams are given back before a layout goes.
    removal.sort_by_key(|change| change.item != ItemId::TEAMS);
    for change in &removal {
        // A run that was killed has written down names alone.
        let Target::Tenant { record, .. } = change.target() else { panic!("{change:?}") };
        assert!(record.id.is_some(), "{change:?}");
        come_true(&mut now, change);
    }
    assert_eq!(now, state());
}

#[test]
fn a_replacement_says_what_disappears() {
    let mut wish = wish();
    wish.desktop_layout.as_mut().unwrap().replace = true;
    let mut now = state();
    let own =
        document("Sales", false).replace("\"children\":[]", "\"children\":[{\"comp\":\"acme\"}]");
    now.contents.insert(id("Sales desk"), Observed::Seen(own));
    let plan = ask(&wish, &now, &Baseline::default());
    assert_eq!(of(&plan, ItemId::DESKTOP_LAYOUT).len(), 1);
    let notes = &plan.of(ItemId::DESKTOP_LAYOUT).unwrap().notes;
    assert!(notes.iter().any(|it| it.text.ends_with("\"Sales desk\" has: acme.")), "{notes:?}");
}

#[test]
fn the_global_layout_is_never_written_even_under_the_wanted_name() {
    let mut now = state();
    now.layouts.seen_mut().unwrap()[0].name = "Salesforce".to_owned();
    let wish = wish();
    let plan = ask(&wish, &now, &Baseline::default());
    let writes_global = |change: &Change| match change.target() {
        Target::Tenant { record: Ref { id: Some(id), .. }, .. } => id.as_str() == "Global",
        _ => false,
    };
    assert!(!plan.changes().any(writes_global));
}

#[test]
fn what_could_not_be_read_is_not_written_over() {
    let mut now = state();
    now.contents.insert(id("Sales desk"), Observed::refused("HTTP 403"));
    let plan = ask(&wish(), &now, &Baseline::default());
    let unseen = &plan.of(ItemId::DESKTOP_LAYOUT).unwrap().unseen;
    assert!(unseen[0].text.contains("the content of"), "{unseen:?}");
    // The team that can be seen gets its layout all the same.
    assert_eq!(of(&plan, ItemId::TEAMS).len(), 1);
    assert!(of(&plan, ItemId::TEAMS).iter().all(|(team, ..)| team != "Sales"));
}

#[test]
fn an_unknown_team_is_named_with_the_one_that_is_meant() {
    let mut wish = wish();
    wish.teams = vec!["Suport".to_owned()];
    let plan = ask(&wish, &state(), &Baseline::default());
    let (_, stop) = plan.stops().next().unwrap();
    assert_eq!(stop.hints, ["Did you mean \"Support\"?"]);
}

#[test]
fn contents_are_read_of_the_layouts_that_decide_and_of_no_other() {
    let (wish, state) = (wish(), state());
    let baseline = Baseline::default();
    let case = TenantCase { wish: &wish, connectors: &[], state: &state, baseline: &baseline };
    let needed: Vec<String> =
        contents_needed(&case, Way::Build).iter().map(ToString::to_string).collect();
    assert_eq!(needed, ["Sales desk"]);
}

/// A contact center with agents of one desktop profile.
fn with_agents() -> TenantState {
    let mut state = state();
    state.idle_codes =
        Observed::Seen(vec![IdleCodeRow { id: id("c1"), name: "Lunch".to_owned(), active: true }]);
    state.agent_profiles = Observed::Seen(vec![AgentProfileRow {
        id: id("p1"),
        name: "Agents".to_owned(),
        idle_codes: AllowedCodes::Listed(Vec::new()),
        outdial: Some(false),
        outdial_entry_point: None,
        ani: None,
        voice_options: None,
    }]);
    state.agents = Observed::Seen(vec![AgentRow {
        name: "Ada Park".to_owned(),
        email: "ada@example.com".to_owned(),
        active: true,
        user_profile: None,
        profile: Some(id("p1")),
        teams: vec![id("Support")],
    }]);
    state
}

#[test]
fn an_idle_code_is_compared_by_spelling_and_case() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["lunch".to_owned()], manage: true });
    let plan = ask(&wish, &with_agents(), &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(verdict.changes.is_empty());
    assert!(verdict.problems[0].message.contains("but \"Lunch\": state sync compares"));
}

#[test]
fn idle_codes_are_made_and_allowed_only_where_the_configuration_says_so() {
    let mut wish = wish();
    let names = vec!["Lunch".to_owned(), "On a Salesforce call".to_owned()];
    wish.idle_codes = Some(IdleCodesWish { names: names.clone(), manage: false });
    let plan = ask(&wish, &with_agents(), &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(verdict.changes.iter().all(|change| !change.is_ours()), "{verdict:?}");
    assert!(verdict.human.is_some());

    wish.idle_codes = Some(IdleCodesWish { names, manage: true });
    let plan = ask(&wish, &with_agents(), &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert_eq!(verdict.changes.len(), 3, "one made, two allowed: {verdict:?}");
    assert!(verdict.changes.iter().all(Change::is_ours) && verdict.human.is_none());
    assert!(verdict.notes.iter().any(|it| it.text.contains("Ada Park")), "{:?}", verdict.notes);
}

#[test]
fn variables_are_never_made_and_only_lack_what_they_lack() {
    let mut wish = wish();
    let names = vec!["AccountNumber".to_owned(), "Nowhere".to_owned()];
    wish.variables = Some(VariablesWish { names, manage: true });
    let mut now = state();
    now.variables = Observed::Seen(vec![VariableRow {
        id: id("v1"),
        name: "AccountNumber".to_owned(),
        active: true,
        viewable: false,
        editable: false,
        reportable: true,
        label: Some("Account".to_owned()),
    }]);
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::VARIABLES).unwrap();
    let fields: Vec<String> =
        verdict.changes.iter().map(|change| change.target().place().1).collect();
    assert_eq!(fields, ["agentViewable"]);
    let notes = &verdict.notes;
    assert!(notes[0].text.contains("These are no global variables: Nowhere."), "{notes:?}");
}

#[test]
fn a_variable_that_agents_are_to_see_gets_a_label_that_goes_again() {
    let mut wish = wish();
    wish.variables = Some(VariablesWish { names: vec!["AccountNumber".to_owned()], manage: true });
    let mut now = state();
    now.variables = Observed::Seen(vec![VariableRow {
        id: id("v1"),
        name: "AccountNumber".to_owned(),
        active: true,
        viewable: false,
        editable: false,
        reportable: true,
        label: None,
    }]);
    let plan = ask(&wish, &now, &Baseline::default());
    let mut baseline = Baseline::default();
    for change in &plan.of(ItemId::VARIABLES).unwrap().changes {
        for entry in tenant_entries(change, "run") {
            baseline.record(entry);
        }
    }
    let row = &mut now.variables.seen_mut().unwrap()[0];
    (row.viewable, row.label) = (true, Some("AccountNumber".to_owned()));
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    assert_eq!(
        of(&tenant_removal(&case), ItemId::VARIABLES),
        [
            ("AccountNumber".to_owned(), Some("true".to_owned()), Some("false".to_owned())),
            ("AccountNumber".to_owned(), Some("AccountNumber".to_owned()), None),
        ]
    );
}

#[test]
fn what_is_refused_stops_the_items_that_need_it_and_no_other() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let mut now = with_agents();
    now.idle_codes = Observed::refused("HTTP 403.");
    let plan = ask(&wish, &now, &Baseline::default());
    let codes = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(codes.changes.is_empty());
    assert_eq!(codes.unseen[0].text, "Not seen: the idle codes: HTTP 403.");
    assert_eq!(of(&plan, ItemId::TEAMS).len(), 2, "the layouts have nothing to do with it");
    assert!(plan.of(ItemId::OUTDIAL).is_none(), "nothing is wanted of it");
}

#[test]
fn a_profile_that_allows_codes_in_a_way_of_its_own_is_a_persons() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let mut now = with_agents();
    now.agent_profiles.seen_mut().unwrap()[0].idle_codes = AllowedCodes::Otherwise;
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(verdict.changes.is_empty(), "{:?}", verdict.changes);
    let steps = verdict.human.as_ref().unwrap().texts();
    assert!(steps[1].contains("\"Agents\" allow the idle code \"Lunch\""), "{steps:?}");
}

#[test]
fn a_team_that_is_gone_keeps_no_uninstall_from_its_end() {
    let (wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    now.teams.seen_mut().unwrap().retain(|team| team.name != "Sales");
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let plan = tenant_removal(&case);
    assert_eq!(of(&plan, ItemId::TEAMS).len(), 1);
    assert!(plan.items.iter().all(|item| item.verdict.unseen.is_empty()));
    assert!(still_unseen(&case).entries.is_empty());

    // A list that is refused is another thing: what it would show is neither gone nor forgotten.
    now.teams = Observed::refused("HTTP 500");
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    assert_eq!(tenant_removal(&case).of(ItemId::TEAMS).unwrap().unseen.len(), 2);
    assert_eq!(still_unseen(&case).entries.len(), 2);
}

#[test]
fn a_copy_that_another_machine_has_made_is_kept_up_to_date_and_not_copied() {
    let (mut wish, mut now) = (wish(), state());
    apply(&wish, &mut now);
    let layout = wish.desktop_layout.as_mut().unwrap();
    layout.content = layout.content.replace("v1.1.9", "v1.2.0");
    // This machine knows nothing of the past.
    let plan = ask(&wish, &now, &Baseline::default());
    let names: Vec<String> =
        of(&plan, ItemId::DESKTOP_LAYOUT).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["Salesforce", "Sales desk + Salesforce"]);
    assert!(of(&plan, ItemId::TEAMS).is_empty());
}

#[test]
fn teams_that_nobody_chose_are_named_where_their_layout_changes() {
    let (mut wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    wish.teams = vec!["Sales".to_owned()];
    let layout = wish.desktop_layout.as_mut().unwrap();
    layout.content = layout.content.replace("v1.1.9", "v1.2.0");
    now.layouts.seen_mut().unwrap()[2].teams.push(id("Back office"));
    now.teams.seen_mut().unwrap()[2].layout = Some(id("Salesforce"));
    wish.teams.push("Support".to_owned());
    let plan = ask(&wish, &now, &baseline);
    let notes = &plan.of(ItemId::DESKTOP_LAYOUT).unwrap().notes;
    assert!(
        notes.iter().any(|it| it.text.ends_with("does not name, too: Back office.")),
        "{notes:?}"
    );
}

#[test]
fn outdial_is_checked_from_the_number_to_the_desktop_profile() {
    let mut wish = wish();
    wish.outdial = Some(OutdialWish {
        entry_point: "Outdial".to_owned(),
        ani: Some("Main".to_owned()),
        manage: true,
    });
    let mut now = with_agents();
    now.entry_points = Observed::Seen(vec![EntryPointRow {
        id: id("e1"),
        name: "Outdial".to_owned(),
        active: true,
        outdial: true,
        handled: false,
    }]);
    now.dial_numbers =
        Observed::Seen(vec![DialNumberRow { number: "+1".to_owned(), entry_point: None }]);
    now.anis = Observed::Seen(vec![AniRow {
        id: id("a1"),
        name: "Main".to_owned(),
        numbers: vec!["+4989".to_owned()],
    }]);
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::OUTDIAL).unwrap();
    assert_eq!(verdict.changes.len(), 3, "{:?}", verdict.changes);
    assert!(verdict.problems[0].message.contains("shows +493012345 on outgoing calls"));
    let steps = verdict.human.as_ref().unwrap().texts();
    assert!(steps.iter().any(|step| step.contains("nothing handles its calls")), "{steps:?}");
    assert!(steps.iter().any(|step| step.contains("Map a dial number")), "{steps:?}");
}

#[test]
fn a_right_to_recordings_is_asked_for_by_name() {
    let mut wish = wish();
    wish.recording_rights = Some(RecordingRightsWish {
        user_profiles: vec!["Supervisors".to_owned()],
        permission: "audio-recording-transcript".to_owned(),
    });
    let mut now = state();
    let profile = |access: &str| UserProfileRow {
        id: id("u1"),
        name: "Supervisors".to_owned(),
        kind: "SUPERVISOR".to_owned(),
        permissions: [("audio-recording-transcript".to_owned(), access.to_owned())].into(),
    };
    for (access, left) in [("NONE", true), ("VIEW", false), ("EDIT", false)] {
        now.user_profiles = Observed::Seen(vec![profile(access)]);
        let plan = ask(&wish, &now, &Baseline::default());
        assert_eq!(plan.of(ItemId::RECORDING_RIGHTS).unwrap().human.is_some(), left, "{access}");
    }
}

proptest! {
    /// Whatever layouts the teams have, a second look plans nothing, and an uninstall restores.
    #[test]
    fn every_arrangement_converges_and_is_undone(
        own in prop::collection::vec(prop::option::of(0_usize..3), 3),
        connectors in prop::collection::vec(any::<bool>(), 3),
        chosen in prop::collection::vec(any::<bool>(), 3),
        replace in any::<bool>(),
    ) {
        let teams = ["Support", "Sales", "Back office"];
        let mut before = state();
        let layouts = before.layouts.seen_mut().unwrap();
        layouts.truncate(1);
        before.contents.clear();
        for (at, connector) in connectors.iter().enumerate() {
            let name = format!("Own {at}");
            let of_layout = |team: usize| own[team] == Some(at);
            layouts.push(LayoutRow {
                id: id(&name),
                name: name.clone(),
                untouchable: false,
                active: true,
                teams: (0..3).filter(|team| of_layout(*team)).map(|team| id(teams[team])).collect(),
            });
            before.contents.insert(id(&name), Observed::Seen(document(&name, *connector)));
        }
        for (team, row) in before.teams.seen_mut().unwrap().iter_mut().enumerate() {
            row.layout = own[team].map(|at| id(&format!("Own {at}")));
        }
        let mut wish = wish();
        wish.desktop_layout.as_mut().unwrap().replace = replace;
        wish.teams =
            (0..3).filter(|team| chosen[*team]).map(|team| teams[team].to_owned()).collect();

        let mut now = before.clone();
        let baseline = apply(&wish, &mut now);
        let again = ask(&wish, &now, &baseline);
        prop_assert!(again.is_empty(), "{:#?}", again.rows());

        let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
        let mut removal: Vec<Change> = tenant_removal(&case).changes().cloned().collect();
        removal.sort_by_key(|change| change.item != ItemId::TEAMS);
        for change in &removal {
        come_true(&mut now, change);
    }
        for row in now.layouts.seen_mut().unwrap() {
            row.teams.sort();
        }
        for row in before.layouts.seen_mut().unwrap() {
            row.teams.sort();
        }
        prop_assert_eq!(now, before);
    }
}
