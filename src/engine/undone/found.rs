//! What runs have found before they changed it.

use std::collections::HashMap;

use crate::engine::written::WrittenChange;
use crate::journal::{Entry, Record, Rejection};
use crate::model::{Target, TargetPlaces, TargetSet};

/// What a run found in places that it was about to change and did not, as its journal tells: each with the text
/// of the value as baselines hold it. Whatever is found where a change was made is of a later time.
pub(in crate::engine) fn found_by(records: &[Record]) -> FoundBy {
    let (mut found, mut made) = (Vec::new(), TargetSet::default());
    let ends = Ends::of(records);
    for (at, record) in records.iter().enumerate() {
        let (changes, end) = match &record.entry {
            Entry::Attempt { changes, .. } => (changes, ends.after(at)),
            // One that was killed before it began a change has found it all the same, when it planned.
            Entry::Planned { changes } => (changes, None),
            _ => continue,
        };
        for row in WrittenChange::read(changes).unwrap_or_default() {
            let target = Target::read(&row.subject, &row.field, &row.ids);
            if end.is_some_and(|end| end.made(&target)) {
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
    fn without(rejected: &[Rejection]) -> Self {
        let rows = rejected.iter().filter_map(|it| WrittenChange::read(&it.change).ok()).flatten();
        let mut end = Self { rejected: TargetSet::default() };
        end.rejected.extend(rows.map(|row| Target::read(&row.subject, &row.field, &row.ids)));
        end
    }

    /// Whether the org made a change of the step.
    pub(super) fn made(&self, target: &Target) -> bool {
        !self.rejected.has(target)
    }
}

/// The ends that the attempts of a run came to.
pub(super) struct Ends {
    /// All of them, from the last to the first; none is a bad one.
    all: Vec<Option<End>>,
    /// Which of these came next after an attempt of the same step, by the attempt's place in the journal.
    next: HashMap<usize, usize>,
}

impl Ends {
    pub(super) fn of(records: &[Record]) -> Self {
        let mut ends = Self { all: Vec::new(), next: HashMap::new() };
        let mut latest: HashMap<&str, usize> = HashMap::new();
        for (at, record) in records.iter().enumerate().rev() {
            let (wave, end) = match &record.entry {
                Entry::Attempt { wave, .. } => {
                    ends.next.extend(latest.get(wave.as_str()).map(|end| (at, *end)));
                    continue;
                }
                Entry::Done { wave, rejected, .. } => (wave, Some(End::without(rejected))),
                Entry::Failed { wave, .. } => (wave, None),
                _ => continue,
            };
            latest.insert(wave, ends.all.len());
            ends.all.push(end);
        }
        ends
    }

    /// The good end that the attempt in that place of the journal came to.
    pub(super) fn after(&self, attempt: usize) -> Option<&End> {
        self.all.get(*self.next.get(&attempt)?)?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::journal::Changes;

    fn journal(entries: impl IntoIterator<Item = Entry>) -> Vec<Record> {
        let record = |entry| Record { at: Timestamp::UNIX_EPOCH, entry };
        entries.into_iter().map(record).collect()
    }

    /// A user who changes to the connector's call center.
    fn moved() -> Changes {
        Changes::of([json!({
            "item": "users",
            "action": "update",
            "subject": { "type": "User", "name": "ada@example.com" },
            "field": "CallCenterId",
            "before": "Acme",
            "after": "Webex",
        })])
    }

    #[test]
    fn what_was_found_counts_where_nothing_came_of_it() {
        let changes = moved();
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

    #[test]
    fn each_attempt_has_the_next_end_of_its_own_step() {
        let attempt = |wave: &str| Entry::Attempt {
            wave: wave.to_owned(),
            request: String::new(),
            changes: Changes::of::<()>([]),
        };
        let done =
            |wave: &str| Entry::Done { wave: wave.to_owned(), made: 1, rejected: Vec::new() };
        let failed = |wave: &str| Entry::Failed {
            wave: wave.to_owned(),
            made: 0,
            message: String::new(),
            rejected: Vec::new(),
        };
        let records = journal([
            attempt("deploy"),
            attempt("records"),
            failed("deploy"),
            attempt("deploy"),
            done("records"),
            done("deploy"),
            attempt("records"),
        ]);
        let ends = Ends::of(&records);
        let good: Vec<usize> = (0..records.len()).filter(|at| ends.after(*at).is_some()).collect();
        assert_eq!(good, [1, 3]);
    }

    /// A journal of a great org has an attempt for each 200 users, and each is one of very many.
    #[test]
    fn ends_of_a_long_journal_are_read_once() {
        let attempt = || Entry::Attempt {
            wave: "records".to_owned(),
            request: String::new(),
            changes: Changes::of::<()>([]),
        };
        let rejected = vec![Rejection { change: moved(), message: String::new() }; 2_000];
        let end = Entry::Done { wave: "records".to_owned(), made: 1, rejected };
        let records = journal(std::iter::repeat_with(attempt).take(20_000).chain([end]));
        let ends = Ends::of(&records);
        assert_eq!((ends.all.len(), ends.next.len()), (1, 20_000));
    }
}
