//! Which organization it was, and saving the login.

use jiff::Timestamp;
use webex_client::Scope;

use super::WebexLoginArguments;
use super::flow::Granted;
use crate::cli::context::Context;
use crate::cli::{configuration, vault, webex};
use crate::failure::Failure;
use crate::journal::Store;
use crate::login::{Record as _, WebexLogin, WebexLogins, secrets};
use crate::vault::Vault;

/// A login that was saved.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) login: WebexLogin,
    /// Where the secret went, in words.
    pub(super) secret_place: String,
}

/// Saves a login under its alias.
pub(super) struct LoginSaver<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) own: &'a WebexLoginArguments,
    pub(super) store: &'a Store,
    pub(super) logins: &'a WebexLogins,
    pub(super) vault: &'a dyn Vault,
}

impl LoginSaver<'_> {
    /// Asks the service which organization it is, and saves the login under its alias.
    pub(super) async fn save(&self, granted: Granted) -> Result<Outcome, Failure> {
        let now = Timestamp::now();
        let mut login = WebexLogin {
            alias: self.own.alias.clone(),
            org_id: granted.organization.as_str().to_owned(),
            org_name: None,
            api_url: granted.api_url,
            login_url: granted.login_url,
            method: granted.method,
            // Whoever asked for a login to look with gets one, whatever the app may do besides.
            scope: if self.own.read_only {
                Some(Scope::ReadConfiguration.name().to_owned())
            } else {
                granted.scope.clone()
            },
            secret: self.vault.place(),
            since: now,
            last_used: now,
        };
        let client = webex::new_login(self.context, &login, &granted.credentials)?;
        let found = client.organization().await.map_err(|error| webex::not_opened(&error))?;
        login.org_name = found.name;
        let earlier = self.logins.get(&login.alias)?;
        if let Some(earlier) = &earlier {
            self.is_the_same(earlier, &login)?;
        }
        secrets::put(self.vault, &login, &granted.credentials).map_err(vault::failure)?;
        self.logins.save(login.clone())?;
        if let Some(earlier) = earlier {
            self.forget_secrets_of(&earlier, &login);
        }
        self.warn(&login, granted.scope.as_deref());
        let secret_place = format!("in {}", self.vault.describe());
        Ok(Outcome { login, secret_place })
    }

    /// An alias does not come to stand for another organization by accident.
    fn is_the_same(&self, earlier: &WebexLogin, login: &WebexLogin) -> Result<(), Failure> {
        if earlier.org_id == login.org_id || self.own.replace {
            return Ok(());
        }
        Err(Failure::refused(format!(
            "`{}` stands for the Webex organization {} (\"{}\"), but this login is for {} (\"{}\").",
            login.alias,
            earlier.org_id,
            earlier.org(),
            login.org_id,
            login.org()
        ))
        .hint("Nothing was stored. Choose another alias for this organization.")
        .hint("To point the alias at this organization, add --replace."))
    }

    /// The secrets of the login that was under this alias before, where the new one has not taken their
    /// place.
    fn forget_secrets_of(&self, earlier: &WebexLogin, login: &WebexLogin) {
        if earlier.owner() == login.owner() && earlier.secret == login.secret {
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
                "warning: The secret of the earlier login to {} is still in {}. {failure}\n",
                earlier.org(),
                earlier.secret
            ));
        }
    }

    /// What will be in the way of a plan, as far as it is known already.
    fn warn(&self, login: &WebexLogin, scope: Option<&str>) {
        let may = |name: &str| {
            scope
                .is_none_or(|all| all.split_whitespace().any(|it| it == name || it == "cjp:config"))
        };
        for (scope, what) in [("cjp:config_read", "looked at"), ("cjp:config_write", "changed")] {
            let wanted = scope == "cjp:config_read" || !self.own.read_only;
            if wanted && !may(scope) {
                self.context.terminal.err(&format!(
                    "warning: The token lacks the scope {scope}: nothing can be {what} with it.\n"
                ));
            }
        }
        // One that cannot be read is told by whoever needs it.
        let place = configuration::webex_place(&self.context.globals).unwrap_or_default();
        if let Some(org_id) = place.org_id.filter(|id| !id.eq_ignore_ascii_case(&login.org_id)) {
            self.context.terminal.err(&format!(
                "warning: `{}` is about the Webex organization {org_id}, and this login is for {}: it \
                 will not be used there.\n",
                configuration::path(&self.context.globals).display(),
                login.org_id
            ));
        }
    }
}
