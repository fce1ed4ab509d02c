//! `call-center`: the call center of the chosen definition exists, with the definition's fields.

use std::collections::BTreeSet;

use super::names::listed;
use super::{Action, After, Change, Item, Stop, Verdict};
use crate::model::{CallCenter, Desired, OrgState, Subject, SubjectKind, normalised};

/// What the call center item wants.
pub(super) fn plan(desired: &Desired, state: &OrgState) -> Verdict {
    let mut verdict = Verdict::default();
    let definition = &desired.call_center.definition;
    let wanted = &definition.call_center;
    let Some(found) = state.call_center.found() else {
        if state.call_centers.iter().any(|row| row.internal_name == wanted.internal_name) {
            verdict.stops.push(unreadable(&wanted.internal_name));
        } else {
            verdict.changes.push(create(desired));
        }
        return verdict;
    };
    let difference = fields(wanted).symmetric_difference(&fields(found)).cloned().collect();
    let difference: Vec<String> = difference;
    if difference.is_empty() {
        verdict.changes.extend(labels(wanted, found));
        if !wanted.items().map(|(key, _)| key).eq(found.items().map(|(key, _)| key)) {
            // Nobody has seen whether a deploy reorders what an import has made.
            verdict.warn(format!(
                "The org shows the fields of \"{}\" in another order than definition {}; that is \
                 left as it is.",
                wanted.internal_name, definition.name
            ));
        }
    } else {
        verdict.stops.push(
            Stop::refused(format!(
                "The org has a call center \"{}\" with other fields than definition {} has: {}.",
                wanted.internal_name,
                definition.name,
                listed(&difference)
            ))
            .hint(
                "A call center keeps the fields it was imported with. Choose the definition that \
                 this one was made from, or one with another internal name.",
            ),
        );
    }
    verdict
}

fn create(desired: &Desired) -> Change {
    let definition = &desired.call_center.definition;
    let count = definition.call_center.items().count();
    Change {
        item: Item::CallCenter,
        subject: Subject::new(SubjectKind::CallCenter, &definition.call_center.internal_name),
        field: "definition".to_owned(),
        before: None,
        after: After::value(format!("{} ({count} items)", definition.name)),
        action: Action::Create,
    }
}

fn unreadable(name: &str) -> Stop {
    Stop::refused(format!("The org lists the call center \"{name}\" but does not show its values."))
        .hint(READING)
}

/// What reading the values of a call center takes.
pub(super) const READING: &str = "Reading them needs the permission \"Modify Metadata Through \
                                  Metadata API Functions\" or \"Modify All Data\".";

/// The fields of a call center, which are fixed when it is imported.
fn fields(call_center: &CallCenter) -> BTreeSet<String> {
    call_center.items().map(|(key, _)| key.to_string()).collect()
}

/// Labels may differ between two definition files of one internal name; blanks at their ends do
/// not count, for deploys trim them.
fn labels(wanted: &CallCenter, found: &CallCenter) -> Vec<Change> {
    let change = |field: String, before: &str, after: &str| Change {
        item: Item::CallCenter,
        subject: Subject::new(SubjectKind::CallCenter, &wanted.internal_name),
        field,
        before: Some(before.to_owned()),
        after: After::value(after),
        action: Action::Update,
    };
    let own = [
        ("displayName label", &wanted.display_name_label, &found.display_name_label),
        ("internalName label", &wanted.internal_name_label, &found.internal_name_label),
    ]
    .into_iter()
    .filter(|(_, wanted, found)| normalised(wanted) != normalised(found))
    .map(|(field, wanted, found)| change(field.to_owned(), found, wanted));
    let sections = wanted.sections.iter().filter_map(|section| {
        let there = found.sections.iter().find(|there| there.name == section.name)?;
        (normalised(&there.label) != normalised(&section.label))
            .then(|| change(format!("{} label", section.name), &there.label, &section.label))
    });
    let items = wanted.items().filter_map(|(key, item)| {
        let there = found.item(&key)?;
        (normalised(&there.label) != normalised(&item.label))
            .then(|| change(format!("{key} label"), &there.label, &item.label))
    });
    own.chain(sections).chain(items).collect()
}
