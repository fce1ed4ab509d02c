//! The calling user's softphone layout in a snapshot: no API tells anybody else's.

use super::value_of;
use crate::checklist::{Holdings, SnapshotCase};
use crate::model::{Look, Match, SoftphoneField, Value};

/// What the layout says for each kind of call.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let found = into.part(&case.state.softphone, Look::Softphone);
    let Some(Some(layout)) = found else { return };
    for (kind, call) in &layout.call_types {
        let mut value = |field: SoftphoneField, text: String| {
            let target = value_of(&layout.name, *kind, field);
            into.add(Some(case.recipe), &target, &Value::Text(text));
        };
        value(SoftphoneField::Objects, call.objects.join(", "));
        if let Some(opens_in) = call.opens_in {
            value(SoftphoneField::OpensIn, opens_in.label().to_owned());
        }
        for (outcome, pop) in Match::ALL.into_iter().zip(&call.pops) {
            value(SoftphoneField::Pop(outcome), pop.to_string());
        }
    }
}
