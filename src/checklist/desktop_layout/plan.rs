//! What the item wants.

use super::arrange::{WantedLayout, arrange};
use crate::checklist::{Change, ItemId, TenantCase, Verdict};
use crate::model::{DesktopLayoutValue, Target, TenantRecord, Value};

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(wish) = &case.wish.desktop_layout else { return verdict };
    let arrangement = arrange(case);
    verdict.changes =
        arrangement.layouts.into_iter().filter_map(|layout| change(layout, &wish.file)).collect();
    for text in arrangement.notes {
        verdict.note(text);
    }
    if verdict.changes.iter().any(|change| change.operation.from.is_some()) {
        verdict.note("Agents see a changed layout once they reload the Agent Desktop.");
    }
    verdict.stops = arrangement.stops;
    verdict.unseen = arrangement.unseen;
    verdict
}

fn change(wanted: WantedLayout, file: &str) -> Option<Change> {
    let to = DesktopLayoutValue::of(file, wanted.content);
    let from = wanted.now.map(|content| DesktopLayoutValue::of(file, content));
    if from.as_ref().is_some_and(|from| from.means_the_same(&to)) {
        return None;
    }
    let target =
        Target::Tenant { kind: TenantRecord::DesktopLayout, record: wanted.layout, field: None };
    let value = Value::DesktopLayout;
    Some(Change::new(ItemId::DESKTOP_LAYOUT, target, from.map(value), Some(value(to))))
}
