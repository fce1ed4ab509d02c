//! What the item wants.

use super::family::{is_clone, is_leaving};
use super::predecessor;
use crate::checklist::names::{counted, listed};
use crate::checklist::{Case, Change, ItemId, Kept, Note, Stop, Verdict, settings};
use crate::model::{
    CallCenter, CallCenterId, CallCenterPart, CallCenterRow, Command, ConnectorWish,
    DefinitionValue, Hint, ItemKey, OrgState, Ref, Target, Value, Way, normalised,
};

/// What the call center item wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let Case { desired, state, baseline, .. } = case;
    let mut verdict = Verdict::default();
    tell_of_clones(&mut verdict, case, Way::Build);
    let definition = &desired.call_center.definition;
    let wanted = &definition.call_center;
    let Some(found) = state.call_center.found() else {
        if state.call_centers.iter().any(|row| row.internal_name == wanted.internal_name) {
            verdict.stops.push(unreadable(&wanted.internal_name));
        } else {
            if let Some(blind) = predecessor::unread(case, &mut verdict) {
                return blind;
            }
            predecessor::tell(&mut verdict, case);
            verdict.changes.push(create(desired, state));
        }
        return verdict;
    };
    // An org may leave out of its answer what is empty, and add what only Salesforce knows.
    let missing: Vec<String> = wanted
        .items()
        .filter(|(key, item)| {
            let value = desired.call_center.values.get(key).map_or(&item.value, |it| &it.value);
            let there = reference(state, &wanted.internal_name);
            let target = Target::CallCenterField(there, CallCenterPart::Item(key.clone()));
            let emptied = baseline.entry(&target).is_some_and(
                |it| matches!(&it.ours, Some(Value::Text(ours)) if normalised(ours).is_empty()),
            );
            found.item(key).is_none()
                && !emptied
                && !normalised(&item.value).is_empty()
                && !normalised(value).is_empty()
        })
        .map(|(key, _)| key.to_string())
        .collect();
    let added: Vec<String> = found
        .items()
        .filter(|(key, _)| wanted.item(key).is_none())
        .map(|(key, _)| key.to_string())
        .collect();
    if missing.is_empty() {
        verdict.changes.extend(labels(wanted, found, &reference(state, &wanted.internal_name)));
        if !added.is_empty() {
            verdict.note(format!(
                "\"{}\" has fields that definition {} does not have; they are kept: {}.",
                wanted.internal_name,
                definition.name,
                listed(&added)
            ));
        }
        if !order(wanted, found).eq(order(found, wanted)) {
            // Nobody has seen whether a deploy reorders what an import has made.
            verdict.warn(format!(
                "The fields of \"{}\" are in a different order than in definition {}; the order \
                is kept.",
                wanted.internal_name, definition.name
            ));
        }
    } else {
        verdict.stops.push(
            Stop::refused(format!(
                "The org's call center \"{}\" lacks fields of definition {}: {}.",
                wanted.internal_name,
                definition.name,
                listed(&missing)
            ))
            .hint(format!(
                "A call center keeps the fields it was imported with. internal_name = \"{}2\" under \
                 [call_center] creates a new one next to it, which takes over its values; or \
                 choose the definition that this one was made from.",
                wanted.internal_name
            ))
            .hint(
                "If Setup > Call Centers shows these fields, somebody has cleared them, and the \
                org does not report empty fields: enter any value there.",
            ),
        );
    }
    verdict
}

/// The call center as the org has it: a deploy replaces it as a whole.
pub(super) fn in_place(state: &OrgState) -> Option<Kept> {
    let found = state.call_center.found()?;
    let summary = found.display_name.clone();
    let value = DefinitionValue { summary, content: Some(Box::new(found.clone())) };
    let target = Target::CallCenter(reference(state, &found.internal_name));
    Some(Kept { item: ItemId::CALL_CENTER, target, value: Value::Definition(value) })
}

/// Says which clones of the connector's call center there are, and who is in them.
pub(super) fn tell_of_clones(verdict: &mut Verdict, case: Case<'_>, way: Way) {
    let Case { desired, state, .. } = case;
    let clones = state.call_centers.iter().filter(|row| is_clone(&desired.recipe, row));
    let told: Vec<String> = clones
        .filter(|row| !is_leaving(case, row))
        .map(|row| {
            let name = &row.internal_name;
            count_users(case, row, way).map_or_else(|| name.clone(), |it| format!("{name} ({it})"))
        })
        .collect();
    if !told.is_empty() {
        let note = Note::info(format!(
            "Call centers with the connector's adapter but a name that Cisco never used; they are kept: \
             {}.",
            listed(&told)
        ));
        let uninstall = Command::of_org("uninstall --delete-call-center NAME");
        verdict.notes.push(note.hint(Hint::command("", uninstall, " deletes one.")));
    }
}

/// How many are in a copy, where anybody is or may be. A run that builds up looks up the users of call centers that
/// are called as the connector's are, and of others only the active ones, and not in every case.
fn count_users(case: Case<'_>, row: &CallCenterRow, way: Way) -> Option<String> {
    let state = case.state;
    let known = state.users.iter().filter(|it| it.call_center.as_ref() == Some(&row.id)).count();
    let is_looked_up =
        way == Way::Remove || row.internal_name.starts_with(&case.recipe().internal_name_prefix);
    match (state.users.is_seen() && is_looked_up, state.softphone_hints.memberships.seen()) {
        (true, _) => (known > 0).then(|| counted(known, "user", "users")),
        (false, Some(all)) => {
            let active = all.iter().filter(|it| it.call_center == row.id).count();
            (active > 0).then(|| counted(active, "active user", "active users"))
        }
        (false, None) if known > 0 => Some(format!("at least {}", counted(known, "user", "users"))),
        (false, None) => Some("its users were not looked up".to_owned()),
    }
}

/// An org that has no call centers at all.
pub(super) fn no_open_cti(state: &OrgState) -> Option<Stop> {
    let refused = state.call_centers.refusal().filter(|refused| refused.missing)?;
    let stop = Stop::refused(format!(
        "This org has no call centers: Open CTI is not available in it, or the calling user may \
         not see it. The org says: {}",
        refused.words
    ))
    .hint(
        "Newly created Agentforce Service orgs come without Open CTI, and Salesforce retires it on \
         28 February 2028.",
    )
    .hint("If Setup shows Call Centers here, the calling user needs \"Manage Call Centers\".");
    Some(stop)
}

fn create(desired: &ConnectorWish, state: &OrgState) -> Change {
    let definition = &desired.call_center.definition;
    let count = definition.call_center.items().count();
    let present = settings::existing_or_carried(desired, state);
    let value = DefinitionValue {
        summary: format!("{} ({count} items)", definition.name),
        content: Some(Box::new(desired.call_center.effective(present.as_ref()))),
    };
    let target = Target::CallCenter(Ref::named(&definition.call_center.internal_name));
    Change::new(ItemId::CALL_CENTER, target, None, Some(Value::Definition(value)))
}

/// The call center of that internal name, with its id where the org has it.
pub(in crate::checklist) fn reference(state: &OrgState, internal_name: &str) -> Ref<CallCenterId> {
    let row = state.call_centers.iter().find(|row| row.internal_name == internal_name);
    Ref { name: internal_name.to_owned(), id: row.map(|row| row.id) }
}

/// A recorded call center as the org has it: by its id, or the one that was made anew under its
/// internal name; without an id where it is gone.
pub(in crate::checklist) fn recorded_call_center(
    state: &OrgState,
    known: &Ref<CallCenterId>,
) -> Ref<CallCenterId> {
    let found =
        known.find_or_replaced(&state.call_centers, |row| &row.id, |row| &row.internal_name);
    found.map_or_else(|| Ref::named(&known.name), |row| Ref::seen(&row.internal_name, &row.id))
}

fn unreadable(name: &str) -> Stop {
    Stop::refused(format!("The org lists the call center \"{name}\" but does not show its values."))
        .hint(READING)
}

/// What reading the values of a call center takes.
pub(super) const READING: &str = "Reading them needs the permission \"Modify Metadata Through \
                                  Metadata API Functions\" or \"Modify All Data\".";

/// The fields of one that the other has too, in its order.
fn order<'a>(one: &'a CallCenter, other: &'a CallCenter) -> impl Iterator<Item = ItemKey> + 'a {
    one.items().map(|(key, _)| key).filter(|key| other.item(key).is_some())
}

/// Labels may differ between two definition files of one internal name; blanks at their ends do
/// not count, for deploys trim them. A label that the org does not tell is not known to be another.
fn labels(wanted: &CallCenter, found: &CallCenter, which: &Ref<CallCenterId>) -> Vec<Change> {
    let change = |part: CallCenterPart, before: &str, after: &str| {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let target = Target::CallCenterField(which.clone(), part);
        Change::new(ItemId::CALL_CENTER, target, text(before), text(after))
    };
    let own = [
        (CallCenterPart::DisplayNameLabel, &wanted.display_name_label, &found.display_name_label),
        (
            CallCenterPart::InternalNameLabel,
            &wanted.internal_name_label,
            &found.internal_name_label,
        ),
    ]
    .into_iter()
    .filter(|(_, wanted, found)| differs(wanted, found))
    .map(|(part, wanted, found)| change(part, found, wanted));
    let sections = wanted.sections.iter().filter_map(|section| {
        let there = found.sections.iter().find(|there| there.name == section.name)?;
        differs(&section.label, &there.label).then(|| {
            let part = CallCenterPart::SectionLabel(section.name.clone());
            change(part, &there.label, &section.label)
        })
    });
    let items = wanted.items().filter_map(|(key, item)| {
        let there = found.item(&key)?;
        differs(&item.label, &there.label)
            .then(|| change(CallCenterPart::ItemLabel(key), &there.label, &item.label))
    });
    own.chain(sections).chain(items).collect()
}

fn differs(wanted: &str, found: &str) -> bool {
    let found = normalised(found);
    !found.is_empty() && found != normalised(wanted)
}
