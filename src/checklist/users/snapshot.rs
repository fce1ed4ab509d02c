//! Who is in which call center, in a snapshot.

use super::plan::{current, membership};
use crate::checklist::call_center::is_in_snapshot;
use crate::checklist::{Holdings, SnapshotCase};
use crate::model::{Look, Value};

/// Everybody who is in a call center, another vendor's too: they may yet come to the connector.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let rows = into.part(&case.state.call_centers, Look::CallCenters);
    let users = into.part(&case.state.users, Look::Users);
    let (Some(rows), Some(users)) = (rows, users) else { return };
    for user in users {
        let Some(call_center) = current(case.state, user) else { continue };
        let mut known = rows.iter().filter(|row| is_in_snapshot(case, row));
        let is_connectors = known.any(|row| Some(&row.id) == call_center.id.as_ref());
        let recipe = is_connectors.then_some(case.recipe);
        into.add(recipe, &membership(user), &Value::CallCenter(call_center));
    }
}
