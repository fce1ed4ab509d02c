//! The connector's call centers in a snapshot.

use super::{is_clone, is_connectors};
use crate::checklist::{Holdings, SnapshotCase};
use crate::definitions::templates;
use crate::model::{CallCenterRow, DefinitionValue, Look, Ref, Target, Value};

/// Which call centers there are. What they consist of is told value by value, beside this.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let Some(rows) = into.part(&case.state.call_centers, Look::CallCenters) else { return };
    for row in rows.iter().filter(|row| is_of(case, row)) {
        let target = Target::CallCenter(Ref::seen(&row.internal_name, &row.id));
        let mut known = templates().iter();
        let made_from = known.find(|it| it.call_center.internal_name == row.internal_name);
        let summary = made_from.map_or("of its own", |template| template.name.as_str()).to_owned();
        let value = Value::Definition(DefinitionValue { summary, content: None });
        into.add(Some(case.recipe), &target, &value);
    }
}

/// Whether a call center is one of this generation of the connector, under a name of Cisco's or not.
pub(in crate::checklist) fn is_of(case: &SnapshotCase<'_>, row: &CallCenterRow) -> bool {
    is_connectors(case.recipe, &row.internal_name) || is_clone(case.recipe, row)
}
