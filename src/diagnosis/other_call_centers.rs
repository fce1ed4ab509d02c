//! Call centers of other vendors: a user is in one call center at a time.

use super::case::{counted, hints, told};
use super::{Case, Check, Group};
use crate::checklist::{ItemId, StopKind};
use crate::inventory::Role;
use crate::model::Part;

const ABOUT: (Group, &str, &str) =
    (Group::People, "other-call-centers", "Other vendors' call centers");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Part::CallCenters, Part::Users]) {
        return Check::unknown(ABOUT, words);
    }
    let stops = case.stops_of(ItemId::USERS, StopKind::Refused);
    if !stops.is_empty() {
        return Check::problem(ABOUT, told(&stops)).fixes(hints(&stops)).blocking();
    }
    let others: Vec<String> = case
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
        return Check::ok(ABOUT, "There are none.");
    }
    Check::ok(ABOUT, format!("{}.", others.join(", ")))
}
