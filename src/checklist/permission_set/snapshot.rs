//! Who has the connector's permission sets, in a snapshot.

use crate::checklist::{Holdings, SnapshotCase};
use crate::model::{Look, Ref, Target, Value};

/// Everybody who has one of the sets of which that is known.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let state = case.state;
    let sets = into.part(&state.permission_sets, Look::PermissionSets);
    let given = into.part(&state.permission_set_assignments, Look::PermissionSets);
    let (Some(sets), Some(given)) = (sets, given) else { return };
    for set in sets {
        let name = set.qualified();
        if !case.permission_sets.contains(&name) {
            continue;
        }
        for given in given.iter().filter(|given| given.permission_set == set.id) {
            let target = Target::PermissionSetAssignment {
                user: Ref::seen(&given.username, &given.user),
                set: Ref::seen(&name, &set.id),
            };
            into.add(Some(case.recipe), &target, &Value::Given);
        }
    }
}
