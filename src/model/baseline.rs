//! What an org held before `provision` first changed it, value by value.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Subject, SubjectKind};

/// The recorded past of one org.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// One entry a value, in the order in which they were first changed.
    pub entries: Vec<BaselineEntry>,
}

/// The past of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineEntry {
    /// Id of the checklist item that changed it.
    pub item: String,
    /// What it belongs to.
    pub subject: Subject,
    /// Which value of it.
    pub field: String,
    /// What was there before the first change.
    pub before: Before,
    /// What `provision` last set; `None`: nothing was to be there.
    pub ours: Option<String>,
    /// The run that last set it.
    pub run: String,
}

/// What was there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Before {
    /// This; `None`: nothing.
    Known(Option<String>),
    /// The value already was the connector's when it was first seen.
    Unknown,
}

impl BaselineEntry {
    /// When the run that last set the value began: ids of runs are made of time.
    pub fn at(&self) -> Option<Timestamp> {
        let (seconds, nanoseconds) = Uuid::parse_str(&self.run).ok()?.get_timestamp()?.to_unix();
        Timestamp::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?).ok()
    }
}

impl Baseline {
    /// How many values were the connector's already when they were first seen.
    pub fn unknown(&self) -> usize {
        self.entries.iter().filter(|entry| entry.before == Before::Unknown).count()
    }

    /// The entry of a value.
    pub fn entry(&self, subject: &Subject, field: &str) -> Option<&BaselineEntry> {
        self.entries.iter().find(|entry| &entry.subject == subject && entry.field == field)
    }

    /// The entries of a checklist item.
    pub fn of_item<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a BaselineEntry> {
        self.entries.iter().filter(move |entry| entry.item == item)
    }

    /// The part of it that is about subjects of one kind.
    #[must_use]
    pub fn of_kind(&self, kind: SubjectKind) -> Self {
        let of_kind = |entry: &&BaselineEntry| entry.subject.kind == kind;
        Self { entries: self.entries.iter().filter(of_kind).cloned().collect() }
    }

    /// Records that what an entry says is about to be set.
    ///
    /// The first `before` of a value stays as long as the value is ours: what a later run finds
    /// there is our own work. Where the org holds something that we neither set nor found there,
    /// somebody else's work is about to be replaced, and that is the `before` from now on.
    pub fn record(&mut self, entry: BaselineEntry) {
        let place = self
            .entries
            .iter_mut()
            .find(|known| known.subject == entry.subject && known.field == entry.field);
        let Some(known) = place else {
            self.entries.push(entry);
            return;
        };
        let theirs = match &entry.before {
            Before::Unknown => false,
            now @ Before::Known(value) => value != &known.ours && now != &known.before,
        };
        if theirs {
            known.before = entry.before;
        }
        known.item = entry.item;
        known.ours = entry.ours;
        known.run = entry.run;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(before: Option<&str>, ours: &str, run: &str) -> BaselineEntry {
        BaselineEntry {
            item: "users".to_owned(),
            subject: Subject::new(SubjectKind::User, "ada@example.com"),
            field: "CallCenterId".to_owned(),
            before: Before::Known(before.map(str::to_owned)),
            ours: Some(ours.to_owned()),
            run: run.to_owned(),
        }
    }

    #[test]
    fn the_first_before_of_a_value_stays() {
        let mut baseline = Baseline::default();
        baseline.record(entry(Some("Acme"), "V1", "1"));
        baseline.record(entry(Some("V1"), "V2", "2"));
        let [only] = baseline.entries.as_slice() else { panic!("one value, one entry") };
        assert_eq!(only.before, Before::Known(Some("Acme".to_owned())));
        assert_eq!((only.ours.as_deref(), only.run.as_str()), (Some("V2"), "2"));
    }

    #[test]
    fn the_id_of_a_run_tells_when_it_began() {
        let at = entry(None, "V1", "0193a5f7c0de7000800000000000aaaa").at();
        assert_eq!(at.unwrap().to_string(), "2024-12-08T11:11:37.694Z");
        assert_eq!(entry(None, "V1", "1").at(), None);
    }

    #[test]
    fn what_somebody_else_has_set_since_is_the_new_before() {
        let mut baseline = Baseline::default();
        baseline.record(entry(None, "V1", "1"));
        baseline.record(entry(Some("Bright"), "V1", "2"));
        assert_eq!(baseline.entries[0].before, Before::Known(Some("Bright".to_owned())));
        baseline.record(entry(Some("V1"), "V2", "3"));
        assert_eq!(baseline.entries[0].before, Before::Known(Some("Bright".to_owned())));
    }
}
