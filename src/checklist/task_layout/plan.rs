//! What the item wants.

use std::collections::BTreeSet;

use super::assignment::{Current, find, layout_of, target};
use crate::checklist::names::{Found, Unknown, api_name_missing, listed, no_profile, profile};
use crate::checklist::restore::{Restore, restore};
use crate::checklist::{Change, ItemId, Kept, Stop, Verdict, package};
use crate::model::{
    Baseline, ConnectorWish, LayoutId, LayoutName, Look, OrgState, Profile, ProfileId, RecordType,
    RecordTypeChoice, RecordTypeId, Ref, Target, Value, nearest,
};

/// What the task layout item wants.
pub(super) fn plan(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    let mut verdict = Verdict::default();
    let profiles = chosen(&mut verdict, desired, state);
    let record_types = chosen_record_types(&mut verdict, desired, state);
    let mut wanted = BTreeSet::new();
    let current = Current::of(state);
    if let Some(layout) = layout(&mut verdict, desired, state, !profiles.is_empty()) {
        for profile in &profiles {
            for record_type in std::iter::once(None).chain(record_types.iter().copied().map(Some)) {
                let before = current.layout(profile, record_type);
                if before.as_ref().is_none_or(|it| it.name != layout.name) {
                    let after = layout.id.is_none().then_some(ItemId::PACKAGE);
                    let change = Change::new(
                        ItemId::TASK_LAYOUT,
                        target(profile, record_type),
                        before.map(Value::Layout),
                        Some(Value::Layout(layout.clone())),
                    );
                    verdict.changes.push(change.known_after(after));
                }
                wanted.insert((&profile.id, record_type.map(|found| &found.id)));
            }
        }
        give_back(&mut verdict, &current, state, baseline, &wanted);
    }
    if verdict.changes.iter().any(|change| api_name_missing(change, state)) {
        verdict.ask(Look::ProfileNames);
    }
    verdict
}

/// The profiles that the configuration chooses, by label or API name. A name that the org lacks
/// is an error: deploying it would create a profile.
fn chosen<'a>(
    verdict: &mut Verdict,
    desired: &ConnectorWish,
    state: &'a OrgState,
) -> Vec<&'a Profile> {
    let mut chosen: Vec<&Profile> = Vec::new();
    let mut unknown = Unknown::of("task_layout.profiles");
    for (number, name) in desired.task_layout.profiles.iter().enumerate() {
        match profile(name, state.profiles.as_slice(), state.profile_names.is_seen()) {
            Found::One(found) if chosen.iter().any(|known| known.id == found.id) => {}
            Found::One(found) => chosen.push(found),
            Found::NotYet => verdict.ask(Look::ProfileNames),
            found => {
                let place = format!("task_layout.profiles[{number}]");
                unknown.tell(name, &mut verdict.stops, || {
                    no_profile(&place, name, &found, state.profiles.as_slice())
                });
            }
        }
    }
    unknown.count_others(&mut verdict.stops);
    chosen
}

/// The record types that get assignments of their own besides the master assignment.
fn chosen_record_types<'a>(
    verdict: &mut Verdict,
    desired: &ConnectorWish,
    state: &'a OrgState,
) -> Vec<&'a RecordType> {
    match &desired.task_layout.record_types {
        RecordTypeChoice::All => state.record_types.iter().filter(|found| found.active).collect(),
        RecordTypeChoice::Named(names) => {
            let mut chosen: Vec<&RecordType> = Vec::new();
            let mut unknown = Unknown::of("task_layout.record_types");
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
                        unknown.tell(name, &mut verdict.stops, || {
                            unknown_record_type(name, state).at(place)
                        });
                    }
                }
            }
            unknown.count_others(&mut verdict.stops);
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
        "`task_layout.record_types` names \"{name}\", but Task has no such record type in this org."
    ));
    match (nearest(name, known.iter().copied()), known.is_empty()) {
        (Some(near), _) => stop.hint(format!("Did you mean \"{near}\"?")),
        (None, true) => stop.hint("Task has no record types in this org."),
        (None, false) => stop.hint(format!("It has {}.", listed(&known))),
    }
}

/// Finds the layout that the profiles are to use, or says why it is not there. One that the
/// package is yet to bring has no id.
fn layout(
    verdict: &mut Verdict,
    desired: &ConnectorWish,
    state: &OrgState,
    needed: bool,
) -> Option<Ref<LayoutId>> {
    let name = LayoutName::managed(&desired.recipe.namespace, desired.recipe.task_layout.as_ref()?);
    let found = state.layouts.iter().find(|layout| layout.name == name);
    if found.is_none() && needed && package::is_done(desired, state) {
        verdict.problems.push(
            Stop::refused(format!(
                "The package is installed, but Task has no page layout \"{name}\" in this org."
            ))
            .hint("Look at Setup > Object Manager > Task > Page Layouts."),
        );
        return None;
    }
    Some(Ref { name: name.qualified(), id: found.map(|layout| layout.id) })
}

/// Chosen assignments that have the package's layout already.
pub(super) fn already(desired: &ConnectorWish, state: &OrgState) -> Vec<Kept> {
    let mut ignored = Verdict::default();
    let profiles = chosen(&mut ignored, desired, state);
    let record_types = chosen_record_types(&mut ignored, desired, state);
    let Some(layout) = layout(&mut ignored, desired, state, false) else { return Vec::new() };
    let mut kept = Vec::new();
    let current = Current::of(state);
    for profile in profiles {
        for record_type in std::iter::once(None).chain(record_types.iter().copied().map(Some)) {
            let now = current.layout(profile, record_type);
            if now.is_some_and(|now| now.name == layout.name) {
                kept.push(Kept {
                    item: ItemId::TASK_LAYOUT,
                    target: target(profile, record_type),
                    value: Value::Layout(layout.clone()),
                });
            }
        }
    }
    kept
}

/// Assignments that we made and that the configuration no longer wants go back to what was there
/// before; those that somebody has changed since are somebody's.
fn give_back(
    verdict: &mut Verdict,
    current: &Current<'_>,
    state: &OrgState,
    baseline: &Baseline,
    wanted: &BTreeSet<(&ProfileId, Option<&RecordTypeId>)>,
) {
    for entry in baseline.of_item(ItemId::TASK_LAYOUT.as_str()) {
        let Target::TaskLayout { profile, record_type } = &entry.target else { continue };
        let Some((profile, record_type)) = find(state, profile, record_type.as_ref()) else {
            continue;
        };
        if wanted.contains(&(&profile.id, record_type.map(|it| &it.id))) {
            continue;
        }
        let now = current.layout(profile, record_type).map(Value::Layout);
        let Restore::Back(before) = restore(entry, now.as_ref()) else { continue };
        match before.and_then(|before| layout_of(state, before)) {
            Some(before) => verdict.changes.push(Change::new(
                ItemId::TASK_LAYOUT,
                target(profile, record_type),
                now,
                Some(Value::Layout(before)),
            )),
            None => verdict.warn(format!(
                "\"{}\" should no longer use the package's layout, but its earlier layout is not \
                in this org: assign one in Setup > Object Manager > Task > Page Layouts.",
                profile.label
            )),
        }
    }
}
