//! Call centers of other definitions go, where a person says so and nobody is left in them.
//!
//! This is between two items: the users leave first, by the same plan.

use super::call_center::{by_hand, delete, members, predecessors, unreadable};
use super::names::listed;
use super::{Case, Change, ItemId, PlannedItem};
use crate::model::{CallCenterRow, Look, Target, User, Way};

/// Has the connector's other call centers deleted after their users have moved. What keeps one is told.
pub(super) fn delete_old(case: Case<'_>, items: &mut [PlannedItem]) {
    let is_settled =
        |planned: &&PlannedItem| planned.verdict.stops.is_empty() && !planned.verdict.is_held();
    let of = |item: ItemId| items.iter().find(|it| it.item == item).filter(is_settled);
    let (Some(center), Some(users)) = (of(ItemId::CALL_CENTER), of(ItemId::USERS)) else { return };
    if case.state.call_center.found().is_none() && center.verdict.changes.is_empty() {
        return;
    }
    let leaves = |user: &User| users.verdict.changes.iter().any(|change| is_of(change, user));
    let (mut going, mut notes): (Vec<&CallCenterRow>, Vec<String>) = (Vec::new(), Vec::new());
    for row in predecessors(case.desired, case.baseline, case.state) {
        let staying: Vec<&str> = members(case.state, row)
            .filter(|user| !leaves(user))
            .map(|user| user.username.as_str())
            .collect();
        if staying.is_empty() {
            going.push(row);
        } else {
            notes.push(format!(
                "The call center \"{}\" is not deleted: the configuration moves none of these users \
                 out of it: {}.",
                row.internal_name,
                listed(&staying)
            ));
        }
    }
    let Some(center) = items.iter_mut().find(|it| it.item == ItemId::CALL_CENTER) else { return };
    let verdict = &mut center.verdict;
    for note in notes {
        verdict.warn(note);
    }
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

/// Whether a change moves that user.
fn is_of(change: &Change, user: &User) -> bool {
    matches!(change.target(), Target::UserCallCenter(it) if it.id.as_ref() == Some(&user.id))
}
