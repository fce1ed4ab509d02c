//! Names in the configuration that the org lacks: profiles, users, permission sets.

use crate::checklist::{Check, Checkup, Group, ITEMS, StopKind, Topic};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::People, 10, "configured-names", "Configured names");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if checkup.desired.is_none() {
        return Check::ok(TOPIC, "There is no configuration.");
    }
    let parts = [Look::Profiles, Look::RecordTypes, Look::Users, Look::PermissionSets];
    if let Some(words) = checkup.refused(&parts) {
        return Check::hidden(TOPIC, words);
    }
    let stops: Vec<_> = ITEMS
        .iter()
        .filter(|item| item.names_people())
        .flat_map(|item| checkup.stops_of(item.about().id, StopKind::Configuration))
        .collect();
    if stops.is_empty() {
        return Check::ok(TOPIC, "Every configured profile, user and permission set exists.");
    }
    Check::stopped(TOPIC, &stops)
}
