//! The connector's call centers are gone; those of other vendors stay.

use super::About;
use crate::checklist::call_center::READING;
use crate::checklist::names::listed;
use crate::checklist::users::is_ours;
use crate::checklist::{Action, After, Change, Human, Item, Stop, Verdict};
use crate::model::{Baseline, Before, CallCenterRow, Desired, Look, Subject, SubjectKind};

/// What the absence of the call center wants.
pub(super) fn plan(about: About<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let About { desired, state, baseline } = about;
    let leaving: Vec<&CallCenterRow> = state
        .call_centers
        .iter()
        .filter(|row| is_leaving(desired, baseline, &row.internal_name))
        .collect();
    // What goes is recorded first.
    if leaving.iter().any(|row| !state.removal.asked.contains(&row.internal_name)) {
        verdict.ask(Look::LeavingCallCenters);
    }
    verdict.stops.extend(unreadable(about, &leaving));
    for row in &leaving {
        let words = state.removal.undeletable.get(&row.internal_name);
        verdict.changes.push(Change {
            item: Item::CallCenter,
            subject: Subject::new(SubjectKind::CallCenter, &row.internal_name),
            field: DEFINITION.to_owned(),
            before: Some(row.name.clone()),
            after: After::Known(None),
            action: if words.is_some() { Action::Human } else { Action::Delete },
        });
    }
    let strangers: Vec<&str> = leaving
        .iter()
        .map(|row| row.internal_name.as_str())
        .filter(|name| !is_made_by_us(baseline, name))
        .collect();
    if !strangers.is_empty() {
        verdict.warn(match strangers.as_slice() {
            [only] => format!(
                "The call center \"{only}\" was not made by provision, as far as this machine knows, \
                 but it is the connector's by name and goes too. What it holds is kept in the journal."
            ),
            many => format!(
                "The call centers {} were not made by provision, as far as this machine knows, but \
                 they are the connector's by name and go too. What they hold is kept in the journal.",
                listed(many)
            ),
        });
    }
    verdict.human = by_hand(about, &leaving);
    verdict
}

/// What cannot be read cannot be kept in the journal, and is not deleted.
fn unreadable(about: About<'_>, leaving: &[&CallCenterRow]) -> Option<Stop> {
    let removal = &about.state.removal;
    let is_lost = |name: &&str| {
        removal.asked.contains(*name)
            && !removal.call_centers.iter().any(|it| it.internal_name == *name)
    };
    let lost: Vec<&str> =
        leaving.iter().map(|row| row.internal_name.as_str()).filter(is_lost).collect();
    (!lost.is_empty()).then(|| {
        Stop::refused(format!(
            "The org does not show what these call centers hold, so that it cannot be kept before \
             they are deleted: {}.",
            listed(&lost)
        ))
        .hint(READING)
    })
}

/// Whether a call center goes with the connector: it is one of the connector's by its internal
/// name, the configured one, or one that we made.
pub fn is_leaving(desired: &Desired, baseline: &Baseline, internal_name: &str) -> bool {
    is_ours(&desired.recipe, internal_name)
        || desired.call_center.definition.call_center.internal_name == internal_name
        || is_made_by_us(baseline, internal_name)
}

/// The field that stands for the whole call center.
const DEFINITION: &str = "definition";

fn is_made_by_us(baseline: &Baseline, internal_name: &str) -> bool {
    let subject = Subject::new(SubjectKind::CallCenter, internal_name);
    baseline.entry(&subject, DEFINITION).is_some_and(|entry| entry.before == Before::Known(None))
}

/// What a person does where the org lets no API delete a call center: that deploys can is nowhere
/// documented.
fn by_hand(about: About<'_>, leaving: &[&CallCenterRow]) -> Option<Human> {
    let removal = &about.state.removal;
    let stuck: Vec<(&CallCenterRow, &String)> = leaving
        .iter()
        .filter_map(|row| Some((*row, removal.undeletable.get(&row.internal_name)?)))
        .collect();
    let (_, words) = stuck.first()?;
    let mut steps = vec![format!(
        "Open Setup > Call Centers: {}/lightning/setup/CallCenters/home",
        about.state.organization.instance_url
    )];
    for (row, _) in &stuck {
        steps.push(format!("Beside \"{}\" ({}), click Del.", row.name, row.internal_name));
    }
    Some(Human {
        why: format!("The org does not let an API delete a call center: {words}"),
        steps,
        confirmed: None,
    })
}
