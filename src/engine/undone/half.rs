//! What the runs of one half have changed: of the Salesforce org, or of the Webex organization.

use std::collections::BTreeSet;

use super::found::{Ends, recorded};
use super::kept_call_center::{kept_call_center, take_back_in};
use super::kept_layout::{KeptLayout, kept_layout};
use super::taken_back;
use super::{SOFTPHONE_LAYOUT, UNDO};
use crate::engine::written::WrittenChange;
use crate::failure::{Failure, Kind};
use crate::journal::{Entry, OrgStore, Record, Unfinished, summary};
use crate::model::{
    Baseline, BaselineEntry, BaselineRow, Before, ByTarget, Command, DefinitionValue, Hint, Target,
    TenantRecord, Undone, Value,
};

/// One half's past: its runs, and what is known of values that older versions wrote down.
#[derive(Debug, Default)]
pub(super) struct Half {
    store: Option<OrgStore>,
    pub(super) runs: BTreeSet<String>,
    baseline: Baseline,
}

/// What a run asked to be changed, as a baseline would hold it.
fn entry(
    run: &str,
    row: WrittenChange,
    records: &[Record],
    known: &ByTarget<'_, BaselineEntry>,
) -> Result<Option<BaselineEntry>, Failure> {
    // What became known before it was carried out is told again then.
    let Some(ours) = row.after().map(|text| text.map(str::to_owned)) else { return Ok(None) };
    let target = Target::read(&row.subject, &row.field, &row.ids);
    let known = known.same(&target).next();
    let Some(item) = row.item.or_else(|| known.map(|known| known.item.clone())) else {
        return Err(Failure::refused(format!(
            "Run {run} was made by an earlier version of provision, whose journal does not \
            hold enough to undo it."
        ))
        .hint(by_baseline()));
    };
    let row = BaselineRow {
        item,
        before: Before::Known(row.before.map(|text| recorded(&target, text))),
        ours: ours.map(|text| recorded(&target, text)),
        subject: row.subject,
        field: row.field,
        run: run.to_owned(),
        recipe: row.recipe.or_else(|| known.and_then(|known| known.recipe.clone())),
        ids: row.ids,
        giving_back: false,
    };
    let mut entry = BaselineEntry::from(row);
    if let Some(known) = known.filter(|_| entry.target.ids().subject.is_none()) {
        // What a run made has its id in the baseline alone.
        entry.target = known.target.clone();
    }
    if let (Target::CallCenter(it), Before::Known(Some(before)), None) =
        (&entry.target, &mut entry.before, &entry.ours)
        && let Some(content) = kept_call_center(records, &it.name)
    {
        let summary = before.recorded_text(&entry.target);
        *before = Value::Definition(DefinitionValue { summary, content: Some(content) });
    }
    if let Target::Tenant { kind: TenantRecord::DesktopLayout, record, field: None } = &entry.target
    {
        let deletes = entry.ours.is_none();
        let Some(kept) = kept_layout(records, &record.name, deletes) else {
            return Err(Failure::refused(format!(
                "The journal of run {run} does not hold what the desktop layout \"{}\" was.",
                record.name
            ))
            .hint(by_baseline()));
        };
        entry.before = Before::Known(kept.before.map(KeptLayout::value));
        entry.ours = kept.after.map(KeptLayout::value);
    }
    Ok(Some(entry))
}

impl Half {
    pub(super) fn read(store: OrgStore) -> Result<Self, Failure> {
        Ok(Self { runs: store.runs()?, baseline: store.baseline()?, store: Some(store) })
    }

    /// The journal of a run; none where the run is the other half's alone.
    pub(super) fn journal(&self, run: &str) -> Result<Vec<Record>, Failure> {
        match self.store.as_ref().filter(|_| self.runs.contains(run)) {
            Some(store) => Ok(store.journal(run)?),
            None => Ok(Vec::new()),
        }
    }

    /// What a run and every later one have changed together.
    pub(super) fn since(&self, run: &str) -> Result<Undone, Failure> {
        let mut undone = Undone::default();
        let Undone { past, settled, set } = &mut undone;
        let mut past = past.recorder();
        // Components that were there before these runs, and were removed.
        let mut replaced: Vec<Target> = Vec::new();
        for id in self.runs.range(run.to_owned()..) {
            for (mut entry, kept) in self.entries(id, &self.journal(id)?)? {
                set.push(entry.clone());
                let known = past.known(&entry);
                let before =
                    known.map_or_else(|| entry.before.clone(), |known| known.before.clone());
                if kept && entry.ours.is_none() && entry.target.is_component() {
                    // What it consisted of went with it.
                    let parts = past.take_out(|it| it.target.is_part_of(&entry.target));
                    // An earlier try of the same holds what was there.
                    match past.known_mut(&entry) {
                        Some(known) => take_back_in(known, &parts),
                        None => take_back_in(&mut entry, &parts),
                    }
                    settled.entries.extend(parts);
                    if before.value().is_some() {
                        replaced.push(entry.target.clone());
                    }
                }
                match past.known(&entry) {
                    // What was asked for and may not have been done says nothing of what is there.
                    Some(_) if !kept => {}
                    // What a component came with that took another's place is not what was there.
                    None if replaced.iter().any(|it| entry.target.is_part_of(it)) => {
                        settled.entries.push(entry);
                    }
                    _ => past.record_again(entry),
                }
            }
        }
        let is_as_it_was = |entry: &mut BaselineEntry| {
            entry.target.holds_same(entry.before.value(), entry.ours.as_ref())
        };
        let Undone { past, settled, .. } = &mut undone;
        settled.entries.extend(past.entries.extract_if(.., is_as_it_was));
        Ok(undone)
    }

    /// What runs have made in a browser, which only Setup takes back.
    pub(super) fn made_in_browser(&self, run: &str) -> Result<Vec<String>, Failure> {
        let mut made = Vec::new();
        for id in self.runs.range(run.to_owned()..) {
            for record in self.journal(id)? {
                let Entry::Recorded { subject, .. } = &record.entry else { continue };
                let Some(name) = subject.strip_prefix(SOFTPHONE_LAYOUT) else { continue };
                made.push(format!(
                    "The softphone layout \"{name}\", which a browser has set up or taken away in Setup, \
                     is not changed: no API can change it."
                ));
            }
        }
        made.dedup();
        Ok(made)
    }

    /// The run that an undo was taking back which was broken off.
    pub(super) fn being_undone(&self) -> Result<Option<String>, Failure> {
        let mut begun = self.unfinished()?.into_iter();
        let marked = begun.find_map(|begun| begun.undoes.filter(|_| begun.command == UNDO));
        let Some(last) = self.runs.last().filter(|_| marked.is_none()) else { return Ok(marked) };
        Ok(taken_back::broken_off(&self.journal(last)?))
    }

    /// An upgrade of a connector that has begun and is not through.
    pub(super) fn upgrading(&self, recipe: &str) -> Result<Option<Unfinished>, Failure> {
        match &self.store {
            Some(store) => Ok(store.unfinished_upgrade(recipe)?),
            None => Ok(None),
        }
    }

    fn unfinished(&self) -> Result<Vec<Unfinished>, Failure> {
        match &self.store {
            Some(store) => Ok(store.unfinished()?),
            None => Ok(Vec::new()),
        }
    }

    /// The run that began what this one went on with.
    pub(super) fn begun_by(&self, run: &str) -> Result<Option<String>, Failure> {
        let journal = self.journal(run)?;
        let begun = match journal.first().map(|record| &record.entry) {
            Some(Entry::Started { continues, .. }) => continues.clone(),
            _ => None,
        };
        Ok(begun.filter(|begun| begun.as_str() < run && self.runs.contains(begun)))
    }

    /// Whether an undo was broken off when it had put everything back, and before it forgot that.
    pub(super) fn still_remembers(&self, undone: &Undone) -> Result<bool, Failure> {
        // The last thing that it does is to say that nothing is unfinished.
        if self.unfinished()?.iter().any(|begun| begun.command == UNDO) {
            return Ok(true);
        }
        let last = self.runs.last().and_then(|run| summary(&self.journal(run).ok()?));
        let is_broken_off = last.is_some_and(|run| run.command == UNDO && run.outcome.is_none());
        let settled = undone.settled.by_target();
        let remembers = |entry: &BaselineEntry| {
            let taken = settled.about_same(entry);
            taken.is_some_and(|it| !it.target.holds_same(it.before.value(), entry.ours.as_ref()))
        };
        Ok(is_broken_off && self.baseline.entries.iter().any(remembers))
    }

    /// What a run has asked to be changed, in order, and whether the step came to its end. One run may change
    /// a place twice: a clean upgrade takes the package out and installs another version.
    fn entries(
        &self,
        run: &str,
        records: &[Record],
    ) -> Result<Vec<(BaselineEntry, bool)>, Failure> {
        let mut found: Vec<(BaselineEntry, bool)> = Vec::new();
        let known = ByTarget::new(&self.baseline.entries, |entry| &entry.target);
        let ends = Ends::of(records);
        for (at, record) in records.iter().enumerate() {
            let Entry::Attempt { changes, .. } = &record.entry else { continue };
            let end = ends.after(at);
            let rows = WrittenChange::read(changes).map_err(|error| {
                Failure::new(
                    Kind::Failed,
                    format!("The journal of run {run} holds changes that cannot be read: {error}."),
                )
            })?;
            for row in rows {
                if let Some(entry) = entry(run, row, records, &known)? {
                    let kept = end.is_some_and(|end| end.made(&entry.target));
                    found.push((entry, kept));
                }
            }
        }
        Ok(found)
    }
}

/// What else takes the connector out.
fn by_baseline() -> Hint {
    let uninstall = Command::of_org("uninstall");
    Hint::command("Nothing was changed.", uninstall, " goes by the baseline instead.")
}
