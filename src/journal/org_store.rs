//! The part of the state directory that belongs to one org of Salesforce or of Webex.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::Timestamp;

use super::document::FORMAT;
use super::files::Files;
use super::past_run::records;
use super::unfinished::AllUnfinished;
use super::{ConfirmationStore, Entry, Error, Hints, Lock, Record, RunLog, Unfinished};
use crate::model::{Baseline, Confirmations, Organization};

pub(super) const RUNS: &str = "runs";
pub(super) const BASELINE: &str = "baseline.json";
const HINTS: &str = "hints.json";
const UNFINISHED: &str = "unfinished.json";

/// The part of the state directory that belongs to one org: one of Salesforce, or one of Webex, which
/// is called a tenant. Both have runs, a lock, a baseline and confirmations.
#[derive(Debug, Clone)]
pub struct OrgStore {
    pub(super) files: Files,
    pub(super) folder: PathBuf,
}

/// What a run is, for the first line of its journal.
#[derive(Debug)]
pub struct RunHead<'a> {
    /// When it began.
    pub at: Timestamp,
    /// The command.
    pub command: &'a str,
    /// What the person calls the org.
    pub alias: Option<&'a str>,
    /// The Salesforce org, where the run is about one.
    pub organization: Option<&'a Organization>,
    /// Id of the Webex organization, where the run is about one.
    pub tenant: Option<&'a str>,
    /// The first of the runs that it takes back, where it takes some back.
    pub undoes: Option<&'a str>,
    /// The run whose unfinished upgrade it goes on with, where there is one.
    pub continues: Option<&'a str>,
    /// Hash of the resolved configuration.
    pub configuration: &'a str,
}

impl OrgStore {
    /// Whether reading and writing here never keeps anybody waiting: it is on no disk of a machine.
    pub fn is_instant(&self) -> bool {
        self.files.are_instant()
    }

    /// What was there before; empty where nothing was recorded.
    pub fn baseline(&self) -> Result<Baseline, Error> {
        let mut baseline: Baseline =
            self.files.read(&self.folder.join(BASELINE))?.unwrap_or_default();
        // It stays as long as the run, and had room to grow.
        baseline.entries.shrink_to_fit();
        Ok(baseline)
    }

    /// Replaces the baseline, durably.
    pub fn keep_baseline(&self, baseline: &Baseline) -> Result<(), Error> {
        self.files.private_folder(&self.folder)?;
        self.files.replace(&self.folder.join(BASELINE), baseline)
    }

    /// What was begun to be taken away and is not through, of every connector.
    pub fn unfinished(&self) -> Result<Vec<Unfinished>, Error> {
        let all: Option<AllUnfinished> = self.files.read(&self.folder.join(UNFINISHED))?;
        Ok(all.map(AllUnfinished::into_list).unwrap_or_default())
    }

    /// The upgrade that a connector has begun and not brought to its end.
    pub fn unfinished_upgrade(&self, recipe: &str) -> Result<Option<Unfinished>, Error> {
        let is_it = |begun: &Unfinished| begun.is_upgrade() && begun.is_of(recipe);
        Ok(self.unfinished()?.into_iter().find(is_it))
    }

    /// The uninstall that a connector has begun and not brought to its end.
    pub fn unfinished_uninstall(&self, recipe: &str) -> Result<Option<Unfinished>, Error> {
        Ok(self.unfinished()?.into_iter().find(|begun| begun.uninstalls(recipe)))
    }

    /// Changes what people have confirmed of the uninstall of a connector, durably; none where there is none.
    pub fn confirm_uninstall<R>(
        &self,
        recipe: &str,
        change: impl FnOnce(&mut Confirmations) -> R,
    ) -> Result<Option<R>, Error> {
        let mut all = self.unfinished()?;
        let Some(begun) = all.iter_mut().find(|begun| begun.uninstalls(recipe)) else {
            return Ok(None);
        };
        let done = change(&mut begun.confirmed);
        self.files.write_twice(&self.folder.join(UNFINISHED), &AllUnfinished::from(all))?;
        Ok(Some(done))
    }

    /// Whether something was begun to be taken away, be what is known of it readable or not.
    pub fn is_taking_away(&self) -> Result<bool, Error> {
        match self.unfinished() {
            Ok(all) => Ok(!all.is_empty()),
            Err(Error::Damaged { .. }) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Remembers what is being taken away, durably, until [`Self::finish`].
    pub fn begin_taking_away(&self, what: &Unfinished) -> Result<(), Error> {
        // What an upgrade has still to give back is known from nowhere else: nothing takes the place of a
        // damaged file unseen.
        let all = self.unfinished()?;
        self.files.private_folder(&self.folder)?;
        self.files.write_twice(&self.folder.join(UNFINISHED), &AllUnfinished::with(all, what))
    }

    /// Forgets what was being taken away: it is gone, or somebody gave that up. Of a damaged file, what its
    /// copy holds of the rest is kept; what nobody can read goes.
    pub fn finish(&self, is_through: impl Fn(&Unfinished) -> bool) -> Result<(), Error> {
        let path = self.folder.join(UNFINISHED);
        let (all, is_damaged) = match self.unfinished() {
            Ok(all) => (all, false),
            Err(Error::Damaged { copy, .. }) => {
                let copy = copy.and_then(|copy| self.files.read::<AllUnfinished>(&copy).ok()?);
                (copy.map(AllUnfinished::into_list).unwrap_or_default(), true)
            }
            Err(error) => return Err(error),
        };
        let before = all.len();
        let left: Vec<Unfinished> = all.into_iter().filter(|begun| !is_through(begun)).collect();
        match left.len() {
            0 => self.files.remove_with_copy(&path),
            number if number == before && !is_damaged => Ok(()),
            _ => self.files.write_twice(&path, &AllUnfinished::from(left)),
        }
    }

    /// Puts the baseline that an uninstall went by beside its journal; `rest` is what is left of it.
    pub fn retire_baseline(&self, run: &str, rest: &Baseline) -> Result<(), Error> {
        let (path, folder) = (self.folder.join(BASELINE), self.folder.join(RUNS).join(run));
        self.files.private_folder(&folder)?;
        let retired = folder.join(BASELINE);
        if self.files.is_whole(&path)? {
            self.files.copy_by(&self.folder, &path, &retired)?;
        } else {
            self.files.write_by(&self.folder, &retired, &self.baseline()?)?;
        }
        if rest.entries.is_empty() {
            self.files.remove_with_copy(&path)
        } else {
            self.keep_baseline(rest)
        }
    }

    /// What people confirmed of the org.
    pub fn confirmations(&self) -> ConfirmationStore {
        ConfirmationStore::at(self.files.clone(), self.folder.clone())
    }

    /// Forgets what was there before, what people confirmed, and the hints. Past runs stay.
    pub fn forget(&self) -> Result<(), Error> {
        for name in [BASELINE, UNFINISHED] {
            self.files.remove_with_copy(&self.folder.join(name))?;
        }
        self.files.remove(&self.folder.join(HINTS))?;
        self.forget_replaced()?;
        self.confirmations().forget()
    }

    /// The hints; none where there are none, or where they cannot be read: they only save time.
    pub fn hints(&self) -> Hints {
        self.files.read(&self.folder.join(HINTS)).ok().flatten().unwrap_or_default()
    }

    /// Replaces the hints.
    pub fn keep_hints(&self, hints: &Hints) -> Result<(), Error> {
        self.files.private_folder(&self.folder)?;
        self.files.write(&self.folder.join(HINTS), hints)
    }

    /// The ids of its runs, which are made of time, in order.
    pub fn runs(&self) -> Result<BTreeSet<String>, Error> {
        let folders = self.files.folders(&self.folder.join(RUNS))?;
        let id = |folder: &PathBuf| Some(folder.file_name()?.to_str()?.to_owned());
        Ok(folders.iter().filter_map(id).collect())
    }

    /// The journal of one of its runs; empty where it has none.
    pub fn journal(&self, run: &str) -> Result<Vec<Record>, Error> {
        records(&self.files, &self.folder.join(RUNS).join(run))
    }

    /// Takes the right to write to the org.
    pub fn lock(&self, run: &str) -> Result<Lock, Error> {
        self.files.private_folder(&self.folder)?;
        self.files.lock(&self.folder.join("lock"), run)
    }

    /// The folder of a run, for what it keeps beside its journal.
    pub fn run_folder(&self, run: &str) -> PathBuf {
        self.folder.join(RUNS).join(run)
    }

    /// Begins the journal of a run.
    pub fn begin(&self, run: &str, head: &RunHead<'_>) -> Result<RunLog, Error> {
        let runs = self.folder.join(RUNS);
        self.files.private_folder(&runs)?;
        let mut log = RunLog::create(&self.files, &runs, run)?;
        let org = head.organization;
        log.record(
            head.at,
            Entry::Started {
                format: FORMAT,
                run: run.to_owned(),
                command: head.command.to_owned(),
                program: env!("CARGO_PKG_VERSION").to_owned(),
                org: org.map(|org| org.id),
                alias: head.alias.map(str::to_owned),
                org_name: org.map(|org| org.name.clone()),
                org_kind: org.map(|org| org.kind),
                instance_url: org.map(|org| org.instance_url.clone()),
                tenant: head.tenant.map(str::to_owned),
                undoes: head.undoes.map(str::to_owned),
                continues: head.continues.map(str::to_owned),
                configuration: head.configuration.to_owned(),
            },
        )?;
        Ok(log)
    }
}
