//! How what we set in a Webex organization is put back.

use super::{TenantCase, tell_agents};
use crate::checklist::names::listed;
use crate::checklist::restore::{Restore, restore};
use crate::checklist::{Change, ItemId, Note, Now, Unseen, Verdict};
use crate::model::tenant::field::{
    ALLOWED_IDLE_CODE, LAYOUT_NAME, LAYOUT_STATUS, OUTDIAL_ANI, OUTDIAL_ENABLED,
    OUTDIAL_ENTRY_POINT, TEAM_LAYOUT, VARIABLE_ACTIVE, VARIABLE_EDITABLE, VARIABLE_LABEL,
    VARIABLE_REPORTABLE, VARIABLE_VIEWABLE,
};
use crate::model::{
    AgentProfileRow, AllowedCodes, Baseline, DesktopLayoutValue, Observed, Ref, Target,
    TenantRecord, TenantRecordId, TenantState, Value,
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
        let now = match current(case.state, &entry.target) {
            Now::Held(now) => now,
            Now::Gone => {
                verdict.note(format!("\"{name}\" no longer exists, so nothing of it is restored."));
                continue;
            }
            Now::Unseen => {
                verdict.unseen.push(Unseen::in_tenant(&format!("\"{name}\"")));
                continue;
            }
        };
        match restore(entry, now.as_ref()) {
            Restore::Back(_) if allows_all(case.state, &entry.target) => {
                let text = format!(
                    "The desktop profile \"{name}\" now allows all idle codes, so none is removed from it."
                );
                if verdict.notes.iter().all(|note| note.text() != text) {
                    verdict.note(text);
                }
            }
            Restore::Back(before) => {
                let (before, note) = as_there(case.state, &entry.target, before);
                // Nothing stands there already, and what stood there once is gone.
                if entry.target.holds_same(before.as_ref(), now.as_ref()) {
                    continue;
                }
                if let Some(note) = note {
                    verdict.note(note);
                }
                let target = as_seen(case.state, &entry.target);
                if let Target::Tenant { kind: TenantRecord::AgentProfile, record, .. } = &target {
                    tell_agents(&mut verdict, case, record);
                }
                verdict.changes.push(Change::new(item, target, now, before));
            }
            Restore::Theirs => verdict
                .note(format!("\"{name}\": somebody has changed it since, so it is not changed.")),
            Restore::Unknown | Restore::Nothing => {}
        }
    }
    verdict
}

/// What an item has set and the configuration no longer asks for goes back to what was there before, in the
/// plan that does the rest. Where the configuration leaves the item's settings to people (`manage`), it is
/// only told.
pub(in crate::checklist) fn give_back(
    verdict: &mut Verdict,
    case: &TenantCase<'_>,
    item: ItemId,
    manage: bool,
    is_wanted: impl Fn(&Target) -> bool,
) {
    if !case.gives_back(item) {
        return;
    }
    let back = put_back_where(case, item, |target| !is_wanted(target));
    if !manage {
        let mut names: Vec<String> =
            back.changes.iter().map(|change| change.target().place().0.name).collect();
        names.dedup();
        if !names.is_empty() {
            verdict.note(format!(
                "Set by provision and no longer configured: {}. With manage = false it is not changed; \
                 an uninstall restores it.",
                listed(&names)
            ));
        }
        return;
    }
    verdict.changes.extend(back.changes);
    // What one profile keeps to itself holds nobody else up.
    let unseen = back.unseen.into_iter().map(|unseen| Note::info(unseen.text));
    for note in back.notes.into_iter().chain(unseen) {
        if !verdict.notes.contains(&note) {
            verdict.notes.push(note);
        }
    }
}

/// What of the past must not be forgotten yet: what was not seen may still be ours.
pub fn still_unseen(case: &TenantCase<'_>) -> Baseline {
    case.baseline.filtered(|entry| current(case.state, &entry.target) == Now::Unseen)
}

/// What a target holds now.
pub fn current(state: &TenantState, target: &Target) -> Now {
    held(state, target).unwrap_or_else(|now| now)
}

/// The same, where the error is that it was not seen, or is gone.
fn held(state: &TenantState, target: &Target) -> Result<Now, Now> {
    let Target::Tenant { kind, record, field } = target else { return Err(Now::Unseen) };
    let value = match (kind, field.as_deref()) {
        (TenantRecord::DesktopLayout, None) => {
            let row = of_whole(among(&state.layouts, record, |it| &it.id, |it| &it.name))?;
            match row {
                Some(row) => {
                    let content = state.content(&row.id).ok_or(Now::Unseen)?.to_owned();
                    Some(Value::DesktopLayout(DesktopLayoutValue::of(&row.name, content)))
                }
                None => None,
            }
        }
        (TenantRecord::DesktopLayout, Some(LAYOUT_NAME)) => {
            let layout = among(&state.layouts, record, |it| &it.id, |it| &it.name)?;
            Some(Value::Text(layout.name.clone()))
        }
        (TenantRecord::DesktopLayout, Some(LAYOUT_STATUS)) => {
            let layout = among(&state.layouts, record, |it| &it.id, |it| &it.name)?;
            Some(Value::Text(layout.active.to_string()))
        }
        (TenantRecord::Team, Some(TEAM_LAYOUT)) => {
            let team = among(&state.teams, record, |it| &it.id, |it| &it.name)?;
            let layouts = state.layouts.seen().ok_or(Now::Unseen)?;
            reference(team.layout.as_ref(), layouts.iter().map(|it| (&it.id, &it.name)))
        }
        (TenantRecord::AuxiliaryCode, None) => {
            of_whole(among(&state.idle_codes, record, |it| &it.id, |it| &it.name))?
                .map(|code| Value::Text(code.name.clone()))
        }
        (TenantRecord::CadVariable, Some(field)) => {
            let variable = among(&state.variables, record, |it| &it.id, |it| &it.name)?;
            let flag = |is: bool| Some(Value::Text(is.to_string()));
            match field {
                VARIABLE_ACTIVE => flag(variable.active),
                VARIABLE_VIEWABLE => flag(variable.viewable),
                VARIABLE_EDITABLE => flag(variable.editable),
                VARIABLE_REPORTABLE => flag(variable.reportable),
                VARIABLE_LABEL => variable.label.clone().map(Value::Text),
                _ => return Err(Now::Unseen),
            }
        }
        (TenantRecord::AgentProfile, Some(field)) => {
            let profile = among(&state.agent_profiles, record, |it| &it.id, |it| &it.name)?;
            return Ok(of_profile(state, profile, field));
        }
        _ => return Err(Now::Unseen),
    };
    Ok(Now::Held(value))
}

/// A target with the id of its record. A run that was killed after it had made the record has written
/// down no more than its name.
fn as_seen(state: &TenantState, target: &Target) -> Target {
    let mut target = target.clone();
    let Target::Tenant { kind, record, .. } = &mut target else { return target };
    let id = match kind {
        TenantRecord::DesktopLayout => id_of(&state.layouts, record, |it| &it.id, |it| &it.name),
        TenantRecord::Team => id_of(&state.teams, record, |it| &it.id, |it| &it.name),
        TenantRecord::AuxiliaryCode => id_of(&state.idle_codes, record, |it| &it.id, |it| &it.name),
        TenantRecord::CadVariable => id_of(&state.variables, record, |it| &it.id, |it| &it.name),
        TenantRecord::AgentProfile => {
            id_of(&state.agent_profiles, record, |it| &it.id, |it| &it.name)
        }
    };
    record.id = record.id.take().or(id);
    target
}

/// What was there before, as far as it can come back: a record that somebody has deleted since cannot be
/// referred to, and one that was made anew has another id. With it, what people should know.
fn as_there(
    state: &TenantState,
    target: &Target,
    before: Option<&Value>,
) -> (Option<Value>, Option<String>) {
    let (Target::Tenant { kind, record, field: Some(field) }, Some(Value::TenantRecord(former))) =
        (target, before)
    else {
        return (before.cloned(), None);
    };
    let (found, what, instead) = match (kind, field.as_str()) {
        (TenantRecord::Team, TEAM_LAYOUT) => (
            still_there(&state.layouts, former, |it| &it.id, |it| &it.name),
            "desktop layout",
            "it gets the global layout",
        ),
        (TenantRecord::AgentProfile, OUTDIAL_ENTRY_POINT) => (
            still_there(&state.entry_points, former, |it| &it.id, |it| &it.name),
            "outdial entry point",
            "it gets none",
        ),
        (TenantRecord::AgentProfile, OUTDIAL_ANI) => (
            still_there(&state.anis, former, |it| &it.id, |it| &it.name),
            "outdial ANI list",
            "it gets none",
        ),
        _ => return (before.cloned(), None),
    };
    match found {
        Ok(there) => (Some(Value::TenantRecord(there)), None),
        Err(Now::Gone) => {
            let (name, former) = (&record.name, &former.name);
            let note = format!(
                "The {what} \"{former}\", which \"{name}\" had before, is gone: {instead}."
            );
            (None, Some(note))
        }
        // Whether it is there, nobody saw.
        Err(_) => (before.cloned(), None),
    }
}

/// A record of the past among those that were seen.
fn still_there<T>(
    seen: &Observed<Vec<T>>,
    former: &Ref<TenantRecordId>,
    id: impl Fn(&T) -> &TenantRecordId,
    name: impl Fn(&T) -> &str,
) -> Result<Ref<TenantRecordId>, Now> {
    let rows = seen.seen().ok_or(Now::Unseen)?;
    let there = former.find_or_replaced(rows, &id, &name).ok_or(Now::Gone)?;
    Ok(Ref::seen(name(there), id(there)))
}

fn id_of<T>(
    seen: &Observed<Vec<T>>,
    record: &Ref<TenantRecordId>,
    id: impl Fn(&T) -> &TenantRecordId,
    name: impl Fn(&T) -> &str,
) -> Option<TenantRecordId> {
    among(seen, record, &id, name).ok().map(|found| id(found).clone())
}

/// A record among those that were seen.
fn among<'a, T>(
    seen: &'a Observed<Vec<T>>,
    record: &Ref<TenantRecordId>,
    id: impl Fn(&T) -> &TenantRecordId,
    name: impl Fn(&T) -> &str,
) -> Result<&'a T, Now> {
    let rows = seen.seen().ok_or(Now::Unseen)?;
    record.find(rows, id, name).ok_or(Now::Gone)
}

/// That a record is gone is an answer where the record itself is asked for.
fn of_whole<T>(found: Result<T, Now>) -> Result<Option<T>, Now> {
    match found {
        Err(Now::Gone) => Ok(None),
        found => found.map(Some),
    }
}

/// What a field of a desktop profile holds.
pub(in crate::checklist) fn of_profile(
    state: &TenantState,
    profile: &AgentProfileRow,
    field: &str,
) -> Now {
    Now::Held(match field {
        OUTDIAL_ENABLED => match profile.outdial {
            Some(outdial) => Some(Value::Text(outdial.to_string())),
            None => return Now::Unseen,
        },
        OUTDIAL_ENTRY_POINT => {
            let named = state.entry_points.iter().map(|it| (&it.id, &it.name));
            reference(profile.outdial_entry_point.as_ref(), named)
        }
        OUTDIAL_ANI => {
            let named = state.anis.iter().map(|it| (&it.id, &it.name));
            reference(profile.ani.as_ref(), named)
        }
        field => {
            let (Some(name), Some(codes)) =
                (field.strip_prefix(ALLOWED_IDLE_CODE), state.idle_codes.seen())
            else {
                return Now::Unseen;
            };
            let code = codes.iter().find(|it| it.name == name);
            let allowed = match (&profile.idle_codes, code) {
                (AllowedCodes::Otherwise | AllowedCodes::Unread, _) => return Now::Unseen,
                (AllowedCodes::All, _) => true,
                (AllowedCodes::Listed(allowed), Some(code)) => allowed.contains(&code.id),
                (AllowedCodes::Listed(_), None) => false,
            };
            allowed.then_some(Value::Given)
        }
    })
}

/// Whether an entry is about an idle code of a desktop profile that allows all of them: no single one can be
/// taken out there.
fn allows_all(state: &TenantState, target: &Target) -> bool {
    let Target::Tenant { kind: TenantRecord::AgentProfile, record, field: Some(field) } = target
    else {
        return false;
    };
    let profile = record.find(state.agent_profiles.as_slice(), |it| &it.id, |it| &it.name);
    field.starts_with(ALLOWED_IDLE_CODE)
        && profile.is_some_and(|it| it.idle_codes == AllowedCodes::All)
}

/// A reference to a record, with the name that is known of it.
fn reference<'a>(
    id: Option<&TenantRecordId>,
    mut named: impl Iterator<Item = (&'a TenantRecordId, &'a String)>,
) -> Option<Value> {
    let id = id?;
    let name = named.find(|(known, _)| *known == id).map(|(_, name)| name.as_str());
    Some(Value::TenantRecord(Ref::seen(name.unwrap_or(id.as_str()), id)))
}
