//! The connector's call centers are gone; those of other vendors stay.

use super::family::{
    is_clone, is_leaving, is_made_by_us, is_named, is_namesake, made_by_us, may_leave, shares_items,
};
use super::plan::{READING, tell_of_clones};
use crate::checklist::names::listed;
use crate::checklist::{By, Case, Change, Human, ItemId, Link, Sight, Step, Stop, Verdict};
use crate::model::{CallCenter, CallCenterRow, Look, Ref, Target, Value, Way};

/// What the absence of the call center wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Case { desired, state, baseline, .. } = case;
    let leaving: Vec<&CallCenterRow> =
        state.call_centers.iter().filter(|row| is_leaving(case, row)).collect();
    // What goes is recorded first, and what we made and is not listed is looked for once more.
    let mut names =
        leaving.iter().map(|row| row.internal_name.as_str()).chain(made_by_us(baseline));
    if names.any(|name| !state.removal.asked.contains(name)) {
        verdict.ask(Look::LeavingCallCenters);
    }
    verdict.stops.extend(unreadable(case, &leaving));
    verdict.stops.extend(case.desired.uninstall.delete_call_centers.iter().filter_map(|name| {
        let row = state.call_centers.iter().find(|row| &row.internal_name == name)?;
        not_ours(case, row)
    }));
    for name in &desired.uninstall.delete_call_centers {
        if state.call_centers.is_seen()
            && !state.call_centers.iter().any(|row| &row.internal_name == name)
        {
            verdict.warn(format!("This org has no call center \"{name}\" to delete."));
        }
    }
    tell_of_clones(&mut verdict, case, Way::Remove);
    for row in
        state.call_centers.iter().filter(|row| is_namesake(desired, row) && !is_leaving(case, row))
    {
        verdict.warn(format!(
            "The call center \"{}\" has a name like the connector's, but its adapter is {}: it \
            is kept. Delete it with --delete-call-center {}.",
            row.internal_name,
            row.adapter_url.as_deref().unwrap_or_default(),
            row.internal_name
        ));
    }
    let may_leave = |row: &&CallCenterRow| may_leave(desired, baseline, row);
    let others = state.call_centers.iter().filter(may_leave).filter(|row| !is_leaving(case, row));
    for row in others {
        verdict.warn(format!(
            "The call center \"{}\" has a name like the connector's, but none of its settings: \
            it is kept. Delete it with --delete-call-center {}.",
            row.internal_name, row.internal_name
        ));
    }
    for row in &leaving {
        verdict.changes.push(delete(case, row));
    }
    let strangers: Vec<&str> = leaving
        .iter()
        .map(|row| row.internal_name.as_str())
        .filter(|name| !is_made_by_us(baseline, name))
        .filter(|name| !desired.uninstall.delete_call_centers.iter().any(|it| it == name))
        .collect();
    if !strangers.is_empty() {
        verdict.warn(match strangers.as_slice() {
            [only] => format!(
                "The call center \"{only}\" was not created by provision, as far as this machine \
                knows, but has the connector's name and is deleted too. Its settings are kept in \
                the journal."
            ),
            many => format!(
                "The call centers {} were not created by provision, as far as this machine \
                knows, but have the connector's names and are deleted too. Their settings are \
                kept in the journal.",
                listed(many)
            ),
        });
    }
    verdict.human = by_hand(case, &leaving);
    verdict
}

/// Deletes a call center; a person does where the org lets no API do so.
pub(in crate::checklist) fn delete(case: Case<'_>, row: &CallCenterRow) -> Change {
    let words = case.state.removal.undeletable.get(&row.internal_name);
    let target = Target::CallCenter(Ref::seen(&row.internal_name, &row.id));
    let change =
        Change::new(ItemId::CALL_CENTER, target, Some(Value::Text(row.name.clone())), None);
    change.by(match words {
        Some(_) => By::Person,
        None => By::Program,
    })
}

/// Nobody deletes another vendor's call center with this.
fn not_ours(case: Case<'_>, row: &CallCenterRow) -> Option<Stop> {
    let Case { desired, baseline, .. } = case;
    let name = &row.internal_name;
    let recipe = &desired.recipe;
    let has_nothing = |it: &CallCenter| !shares_items(desired, it);
    // What a configuration calls the connector's may be anybody's.
    let is_ours = is_named(desired, name) || is_made_by_us(baseline, name);
    // Its fields tell too, once they were read.
    let is_other = case.state.removal.named_call_center(name).is_some_and(has_nothing);
    (!is_ours && (is_other || !is_clone(recipe, row))).then(|| {
        Stop::refused(format!(
            "--delete-call-center names \"{name}\", which is not one of the connector's: its adapter \
             is {}.",
            row.adapter_url.as_deref().unwrap_or("not told")
        ))
        .hint("provision does not delete call centers of other vendors: do that in Setup > Call Centers.")
    })
}

/// What cannot be read cannot be kept in the journal, and is not deleted.
pub(in crate::checklist) fn unreadable(case: Case<'_>, leaving: &[&CallCenterRow]) -> Option<Stop> {
    let removal = &case.state.removal;
    if let Some((name, what)) =
        leaving.iter().find_map(|row| removal.incomplete.get_key_value(&row.internal_name))
    {
        let message = format!(
            "The org shows the call center \"{name}\" without {what}. What is deleted has to be recorded \
             first, to be given back as it was."
        );
        return Some(Stop::refused(message).hint(
            "To lose it all the same, delete it in Setup > Call Centers, then run this again.",
        ));
    }
    let is_lost = |name: &&str| {
        removal.asked.contains(*name)
            && !removal.call_centers.iter().any(|it| it.internal_name == *name)
    };
    let lost: Vec<&str> =
        leaving.iter().map(|row| row.internal_name.as_str()).filter(is_lost).collect();
    if lost.is_empty() {
        return None;
    }
    let message = format!(
        "The org does not show the settings of these call centers, so they cannot be recorded before \
         deletion: {}.",
        listed(&lost)
    );
    // A deploy that is under way, such as that of a run that was broken off, may be deleting them just now.
    // One without a date may never end.
    let mut deploys = case.state.running_deploys.iter();
    let is_busy = deploys.any(|deploy| !deploy.given_up && deploy.since.is_some());
    let stop = if is_busy { Stop::not_yet(message) } else { Stop::refused(message) };
    Some(stop.hint(READING))
}

/// What a person does where the org lets no API delete a call center: that deploys can is nowhere
/// documented.
pub(in crate::checklist) fn by_hand(case: Case<'_>, leaving: &[&CallCenterRow]) -> Option<Human> {
    let removal = &case.state.removal;
    let stuck: Vec<(&CallCenterRow, &String)> = leaving
        .iter()
        .filter_map(|row| Some((*row, removal.undeletable.get(&row.internal_name)?)))
        .collect();
    let (_, words) = stuck.first()?;
    let page = Link::setup(&case.state.organization.instance_url, "CallCenters");
    let mut steps = vec![Step::new("Open Setup > Call Centers: ").link(page)];
    for (row, _) in &stuck {
        let words = format!("Beside \"{}\" ({}), click Del.", row.name, row.internal_name);
        steps.push(Step::new(words));
    }
    Some(Human {
        why: format!("The org does not let an API delete a call center: {words}"),
        steps,
        sight: Sight::Undone,
        unseen: None,
        confirmed: None,
    })
}
