//! What the item wants.

use super::arrange::{WantedLayout, arrange};
use crate::checklist::{Change, ItemId, TenantCase, Verdict};
use crate::definitions::desktop_layout::Document;
use crate::model::{DesktopLayoutValue, Target, TenantRecord, Value};

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(wish) = &case.wish.desktop_layout else { return verdict };
    let arrangement = arrange(case);
    for layout in &arrangement.layouts {
        if let Some(change) = change(layout, &wish.file) {
            verdict.changes.push(change);
        }
    }
    for text in arrangement.notes {
        verdict.note(text);
    }
    if verdict.changes.iter().any(|change| change.operation.from.is_some()) {
        verdict.note("Agents see a changed layout once they reload the Agent Desktop.");
    }
    verdict.stops = arrangement.stops;
    verdict
}

fn change(wanted: &WantedLayout, file: &str) -> Option<Change> {
    let now = wanted.now.as_deref().map(|text| (text, Document::read(text).ok()));
    let is_there =
        Document::read(&wanted.content).ok().zip(now.as_ref().and_then(|it| it.1.as_ref()));
    if is_there.is_some_and(|(wanted, now)| wanted.fingerprint() == now.fingerprint()) {
        return None;
    }
    let target = Target::Tenant {
        kind: TenantRecord::DesktopLayout,
        record: wanted.layout.clone(),
        field: None,
    };
    let value =
        |content: &str| Value::DesktopLayout(DesktopLayoutValue::of(file, content.to_owned()));
    let from = now.map(|(text, _)| value(text));
    Some(Change::new(ItemId::DESKTOP_LAYOUT, target, from, Some(value(&wanted.content))))
}
