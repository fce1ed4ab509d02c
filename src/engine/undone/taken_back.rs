//! Which runs were taken back already.

use std::collections::{BTreeMap, BTreeSet};

use super::UNDO;
use super::half::Half;
use crate::journal::{Entry, Record};

/// The runs that later ones have taken back, and that none has brought back since: to take an undo back
/// brings back what it took. What journals of older versions do not tell is found by comparing values.
pub(super) fn find<'a>(runs: &BTreeSet<&'a String>, halves: [&Half; 2]) -> BTreeSet<&'a String> {
    let mut gone: BTreeSet<&String> = BTreeSet::new();
    let mut taken_by: BTreeMap<&String, Vec<&'a String>> = BTreeMap::new();
    for undo in runs {
        let Some(first) = first_of(undo, halves) else { continue };
        let mut taken = Vec::new();
        // Newest first, as they are taken back.
        for run in runs.iter().rev().filter(|run| ***run >= first && run < &undo) {
            if gone.contains(run) {
                continue;
            }
            for brought in taken_by.get(run).into_iter().flatten() {
                gone.remove(brought);
            }
            taken.push(*run);
            gone.insert(run);
        }
        taken_by.insert(undo, taken);
    }
    gone
}

/// The first run that an undo has taken back, where it came to its end.
///
/// An old journal that cannot be read is in nobody's way: whoever needs it says so.
fn first_of(run: &str, halves: [&Half; 2]) -> Option<String> {
    halves.iter().find_map(|half| taken_from(&half.journal(run).ok()?))
}

fn taken_from(records: &[Record]) -> Option<String> {
    let is_through = |entry: &Entry| matches!(entry, Entry::Finished { outcome } if ["done", "needs-human"].contains(&outcome.as_str()));
    match (&records.first()?.entry, &records.last()?.entry) {
        (Entry::Started { command, undoes, .. }, last) if command == UNDO && is_through(last) => {
            undoes.clone()
        }
        _ => None,
    }
}
