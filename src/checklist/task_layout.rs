//! `task-layout`: the chosen profiles use the package's Task page layout.
//!
//! Which profiles get the layout is decided in [`chosen`], which record types in
//! [`chosen_record_types`]; what follows for each assignment in [`plan`].

use std::collections::BTreeSet;

use super::names::{Found, listed, no_profile, profile};
use super::restore::{Restore, restore};
use super::{Action, After, Change, Item, Kept, Stop, Verdict, package};
use crate::model::{
    Baseline, Desired, LayoutAssignment, LayoutName, Look, OrgState, Profile, RecordType,
    RecordTypeChoice, Subject, SubjectKind, nearest,
};

/// The value that this item changes.
pub(super) const LAYOUT: &str = "layout";

/// What the task layout item wants.
pub(super) fn plan(desired: &Desired, state: &OrgState, baseline: &Baseline) -> Verdict {
    let mut verdict = Verdict::default();
    let profiles = chosen(&mut verdict, desired, state);
    let record_types = chosen_record_types(&mut verdict, desired, state);
    let mut wanted = BTreeSet::new();
    if let Some(layout) = target(&mut verdict, desired, state, !profiles.is_empty()) {
        for profile in &profiles {
            for record_type in std::iter::once(None).chain(record_types.iter().copied().map(Some)) {
                let subject = subject(profile, record_type);
                let before = current(state, profile, record_type);
                if before.as_deref() != Some(&layout.name) {
                    verdict.changes.push(Change {
                        item: Item::TaskLayout,
                        subject: subject.clone(),
                        field: LAYOUT.to_owned(),
                        before,
                        after: layout.after(),
                        action: Action::Update,
                    });
                }
                wanted.insert(subject);
            }
        }
        give_back(&mut verdict, state, baseline, &wanted);
    }
    if verdict.changes.iter().any(|change| api_name_missing(change, state)) {
        verdict.ask(Look::ProfileNames);
    }
    verdict
}

/// The profiles that the configuration chooses, by label or API name. A name that the org lacks
/// is an error: deploying it would create a profile.
fn chosen<'a>(verdict: &mut Verdict, desired: &Desired, state: &'a OrgState) -> Vec<&'a Profile> {
    let mut chosen: Vec<&Profile> = Vec::new();
    for (number, name) in desired.task_layout.profiles.iter().enumerate() {
        match profile(name, state.profiles.as_slice(), state.profile_names.is_seen()) {
            Found::One(found) if chosen.iter().any(|known| known.id == found.id) => {}
            Found::One(found) => chosen.push(found),
            Found::NotYet => verdict.ask(Look::ProfileNames),
            found => {
                let place = format!("task_layout.profiles[{number}]");
                verdict.stops.push(no_profile(&place, name, &found, state.profiles.as_slice()));
            }
        }
    }
    chosen
}

/// The record types that get assignments of their own besides the master assignment.
fn chosen_record_types<'a>(
    verdict: &mut Verdict,
    desired: &Desired,
    state: &'a OrgState,
) -> Vec<&'a RecordType> {
    match &desired.task_layout.record_types {
        RecordTypeChoice::All => state.record_types.iter().filter(|found| found.active).collect(),
        RecordTypeChoice::Named(names) => {
            let mut chosen: Vec<&RecordType> = Vec::new();
            for (number, name) in names.iter().enumerate() {
                let place = format!("task_layout.record_types[{number}]");
                match record_type(name, state.record_types.as_slice()) {
                    Ok(found) if chosen.iter().any(|known| known.id == found.id) => {}
                    Ok(found) => chosen.push(found),
                    Err(Lost::Several) => verdict.stops.push(
                        Stop::configuration(format!(
                            "`task_layout.record_types` names \"{name}\", which several record \
                             types of Task are called: use the API name of the one you mean."
                        ))
                        .at(place),
                    ),
                    Err(Lost::Nowhere) => {
                        verdict.stops.push(unknown_record_type(name, state).at(place));
                    }
                }
            }
            chosen
        }
    }
}

/// Why a name leads to no record type.
enum Lost {
    Nowhere,
    Several,
}

/// API names are unique, labels are not.
fn record_type<'a>(name: &str, known: &'a [RecordType]) -> Result<&'a RecordType, Lost> {
    if let Some(found) = known.iter().find(|found| found.api_name == name) {
        return Ok(found);
    }
    let mut labelled = known.iter().filter(|found| found.label == name);
    match (labelled.next(), labelled.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(Lost::Several),
        (None, _) => Err(Lost::Nowhere),
    }
}

fn unknown_record_type(name: &str, state: &OrgState) -> Stop {
    let known: Vec<&str> = state.record_types.iter().map(|found| found.api_name.as_str()).collect();
    let stop = Stop::configuration(format!(
        "`task_layout.record_types` names \"{name}\", and Task has no such record type here."
    ));
    match (nearest(name, known.iter().copied()), known.is_empty()) {
        (Some(near), _) => stop.hint(format!("Did you mean \"{near}\"?")),
        (None, true) => stop.hint("Task has no record types in this org."),
        (None, false) => stop.hint(format!("It has {}.", listed(&known))),
    }
}

/// The layout that the profiles are to use.
struct Target {
    name: String,
    here: bool,
}

impl Target {
    fn after(&self) -> After {
        if self.here {
            After::value(&self.name)
        } else {
            After::KnownAfter { item: Item::Package, expected: self.name.clone() }
        }
    }
}

/// Finds the package's layout, or says why it is not there.
fn target(
    verdict: &mut Verdict,
    desired: &Desired,
    state: &OrgState,
    needed: bool,
) -> Option<Target> {
    let name = LayoutName::managed(&desired.recipe.namespace, desired.recipe.task_layout.as_ref()?);
    let here = state.layouts.iter().any(|layout| layout.name == name);
    if !here && needed && package::is_done(desired, state) {
        verdict.problems.push(
            Stop::refused(format!(
                "The package is installed, but Task has no page layout \"{name}\" in this org."
            ))
            .hint("Look at Setup > Object Manager > Task > Page Layouts."),
        );
        return None;
    }
    Some(Target { name: name.qualified(), here })
}

/// Chosen assignments that have the package's layout already.
pub(super) fn already(desired: &Desired, state: &OrgState) -> Vec<Kept> {
    let mut ignored = Verdict::default();
    let profiles = chosen(&mut ignored, desired, state);
    let record_types = chosen_record_types(&mut ignored, desired, state);
    let Some(layout) = target(&mut ignored, desired, state, false) else { return Vec::new() };
    let mut kept = Vec::new();
    for profile in profiles {
        for record_type in std::iter::once(None).chain(record_types.iter().copied().map(Some)) {
            if current(state, profile, record_type).as_deref() == Some(&layout.name) {
                kept.push(Kept {
                    item: Item::TaskLayout,
                    subject: subject(profile, record_type),
                    field: LAYOUT,
                    value: layout.name.clone(),
                });
            }
        }
    }
    kept
}

/// The layout that an assignment has now, by name.
fn current(
    state: &OrgState,
    profile: &Profile,
    record_type: Option<&RecordType>,
) -> Option<String> {
    let assignment = state.layout_assignments.iter().find(|assignment| {
        assignment.profile == profile.id
            && assignment.record_type.as_ref() == record_type.map(|found| &found.id)
    })?;
    layout_name(state, assignment)
}

pub(super) fn layout_name(state: &OrgState, assignment: &LayoutAssignment) -> Option<String> {
    let id = assignment.layout.as_ref()?;
    let layout = state.layouts.iter().find(|layout| &layout.id == id)?;
    Some(layout.name.qualified())
}

pub(super) fn subject(profile: &Profile, record_type: Option<&RecordType>) -> Subject {
    Subject {
        kind: SubjectKind::ProfileLayout,
        name: profile.label.clone(),
        record_type: record_type.map(|found| found.api_name.clone()),
    }
}

/// Assignments that we made and that the configuration no longer wants go back to what was there
/// before; those that somebody has changed since are somebody's.
fn give_back(
    verdict: &mut Verdict,
    state: &OrgState,
    baseline: &Baseline,
    wanted: &BTreeSet<Subject>,
) {
    for entry in baseline.of_item(Item::TaskLayout.id()) {
        if wanted.contains(&entry.subject) {
            continue;
        }
        let Some((profile, record_type)) = find(state, &entry.subject) else {
            continue;
        };
        let now = current(state, profile, record_type);
        let Restore::Back(before) = restore(entry, now.as_deref()) else { continue };
        let known =
            |name: &&str| state.layouts.iter().any(|found| found.name.qualified() == **name);
        match before {
            Some(before) if known(&before) => verdict.changes.push(Change {
                item: Item::TaskLayout,
                subject: entry.subject.clone(),
                field: LAYOUT.to_owned(),
                before: now,
                after: After::value(before),
                action: Action::Update,
            }),
            _ => verdict.warn(format!(
                "\"{}\" is no longer to use the package's layout, but the layout it used before \
                 is not in this org: assign one in Setup > Object Manager > Task > Page Layouts.",
                entry.subject.name
            )),
        }
    }
}

/// The profile and record type of a subject.
pub fn find<'a>(
    state: &'a OrgState,
    subject: &Subject,
) -> Option<(&'a Profile, Option<&'a RecordType>)> {
    let profile = state.profiles.iter().find(|profile| profile.label == subject.name)?;
    match &subject.record_type {
        None => Some((profile, None)),
        Some(name) => {
            let record_type = state.record_types.iter().find(|found| &found.api_name == name)?;
            Some((profile, Some(record_type)))
        }
    }
}

fn api_name_missing(change: &Change, state: &OrgState) -> bool {
    find(state, &change.subject).is_some_and(|(profile, _)| profile.api_name.is_none())
}

/// Assignments that moved, came or went between two observations though no change asked for it,
/// and profiles that came or went.
///
/// This is the proof that a deploy of layout assignments touched nothing else.
pub fn moved_elsewhere(before: &OrgState, after: &OrgState, changes: &[&Change]) -> Vec<Subject> {
    let expected: BTreeSet<&Subject> = changes.iter().map(|change| &change.subject).collect();
    let was: BTreeSet<&LayoutAssignment> = before.layout_assignments.iter().collect();
    let is: BTreeSet<&LayoutAssignment> = after.layout_assignments.iter().collect();
    let mut moved: BTreeSet<Subject> = was
        .symmetric_difference(&is)
        .map(|assignment| place(after, assignment))
        .filter(|subject| !expected.contains(subject))
        .collect();
    let ids = |state: &OrgState| -> BTreeSet<_> {
        state.profiles.iter().map(|profile| (profile.id.clone(), profile.label.clone())).collect()
    };
    for (_, label) in ids(before).symmetric_difference(&ids(after)) {
        moved.insert(Subject::new(SubjectKind::ProfileLayout, label));
    }
    moved.into_iter().collect()
}

/// What an assignment is about, by ids where the org shows no names.
fn place(state: &OrgState, assignment: &LayoutAssignment) -> Subject {
    let profile = state.profiles.iter().find(|known| known.id == assignment.profile);
    let record_type = assignment.record_type.as_ref().map(|id| {
        let known = state.record_types.iter().find(|known| &known.id == id);
        known.map_or_else(|| id.to_string(), |known| known.api_name.clone())
    });
    Subject {
        kind: SubjectKind::ProfileLayout,
        name: profile
            .map_or_else(|| assignment.profile.to_string(), |profile| profile.label.clone()),
        record_type,
    }
}
