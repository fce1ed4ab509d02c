//! Secrets that end with the process.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;

use super::{Error, Owner, Place, Vault};

/// Keeps secrets within the process: for pipelines, which log in on every run.
#[derive(Debug, Default)]
pub struct MemoryVault {
    secrets: Mutex<BTreeMap<Owner, SecretString>>,
}

impl MemoryVault {
    fn secrets(&self) -> MutexGuard<'_, BTreeMap<Owner, SecretString>> {
        // A map that somebody panicked beside is still a map.
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for MemoryVault {
    fn place(&self) -> Place {
        Place::None
    }

    fn describe(&self) -> String {
        "memory only, until this process ends".to_owned()
    }

    fn get(&self, owner: &Owner) -> Result<Option<SecretString>, Error> {
        Ok(self.secrets().get(owner).cloned())
    }

    fn put(&self, owner: &Owner, secret: &SecretString) -> Result<(), Error> {
        self.secrets().insert(owner.clone(), secret.clone());
        Ok(())
    }

    fn remove(&self, owner: &Owner) -> Result<(), Error> {
        self.secrets().remove(owner);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_secret_is_kept_for_its_owner_and_not_printed() {
        let memory = MemoryVault::default();
        let ada = Owner { org_id: "00D1".to_owned(), user_id: "0051".to_owned() };
        let grace = Owner { user_id: "0052".to_owned(), ..ada.clone() };
        memory.put(&ada, &SecretString::from("canary")).unwrap();
        assert_eq!(memory.get(&ada).unwrap().unwrap().expose_secret(), "canary");
        assert!(memory.get(&grace).unwrap().is_none());
        assert!(!format!("{memory:?}").contains("canary"));
        memory.remove(&grace).unwrap();
        memory.remove(&ada).unwrap();
        assert!(memory.get(&ada).unwrap().is_none());
    }
}
