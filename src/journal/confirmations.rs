//! What people confirmed: `confirmations.json`, of an org or of a Webex tenant.

use std::path::PathBuf;

use super::Error;
use super::files::Files;
use crate::model::Confirmations;

const FILE: &str = "confirmations.json";

/// The confirmations of one org or one Webex tenant.
#[derive(Debug, Clone)]
pub struct ConfirmationStore {
    files: Files,
    folder: PathBuf,
}

impl ConfirmationStore {
    /// The confirmations that are kept in a folder.
    pub(super) fn at(files: Files, folder: PathBuf) -> Self {
        Self { files, folder }
    }

    /// All of them; empty where nobody confirmed anything.
    pub fn read(&self) -> Result<Confirmations, Error> {
        Ok(self.files.read(&self.folder.join(FILE))?.unwrap_or_default())
    }

    /// Changes them, durably. A run may be at work on the org meanwhile: it waits for a person,
    /// who may well be the one that confirms.
    pub fn change<R>(&self, change: impl FnOnce(&mut Confirmations) -> R) -> Result<R, Error> {
        self.files.change(&self.folder.join(FILE), change)
    }

    /// Forgets them all.
    pub fn forget(&self) -> Result<(), Error> {
        self.files.remove_with_copy(&self.folder.join(FILE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Store;
    use crate::model::{Confirmation, OrgId};

    #[test]
    fn the_last_word_counts_and_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let said = |by: &str| Confirmation {
            item: "csp-allow-list".to_owned(),
            by: by.to_owned(),
            at: "2026-11-22T10:00:00Z".parse().unwrap(),
            wanted: "*.force.com".to_owned(),
        };
        let tenant = store.tenant(None).confirmations();
        assert_eq!(tenant.read().unwrap(), Confirmations::default());
        tenant.change(|all| all.take(said("ada"))).unwrap();
        tenant.change(|all| all.take(said("grace"))).unwrap();
        let all = store.tenant(None).confirmations().read().unwrap();
        assert_eq!(all.of("csp-allow-list").unwrap().by, "grace");
        assert_eq!(all.entries.len(), 1);
        let text = std::fs::read_to_string(folder.path().join("tenants/default").join(FILE));
        assert!(text.unwrap().contains("\"format\": 1"));
        let org = OrgId::parse("00D000000000001AAA").unwrap();
        assert_eq!(store.org(&org).confirmations().read().unwrap(), Confirmations::default());
        assert_eq!(
            store.tenant(Some("other")).confirmations().read().unwrap(),
            Confirmations::default()
        );
        let gone = tenant.change(|all| all.forget("csp-allow-list")).unwrap();
        assert_eq!(gone.unwrap().day(), "2026-11-22");
        assert_eq!(tenant.read().unwrap(), Confirmations::default());
    }
}
