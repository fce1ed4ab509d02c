//! What earlier runs have changed, as their journals tell it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::written::WrittenChange;
use crate::failure::{Failure, Kind};
use crate::journal::{Entry, OrgStore, Record, Store, summary};
use crate::model::{
    Baseline, BaselineEntry, BaselineRow, Before, Command, Desired, DesktopLayoutValue, Hint,
    OrgId, Target, TenantRecord, Undoing, Undone, Value,
};

/// The runs that are to be taken back: one, and all that came after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoneRuns {
    /// The first of them; `None` where there is nothing to take back.
    pub run: Option<String>,
    /// How many came after it.
    pub later: usize,
    /// What they have changed of the Salesforce org.
    pub org: Undone,
    /// What they have changed of the Webex organization.
    pub tenant: Undone,
    /// What they have done besides, which stays, in sentences.
    pub stays: Vec<String>,
}

impl UndoneRuns {
    /// What taking back `wanted` and every later run undoes; where no run is named, the newest one
    /// that was not taken back yet.
    pub fn find(
        store: &Store,
        org: Option<&OrgId>,
        desired: &Desired,
        wanted: Option<&str>,
    ) -> Result<Self, Failure> {
        let tenant = desired.tenant.as_ref().map(|wish| wish.id.as_str());
        let of_org = org.map(|id| Half::read(store.org(id))).transpose()?.unwrap_or_default();
        let of_tenant =
            tenant.map(|id| Half::read(store.tenant(Some(id)))).transpose()?.unwrap_or_default();
        let first = match wanted {
            Some(prefix) => Some(named(prefix, &of_org, &of_tenant)?),
            None => newest(&of_org, &of_tenant)?,
        };
        let Some(run) = first else { return Ok(Self::default()) };
        let all: BTreeSet<&String> =
            of_org.runs.iter().chain(&of_tenant.runs).filter(|id| **id >= run).collect();
        let mut stays = of_org.made_in_browser(&run)?;
        stays.extend(elsewhere(store, &all, org, tenant)?);
        let mut found = Self {
            org: of_org.since(&run)?,
            tenant: of_tenant.since(&run)?,
            later: all.iter().filter(|id| ***id > run).count(),
            run: Some(run),
            stays,
        };
        found.leave_deleted_call_centers();
        found.is_one_way()?;
        found.is_configured(desired)?;
        Ok(found)
    }

    /// A call center that gave way to one of another definition does not come back: which definition it
    /// was made from, the configuration does not say any more.
    fn leave_deleted_call_centers(&mut self) {
        if self.org.undoing() != Undoing::Both {
            return;
        }
        // One that was made before, or by the same run, has taken its place; ids of runs are made of time.
        let is_center = |entry: &BaselineEntry| matches!(entry.target, Target::CallCenter(_));
        let entries = self.org.past.entries.iter();
        let made = entries.filter(|it| is_center(it) && it.before == Before::Known(None));
        let Some(first) = made.filter(|it| it.ours.is_some()).map(|it| it.run.clone()).min() else {
            return;
        };
        let is_deleted = |entry: &mut BaselineEntry| {
            is_center(entry)
                && entry.before.value().is_some()
                && entry.ours.is_none()
                && entry.run >= first
        };
        let deleted: Vec<BaselineEntry> =
            self.org.past.entries.extract_if(.., is_deleted).collect();
        self.stays.extend(deleted.iter().map(|entry| {
            format!(
                "The call center \"{}\", which run {} deleted, does not come back; the run's journal \
                 tells what it held.",
                entry.target.place().0.name,
                entry.run
            )
        }));
        self.org.settled.entries.extend(deleted);
    }

    /// Some components go and others come back only where runs both made and removed some.
    fn is_one_way(&self) -> Result<(), Failure> {
        if self.org.undoing() != Undoing::Both && self.tenant.undoing() != Undoing::Both {
            return Ok(());
        }
        let run = self.run.as_deref().unwrap_or_default();
        let refused = Failure::refused(format!(
            "Since run {run} began, some components were made and others removed, which cannot be \
             taken back at once."
        ));
        Err(if self.later == 0 {
            refused.hint("Nothing was changed. Configure what is to be there, and apply it.")
        } else {
            refused.hint(Hint::command(
                "Nothing was changed. Take the runs back one by one, newest first:",
                Command::of_org("undo"),
                ".",
            ))
        })
    }

    /// Only what belongs to a connector that the configuration speaks of can be looked at.
    fn is_configured(&self, desired: &Desired) -> Result<(), Failure> {
        let is_known = |recipe: &str| desired.connectors.iter().any(|it| it.recipe.name == recipe);
        let recipes: BTreeSet<&str> =
            self.org.past.entries.iter().map(BaselineEntry::recipe).collect();
        let Some(other) = recipes.into_iter().find(|recipe| !is_known(recipe)) else {
            return Ok(());
        };
        let run = self.run.as_deref().unwrap_or_default();
        Err(Failure::refused(format!(
            "Run {run}, or one after it, has changed what belongs to the connector of the recipe \
             `{other}`, of which this configuration says nothing."
        ))
        .hint("Nothing was changed. Name the configuration that the run was made with: --config FILE.")
        .hint(Hint::command(
            "Users whom `migrate` has moved go back by",
            Command::of_org("migrate --to webex-v1"),
            ".",
        )))
    }
}

/// One half's past: its runs, and what is known of values that older versions wrote down.
#[derive(Debug, Default)]
struct Half {
    store: Option<OrgStore>,
    runs: BTreeSet<String>,
    baseline: Baseline,
}

impl Half {
    fn read(store: OrgStore) -> Result<Self, Failure> {
        Ok(Self { runs: store.runs()?, baseline: store.baseline()?, store: Some(store) })
    }

    /// The journal of a run; none where the run is the other half's alone.
    fn journal(&self, run: &str) -> Result<Vec<Record>, Failure> {
        match self.store.as_ref().filter(|_| self.runs.contains(run)) {
            Some(store) => Ok(store.journal(run)?),
            None => Ok(Vec::new()),
        }
    }

    /// What a run and every later one have changed together.
    fn since(&self, run: &str) -> Result<Undone, Failure> {
        let mut undone = Undone::default();
        // Components that were there before these runs, and were removed.
        let mut replaced: Vec<Target> = Vec::new();
        for id in self.runs.range(run.to_owned()..) {
            for (entry, kept) in self.entries(id, &self.journal(id)?)? {
                let Undone { past, settled, set } = &mut undone;
                set.push(entry.clone());
                let known = past.entries.iter().position(|known| known.is_about_same(&entry));
                if kept && entry.ours.is_none() && entry.target.is_component() {
                    // What it consisted of went with it.
                    let parts =
                        past.entries.extract_if(.., |it| it.target.is_part_of(&entry.target));
                    settled.entries.extend(parts);
                    let before = known.map_or(&entry.before, |at| &past.entries[at].before);
                    if before.value().is_some() {
                        replaced.push(entry.target.clone());
                    }
                }
                let known = past.entries.iter_mut().find(|known| known.is_about_same(&entry));
                match known {
                    // What was asked for and may not have been done says nothing of what is there.
                    Some(_) if !kept => {}
                    Some(known) => {
                        let before = std::mem::replace(&mut known.before, Before::Unknown);
                        *known = BaselineEntry { before, ..entry };
                    }
                    // What a component came with that took another's place is not what was there.
                    None if replaced.iter().any(|it| entry.target.is_part_of(it)) => {
                        settled.entries.push(entry);
                    }
                    None => past.entries.push(entry),
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
    fn made_in_browser(&self, run: &str) -> Result<Vec<String>, Failure> {
        let mut made = Vec::new();
        for id in self.runs.range(run.to_owned()..) {
            for record in self.journal(id)? {
                let Entry::Recorded { subject, .. } = &record.entry else { continue };
                let Some(name) = subject.strip_prefix(SOFTPHONE_LAYOUT) else { continue };
                made.push(format!(
                    "The softphone layout \"{name}\", which a browser has set up or taken away in Setup, \
                     stays as it is: no API changes one."
                ));
            }
        }
        made.dedup();
        Ok(made)
    }

    /// Whether an undo was broken off when it had put everything back, and before it forgot that.
    fn still_remembers(&self, undone: &Undone) -> Result<bool, Failure> {
        // The last thing that it does is to say that nothing is unfinished.
        let begun = self.store.as_ref().map(OrgStore::unfinished).transpose()?.flatten();
        if begun.is_some_and(|begun| begun.command == UNDO) {
            return Ok(true);
        }
        let last = self.runs.last().and_then(|run| summary(&self.journal(run).ok()?));
        let is_broken_off = last.is_some_and(|run| run.command == UNDO && run.outcome.is_none());
        let remembers = |entry: &BaselineEntry| {
            let taken = undone.settled.entries.iter().find(|it| it.is_about_same(entry));
            taken.is_some_and(|it| !it.target.holds_same(it.before.value(), entry.ours.as_ref()))
        };
        Ok(is_broken_off && self.baseline.entries.iter().any(remembers))
    }

    /// What a run has asked to be changed, and whether the step came to its end.
    fn entries(
        &self,
        run: &str,
        records: &[Record],
    ) -> Result<Vec<(BaselineEntry, bool)>, Failure> {
        let mut found: Vec<(BaselineEntry, bool)> = Vec::new();
        for (at, record) in records.iter().enumerate() {
            let Entry::Attempt { changes, wave, .. } = &record.entry else { continue };
            let kept = is_through(wave, &records[at..]);
            let rows = WrittenChange::read(changes).map_err(|error| {
                Failure::new(
                    Kind::Failed,
                    format!("The journal of run {run} holds changes that cannot be read: {error}."),
                )
            })?;
            for row in rows {
                let Some(entry) = self.entry(run, row, records)? else { continue };
                match found.iter_mut().find(|(known, _)| known.is_about_same(&entry)) {
                    Some((_, known)) => *known |= kept,
                    None => found.push((entry, kept)),
                }
            }
        }
        Ok(found)
    }

    fn entry(
        &self,
        run: &str,
        row: WrittenChange,
        records: &[Record],
    ) -> Result<Option<BaselineEntry>, Failure> {
        // What became known before it was carried out is told again then.
        let Some(ours) = row.after().map(|text| text.map(str::to_owned)) else { return Ok(None) };
        let target = Target::read(&row.subject, &row.field, &row.ids);
        let known = self.baseline.entries.iter().find(|it| it.target.is_same_place(&target));
        let Some(item) = row.item.or_else(|| known.map(|known| known.item.clone())) else {
            return Err(Failure::refused(format!(
                "Run {run} was made by an earlier version of provision, whose journal does not tell \
                 enough to take it back."
            ))
            .hint("Nothing was changed. `provision uninstall` goes by the baseline instead."));
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
        };
        let mut entry = BaselineEntry::from(row);
        if let Some(known) = known.filter(|_| entry.target.ids().subject.is_none()) {
            // What a run made has its id in the baseline alone.
            entry.target = known.target.clone();
        }
        if let Target::Tenant { kind: TenantRecord::DesktopLayout, record, field: None } =
            &entry.target
        {
            let Some(kept) = kept_layout(records, &record.name) else {
                return Err(Failure::refused(format!(
                    "The journal of run {run} does not hold what the desktop layout \"{}\" was.",
                    record.name
                ))
                .hint("Nothing was changed. `provision uninstall` goes by the baseline instead."));
            };
            entry.before = Before::Known(kept.before.map(KeptLayout::value));
            entry.ours = kept.after.map(KeptLayout::value);
        }
        Ok(Some(entry))
    }
}

/// Whether a step came to its good end after this.
fn is_through(wave: &str, after: &[Record]) -> bool {
    let end = after.iter().find_map(|record| match &record.entry {
        Entry::Done { wave: ended, .. } if ended == wave => Some(true),
        Entry::Failed { wave: ended, .. } if ended == wave => Some(false),
        _ => None,
    });
    end == Some(true)
}

/// What a desktop layout held before and after a run, as the journal keeps it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptChange {
    before: Option<KeptLayout>,
    after: Option<KeptLayout>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptLayout {
    file: String,
    content: String,
}

impl KeptChange {
    /// What a change replaces and sets; `None` where it is about no layout.
    pub(super) fn of(before: Option<&Value>, after: Option<&Value>) -> Option<Self> {
        let kept = |value: Option<&Value>| match value {
            Some(Value::DesktopLayout(it)) => {
                Some(KeptLayout { file: it.file.clone(), content: it.content.clone() })
            }
            _ => None,
        };
        let (before, after) = (kept(before), kept(after));
        (before.is_some() || after.is_some()).then_some(Self { before, after })
    }

    /// The subject under which the journal keeps a layout.
    pub(super) fn subject(name: &str) -> String {
        format!("DesktopLayout {name}")
    }
}

impl KeptLayout {
    fn value(self) -> Value {
        Value::DesktopLayout(DesktopLayoutValue::of(&self.file, self.content))
    }
}

fn kept_layout(records: &[Record], name: &str) -> Option<KeptChange> {
    let wanted = KeptChange::subject(name);
    records.iter().find_map(|record| match &record.entry {
        Entry::Recorded { subject, content } if *subject == wanted => {
            serde_json::from_value(content.clone()).ok()
        }
        _ => None,
    })
}

/// The text of a value as baselines hold it. People read a package as its number and its id.
fn recorded(target: &Target, text: String) -> String {
    let id = || text.rsplit_once('(')?.1.strip_suffix(')');
    match target {
        Target::Package(_) => id().map(str::to_owned).unwrap_or(text),
        _ => text,
    }
}

/// The run whose id begins with that.
fn named(prefix: &str, org: &Half, tenant: &Half) -> Result<String, Failure> {
    let all = org.runs.iter().chain(&tenant.runs);
    let ids: BTreeSet<&String> = all.filter(|id| id.starts_with(prefix)).collect();
    let list = Hint::command("", Command::of_machine("runs"), " lists them all.");
    let mut ids = ids.into_iter();
    match (ids.next(), ids.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(Failure::usage(format!(
            "No run in this org has an id that begins with `{prefix}`."
        ))
        .hint(list)),
        (Some(_), Some(_)) => Err(Failure::usage(format!(
            "The ids of several runs in this org begin with `{prefix}`: write some letters more."
        ))
        .hint(list)),
    }
}

/// The newest run that was not taken back yet. One that takes others back is only taken back where
/// it is named.
fn newest(org: &Half, tenant: &Half) -> Result<Option<String>, Failure> {
    let ids: BTreeSet<&String> = org.runs.iter().chain(&tenant.runs).collect();
    for id in ids.into_iter().rev() {
        let mut changed = false;
        for half in [org, tenant] {
            let run = summary(&half.journal(id)?);
            changed |= run.is_some_and(|run| {
                run.command != UNDO && (run.changes > 0 || run.outcome.is_none())
            });
        }
        if !changed {
            continue;
        }
        for half in [org, tenant] {
            let undone = half.since(id)?;
            if !undone.past.entries.is_empty() || half.still_remembers(&undone)? {
                return Ok(Some(id.clone()));
            }
        }
    }
    Ok(None)
}

/// What these runs have done in other orgs than those that are looked at.
fn elsewhere(
    store: &Store,
    runs: &BTreeSet<&String>,
    org: Option<&OrgId>,
    tenant: Option<&str>,
) -> Result<Vec<String>, Failure> {
    let (known, _) = store.runs()?;
    let mut stays = BTreeSet::new();
    for run in known.iter().filter(|run| runs.contains(&run.run) && run.changes > 0) {
        if run.org.is_some() && run.org.as_ref() != org {
            let name = run.org_name.as_deref().unwrap_or("another org");
            stays.insert(format!(
                "What run {} has changed in the Salesforce org \"{name}\" stays: it is not the one \
                 that is looked at.",
                run.run
            ));
        }
        if let Some(id) = run.tenant.as_deref().filter(|id| Some(*id) != tenant) {
            stays.insert(format!(
                "What run {} has changed in the Webex organization {id} stays: the configuration \
                 does not speak of it.",
                run.run
            ));
        }
    }
    Ok(stays.into_iter().collect())
}

/// What begins the subject under which journals keep that a browser has done something in Setup.
pub(super) const SOFTPHONE_LAYOUT: &str = "SoftphoneLayout ";

/// The command's word in journals and documents.
pub(super) const UNDO: &str = "undo";
