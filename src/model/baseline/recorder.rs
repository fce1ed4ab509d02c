//! Writing many entries into a baseline: users and page layout assignments come in tens of thousands, and
//! each is to be found among all others.

use super::{Baseline, BaselineEntry};
use crate::model::TargetPlaces;

/// A baseline, and where in it the entries of each record are.
#[derive(Debug)]
pub struct Recorder<'a> {
    baseline: &'a mut Baseline,
    places: TargetPlaces,
}

impl<'a> Recorder<'a> {
    pub(super) fn of(baseline: &'a mut Baseline) -> Self {
        let places = TargetPlaces::of(baseline.entries.iter().map(|entry| &entry.target));
        Self { baseline, places }
    }

    /// Whether there is an entry about the same value.
    pub fn holds(&self, entry: &BaselineEntry) -> bool {
        self.find(entry).is_some()
    }

    /// The entry about the same value.
    pub fn known(&self, entry: &BaselineEntry) -> Option<&BaselineEntry> {
        self.baseline.entries.get(self.find(entry)?)
    }

    /// The same, to change what was there before; what it is about stays.
    pub fn known_mut(&mut self, entry: &BaselineEntry) -> Option<&mut BaselineEntry> {
        let at = self.find(entry)?;
        self.baseline.entries.get_mut(at)
    }

    /// Takes entries out.
    pub fn take_out(&mut self, is_one: impl Fn(&BaselineEntry) -> bool) -> Vec<BaselineEntry> {
        let taken: Vec<BaselineEntry> =
            self.baseline.entries.extract_if(.., |entry| is_one(entry)).collect();
        if !taken.is_empty() {
            self.places = TargetPlaces::of(self.baseline.entries.iter().map(|it| &it.target));
        }
        taken
    }

    /// Records that what an entry says is about to be set: see [`Baseline::record`].
    pub fn record(&mut self, entry: BaselineEntry) {
        match self.known(&entry) {
            Some(known) if known.is_replaced_by_others(&entry) => self.put(entry),
            _ => self.record_again(entry),
        }
    }

    /// The same where an earlier run has found the very same value and its change never came about: whose
    /// value it is was decided then.
    pub fn record_again(&mut self, entry: BaselineEntry) {
        let known = self.known(&entry);
        let before = known.map_or_else(|| entry.before.clone(), |known| known.before.clone());
        self.put(BaselineEntry { before, ..entry });
    }

    /// Marks the value that a new entry is about as being given back, where it puts back what was there
    /// before ours; whether it does.
    pub fn mark_given_back(&mut self, entry: &BaselineEntry) -> bool {
        let known = self.known_mut(entry);
        let Some(known) = known.filter(|known| known.is_given_back_by(entry)) else { return false };
        known.giving_back = true;
        true
    }

    /// What is recorded of a value of which a newer entry finds somebody else's work in its place.
    pub fn replaced_by_others(&self, entry: &BaselineEntry) -> Option<&BaselineEntry> {
        let known = self.known(entry)?;
        known.is_replaced_by_others(entry).then_some(known)
    }

    /// Puts an entry in the place of the one about the same, or behind all.
    fn put(&mut self, entry: BaselineEntry) {
        let at = self.find(&entry).unwrap_or(self.baseline.entries.len());
        match self.baseline.entries.get_mut(at) {
            Some(known) => *known = entry,
            None => self.baseline.entries.push(entry),
        }
        self.index(at);
    }

    /// The first entry about the same value.
    fn find(&self, entry: &BaselineEntry) -> Option<usize> {
        let is_it = |at: &usize| {
            self.baseline.entries.get(*at).is_some_and(|known| known.is_about_same(entry))
        };
        self.places.near(&entry.target).into_iter().find(is_it)
    }

    fn index(&mut self, at: usize) {
        if let Some(entry) = self.baseline.entries.get(at) {
            self.places.add(at, &entry.target);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Before, Ref, Target, UserId, Value};

    fn entry(user: Ref<UserId>, before: &str) -> BaselineEntry {
        BaselineEntry {
            item: "users".to_owned(),
            target: Target::UserCallCenter(user),
            before: Before::Known(Some(Value::CallCenter(Ref::named(before)))),
            ours: Some(Value::CallCenter(Ref::named("Webex"))),
            run: "1".to_owned(),
            recipe: None,
            giving_back: false,
        }
    }

    fn id(number: usize) -> UserId {
        serde_json::from_value(format!("005{number:012}AAA").into()).unwrap()
    }

    #[test]
    fn among_thousands_a_record_is_found_by_its_id_and_by_its_name() {
        let mut baseline = Baseline::default();
        let mut recorder = baseline.recorder();
        for number in 0..20_000 {
            let user = Ref::seen(format!("user{number}@x.example"), &id(number));
            recorder.record(entry(user, "Bright"));
        }
        // Renamed since, and known by name alone: what is set once more stays with its first `before`.
        recorder.record(entry(Ref::seen("renamed@x.example", &id(7)), "Webex"));
        recorder.record(entry(Ref::named("user8@x.example"), "Webex"));
        // A namesake with another id is somebody else.
        recorder.record(entry(Ref::seen("user9@x.example", &id(30_000)), "Bright"));
        // Whom somebody else has moved since has another `before` from now on.
        recorder.record(entry(Ref::seen("user10@x.example", &id(10)), "Other"));
        assert_eq!(baseline.entries.len(), 20_001);
        let before = |at: usize| baseline.entries[at].before.clone();
        let known = |name: &str| Before::Known(Some(Value::CallCenter(Ref::named(name))));
        assert_eq!([before(7), before(8)], [known("Bright"), known("Bright")]);
        assert_eq!(before(10), known("Other"));
        assert_eq!(
            baseline.entries[7].target,
            Target::UserCallCenter(Ref::seen("renamed@x.example", &id(7)))
        );
    }
}
