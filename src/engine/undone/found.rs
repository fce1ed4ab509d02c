//! What runs have found before they changed it.

use crate::engine::written::WrittenChange;
use crate::journal::{Entry, Record};
use crate::model::{Target, TargetPlaces, TargetSet};

/// What a run found in places that it was about to change and did not, as its journal tells: each with the text
/// of the value as baselines hold it. Whatever is found where a change was made is of a later time.
pub(in crate::engine) fn found_by(records: &[Record]) -> FoundBy {
    let (mut found, mut made) = (Vec::new(), TargetSet::default());
    for (at, record) in records.iter().enumerate() {
        let (changes, end) = match &record.entry {
            Entry::Attempt { changes, wave, .. } => (changes, end_of(wave, &records[at..])),
            // One that was killed before it began a change has found it all the same, when it planned.
            Entry::Planned { changes } => (changes, None),
            _ => continue,
        };
        for row in WrittenChange::read(changes).unwrap_or_default() {
            let target = Target::read(&row.subject, &row.field, &row.ids);
            if end.as_ref().is_some_and(|end| end.made(&target)) {
                made.extend([target]);
            } else {
                let before = row.before.map(|text| recorded(&target, text));
                found.push((target, before));
            }
        }
    }
    found.retain(|(target, _)| !made.has(target));
    let places = TargetPlaces::of(found.iter().map(|(target, _)| target));
    FoundBy { rows: found, places }
}

/// What a run found, value by value.
#[derive(Debug)]
pub(in crate::engine) struct FoundBy {
    rows: Vec<(Target, Option<String>)>,
    places: TargetPlaces,
}

impl FoundBy {
    /// Whether it found this text in that place.
    pub(in crate::engine) fn has(&self, target: &Target, text: Option<&str>) -> bool {
        let mut near = self.places.near(target).into_iter().filter_map(|at| self.rows.get(at));
        near.any(|(known, found)| known.is_same_place(target) && found.as_deref() == text)
    }
}

/// The text of a value as baselines hold it. People read a package as its number and its id.
pub(super) fn recorded(target: &Target, text: String) -> String {
    let id = || text.rsplit_once('(')?.1.strip_suffix(')');
    match target {
        Target::Package(_) => id().map(str::to_owned).unwrap_or(text),
        _ => text,
    }
}

/// The good end of a step: what the org did not make of it.
pub(super) struct End {
    rejected: TargetSet,
}

impl End {
    /// Whether the org made a change of the step.
    pub(super) fn made(&self, target: &Target) -> bool {
        !self.rejected.has(target)
    }
}

/// The good end that a step came to after this.
pub(super) fn end_of(wave: &str, after: &[Record]) -> Option<End> {
    let mut ends = after.iter().filter_map(|record| match &record.entry {
        Entry::Done { wave: ended, rejected, .. } if ended == wave => Some(Some(rejected)),
        Entry::Failed { wave: ended, .. } if ended == wave => Some(None),
        _ => None,
    });
    let rejected = ends.next()??;
    let rows = rejected.iter().filter_map(|it| WrittenChange::read(&it.change).ok()).flatten();
    let mut end = End { rejected: TargetSet::default() };
    end.rejected.extend(rows.map(|row| Target::read(&row.subject, &row.field, &row.ids)));
    Some(end)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::journal::{Changes, Rejection};

    fn journal(entries: impl IntoIterator<Item = Entry>) -> Vec<Record> {
        let record = |entry| Record { at: Timestamp::UNIX_EPOCH, entry };
        entries.into_iter().map(record).collect()
    }

    #[test]
    fn what_was_found_counts_where_nothing_came_of_it() {
        let changes = Changes::of([json!({
            "item": "users",
            "action": "update",
            "subject": { "type": "User", "name": "ada@example.com" },
            "field": "CallCenterId",
            "before": "Acme",
            "after": "Webex",
        })]);
        let wave = || "records".to_owned();
        let planned = || Entry::Planned { changes: changes.clone() };
        let attempt =
            || Entry::Attempt { wave: wave(), request: String::new(), changes: changes.clone() };
        let failed = || Entry::Failed {
            wave: wave(),
            made: 0,
            message: String::new(),
            rejected: Vec::new(),
        };
        let done = |rejected| Entry::Done { wave: wave(), made: 1, rejected };
        let texts = |entries: Vec<Entry>| -> Vec<Option<String>> {
            found_by(&journal(entries)).rows.into_iter().map(|(_, text)| text).collect()
        };
        let acme = || Some("Acme".to_owned());
        assert_eq!(texts(vec![planned()]), [acme()], "killed before it began");
        assert_eq!(texts(vec![planned(), attempt(), failed()]), [acme(), acme()]);
        assert!(texts(vec![planned(), attempt(), done(Vec::new())]).is_empty());
        let rejected =
            vec![Rejection { change: changes.clone(), message: "Not today.".to_owned() }];
        assert_eq!(texts(vec![planned(), attempt(), done(rejected)]), [acme(), acme()]);
    }
}
