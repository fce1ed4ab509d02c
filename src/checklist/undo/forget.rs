//! What the baseline says once runs have been taken back.

use crate::checklist::Now;
use crate::model::{Baseline, BaselineEntry, Before, Undoing, Undone, Value};

/// The baseline without what the runs added to it, where the org is as it was before them: a value
/// that was nobody's then is forgotten, and one that an earlier run had set is that run's again.
pub fn forget_undone(
    baseline: &Baseline,
    undone: &Undone,
    run: &str,
    now: &dyn Fn(&BaselineEntry) -> Now,
) -> Baseline {
    let (past, settled) = (undone.past.by_target(), undone.settled.by_target());
    let keep = |entry: &BaselineEntry| -> Option<BaselineEntry> {
        let settled = settled.about_same(entry);
        let Some(taken) = past.about_same(entry).or(settled) else { return Some(entry.clone()) };
        let now = match now(taken) {
            Now::Held(now) => now,
            // Nothing is left that could be put back.
            Now::Gone => return None,
            Now::Unseen if goes_with_component(undone, entry) => return None,
            Now::Unseen if settled.is_some() && entry.target.is_part_of_component() => return None,
            Now::Unseen => return Some(entry.clone()),
        };
        let before = taken.before.value();
        if !entry.target.holds_same(before, now.as_ref()) {
            // Somebody has changed it since, or it was not brought back.
            return Some(entry.clone());
        }
        if is_first(entry, before) {
            return None;
        }
        let ours = before.cloned();
        Some(BaselineEntry { ours, run: run.to_owned(), giving_back: false, ..entry.clone() })
    };
    Baseline { entries: baseline.entries.iter().filter_map(keep).collect() }
}

/// Whether a value went with the component that it was a part of.
fn goes_with_component(undone: &Undone, entry: &BaselineEntry) -> bool {
    undone.undoing() == Undoing::TakesOut && entry.target.is_part_of_component()
}

/// Whether nothing of ours was there before the runs.
fn is_first(entry: &BaselineEntry, before: Option<&Value>) -> bool {
    match &entry.before {
        Before::Known(first) => entry.target.holds_same(first.as_ref(), before),
        Before::Unknown => false,
    }
}
