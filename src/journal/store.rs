//! The state directory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::Disk;
use super::files::Files;
use super::org_store::RUNS;
use super::past_run::{RunSummary, records, summary};
use super::{Error, OrgStore, Record};
use crate::model::OrgId;

/// The state directory of this machine.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) files: Files,
    folder: PathBuf,
}

impl Store {
    /// The state directory at a path; nothing is created until something is kept.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { files: Files::local(), folder: folder.into() }
    }

    /// The same on another disk than this machine's.
    pub fn on(disk: Arc<dyn Disk>, folder: impl Into<PathBuf>) -> Self {
        Self { files: Files::on(disk), folder: folder.into() }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The part that belongs to an org.
    pub fn org(&self, id: &OrgId) -> OrgStore {
        OrgStore { files: self.files.clone(), folder: self.orgs().join(id.long()) }
    }

    /// The part that belongs to a Webex organization; those whose id nobody configured are one.
    pub fn tenant(&self, id: Option<&str>) -> OrgStore {
        let folder = self.tenants().join(id.unwrap_or("default"));
        OrgStore { files: self.files.clone(), folder }
    }

    /// The files that it is made of.
    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    pub(super) fn orgs(&self) -> PathBuf {
        self.folder.join("orgs")
    }

    fn tenants(&self) -> PathBuf {
        self.folder.join("tenants")
    }

    /// Every past run of every org and tenant, newest first, and what is wrong with those that
    /// cannot be read: one damaged journal does not hide the others.
    pub fn runs(&self) -> Result<(Vec<RunSummary>, Vec<Error>), Error> {
        let mut runs = Vec::new();
        let mut unreadable = Vec::new();
        for folder in self.run_folders()? {
            match records(&self.files, &folder) {
                Ok(records) => runs.extend(summary(&records)),
                Err(error) => unreadable.push(error),
            }
        }
        // Ids are made of time, so that their order is the order of the runs.
        runs.sort_by(|one, other| other.run.cmp(&one.run));
        Ok((runs, unreadable))
    }

    /// Ids of all runs, newest first, without reading any.
    pub fn run_ids(&self) -> Result<Vec<String>, Error> {
        let name = |folder: &PathBuf| folder.file_name()?.to_str().map(str::to_owned);
        let mut ids: Vec<String> = self.run_folders()?.iter().filter_map(name).collect();
        ids.sort_by(|one, other| other.cmp(one));
        ids.dedup();
        Ok(ids)
    }

    /// The journals of the runs whose id begins with `prefix`.
    pub fn journals(&self, prefix: &str) -> Result<Vec<Vec<Record>>, Error> {
        let mut found = Vec::new();
        for folder in self.run_folders()? {
            let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(prefix) {
                found.push(records(&self.files, &folder)?);
            }
        }
        Ok(found)
    }

    /// The folders of all runs.
    fn run_folders(&self) -> Result<Vec<PathBuf>, Error> {
        let mut found = Vec::new();
        for all in [self.orgs(), self.tenants()] {
            for one in self.files.folders(&all)? {
                found.extend(self.files.folders(&one.join(RUNS))?);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::journal::{Changes, Entry, RunHead};
    use crate::model::{OrgKind, Organization};

    fn at() -> jiff::Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

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
        let head = RunHead {
            alias: None,
            at: at(),
            command: "apply",
            organization: Some(&organization),
            tenant: None,
            undoes: None,
            continues: None,
            configuration: "c",
        };
        let mut log = org.begin("01", &head).unwrap();
        log.record(at(), Entry::Planned { changes: Changes::of([1, 2]) }).unwrap();
        log.record(at(), Entry::Done { wave: "deploy".to_owned(), made: 1, rejected: Vec::new() })
            .unwrap();
        log.record(
            at(),
            Entry::Failed {
                wave: "records".to_owned(),
                made: 0,
                message: "no".to_owned(),
                rejected: Vec::new(),
            },
        )
        .unwrap();
        log.record(at(), Entry::Finished { outcome: "done".to_owned() }).unwrap();
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
    fn a_run_about_a_tenant_alone_is_one_like_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let id = "01234567-89ab-cdef-0123-456789abcdef";
        let tenant = store.tenant(Some(id));
        let lock = tenant.lock("02").unwrap();
        assert!(matches!(tenant.lock("03"), Err(Error::Locked { .. })));
        drop(lock);
        let head = RunHead {
            alias: None,
            at: at(),
            command: "apply",
            organization: None,
            tenant: Some(id),
            undoes: None,
            continues: None,
            configuration: "c",
        };
        tenant.begin("02", &head).unwrap();
        let organization = organization();
        let head = RunHead { organization: Some(&organization), tenant: None, ..head };
        store.org(&organization.id).begin("01", &head).unwrap();
        let (runs, _) = store.runs().unwrap();
        assert_eq!((runs[0].org.as_ref(), runs[0].tenant.as_deref()), (None, Some(id)));
        assert_eq!((runs[1].org_name.as_deref(), runs[1].tenant.as_deref()), (Some("Acme"), None));
        assert_eq!(store.journals("02").unwrap().len(), 1);
        assert_eq!(tenant.organization().unwrap(), None);
        tenant.keep_baseline(&crate::model::Baseline::default()).unwrap();
        assert!(folder.path().join("tenants").join(id).join("baseline.json").is_file());
    }

    #[test]
    fn two_spellings_of_an_org_share_a_folder() {
        let store = Store::at("state");
        let short = OrgId::parse("00D000000000001").unwrap();
        assert_eq!(store.org(&short).folder, store.org(&organization().id).folder);
    }
}
