//! What a Webex organization holds of what the connector needs there, in a snapshot.

use std::collections::BTreeSet;

use super::Holdings;
use crate::checklist::tenant::of_profile;
use crate::checklist::{ItemId, Now, TenantCase, tenant_now};
use crate::model::tenant::field::{
    ALLOWED_IDLE_CODE, LAYOUT_STATUS, OUTDIAL_ANI, OUTDIAL_ENABLED, OUTDIAL_ENTRY_POINT,
    TEAM_LAYOUT, VARIABLE_ACTIVE, VARIABLE_EDITABLE, VARIABLE_LABEL, VARIABLE_REPORTABLE,
    VARIABLE_VIEWABLE,
};
use crate::model::{
    Observed, Ref, Target, TeamRow, TenantLook, TenantRecord, TenantRecordId, Value,
};

const OF_VARIABLE: [&str; 5] =
    [VARIABLE_ACTIVE, VARIABLE_VIEWABLE, VARIABLE_EDITABLE, VARIABLE_LABEL, VARIABLE_REPORTABLE];
const OF_OUTDIAL: [&str; 3] = [OUTDIAL_ENABLED, OUTDIAL_ENTRY_POINT, OUTDIAL_ANI];

/// What has to be looked at for it.
pub fn snapshot_looks_of_tenant() -> &'static [TenantLook] {
    &[
        TenantLook::DesktopLayouts,
        TenantLook::Teams,
        TenantLook::IdleCodes,
        TenantLook::Variables,
        TenantLook::AgentProfiles,
        TenantLook::EntryPoints,
        TenantLook::OutdialAnis,
        TenantLook::Agents,
    ]
}

/// The wanted teams' layouts with what they consist of, the variables and idle codes that the settings use, and the desktop profiles
/// of the teams' agents. What no configuration names, nobody can tell from the rest of the organization.
pub fn tenant_rows(case: &TenantCase<'_>) -> Holdings {
    let mut into = Holdings::default();
    teams(case, &mut into);
    idle_codes(case, &mut into);
    variables(case, &mut into);
    outdial(case, &mut into);
    into
}

/// What is seen of a part; where Webex did not show it, that is written down.
fn part<'a, T>(
    case: &TenantCase<'_>,
    into: &mut Holdings,
    part: &'a Observed<T>,
    look: TenantLook,
) -> Option<&'a T> {
    if part.seen().is_none() {
        let words = case.state.refusal(look).unwrap_or_else(|| look.words().to_owned());
        into.hide(None, format!("Not seen: {words}."));
    }
    part.seen()
}

fn add(
    into: &mut Holdings,
    kind: TenantRecord,
    record: Ref<TenantRecordId>,
    field: Option<&str>,
    now: Now,
) {
    match now {
        Now::Held(Some(value)) => {
            let field = field.map(str::to_owned);
            into.add(None, &Target::Tenant { kind, record, field }, &value);
        }
        Now::Held(None) | Now::Gone => {}
        Now::Unseen => {
            let words = format!("Not seen: what \"{}\" holds.", record.name);
            into.hide(Some(&record.name), words);
        }
    }
}

fn teams(case: &TenantCase<'_>, into: &mut Holdings) {
    into.item = ItemId::TEAMS.as_str();
    let seen = part(case, into, &case.state.teams, TenantLook::Teams);
    let layouts = part(case, into, &case.state.layouts, TenantLook::DesktopLayouts);
    if seen.is_none() || layouts.is_none() {
        return;
    }
    let mut used: BTreeSet<&TenantRecordId> = BTreeSet::new();
    let wanted: Vec<&TeamRow> = case.wanted_teams();
    for team in wanted {
        let record = Ref::seen(&team.name, &team.id);
        let target = Target::Tenant {
            kind: TenantRecord::Team,
            record: record.clone(),
            field: Some(TEAM_LAYOUT.to_owned()),
        };
        let now = tenant_now(case.state, &target);
        add(into, TenantRecord::Team, record, Some(TEAM_LAYOUT), now);
        used.extend(team.layout.as_ref());
    }
    into.item = ItemId::DESKTOP_LAYOUT.as_str();
    for row in case.state.layouts.iter().filter(|row| used.contains(&row.id)) {
        let record = Ref::seen(&row.name, &row.id);
        // The layouts of the service itself are nobody's to change, and their contents are not read.
        if row.untouchable {
            continue;
        }
        let kind = TenantRecord::DesktopLayout;
        for field in [None, Some(LAYOUT_STATUS)] {
            let named = field.map(str::to_owned);
            let target = Target::Tenant { kind, record: record.clone(), field: named };
            add(into, kind, record.clone(), field, tenant_now(case.state, &target));
        }
    }
}

fn idle_codes(case: &TenantCase<'_>, into: &mut Holdings) {
    into.item = ItemId::IDLE_CODES.as_str();
    let Some(codes) = part(case, into, &case.state.idle_codes, TenantLook::IdleCodes) else {
        return;
    };
    let configured = case.wish.idle_codes.iter().flat_map(|it| it.names.iter().cloned());
    let wanted: BTreeSet<String> = configured.chain(case.named().idle_codes).collect();
    for code in codes.iter().filter(|code| wanted.contains(&code.name)) {
        let record = Ref::seen(&code.name, &code.id);
        let held = Now::Held(Some(Value::Text(code.name.clone())));
        add(into, TenantRecord::AuxiliaryCode, record, None, held);
    }
    let fields: Vec<String> =
        wanted.iter().map(|name| format!("{ALLOWED_IDLE_CODE}{name}")).collect();
    profiles(case, into, &fields.iter().map(String::as_str).collect::<Vec<_>>());
}

fn variables(case: &TenantCase<'_>, into: &mut Holdings) {
    into.item = ItemId::VARIABLES.as_str();
    let Some(known) = part(case, into, &case.state.variables, TenantLook::Variables) else {
        return;
    };
    let mut wanted: BTreeSet<String> = case.named().variables.into_keys().collect();
    wanted.extend(case.wish.variables.iter().flat_map(|it| it.names.iter().cloned()));
    for variable in known.iter().filter(|variable| wanted.contains(&variable.name)) {
        for field in OF_VARIABLE {
            let kind = TenantRecord::CadVariable;
            let record = Ref::seen(&variable.name, &variable.id);
            let target =
                Target::Tenant { kind, record: record.clone(), field: Some(field.to_owned()) };
            add(into, kind, record, Some(field), tenant_now(case.state, &target));
        }
    }
}

fn outdial(case: &TenantCase<'_>, into: &mut Holdings) {
    into.item = ItemId::OUTDIAL.as_str();
    let seen = part(case, into, &case.state.entry_points, TenantLook::EntryPoints).is_some()
        && part(case, into, &case.state.anis, TenantLook::OutdialAnis).is_some();
    if seen {
        profiles(case, into, &OF_OUTDIAL);
    }
}

/// Those fields of the desktop profiles of the teams' agents.
fn profiles(case: &TenantCase<'_>, into: &mut Holdings, fields: &[&str]) {
    let seen = part(case, into, &case.state.agent_profiles, TenantLook::AgentProfiles).is_some()
        && part(case, into, &case.state.agents, TenantLook::Agents).is_some();
    if !seen {
        return;
    }
    for (profile, _) in case.profiles() {
        for field in fields {
            let record = Ref::seen(&profile.name, &profile.id);
            let now = of_profile(case.state, profile, field);
            add(into, TenantRecord::AgentProfile, record, Some(field), now);
        }
    }
}
