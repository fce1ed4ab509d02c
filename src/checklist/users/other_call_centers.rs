//! Call centers of other vendors: a user is in one call center at a time.

use crate::checklist::call_center::Role;
use crate::checklist::names::counted;
use crate::checklist::{Check, Checkup, Group, ItemId, StopKind, Topic};
use crate::model::Look;

const TOPIC: Topic<'static> =
    Topic::new(Group::People, 20, "other-call-centers", "Other vendors' call centers");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::CallCenters, Look::Users]) {
        return Check::hidden(TOPIC, words);
    }
    let stops = checkup.stops_of(ItemId::USERS, StopKind::Refused);
    if !stops.is_empty() {
        return Check::stopped(TOPIC, &stops);
    }
    let others: Vec<String> = checkup
        .inventory
        .call_centers
        .iter()
        .filter(|center| center.role == Role::Other)
        .map(|center| {
            let users = counted(center.active_users, "active user", "active users");
            format!("{} with {users}", center.internal_name)
        })
        .collect();
    if others.is_empty() {
        return Check::ok(TOPIC, "There are none.");
    }
    Check::ok(TOPIC, format!("{}.", others.join(", ")))
}
