//! Secrets of logins in a vault.
//!
//! A vault knows owners: one user of one org. Whoever gives the same login two aliases has two
//! secrets there, for each can end by itself; they are kept together, by alias.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::{Credentials, Record};
use crate::vault::{Error, Vault};

/// What the vault holds for a login; `None` where that is nothing, or nothing that is known here.
pub fn get(vault: &dyn Vault, login: &impl Record) -> Result<Option<Credentials>, Error> {
    Ok(all(vault, login)?.remove(login.alias()).as_ref().and_then(Credentials::from_json))
}

/// Keeps the secrets of a login, beside those of its owner's other aliases.
pub fn put(vault: &dyn Vault, login: &impl Record, credentials: &Credentials) -> Result<(), Error> {
    let mut all = all(vault, login)?;
    all.insert(login.alias().to_owned(), credentials.to_json());
    vault.put(&login.owner(), &sealed(&all))
}

/// Forgets the secrets of a login.
pub fn remove(vault: &dyn Vault, login: &impl Record) -> Result<(), Error> {
    let mut all = all(vault, login)?;
    all.remove(login.alias());
    if all.is_empty() {
        vault.remove(&login.owner())
    } else {
        vault.put(&login.owner(), &sealed(&all))
    }
}

/// What the vault holds for the login's owner, by alias.
fn all(vault: &dyn Vault, login: &impl Record) -> Result<BTreeMap<String, Value>, Error> {
    let Some(text) = vault.get(&login.owner())? else { return Ok(BTreeMap::new()) };
    // What is not understood is not overwritten.
    serde_json::from_str(text.expose_secret()).map_err(|_| Error::NotText { owner: login.owner() })
}

fn sealed(all: &BTreeMap<String, Value>) -> SecretString {
    SecretString::from(json!(all).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::login::logins::tests::login;
    use crate::vault::MemoryVault;

    fn credentials(token: &str) -> Credentials {
        Credentials { refresh_token: Some(token.into()), ..Credentials::default() }
    }

    fn token(vault: &dyn Vault, alias: &str) -> Option<String> {
        let credentials = get(vault, &login(alias)).unwrap()?;
        credentials.refresh_token.map(|token| token.expose_secret().to_owned())
    }

    #[test]
    fn two_aliases_of_one_user_do_not_cost_each_other_their_secrets() {
        let vault = MemoryVault::default();
        assert!(token(&vault, "web").is_none());
        put(&vault, &login("web"), &credentials("one")).unwrap();
        put(&vault, &login("cli"), &credentials("two")).unwrap();
        assert_eq!(token(&vault, "web").unwrap(), "one");
        remove(&vault, &login("cli")).unwrap();
        assert_eq!(token(&vault, "web").unwrap(), "one");
        assert!(token(&vault, "cli").is_none());
        remove(&vault, &login("web")).unwrap();
        assert!(vault.get(&login("web").owner()).unwrap().is_none(), "nothing stays behind");
        remove(&vault, &login("web")).unwrap();
    }
}
