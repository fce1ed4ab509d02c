//! The logins of check users: what they get is looked at where the configuration names them.

use std::collections::BTreeSet;

use salesforce_client::Client;

use super::context::Context;
use super::logins;
use crate::engine::{CheckUser, unseen_by};
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::login::Logins;
use crate::model::Desired;

/// Those of them that there are. One that cannot be used is told by the run, and never ends it; a person
/// who does not want to type the vault's passphrase does.
pub(super) fn find(
    context: &Context<'_>,
    desired: &Desired,
    store: &Store,
    org: Option<&Client>,
) -> Result<Vec<CheckUser>, Failure> {
    let wishes = desired.connectors.iter().filter_map(|it| it.softphone_layout.as_ref());
    let aliases: BTreeSet<&String> = wishes.flat_map(|wish| &wish.check_users).collect();
    let mut found = Vec::new();
    if org.is_none() || aliases.is_empty() {
        return Ok(found);
    }
    let logins = Logins::of(store);
    for alias in aliases {
        let Some(login) = logins.get(alias)? else { continue };
        let client = match logins::client_beside(context, &login, store, org) {
            Ok(client) => Ok(client),
            Err(failure) if failure.kind == Kind::Interrupted => return Err(failure),
            Err(failure) => Err(unseen_by(&failure)),
        };
        found.push(CheckUser { alias: login.alias, user_id: login.user_id, client });
    }
    Ok(found)
}
