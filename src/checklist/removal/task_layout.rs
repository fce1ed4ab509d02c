//! No profile uses one of the package's Task page layouts; each is back at the one of before.

use super::About;
use crate::checklist::names::listed;
use crate::checklist::restore::{Restore, recorded, restore};
use crate::checklist::task_layout::{api_name_missing, assigned, find, target};
use crate::checklist::{Change, Item, Question, Stop, Verdict};
use crate::model::{
    BaselineEntry, Before, Layout, LayoutAssignment, LayoutId, Profile, RecordType, Ref, Target,
    Value, nearest,
};

/// The page layout that every org begins with.
const STANDARD: &str = "Task Layout";

/// What the absence of the Task page layout wants.
pub(super) fn plan(about: About<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let mut unrecorded = 0;
    let mut unnamed = 0;
    let fallback = fallback(about);
    let mut missing = Vec::new();
    for assignment in about.state.layout_assignments.iter().filter(|it| is_packaged(about, it)) {
        let Some((profile, record_type)) = parties(about, assignment) else {
            unnamed += 1;
            continue;
        };
        let target = target(profile, record_type);
        let now = assigned(about.state, assignment);
        let before = match recorded(about.baseline.entry(&target)) {
            Before::Known(Some(Value::Layout(before))) => {
                let found = local(about, &before.name);
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
        let fallback = || local(about, fallback.as_ref().ok()?);
        let Some(after) = before.or_else(fallback) else { continue };
        let (now, after) = (now.map(Value::Layout), Some(Value::Layout(after)));
        verdict.changes.push(Change::new(Item::TaskLayout, target, now, after));
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
    let kept: Vec<String> =
        about.baseline.of_item(Item::TaskLayout.id()).filter_map(|it| theirs(about, it)).collect();
    if !kept.is_empty() {
        verdict.note(format!(
            "Somebody has changed these assignments since, and they stay: {}.",
            listed(&kept)
        ));
    }
    if verdict.changes.iter().any(|change| api_name_missing(change, about.state)) {
        verdict.ask(Question::ProfileNames);
    }
    verdict
}

/// What is said where nobody recorded what to go back to.
fn said(verdict: &mut Verdict, unrecorded: usize, missing: &[String], layout: &str) {
    if unrecorded > 0 {
        verdict.warn(format!(
            "Nobody recorded which layout {unrecorded} assignments had before the connector: they \
             get \"{layout}\". Another one is named by fallback_layout under [uninstall]."
        ));
    }
    if !missing.is_empty() {
        verdict.warn(format!(
            "The layout of before is not in this org any more, so that \"{layout}\" takes its \
             place: {}.",
            listed(missing)
        ));
    }
}

fn is_packaged(about: About<'_>, assignment: &LayoutAssignment) -> bool {
    let is_it = |layout: &&Layout| Some(&layout.id) == assignment.layout.as_ref();
    let layout = about.state.layouts.iter().find(is_it);
    layout.is_some_and(|layout| layout.name.namespace.as_deref() == Some(about.namespace()))
}

fn parties<'a>(
    about: About<'a>,
    assignment: &LayoutAssignment,
) -> Option<(&'a Profile, Option<&'a RecordType>)> {
    let state = about.state;
    let profile = state.profiles.iter().find(|profile| profile.id == assignment.profile)?;
    match &assignment.record_type {
        None => Some((profile, None)),
        Some(id) => Some((profile, Some(state.record_types.iter().find(|it| &it.id == id)?))),
    }
}

/// The layout of that name, where it is there and stays.
fn local(about: About<'_>, name: &str) -> Option<Ref<LayoutId>> {
    let mut layouts = remaining(about);
    let found = layouts.find(|layout| layout.name.qualified() == name)?;
    Some(Ref::seen(name, &found.id))
}

/// The layouts that stay when the package goes.
fn remaining(about: About<'_>) -> impl Iterator<Item = &Layout> {
    let namespace = about.desired.recipe.namespace.as_str();
    let layouts = about.state.layouts.iter();
    layouts.filter(move |layout| layout.name.namespace.as_deref() != Some(namespace))
}

/// The layout for assignments of which nobody recorded what they were.
fn fallback(about: About<'_>) -> Result<String, Stop> {
    let known: Vec<String> = remaining(about).map(|layout| layout.name.qualified()).collect();
    let Some(named) = &about.desired.uninstall.fallback_layout else {
        return match known.as_slice() {
            [only] => Ok(only.clone()),
            many if many.iter().any(|name| name == STANDARD) => Ok(STANDARD.to_owned()),
            many => Err(Stop::configuration(
                "Nobody recorded which layout some assignments had before the connector, and no \
                 layout is named for them.",
            )
            .hint(format!(
                "Name one of this org's page layouts of Task with fallback_layout under \
                 [uninstall]: {}.",
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
fn theirs(about: About<'_>, entry: &BaselineEntry) -> Option<String> {
    let Target::TaskLayout { profile, record_type } = &entry.target else { return None };
    let (profile, record_type) = find(about.state, profile, record_type.as_ref())?;
    let assignment = about.state.layout_assignments.iter().find(|assignment| {
        assignment.profile == profile.id
            && assignment.record_type.as_ref() == record_type.map(|found| &found.id)
    })?;
    if is_packaged(about, assignment) {
        return None;
    }
    let now = assigned(about.state, assignment);
    (restore(entry, now.clone().map(Value::Layout).as_ref()) == Restore::Theirs).then(|| {
        let record_type =
            record_type.map(|found| format!(" [{}]", found.api_name)).unwrap_or_default();
        format!("{}{record_type} ({})", profile.label, now.map_or_else(String::new, |it| it.name))
    })
}
