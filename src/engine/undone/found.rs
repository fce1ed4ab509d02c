//! What runs have found before they changed it.

use crate::engine::written::WrittenChange;
use crate::journal::{Entry, Record};
use crate::model::Target;

/// What a run found in the places that it was about to change, as its journal tells: each with the text of the
/// value as baselines hold it.
pub(in crate::engine) fn found_by(records: &[Record]) -> Vec<(Target, Option<String>)> {
    let rows = records.iter().filter_map(|record| match &record.entry {
        // One that was killed before it began a change has found it all the same, when it planned.
        Entry::Attempt { changes, .. } | Entry::Planned { changes } => {
            WrittenChange::read(changes).ok()
        }
        _ => None,
    });
    rows.flatten()
        .map(|row| {
            let target = Target::read(&row.subject, &row.field, &row.ids);
            let before = row.before.map(|text| recorded(&target, text));
            (target, before)
        })
        .collect()
}

/// The text of a value as baselines hold it. People read a package as its number and its id.
pub(super) fn recorded(target: &Target, text: String) -> String {
    let id = || text.rsplit_once('(')?.1.strip_suffix(')');
    match target {
        Target::Package(_) => id().map(str::to_owned).unwrap_or(text),
        _ => text,
    }
}
