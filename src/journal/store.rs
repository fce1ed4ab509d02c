//! The state directory.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::run::{Entry, Record, RunLog, RunSummary, records, summary};
use super::{ConfirmationStore, Error, Hints, Lock, Unfinished, durable};
#[cfg(test)]
use crate::model::OrgKind;
use crate::model::{Baseline, OrgId, Organization};

/// The state directory of this machine.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// The part of it that belongs to one org.
#[derive(Debug, Clone)]
pub struct OrgStore {
    pub(super) folder: PathBuf,
}

/// What a run is, for the first line of its journal.
#[derive(Debug)]
pub struct RunHead<'a> {
    /// The command.
    pub command: &'a str,
    /// The org.
    pub organization: &'a Organization,
    /// Hash of the resolved configuration.
    pub configuration: &'a str,
}

impl Store {
    /// The state directory at a path; nothing is created until something is kept.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The part that belongs to an org.
    pub fn org(&self, id: &OrgId) -> OrgStore {
        OrgStore { folder: self.orgs().join(id.long()) }
    }

    /// What people confirmed of a Webex organization; those whose id nobody configured are one.
    pub fn tenant(&self, id: Option<&str>) -> ConfirmationStore {
        ConfirmationStore::at(self.folder.join("tenants").join(id.unwrap_or("default")))
    }

    pub(super) fn orgs(&self) -> PathBuf {
        self.folder.join("orgs")
    }

    /// Every past run of every org, newest first, and what is wrong with those that cannot be read:
    /// one damaged journal does not hide the others.
    pub fn runs(&self) -> Result<(Vec<RunSummary>, Vec<Error>), Error> {
        let mut runs = Vec::new();
        let mut unreadable = Vec::new();
        for org in folders(&self.orgs())? {
            for folder in folders(&org.join(RUNS))? {
                match records(&folder) {
                    Ok(records) => runs.extend(summary(&records)),
                    Err(error) => unreadable.push(error),
                }
            }
        }
        // Ids are made of time, so that their order is the order of the runs.
        runs.sort_by(|one, other| other.run.cmp(&one.run));
        Ok((runs, unreadable))
    }

    /// The journals of the runs whose id begins with `prefix`.
    pub fn journals(&self, prefix: &str) -> Result<Vec<Vec<Record>>, Error> {
        let mut found = Vec::new();
        for org in folders(&self.orgs())? {
            for folder in folders(&org.join(RUNS))? {
                let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if name.starts_with(prefix) {
                    found.push(records(&folder)?);
                }
            }
        }
        Ok(found)
    }
}

pub(super) const RUNS: &str = "runs";
pub(super) const BASELINE: &str = "baseline.json";
const HINTS: &str = "hints.json";
const UNFINISHED: &str = "unfinished.json";

impl OrgStore {
    /// What was there before; empty where nothing was recorded.
    pub fn baseline(&self) -> Result<Baseline, Error> {
        Ok(durable::read(&self.folder.join(BASELINE))?.unwrap_or_default())
    }

    /// Replaces the baseline, durably.
    pub fn keep_baseline(&self, baseline: &Baseline) -> Result<(), Error> {
        durable::private_folder(&self.folder)?;
        durable::write(&self.folder.join(BASELINE), baseline)
    }

    /// What was begun to be taken away and is not through.
    pub fn unfinished(&self) -> Result<Option<Unfinished>, Error> {
        durable::read(&self.folder.join(UNFINISHED))
    }

    /// Remembers what is being taken away, durably, until [`Self::finish`].
    pub fn begin_taking_away(&self, what: &Unfinished) -> Result<(), Error> {
        durable::private_folder(&self.folder)?;
        durable::write(&self.folder.join(UNFINISHED), what)
    }

    /// Forgets that something was being taken away: it is gone, or somebody gave that up.
    pub fn finish(&self) -> Result<(), Error> {
        durable::remove(&self.folder.join(UNFINISHED))
    }

    /// Puts the baseline that an uninstall went by beside its journal; `rest` is what is left of it.
    pub fn retire_baseline(&self, run: &str, rest: &Baseline) -> Result<(), Error> {
        let all = self.baseline()?;
        let folder = self.folder.join(RUNS).join(run);
        durable::private_folder(&folder)?;
        durable::write(&folder.join(BASELINE), &all)?;
        if rest.entries.is_empty() {
            durable::remove(&self.folder.join(BASELINE))
        } else {
            self.keep_baseline(rest)
        }
    }

    /// What people confirmed of the org.
    pub fn confirmations(&self) -> ConfirmationStore {
        ConfirmationStore::at(self.folder.clone())
    }

    /// Forgets what was there before, what people confirmed, and the hints. Past runs stay.
    pub fn forget(&self) -> Result<(), Error> {
        for name in [BASELINE, HINTS, UNFINISHED] {
            durable::remove(&self.folder.join(name))?;
        }
        self.forget_replaced()?;
        self.confirmations().forget()
    }

    /// The hints; none where there are none, or where they cannot be read: they only save time.
    pub fn hints(&self) -> Hints {
        durable::read(&self.folder.join(HINTS)).ok().flatten().unwrap_or_default()
    }

    /// Replaces the hints.
    pub fn keep_hints(&self, hints: &Hints) -> Result<(), Error> {
        durable::private_folder(&self.folder)?;
        durable::write(&self.folder.join(HINTS), hints)
    }

    /// Takes the right to write to the org.
    pub fn lock(&self, run: &str) -> Result<Lock, Error> {
        durable::private_folder(&self.folder)?;
        Lock::take(&self.folder.join("lock"), run)
    }

    /// Begins the journal of a run.
    pub fn begin(&self, run: &str, head: &RunHead<'_>) -> Result<RunLog, Error> {
        let runs = self.folder.join(RUNS);
        durable::private_folder(&runs)?;
        let mut log = RunLog::create(&runs, run)?;
        let Organization { id, name, kind, instance_url } = head.organization;
        log.record(Entry::Started {
            format: durable::FORMAT,
            run: run.to_owned(),
            command: head.command.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            org: id.clone(),
            org_name: name.clone(),
            org_kind: *kind,
            instance_url: instance_url.clone(),
            configuration: head.configuration.to_owned(),
        })?;
        Ok(log)
    }
}

/// The folders in a folder, none where it is not there.
pub(super) fn folders(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error| Error::io("read", folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organization() -> Organization {
        Organization {
            id: OrgId::parse("00D000000000001AAA").unwrap(),
            name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "http://127.0.0.1:1".to_owned(),
        }
    }

    #[test]
    fn a_run_is_listed_and_a_line_cut_short_is_forgiven() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        assert!(store.runs().unwrap().0.is_empty());
        let organization = organization();
        let org = store.org(&organization.id);
        let head = RunHead { command: "apply", organization: &organization, configuration: "c" };
        let mut log = org.begin("01", &head).unwrap();
        log.record(Entry::Planned { changes: serde_json::json!([1, 2]) }).unwrap();
        log.record(Entry::Done { wave: "deploy".to_owned(), made: 1 }).unwrap();
        log.record(Entry::Failed { wave: "records".to_owned(), made: 0, message: "no".to_owned() })
            .unwrap();
        log.record(Entry::Finished { outcome: "done".to_owned() }).unwrap();
        let journal = folder.path().join("orgs/00D000000000001EAA/runs/01/journal.jsonl");
        let mut text = fs::read_to_string(&journal).unwrap();
        text.truncate(text.len() - 5);
        let (whole, _) = store.runs().unwrap();
        assert_eq!(whole[0].outcome.as_deref(), Some("done"));
        fs::write(&journal, text).unwrap();
        let (cut, unreadable) = store.runs().unwrap();
        assert!(unreadable.is_empty());
        assert_eq!((cut[0].outcome.as_deref(), cut[0].planned, cut[0].changes), (None, 2, 1));
        let damaged = folder.path().join("orgs/00D000000000001EAA/runs/02");
        fs::create_dir(&damaged).unwrap();
        assert_eq!(store.runs().unwrap().0.len(), 1, "a run that never wrote a line is none");
        fs::write(damaged.join("journal.jsonl"), b"\xff\n{}\n").unwrap();
        let (runs, unreadable) = store.runs().unwrap();
        assert_eq!((runs.len(), unreadable.len()), (1, 1));
    }

    #[test]
    fn two_spellings_of_an_org_share_a_folder() {
        let store = Store::at("state");
        let short = OrgId::parse("00D000000000001").unwrap();
        assert_eq!(store.org(&short).folder, store.org(&organization().id).folder);
    }
}
