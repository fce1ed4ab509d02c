//! The baselines of a machine: which orgs have one, and putting another in an org's place.

use std::path::PathBuf;

use super::org_store::{BASELINE, RUNS};
use super::past_run::records;
use super::{Error, OrgStore, Store};
use crate::model::{Baseline, OrgId, Organization};

/// How the name of a baseline begins that another has replaced.
const REPLACED: &str = "baseline-before-";

/// The baseline of one org of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownBaseline {
    /// Id of the org.
    pub org: OrgId,
    /// The org, as its last run saw it.
    pub organization: Option<Organization>,
    /// What was there before.
    pub baseline: Baseline,
}

impl Store {
    /// Every baseline that holds something, by the orgs' ids, and what is wrong with those that
    /// cannot be read.
    pub fn baselines(&self) -> Result<(Vec<KnownBaseline>, Vec<Error>), Error> {
        let mut known = Vec::new();
        let mut unreadable = Vec::new();
        for folder in self.files.folders(&self.orgs())? {
            let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let Ok(org) = OrgId::parse(name) else { continue };
            let store = self.org(&org);
            match store.baseline() {
                Ok(baseline) if baseline.entries.is_empty() => {}
                Ok(baseline) => {
                    let organization = store.organization()?;
                    known.push(KnownBaseline { org, organization, baseline });
                }
                Err(error) => unreadable.push(error),
            }
        }
        Ok((known, unreadable))
    }
}

impl OrgStore {
    /// The org as the newest run saw it whose journal can be read.
    pub fn organization(&self) -> Result<Option<Organization>, Error> {
        let runs = self.files.folders(&self.folder.join(RUNS))?;
        Ok(runs.iter().rev().find_map(|run| {
            records(&self.files, run).ok()?.into_iter().next()?.entry.organization()
        }))
    }

    /// Puts another baseline in the place of what is there, which is kept beside it under a name
    /// with the run's id, readable or not. Says where; nothing is kept of an empty one.
    pub fn replace_baseline(
        &self,
        baseline: &Baseline,
        run: &str,
    ) -> Result<Option<PathBuf>, Error> {
        let path = self.folder.join(BASELINE);
        let kept = match self.files.bytes(&path)? {
            None => None,
            Some(_) if self.baseline().is_ok_and(|there| there.entries.is_empty()) => None,
            Some(bytes) => {
                let kept = self.folder.join(format!("{REPLACED}{run}.json"));
                self.files.write_bytes(&kept, &bytes)?;
                Some(kept)
            }
        };
        self.keep_baseline(baseline)?;
        Ok(kept)
    }

    /// Removes the baselines that others have replaced.
    pub(super) fn forget_replaced(&self) -> Result<(), Error> {
        for file in self.files.list(&self.folder)? {
            let name = file.path.file_name().unwrap_or_default();
            if name.to_string_lossy().starts_with(REPLACED) {
                self.files.remove(&file.path)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::journal::{Disk as _, MemoryDisk, RunHead, Unsynced};
    use crate::model::{BaselineEntry, Before, OrgKind, Ref, Target, Value};

    fn organization() -> Organization {
        Organization {
            id: OrgId::parse("00D000000000001AAA").unwrap(),
            name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "http://127.0.0.1:1".to_owned(),
        }
    }

    fn baseline(user: &str) -> Baseline {
        Baseline {
            entries: vec![BaselineEntry {
                item: "users".to_owned(),
                target: Target::UserCallCenter(Ref::named(user)),
                before: Before::Known(None),
                ours: Some(Value::CallCenter(Ref::named("V1"))),
                run: "01".to_owned(),
                recipe: None,
                giving_back: false,
            }]
            .into(),
        }
    }

    #[test]
    fn a_killed_run_leaves_nothing_beside_its_journal() {
        let id = organization().id;
        for cut in 1.. {
            let disk = MemoryDisk::new();
            let store = Store::on(Arc::new(disk.clone()), "state").org(&id);
            store.keep_baseline(&Baseline::default()).unwrap();
            disk.cut_power_at(cut);
            let is_done = store.retire_baseline("1", &Baseline::default()).is_ok();
            disk.restart(Unsynced::Kept);
            // Nothing is ever written there again which would sweep it away.
            for file in disk.list(&store.run_folder("1")).unwrap_or_default() {
                assert!(file.path.ends_with("baseline.json"), "{cut}: {}", file.path.display());
            }
            if is_done {
                assert!(cut > 5, "{cut}");
                break;
            }
        }
    }

    #[test]
    fn orgs_with_a_baseline_are_listed_as_their_last_run_saw_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        assert!(store.baselines().unwrap().0.is_empty());
        let mut organization = organization();
        let org = store.org(&organization.id);
        org.keep_baseline(&baseline("ada@example.com")).unwrap();
        assert_eq!(store.baselines().unwrap().0[0].organization, None);
        let at = "2026-11-22T10:00:00Z".parse().unwrap();
        for (run, name) in [("01", "Acme"), ("02", "Acme, renamed")] {
            name.clone_into(&mut organization.name);
            let head = RunHead {
                alias: None,
                at,
                command: "apply",
                organization: Some(&organization),
                tenant: None,
                undoes: None,
                continues: None,
                configuration: "c",
            };
            org.begin(run, &head).unwrap();
        }
        let damaged = OrgId::parse("00D000000000002AAA").unwrap();
        fs::create_dir(store.orgs().join(damaged.long())).unwrap();
        fs::write(store.orgs().join(damaged.long()).join(BASELINE), "{").unwrap();
        fs::create_dir(store.orgs().join("lost+found")).unwrap();
        let (known, unreadable) = store.baselines().unwrap();
        assert_eq!((known.len(), unreadable.len()), (1, 1));
        assert_eq!(known[0].org, organization.id);
        assert_eq!(known[0].organization.as_ref(), Some(&organization));
    }

    #[test]
    fn what_is_replaced_is_kept_even_where_it_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let org = Store::at(folder.path()).org(&organization().id);
        assert_eq!(org.replace_baseline(&Baseline::default(), "00").unwrap(), None);
        assert_eq!(org.replace_baseline(&baseline("ada"), "01").unwrap(), None, "it was empty");
        let kept = org.replace_baseline(&baseline("grace"), "02").unwrap().unwrap();
        assert_eq!(org.files.read::<Baseline>(&kept).unwrap(), Some(baseline("ada")));
        assert_eq!(org.baseline().unwrap(), baseline("grace"));
        fs::write(org.folder.join(BASELINE), "{").unwrap();
        let damaged = org.replace_baseline(&baseline("alan"), "03").unwrap().unwrap();
        assert_eq!(fs::read_to_string(damaged).unwrap(), "{");
        org.forget().unwrap();
        assert!(!kept.exists());
    }
}
