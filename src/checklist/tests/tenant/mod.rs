//! The items of the Webex organization, on values.

mod codes;
mod layouts;

use proptest::prelude::*;
use serde_json::json;

use crate::checklist::tests::fixture::{INTERNAL_NAME, desired};
use crate::checklist::{
    Change, ItemId, Plan, TenantCase, insides_needed, still_unseen, tenant_entries, tenant_looks,
    tenant_plan, tenant_removal,
};
use crate::model::tenant::field::{LAYOUT_NAME, LAYOUT_STATUS, TEAM_LAYOUT};
use crate::model::{
    AgentProfileRow, AgentRow, AllowedCodes, AniRow, Baseline, DesktopLayoutWish, DialNumberRow,
    EntryPointRow, IdleCodeRow, IdleCodesWish, LayoutRow, Observed, OutdialWish,
    RecordingRightsWish, Ref, Target, TeamRow, Tenant, TenantLook, TenantRecord, TenantRecordId,
    TenantState, TenantWish, UserProfileRow, Value, VariableRow, VariablesWish, Wanted, Way,
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
        given_back: None,
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
        (TenantRecord::DesktopLayout, Some(LAYOUT_STATUS), Some(Value::Text(on))) => {
            let rows = state.layouts.seen_mut().unwrap();
            let row = rows.iter_mut().find(|row| Some(&row.id) == record.id.as_ref()).unwrap();
            row.active = on == "true";
        }
        (TenantRecord::DesktopLayout, Some(LAYOUT_NAME), Some(Value::Text(name))) => {
            let rows = state.layouts.seen_mut().unwrap();
            assert!(!rows.iter().any(|row| &row.name == name), "names are given once");
            let row = rows.iter_mut().find(|row| Some(&row.id) == record.id.as_ref()).unwrap();
            row.name.clone_from(name);
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
    apply_again(wish, state, &mut baseline);
    baseline
}

/// The same where something is remembered already.
fn apply_again(wish: &TenantWish, state: &mut TenantState, baseline: &mut Baseline) {
    let plan = ask(wish, state, baseline);
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
    baseline.fill_in_layout_ids();
}

/// What a change is about, and what was and will be there.
type Row = (String, Option<String>, Option<String>);

fn of(plan: &Plan, item: ItemId) -> Vec<Row> {
    let verdict = plan.of(item).unwrap();
    let row = |change: &Change| {
        let (from, to) = change.operation.texts();
        (change.target().place().0.name, from, to)
    };
    verdict.changes.iter().map(row).collect()
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
