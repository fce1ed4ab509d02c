//! Call centers of other definitions go, where a person says so and nobody is left in them.
//!
//! This is between two items: the users leave first, by the same plan.

use super::call_center::{by_hand, delete, is_leaving, members, predecessors, unreadable};
use super::names::listed;
use super::{Case, Change, ItemId, PlannedItem, Selection, Verdict};
use crate::model::{CallCenterRow, Look, Target, User, Value, Way};

/// Has the connector's other call centers deleted after their users have moved. What keeps one is told.
///
/// A run that takes the package out to install another version deletes none: what it replaces is decided before its first step.
pub(super) fn delete_old(
    case: Case<'_>,
    replaces_package: bool,
    selection: &Selection,
    items: &mut [PlannedItem],
) {
    let is_settled =
        |planned: &&PlannedItem| planned.verdict.stops.is_empty() && !planned.verdict.is_held();
    let of = |item: ItemId| items.iter().find(|it| it.item == item).filter(is_settled);
    let (Some(center), Some(users)) = (of(ItemId::CALL_CENTER), of(ItemId::USERS)) else { return };
    if case.state.call_center.found().is_none() && center.verdict.changes.is_empty() {
        return;
    }
    let is_chosen = selection.has(ItemId::CALL_CENTER) && selection.has(ItemId::USERS);
    let mut told = Verdict::default();
    let mut going: Vec<&CallCenterRow> = Vec::new();
    for row in predecessors(case.desired, case.baseline, case.state) {
        let name = &row.internal_name;
        // What a configuration calls the connector's may be anybody's.
        if !is_leaving(case, row) {
            continue;
        }
        let (active, inactive): (Vec<&User>, Vec<&User>) = members(case.state, row)
            .filter(|user| !leaves(&users.verdict, user, row))
            .partition(|user| user.active && user.standard);
        let comes = users.verdict.changes.iter().any(|change| leads_to(change, row));
        if !is_chosen {
            told.warn(format!(
                "The call center \"{name}\" is not deleted: this needs the items call-center and users."
            ));
        } else if replaces_package {
            told.warn(format!(
                "The call center \"{name}\" is not deleted by a run that replaces the package: run it again \
                 afterwards."
            ));
        } else if comes {
            told.warn(format!(
                "The call center \"{name}\" is not deleted: users who are no longer chosen go back to it."
            ));
        } else if !active.is_empty() || !inactive.is_empty() {
            told.warn(stays(name, &active, &inactive));
        } else {
            going.push(row);
        }
    }
    let Some(center) = items.iter_mut().find(|it| it.item == ItemId::CALL_CENTER) else { return };
    let verdict = &mut center.verdict;
    verdict.notes.extend(told.notes);
    let removal = &case.state.removal;
    if going.iter().any(|row| !removal.asked.contains(&row.internal_name)) {
        verdict.ask(Look::LeavingCallCenters);
    }
    verdict.stops.extend(unreadable(case, &going));
    let changes = going.iter().map(|row| delete(case, row));
    verdict.changes.extend(changes.map(|change| Change { way: Way::Remove, ..change }));
    if verdict.human.is_none() {
        verdict.human = by_hand(case, &going);
    }
}

fn stays(name: &str, active: &[&User], inactive: &[&User]) -> String {
    let names = |users: &[&User]| {
        listed(&users.iter().map(|user| user.username.as_str()).collect::<Vec<_>>())
    };
    let mut sentences = vec![format!("The call center \"{name}\" is not deleted.")];
    if !active.is_empty() {
        let names = names(active);
        sentences.push(format!("The configuration does not move these users out of it: {names}."));
    }
    if !inactive.is_empty() {
        let names = names(inactive);
        sentences.push(format!(
            "These users are inactive or not standard users, and provision does not move them; remove \
            them in Setup > Call Centers > Manage Call Center Users: {names}."
        ));
    }
    sentences.join(" ")
}

/// Whether a plan takes a user out of a call center.
fn leaves(users: &Verdict, user: &User, row: &CallCenterRow) -> bool {
    users.changes.iter().any(|change| {
        let is_of = matches!(change.target(), Target::UserCallCenter(it) if it.id.as_ref() == Some(&user.id));
        is_of && !leads_to(change, row)
    })
}

/// Whether a change puts somebody into a call center.
fn leads_to(change: &Change, row: &CallCenterRow) -> bool {
    matches!(&change.operation.to, Some(Value::CallCenter(to)) if to.id.as_ref() == Some(&row.id))
}
