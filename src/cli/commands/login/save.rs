//! Who it was that logged in, and saving the login.

use std::sync::Arc;

use jiff::Timestamp;
use salesforce_client::Client;

use super::LoginArguments;
use super::granted::Granted;
use crate::cli::context::Context;
use crate::cli::{configuration, network, vault};
use crate::engine::{OrgReport, identify};
use crate::failure::Failure;
use crate::journal::Store;
use crate::login::{Login, Logins, NoStore, Record as _, secrets, session};
use crate::model::OrgKind;
use crate::vault::{Place, Vault};

/// A login that was saved.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) login: Login,
    pub(super) org: OrgReport,
    /// Where the secret went, in words.
    pub(super) secret_place: String,
}

/// Saves a login under its alias.
pub(super) struct LoginSaver<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) own: &'a LoginArguments,
    pub(super) alias: &'a str,
    pub(super) store: &'a Store,
    pub(super) logins: &'a Logins,
    pub(super) vault: &'a dyn Vault,
}

impl LoginSaver<'_> {
    /// Asks the org who has logged in, and saves the login under its alias.
    pub(super) async fn save(&self, granted: Granted) -> Result<Outcome, Failure> {
        let now = Timestamp::now();
        let mut login = Login {
            alias: self.alias.to_owned(),
            username: String::new(),
            user_id: granted.user_id.clone().unwrap_or_default(),
            org_id: granted.org_id.clone().unwrap_or_default(),
            org_name: String::new(),
            kind: OrgKind::Production,
            instance_url: granted.instance_url.clone(),
            method: granted.method,
            secret: self.vault.place(),
            since: now,
            last_used: now,
        };
        let transport = network::transport(self.context, &granted.instance_url)?;
        login.instance_url = transport.base_url().as_str().trim_end_matches('/').to_owned();
        // The token is new: what does not open the org now is not mended by a newer one.
        let (credentials, invocation) =
            (granted.credentials.clone(), self.context.globals.invocation());
        let session =
            session(&login, credentials, transport.clone(), Arc::new(NoStore), &invocation);
        let client = Client::new(transport, session);
        let identity = identify(&client, granted.user_id.as_deref(), now).await?;
        login.username = identity.username;
        login.user_id = identity.user_id;
        login.org_id = identity.organization.id.long();
        login.org_name.clone_from(&identity.organization.name);
        login.kind = identity.organization.kind;
        self.is_the_org_of_the_alias(&login)?;
        if login.secret != Place::None {
            secrets::put(self.vault, &login, &granted.credentials).map_err(vault::failure)?;
        }
        if let Some(earlier) = self.logins.save(login.clone())? {
            self.forget_secrets_of(&earlier, &login);
        }
        let org = OrgReport::new(&identity.organization, Some(self.alias));
        let secret_place = secret_place(self.vault, &login);
        Ok(Outcome { login, org, secret_place })
    }

    /// The secrets of the login that was under this alias before, where they are not in the new one's
    /// place: nobody would find them any more.
    fn forget_secrets_of(&self, earlier: &Login, login: &Login) {
        let moved = earlier.owner() != login.owner() || earlier.secret != login.secret;
        if !moved || earlier.secret == Place::None {
            return;
        }
        let removed = if earlier.secret == login.secret {
            secrets::remove(self.vault, earlier).map_err(vault::failure)
        } else {
            vault::open(self.context, earlier.secret, self.store)
                .and_then(|place| secrets::remove(&*place, earlier).map_err(vault::failure))
        };
        if let Err(failure) = removed {
            self.context.terminal.err(&format!(
                "warning: The secret of the earlier login of {} is still in {}. {failure}\n",
                earlier.username, earlier.secret
            ));
        }
    }

    /// An alias does not come to stand for another org by accident: scripts and people rely on it.
    fn is_the_org_of_the_alias(&self, login: &Login) -> Result<(), Failure> {
        configuration::agrees(&self.context.globals, login)?;
        let Some(earlier) = self.logins.get(self.alias)? else { return Ok(()) };
        if earlier.org_id == login.org_id || self.own.replace {
            return Ok(());
        }
        Err(Failure::refused(format!(
            "`{}` stands for the {} org {} (\"{}\"), but this login is for the {} org {} (\"{}\").",
            self.alias,
            earlier.kind.name(),
            earlier.org_id,
            earlier.org_name,
            login.kind.name(),
            login.org_id,
            login.org_name
        ))
        .hint("Nothing was stored. Choose another alias for this org.")
        .hint(
            "To point the alias at this org, add --replace. A refreshed sandbox is a new org, \
            too.",
        ))
    }
}

/// Where the secret went.
fn secret_place(vault: &dyn Vault, login: &Login) -> String {
    use crate::login::Method;
    if login.secret != Place::None {
        return format!("in {}", vault.describe());
    }
    match &login.method {
        Method::Jwt { key, .. } => {
            format!("not kept; the key stays in {}", key.display())
        }
        Method::SalesforceCli { .. } => {
            "not kept: the Salesforce CLI is asked each time".to_owned()
        }
        Method::ClientCredentials { .. } => {
            "not kept: every command takes the consumer secret from PROVISION_CLIENT_SECRET"
                .to_owned()
        }
        Method::AccessToken => {
            "not kept: every command takes the access token from PROVISION_ACCESS_TOKEN".to_owned()
        }
        Method::Web { .. } | Method::RefreshToken { .. } => {
            "not kept: every command takes the refresh token from PROVISION_REFRESH_TOKEN"
                .to_owned()
        }
    }
}
