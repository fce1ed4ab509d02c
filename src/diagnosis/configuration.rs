//! Names in the configuration that the org lacks: profiles, users, permission sets.

use super::case::{hints, told};
use super::{Case, Check, Group};
use crate::checklist::{ItemId, StopKind};
use crate::model::Part;

const ABOUT: (Group, &str, &str) = (Group::People, "configured-names", "Configured names");

pub(super) fn check(case: &Case<'_>) -> Check {
    if case.desired.is_none() {
        return Check::ok(ABOUT, "No configuration names anybody.");
    }
    let parts = [Part::Profiles, Part::RecordTypes, Part::Users, Part::PermissionSets];
    if let Some(words) = case.refused(&parts) {
        return Check::unknown(ABOUT, words);
    }
    let stops: Vec<_> = [ItemId::USERS, ItemId::TASK_LAYOUT, ItemId::PERMISSION_SET]
        .into_iter()
        .flat_map(|item| case.stops_of(item, StopKind::Configuration))
        .collect();
    if stops.is_empty() {
        return Check::ok(ABOUT, "Every profile, user and permission set that is named is there.");
    }
    Check::problem(ABOUT, told(&stops)).fixes(hints(&stops)).blocking()
}
