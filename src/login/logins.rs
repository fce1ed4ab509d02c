//! The logins of this machine: `logins.json`, and those of Webex beside it.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Login, WebexLogin};
use crate::journal::{Error, Files, Lock, Store};
use crate::vault::Owner;

/// How exactly the last use is known: a run an hour must not cost a write each.
const EXACT: SignedDuration = SignedDuration::from_mins(1);

/// The org that is meant where none is named.
#[derive(Debug, Default, Serialize, Deserialize)]
struct DefaultOrg {
    alias: Option<String>,
}

/// What is known of a login without its secrets, kept under its alias.
pub trait Record: Clone + Serialize + DeserializeOwned {
    /// The name of the file of such logins.
    const FILE: &'static str;

    /// What the person calls it.
    fn alias(&self) -> &str;

    /// Whose secret it is.
    fn owner(&self) -> Owner;

    /// When it was last used, to the minute.
    fn last_used(&mut self) -> &mut Timestamp;
}

impl Record for Login {
    const FILE: &'static str = "logins.json";

    fn alias(&self) -> &str {
        &self.alias
    }

    fn owner(&self) -> Owner {
        Owner { org_id: self.org_id.clone(), user_id: self.user_id.clone() }
    }

    fn last_used(&mut self) -> &mut Timestamp {
        &mut self.last_used
    }
}

/// The logins to Salesforce orgs.
pub type Logins = Records<Login>;

/// The logins to Webex organizations.
pub type WebexLogins = Records<WebexLogin>;

/// The logins of a state directory that are of one sort, by alias.
#[derive(Debug, Clone)]
pub struct Records<L> {
    files: Files,
    path: PathBuf,
    of: PhantomData<L>,
}

impl<L: Record> Records<L> {
    /// The logins of that state directory.
    pub fn of(store: &Store) -> Self {
        let path = store.folder().join(L::FILE);
        Self { files: store.files().clone(), path, of: PhantomData }
    }

    /// All of them, in the order of their aliases.
    pub fn all(&self) -> Result<Vec<L>, Error> {
        Ok(self.read()?.into_values().collect())
    }

    /// The login of that alias.
    pub fn get(&self, alias: &str) -> Result<Option<L>, Error> {
        Ok(self.read()?.remove(alias))
    }

    /// Keeps a login, in the place of the one of the same alias, which is given back.
    pub fn save(&self, login: L) -> Result<Option<L>, Error> {
        self.change(|all| all.insert(login.alias().to_owned(), login))
    }

    /// Forgets a login.
    pub fn remove(&self, alias: &str) -> Result<Option<L>, Error> {
        self.change(|all| all.remove(alias))
    }

    /// The alias of the org that is meant where none is named.
    pub fn default_org(&self) -> Result<Option<String>, Error> {
        Ok(self.files.read::<DefaultOrg>(&self.default_path())?.unwrap_or_default().alias)
    }

    /// Chooses the org that is meant where none is named; `None`: none is.
    pub fn choose_default_org(&self, alias: Option<&str>) -> Result<(), Error> {
        self.files.change(&self.default_path(), |chosen: &mut DefaultOrg| {
            chosen.alias = alias.map(str::to_owned);
        })
    }

    fn default_path(&self) -> PathBuf {
        self.path.with_file_name("default-org.json")
    }

    /// Has whoever renews a login wait until this one is done: a refresh token may be good only once.
    pub fn lock_renewals(&self) -> Result<Lock, Error> {
        self.files.locked(&self.path.with_file_name("renewals"))
    }

    /// Makes sure that a login could be kept.
    pub fn check_writable(&self) -> Result<(), Error> {
        self.change(|_| ())
    }

    /// Takes down that a login was used.
    pub fn mark_used(&self, login: &L, now: Timestamp) -> Result<(), Error> {
        if now.duration_since(*login.clone().last_used()).abs() < EXACT {
            return Ok(());
        }
        self.change(|all| {
            if let Some(known) = all.get_mut(login.alias()) {
                *known.last_used() = now;
            }
        })
    }

    fn read(&self) -> Result<BTreeMap<String, L>, Error> {
        Ok(self.files.read(&self.path)?.unwrap_or_default())
    }

    fn change<R>(&self, change: impl FnOnce(&mut BTreeMap<String, L>) -> R) -> Result<R, Error> {
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
        assert!(logins.save(login("uat")).unwrap().is_none());
        assert_eq!(logins.save(login("uat")).unwrap(), Some(login("uat")));
        logins.save(login("prod")).unwrap();
        let names = |all: Vec<Login>| all.into_iter().map(|it| it.alias).collect::<Vec<_>>();
        assert_eq!(names(logins.all().unwrap()), ["prod", "uat"]);
        let soon = "2026-11-22T10:00:30Z".parse().unwrap();
        logins.mark_used(&login("uat"), soon).unwrap();
        assert_eq!(logins.get("uat").unwrap().unwrap(), login("uat"));
        let later: Timestamp = "2026-11-22T10:05:00Z".parse().unwrap();
        logins.mark_used(&login("uat"), later).unwrap();
        assert_eq!(logins.get("uat").unwrap().unwrap().last_used, later);
        assert!(logins.remove("uat").unwrap().is_some());
        assert!(logins.remove("uat").unwrap().is_none());
        assert!(logins.get("uat").unwrap().is_none());
    }

    #[test]
    fn one_org_may_be_the_one_that_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let logins = Logins::of(&Store::at(folder.path().join("state")));
        assert_eq!(logins.default_org().unwrap(), None);
        logins.choose_default_org(Some("uat")).unwrap();
        assert_eq!(logins.default_org().unwrap().as_deref(), Some("uat"));
        logins.choose_default_org(None).unwrap();
        assert_eq!(logins.default_org().unwrap(), None);
    }

    /// Kept as a version of provision wrote it that knew neither Webex nor checksums.
    #[test]
    fn logins_of_an_older_version_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        std::fs::create_dir(&state).unwrap();
        std::fs::write(state.join("logins.json"), include_str!("older/logins.json")).unwrap();
        let logins = Logins::of(&Store::at(state));
        let read = logins.all().unwrap();
        let told: Vec<_> = read.iter().map(|it| (it.alias.as_str(), it.method.label())).collect();
        assert_eq!(
            told,
            [
                ("browser", "web"),
                ("cli", "Salesforce CLI"),
                ("key", "JWT"),
                ("lent", "access token"),
                ("own", "client credentials"),
                ("pasted", "refresh token"),
            ]
        );
        assert_eq!((read[2].secret, read[3].secret), (Place::File, Place::None));
        // What is written into it next loses none of them.
        logins.remove("lent").unwrap();
        assert_eq!(logins.all().unwrap().len(), 5);
    }
}
