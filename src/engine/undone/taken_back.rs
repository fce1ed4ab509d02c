//! Which runs were taken back already.

use std::collections::{BTreeMap, BTreeSet};

use super::UNDO;
use super::half::Half;
use crate::journal::{Entry, Record};

/// The runs of one half that later ones have taken back there, and that none has brought back since: to take
/// an undo back brings back what it took. What journals of older versions do not tell is found by comparing
/// values.
pub(super) fn find(half: &Half) -> BTreeSet<&String> {
    let mut gone: BTreeSet<&String> = BTreeSet::new();
    let mut taken_by: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    for undo in &half.runs {
        // An old journal that cannot be read is in nobody's way: whoever needs it says so.
        let journal = half.journal(undo).unwrap_or_default();
        let Some(first) = taken_from(&journal) else { continue };
        let mut taken = Vec::new();
        // Newest first, as they are taken back.
        for run in half.runs.iter().rev().filter(|run| **run >= first && *run < undo) {
            if gone.contains(run) {
                continue;
            }
            for brought in taken_by.get(run).into_iter().flatten() {
                gone.remove(brought);
            }
            taken.push(run);
            gone.insert(run);
        }
        taken_by.insert(undo, taken);
    }
    gone
}

/// The first run that an undo was taking back which did not come to its end.
pub(super) fn broken_off(undo: &[Record]) -> Option<String> {
    undoes(undo).filter(|_| !ended_well(undo))
}

/// The first run that an undo has taken back, where it came to its end.
fn taken_from(undo: &[Record]) -> Option<String> {
    undoes(undo).filter(|_| ended_well(undo))
}

fn undoes(records: &[Record]) -> Option<String> {
    match &records.first()?.entry {
        Entry::Started { command, undoes, .. } if command == UNDO => undoes.clone(),
        _ => None,
    }
}

fn ended_well(records: &[Record]) -> bool {
    match records.last().map(|record| &record.entry) {
        Some(Entry::Finished { outcome }) => ["done", "needs-human"].contains(&outcome.as_str()),
        _ => false,
    }
}
