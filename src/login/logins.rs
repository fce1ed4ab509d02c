//! The logins of this machine: `logins.json`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::Login;
use crate::journal::{Error, Files, Lock, Store};

/// How exactly the last use is known: a run an hour must not cost a write each.
const EXACT: SignedDuration = SignedDuration::from_mins(1);

/// The logins of a state directory, by alias.
#[derive(Debug, Clone)]
pub struct Logins {
    files: Files,
    path: PathBuf,
}

impl Logins {
    /// The logins of that state directory.
    pub fn of(store: &Store) -> Self {
        Self { files: store.files().clone(), path: store.folder().join("logins.json") }
    }

    /// All of them, in the order of their aliases.
    pub fn all(&self) -> Result<Vec<Login>, Error> {
        Ok(self.read()?.into_values().collect())
    }

    /// The login of that alias.
    pub fn get(&self, alias: &str) -> Result<Option<Login>, Error> {
        Ok(self.read()?.remove(alias))
    }

    /// Keeps a login, in the place of the one of the same alias, which is given back.
    pub fn keep(&self, login: Login) -> Result<Option<Login>, Error> {
        self.change(|all| all.insert(login.alias.clone(), login))
    }

    /// Forgets a login.
    pub fn forget(&self, alias: &str) -> Result<Option<Login>, Error> {
        self.change(|all| all.remove(alias))
    }

    /// Has whoever renews a login wait until this one is done: a refresh token may be good only once.
    pub fn alone(&self) -> Result<Lock, Error> {
        self.files.locked(&self.path.with_file_name("renewals"))
    }

    /// Makes sure that a login could be kept.
    pub fn try_out(&self) -> Result<(), Error> {
        self.change(|_| ())
    }

    /// Takes down that a login was used.
    pub fn used(&self, login: &Login, now: Timestamp) -> Result<(), Error> {
        if now.duration_since(login.last_used).abs() < EXACT {
            return Ok(());
        }
        self.change(|all| {
            if let Some(known) = all.get_mut(&login.alias) {
                known.last_used = now;
            }
        })
    }

    fn read(&self) -> Result<BTreeMap<String, Login>, Error> {
        Ok(self.files.read(&self.path)?.unwrap_or_default())
    }

    fn change<R>(
        &self,
        change: impl FnOnce(&mut BTreeMap<String, Login>) -> R,
    ) -> Result<R, Error> {
        self.files.change(&self.path, change)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::login::Method;
    use crate::model::OrgKind;
    use crate::vault::Place;

    pub(in crate::login) fn login(alias: &str) -> Login {
        Login {
            alias: alias.to_owned(),
            username: "ada@example.com".to_owned(),
            user_id: "005000000000001AAA".to_owned(),
            org_id: "00D000000000001AAA".to_owned(),
            org_name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "https://acme--uat.sandbox.my.salesforce.com".to_owned(),
            method: Method::Web { client_id: "3MVG9".to_owned() },
            secret: Place::Keyring,
            since: "2026-11-22T10:00:00Z".parse().unwrap(),
            last_used: "2026-11-22T10:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn logins_are_kept_used_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let logins = Logins::of(&Store::at(folder.path().join("state")));
        assert!(logins.all().unwrap().is_empty());
        assert!(logins.keep(login("uat")).unwrap().is_none());
        assert_eq!(logins.keep(login("uat")).unwrap(), Some(login("uat")));
        logins.keep(login("prod")).unwrap();
        let names = |all: Vec<Login>| all.into_iter().map(|it| it.alias).collect::<Vec<_>>();
        assert_eq!(names(logins.all().unwrap()), ["prod", "uat"]);
        let soon = "2026-11-22T10:00:30Z".parse().unwrap();
        logins.used(&login("uat"), soon).unwrap();
        assert_eq!(logins.get("uat").unwrap().unwrap(), login("uat"));
        let later: Timestamp = "2026-11-22T10:05:00Z".parse().unwrap();
        logins.used(&login("uat"), later).unwrap();
        assert_eq!(logins.get("uat").unwrap().unwrap().last_used, later);
        assert!(logins.forget("uat").unwrap().is_some());
        assert!(logins.forget("uat").unwrap().is_none());
        assert!(logins.get("uat").unwrap().is_none());
    }
}
