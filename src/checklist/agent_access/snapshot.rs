//! The permission set of ours for agents, in a snapshot; who has it, `permission-set` tells.

use super::set;
use crate::checklist::{Holdings, SnapshotCase};
use crate::model::{Look, PermissionSetValue, Target, Value};

/// That it is there, by its label. What it gives access to is made from the settings, and not told.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let recipe = &case.recipe.agent_access;
    let Some(sets) = into.part(&case.state.permission_sets, Look::PermissionSets) else { return };
    let found = sets.iter().find(|found| found.qualified() == recipe.permission_set);
    let (Some(found), Some(set)) = (found, set::seen(sets, recipe)) else { return };
    let label = PermissionSetValue {
        label: found.label.clone(),
        description: String::new(),
        grants: Vec::new(),
    };
    into.add(Some(case.recipe), &Target::PermissionSet(set), &Value::PermissionSet(label));
}
