//! What an org held before `provision` first changed it, value by value.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BaselineRow, ByTarget, Shared, Target, Value};

mod layout_ids;
mod recorder;

pub use self::recorder::Recorder;

/// The recorded past of one org.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// One entry a value, in the order in which they were first changed; of a large org tens of thousands.
    pub entries: Shared<Vec<BaselineEntry>>,
}

/// The past of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BaselineRow", into = "BaselineRow")]
pub struct BaselineEntry {
    /// Id of the checklist item that changed it.
    pub item: String,
    /// What it is about.
    pub target: Target,
    /// What was there before the first change.
    pub before: Before,
    /// What `provision` last set; `None`: nothing was to be there.
    pub ours: Option<Value>,
    /// The run that last set it.
    pub run: String,
    /// The recipe that the connector is made by whose value it is. Absent in files of versions that
    /// knew only [`FIRST_RECIPE`].
    pub recipe: Option<String>,
    /// Whether a run is about to put back what was there before, and nobody has seen it there yet. Until
    /// then the value is ours: a run that is broken off leaves it to the next one.
    pub giving_back: bool,
}

/// The only recipe there was before baselines named them.
pub const FIRST_RECIPE: &str = "webex-v1";

/// What was there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Before<T = Value> {
    /// This; `None`: nothing.
    Known(Option<T>),
    /// The value already was the connector's when it was first seen.
    Unknown,
}

impl<T> Before<T> {
    /// The value that was there, where that is known.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Known(value) => value.as_ref(),
            Self::Unknown => None,
        }
    }

    /// The same, said in another way.
    pub fn map<U>(&self, with: impl FnOnce(&T) -> U) -> Before<U> {
        match self {
            Self::Known(value) => Before::Known(value.as_ref().map(with)),
            Self::Unknown => Before::Unknown,
        }
    }
}

impl BaselineEntry {
    /// When the run that last set the value began: ids of runs are made of time.
    pub fn at(&self) -> Option<Timestamp> {
        at(&self.run)
    }

    /// The recipe whose value it is.
    pub fn recipe(&self) -> &str {
        self.recipe.as_deref().unwrap_or(FIRST_RECIPE)
    }

    /// Whether both are about the same value of the same generation of the connector.
    pub fn is_about_same(&self, other: &Self) -> bool {
        self.recipe() == other.recipe() && self.target.is_same_place(&other.target)
    }

    /// Whether a newer entry is about setting again what was there before this value of ours.
    fn is_given_back_by(&self, newer: &Self) -> bool {
        let is_ours = match &newer.before {
            Before::Known(found) => self.target.holds_same(self.ours.as_ref(), found.as_ref()),
            // It is one of the connector's.
            Before::Unknown => true,
        };
        is_ours && !self.is_given_back() && self.is_before(newer.ours.as_ref())
    }

    /// Whether we last set what was there before.
    pub fn is_given_back(&self) -> bool {
        self.is_before(self.ours.as_ref())
    }

    /// Whether this was there before.
    fn is_before(&self, value: Option<&Value>) -> bool {
        match &self.before {
            Before::Known(before) => self.target.holds_same(before.as_ref(), value),
            Before::Unknown => false,
        }
    }

    /// Whether a newer entry finds what we neither set nor found there before.
    fn is_replaced_by_others(&self, newer: &Self) -> bool {
        let Before::Known(now) = &newer.before else { return false };
        let is_now = |value: Option<&Value>| newer.target.holds_same(now.as_ref(), value);
        !is_now(self.ours.as_ref()) && !self.is_before(now.as_ref())
    }
}

/// When the run of that id began.
pub(super) fn at(run: &str) -> Option<Timestamp> {
    let (seconds, nanoseconds) = Uuid::parse_str(run).ok()?.get_timestamp()?.to_unix();
    Timestamp::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?).ok()
}

/// The entries of a baseline, each found at once.
#[derive(Debug)]
pub struct EntriesByTarget<'a>(ByTarget<'a, BaselineEntry>);

impl<'a> EntriesByTarget<'a> {
    /// These entries, of whichever baseline.
    pub fn new(entries: &'a [BaselineEntry]) -> Self {
        Self(ByTarget::new(entries, |entry| &entry.target))
    }

    /// The entry of a value, as [`Baseline::entry`] finds it.
    pub fn entry(&self, target: &Target) -> Option<&'a BaselineEntry> {
        best(self.0.same(target))
    }

    /// The first entry about the same value of the same generation.
    pub fn about_same(&self, entry: &BaselineEntry) -> Option<&'a BaselineEntry> {
        self.0.same(&entry.target).find(|known| known.is_about_same(entry))
    }

    /// The last one of which that is true.
    pub fn last_about_same(
        &self,
        entry: &BaselineEntry,
        is_it: impl Fn(&BaselineEntry) -> bool,
    ) -> Option<&'a BaselineEntry> {
        self.0.same(&entry.target).rev().find(|known| known.is_about_same(entry) && is_it(known))
    }
}

/// Of entries about one value: one that was written down by its id knows better than one that only has the
/// same name.
fn best<'a>(mut entries: impl Iterator<Item = &'a BaselineEntry>) -> Option<&'a BaselineEntry> {
    let first = entries.next()?;
    let by_id = |entry: &&BaselineEntry| entry.target.ids().subject.is_some();
    Some(std::iter::once(first).chain(entries).find(by_id).unwrap_or(first))
}

impl Baseline {
    /// How many values were the connector's already when they were first seen.
    pub fn unknown(&self) -> usize {
        self.entries.iter().filter(|entry| entry.before == Before::Unknown).count()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of a value.
    pub fn entry(&self, target: &Target) -> Option<&BaselineEntry> {
        best(self.entries.iter().filter(|entry| entry.target.is_same_place(target)))
    }

    /// Its entries, to be asked for many values.
    pub fn by_target(&self) -> EntriesByTarget<'_> {
        EntriesByTarget::new(&self.entries)
    }

    /// What it says of one generation of the connector.
    #[must_use]
    pub fn of_recipe(&self, recipe: &str) -> Self {
        self.filtered(|entry| entry.recipe() == recipe)
    }

    /// The entries of a checklist item.
    pub fn of_item<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a BaselineEntry> {
        self.entries.iter().filter(move |entry| entry.item == item)
    }

    /// The part of it that these entries are.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&BaselineEntry) -> bool) -> Self {
        if self.entries.iter().all(&keep) {
            return self.clone();
        }
        Self { entries: self.entries.iter().filter(|entry| keep(entry)).cloned().collect() }
    }

    /// Takes down what was given back, where our value is there no more; `None`: unseen. Whether there
    /// was any.
    pub fn settle_given_back(
        &mut self,
        run: &str,
        is_ours: impl Fn(&BaselineEntry) -> Option<bool>,
    ) -> bool {
        // Whoever shares the entries keeps them as they are: to go through them for changes copies all.
        if !self.entries.iter().any(|entry| entry.giving_back) {
            return false;
        }
        let mut settled = false;
        for entry in self.entries.iter_mut().filter(|entry| entry.giving_back) {
            if is_ours(entry) == Some(false) {
                entry.ours = entry.before.value().cloned();
                run.clone_into(&mut entry.run);
                entry.giving_back = false;
                settled = true;
            }
        }
        settled
    }

    /// The entries as they are written down.
    pub fn rows(&self) -> Vec<BaselineRow> {
        self.entries.iter().cloned().map(BaselineRow::from).collect()
    }

    /// Whoever records many entries one after another.
    pub fn recorder(&mut self) -> Recorder<'_> {
        Recorder::of(self)
    }

    /// Records that what an entry says is about to be set.
    ///
    /// The first `before` of a value stays as long as the value is ours: what a later run finds
    /// there is our own work. Where the org holds something that we neither set nor found there,
    /// somebody else's work is about to be replaced, and that is the `before` from now on.
    pub fn record(&mut self, entry: BaselineEntry) {
        self.recorder().record(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ref;

    fn call_center(name: &str) -> Value {
        Value::CallCenter(Ref::named(name))
    }

    fn entry(before: Option<&str>, ours: &str, run: &str) -> BaselineEntry {
        BaselineEntry {
            item: "users".to_owned(),
            target: Target::UserCallCenter(Ref::named("ada@example.com")),
            before: Before::Known(before.map(call_center)),
            ours: Some(call_center(ours)),
            run: run.to_owned(),
            recipe: None,
            giving_back: false,
        }
    }

    #[test]
    fn the_first_before_of_a_value_stays() {
        let mut baseline = Baseline::default();
        baseline.record(entry(Some("Acme"), "V1", "1"));
        baseline.record(entry(Some("V1"), "V2", "2"));
        let [only] = baseline.entries.as_slice() else { panic!("one value, one entry") };
        assert_eq!(only.before, Before::Known(Some(call_center("Acme"))));
        assert_eq!((only.ours.clone(), only.run.as_str()), (Some(call_center("V2")), "2"));
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
        assert_eq!(baseline.entries[0].before, Before::Known(Some(call_center("Bright"))));
        baseline.record(entry(Some("V1"), "V2", "3"));
        assert_eq!(baseline.entries[0].before, Before::Known(Some(call_center("Bright"))));
    }
}
