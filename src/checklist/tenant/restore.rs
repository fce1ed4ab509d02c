//! How what we set in a Webex organization is put back.

use super::TenantCase;
use crate::checklist::restore::{Restore, restore};
use crate::checklist::{Change, ItemId, Verdict};
use crate::model::tenant::field::{
    ALLOWED_IDLE_CODE, OUTDIAL_ANI, OUTDIAL_ENABLED, OUTDIAL_ENTRY_POINT, TEAM_LAYOUT,
    VARIABLE_ACTIVE, VARIABLE_EDITABLE, VARIABLE_REPORTABLE, VARIABLE_VIEWABLE,
};
use crate::model::{
    AgentProfileRow, DesktopLayoutValue, Observed, Ref, Target, TenantRecord, TenantRecordId,
    TenantState, Value,
};

/// Everything that an item has set goes back to what was there before, where it is still ours.
pub(in crate::checklist) fn put_back(case: &TenantCase<'_>, item: ItemId) -> Verdict {
    put_back_where(case, item, |_| true)
}

/// The same of some of it.
pub(in crate::checklist) fn put_back_where(
    case: &TenantCase<'_>,
    item: ItemId,
    is_meant: impl Fn(&Target) -> bool,
) -> Verdict {
    let mut verdict = Verdict::default();
    for entry in case.baseline.of_item(item.as_str()).filter(|entry| is_meant(&entry.target)) {
        let name = entry.target.place().0.name;
        let Some(now) = current(case.state, &entry.target) else {
            // Not seen is not gone: the entry stays, and so does what it is about.
            verdict.warn(format!(
                "\"{name}\" was not seen in the Webex organization, so nothing is put back there."
            ));
            continue;
        };
        match restore(entry, now.as_ref()) {
            Restore::Back(before) => {
                let before = before.cloned();
                verdict.changes.push(Change::new(item, entry.target.clone(), now, before));
            }
            Restore::Theirs => verdict.note(format!(
                "\"{name}\": somebody has changed it since, so it stays as it is now."
            )),
            Restore::Unknown | Restore::Nothing => {}
        }
    }
    verdict
}

/// What is in a place; `None`: nothing.
type Held = Option<Value>;

/// What a target holds now; `None`: it was not seen.
fn current(state: &TenantState, target: &Target) -> Option<Held> {
    let Target::Tenant { kind, record, field } = target else { return None };
    match (kind, field.as_deref()) {
        (TenantRecord::DesktopLayout, None) => {
            let Some(row) = record.find(state.layouts.seen()?, |it| &it.id, |it| &it.name) else {
                return Some(None);
            };
            let content = state.content(&row.id)?.to_owned();
            Some(Some(Value::DesktopLayout(DesktopLayoutValue::of(&row.name, content))))
        }
        (TenantRecord::Team, Some(TEAM_LAYOUT)) => {
            let team = record.find(state.teams.seen()?, |it| &it.id, |it| &it.name)?;
            let layouts = state.layouts.seen()?;
            let layout = team.layout.as_ref().map(|id| {
                let row = layouts.iter().find(|it| &it.id == id);
                Ref::seen(row.map_or(id.as_str(), |it| it.name.as_str()), id)
            });
            Some(layout.map(Value::TenantRecord))
        }
        (TenantRecord::AuxiliaryCode, None) => {
            let code = record.find(state.idle_codes.seen()?, |it| &it.id, |it| &it.name);
            Some(code.map(|code| Value::Text(code.name.clone())))
        }
        (TenantRecord::CadVariable, Some(field)) => {
            let variable = record.find(state.variables.seen()?, |it| &it.id, |it| &it.name)?;
            let flag = match field {
                VARIABLE_ACTIVE => variable.active,
                VARIABLE_VIEWABLE => variable.viewable,
                VARIABLE_EDITABLE => variable.editable,
                VARIABLE_REPORTABLE => variable.reportable,
                _ => return None,
            };
            Some(Some(Value::Text(flag.to_string())))
        }
        (TenantRecord::AgentProfile, Some(field)) => {
            let profile = record.find(state.agent_profiles.seen()?, |it| &it.id, |it| &it.name)?;
            of_profile(state, profile, field)
        }
        _ => None,
    }
}

/// What a field of a desktop profile holds; `None`: it was not seen.
pub(in crate::checklist) fn of_profile(
    state: &TenantState,
    profile: &AgentProfileRow,
    field: &str,
) -> Option<Held> {
    let named = |id: &Option<TenantRecordId>, names: Vec<(&TenantRecordId, &String)>| {
        id.as_ref().map(|id| {
            let name = names.iter().find(|(there, _)| *there == id).map(|(_, name)| *name);
            Value::TenantRecord(Ref::seen(name.map_or(id.as_str(), String::as_str), id))
        })
    };
    match field {
        OUTDIAL_ENABLED => Some(Some(Value::Text(profile.outdial.to_string()))),
        OUTDIAL_ENTRY_POINT => {
            let known = state.entry_points.iter().map(|it| (&it.id, &it.name)).collect();
            Some(named(&profile.outdial_entry_point, known))
        }
        OUTDIAL_ANI => {
            let known = state.anis.iter().map(|it| (&it.id, &it.name)).collect();
            Some(named(&profile.ani, known))
        }
        field => {
            let name = field.strip_prefix(ALLOWED_IDLE_CODE)?;
            let Observed::Seen(codes) = &state.idle_codes else { return None };
            let allowed = match (&profile.idle_codes, codes.iter().find(|it| it.name == name)) {
                (None, _) => true,
                (Some(allowed), Some(code)) => allowed.contains(&code.id),
                (Some(_), None) => false,
            };
            Some(allowed.then_some(Value::Given))
        }
    }
}
