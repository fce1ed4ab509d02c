//! No profile uses one of the package's Task page layouts; each is back at the one of before.

use std::collections::BTreeSet;

use super::assignment::{Current, assigned, find, find_layout, target};
use crate::checklist::names::{api_name_missing, listed};
use crate::checklist::restore::{Restore, recorded, restore};
use crate::checklist::{Case, Change, ItemId, Stop, Verdict};
use crate::model::{
    BaselineEntry, Before, Layout, LayoutAssignment, LayoutId, Look, Profile, RecordType, Ref,
    Target, Value, nearest,
};

/// The page layout that every org begins with.
const STANDARD: &str = "Task Layout";

/// What the absence of the Task page layout wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let mut unrecorded = 0;
    let mut unnamed = 0;
    let fallback = fallback(case);
    let mut missing = Vec::new();
    let entries = case.baseline.by_target();
    let leaving = case.leaving_layouts();
    let is_packaged =
        |it: &LayoutAssignment| it.layout.as_ref().is_some_and(|id| leaving.contains(id));
    for assignment in case.state.layout_assignments.iter().filter(|it| is_packaged(it)) {
        let Some((profile, record_type)) = parties(case, assignment) else {
            unnamed += 1;
            continue;
        };
        let target = target(profile, record_type);
        let now = assigned(case.state, assignment);
        let before = match recorded(entries.entry(&target)) {
            Before::Known(Some(Value::Layout(before))) => {
                let found = find_layout(remaining(case), before);
                if found.is_none() {
                    missing.push(format!("{} ({})", profile.label, before.name));
                }
                found
            }
            Before::Known(_) | Before::Unknown => {
                unrecorded += 1;
                None
            }
        };
        let fallback = || local(case, fallback.as_ref().ok()?);
        let Some(after) = before.or_else(fallback) else { continue };
        let (now, after) = (now.map(Value::Layout), Some(Value::Layout(after)));
        verdict.changes.push(Change::new(ItemId::TASK_LAYOUT, target, now, after));
    }
    if unrecorded > 0 || !missing.is_empty() {
        match fallback {
            Ok(layout) => said(&mut verdict, unrecorded, &missing, &layout),
            Err(stop) => verdict.stops.push(stop),
        }
    }
    if unnamed > 0 {
        verdict.warn(format!(
            "{unnamed} assignments of the package's layouts belong to profiles or record types that \
             this org does not show; the org may refuse the uninstall for them."
        ));
    }
    let current = Current::of(case.state);
    let kept: Vec<String> = case
        .baseline
        .of_item(ItemId::TASK_LAYOUT.as_str())
        .filter_map(|it| theirs(case, (&current, &leaving), it))
        .collect();
    if !kept.is_empty() {
        verdict.note(format!(
            "Somebody has changed these assignments since; they are kept: {}.",
            listed(&kept)
        ));
    }
    if verdict.changes.iter().any(|change| api_name_missing(change, case.state)) {
        verdict.ask(Look::ProfileNames);
    }
    verdict
}

/// What is said where nobody recorded what to go back to.
fn said(verdict: &mut Verdict, unrecorded: usize, missing: &[String], layout: &str) {
    if unrecorded > 0 {
        verdict.warn(format!(
            "There is no record of the earlier layout of {unrecorded} assignments: they get \
            \"{layout}\". To choose another one, set fallback_layout under [uninstall]."
        ));
    }
    if !missing.is_empty() {
        verdict.warn(format!(
            "The earlier layout is no longer in this org, so \"{layout}\" takes its \
             place: {}.",
            listed(missing)
        ));
    }
}

fn parties<'a>(
    case: Case<'a>,
    assignment: &LayoutAssignment,
) -> Option<(&'a Profile, Option<&'a RecordType>)> {
    let state = case.state;
    let profile = state.profiles.iter().find(|profile| profile.id == assignment.profile)?;
    match &assignment.record_type {
        None => Some((profile, None)),
        Some(id) => Some((profile, Some(state.record_types.iter().find(|it| &it.id == id)?))),
    }
}

/// The layout of that name, where it is there and stays.
fn local(case: Case<'_>, name: &str) -> Option<Ref<LayoutId>> {
    let mut layouts = remaining(case);
    let found = layouts.find(|layout| layout.name.qualified() == name)?;
    Some(Ref::seen(name, &found.id))
}

/// The layouts that stay when the package goes.
fn remaining(case: Case<'_>) -> impl Iterator<Item = &Layout> + Clone {
    case.state.layouts.iter().filter(move |layout| !goes(case, layout))
}

/// Whether a layout goes with the package.
fn goes(case: Case<'_>, layout: &Layout) -> bool {
    case.takes_layout(&layout.name)
}

/// The layout for assignments of which nobody recorded what they were.
fn fallback(case: Case<'_>) -> Result<String, Stop> {
    let known: Vec<String> = remaining(case).map(|layout| layout.name.qualified()).collect();
    let Some(named) = &case.desired.uninstall.fallback_layout else {
        return match known.as_slice() {
            [only] => Ok(only.clone()),
            many if many.iter().any(|name| name == STANDARD) => Ok(STANDARD.to_owned()),
            many => Err(Stop::configuration(
                "There is no record of the earlier layout of some assignments, and no layout is \
                configured for them.",
            )
            .hint(format!(
                "Set fallback_layout under [uninstall] to one of this org's page layouts of \
                Task: {}.",
                listed(many)
            ))),
        };
    };
    if known.contains(named) {
        return Ok(named.clone());
    }
    let stop = Stop::configuration(format!(
        "`{FALLBACK}` names the page layout \"{named}\", which Task does not have in this org, or \
         which goes with the package."
    ))
    .at(FALLBACK);
    Err(match nearest(named, known.iter().map(String::as_str)) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None => stop.hint(format!("It has {}.", listed(&known))),
    })
}

const FALLBACK: &str = "uninstall.fallback_layout";

/// An assignment that somebody else has changed since we made it, and what it is now.
fn theirs<'a>(
    case: Case<'a>,
    (current, leaving): (&Current<'a>, &BTreeSet<&LayoutId>),
    entry: &BaselineEntry,
) -> Option<String> {
    let Target::TaskLayout { profile, record_type } = &entry.target else { return None };
    let (profile, record_type) = find(case.state, profile, record_type.as_ref())?;
    let assignment = current.assignment(profile, record_type)?;
    if assignment.layout.as_ref().is_some_and(|id| leaving.contains(id)) {
        return None;
    }
    let now = assigned(case.state, assignment);
    (restore(entry, now.clone().map(Value::Layout).as_ref()) == Restore::Theirs).then(|| {
        let record_type =
            record_type.map(|found| format!(" [{}]", found.api_name)).unwrap_or_default();
        format!("{}{record_type} ({})", profile.label, now.map_or_else(String::new, |it| it.name))
    })
}
