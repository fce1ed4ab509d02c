//! What a login needs of this machine, and what is wrong with that: all of it before anybody is asked
//! for a passphrase, and before anything is sent.

use std::path::PathBuf;

use salesforce_client::oauth::{Assertion, Audience, AuthUrl};
use salesforce_client::wire::{Url, is_loopback};
use secrecy::SecretString;

use super::input::{self, Wanted};
use super::{LoginArguments, browser};
use crate::advice;
use crate::cli::context::Context;
use crate::cli::{address, configuration};
use crate::failure::Failure;
use crate::login::{Account, SalesforceCli};

pub(super) const PRODUCTION: &str = "https://login.salesforce.com";
const SANDBOX: &str = "https://test.salesforce.com";

/// A way in, with all that it takes.
pub(super) enum Prepared {
    Web {
        url: String,
        client_id: String,
    },
    Jwt {
        url: String,
        client_id: String,
        username: String,
        key: SecretString,
        path: PathBuf,
    },
    ClientCredentials {
        url: String,
        client_id: String,
        client_secret: SecretString,
    },
    AccessToken {
        url: String,
        token: SecretString,
    },
    Refresh {
        url: String,
        client_id: String,
        client_secret: Option<SecretString>,
        token: SecretString,
    },
    SalesforceCli {
        user: String,
        account: Account,
        token: SecretString,
    },
}

/// Gets everything together. Blocks while somebody types, or the Salesforce CLI answers.
pub(super) fn prepare(
    context: &Context<'_>,
    own: &LoginArguments,
    alias: &str,
) -> Result<Prepared, Failure> {
    if let Some(user) = &own.from_sf {
        let cli = SalesforceCli::default();
        if own.copy {
            return Ok(of_auth_url(cli.auth_url(user)?));
        }
        let (account, token) = (cli.account(user)?, cli.access_token(user)?);
        return Ok(Prepared::SalesforceCli { user: user.clone(), account, token });
    }
    if own.auth_url_stdin {
        let text = input::standard_input(context, Wanted::AuthUrl)?;
        return AuthUrl::read_secret(&text).map(of_auth_url).map_err(|error| {
            Failure::usage(format!("On standard input, {error}."))
                .hint("`sf org auth show-sfdx-auth-url --target-org USER` prints one.")
        });
    }
    let url = login_address(context, own, alias)?;
    let client_id = own.client_id.clone().unwrap_or_default();
    if own.access_token_stdin {
        needs_own_address(&url, "An access token")?;
        let token = input::standard_input(context, Wanted::AccessToken)?;
        return Ok(Prepared::AccessToken { url, token });
    }
    if let (Some(file), Some(username)) = (&own.jwt_key, &own.username) {
        let (key, path) = input::key(file)?;
        let audience = Audience::Production.name(&parsed(&url));
        Assertion::new(&client_id, username, &audience, key.clone()).map_err(|error| {
            Failure::usage(format!("The private key `{}` cannot be used: {error}.", file.display()))
                .hint(advice::after_key_error(&error))
        })?;
        return Ok(Prepared::Jwt { url, client_id, username: username.clone(), key, path });
    }
    if own.client_credentials {
        needs_own_address(&url, "The client credentials flow")?;
        let client_secret = input::client_secret(context)?;
        return Ok(Prepared::ClientCredentials { url, client_id, client_secret });
    }
    if own.refresh_token_stdin {
        let token = input::standard_input(context, Wanted::RefreshToken)?;
        let client_secret = context.surroundings.client_secret.clone();
        return Ok(Prepared::Refresh { url, client_id, client_secret, token });
    }
    let client_id = own.client_id.clone().ok_or_else(|| browser::no_app(alias))?;
    Ok(Prepared::Web { url, client_id })
}

fn of_auth_url(url: AuthUrl) -> Prepared {
    Prepared::Refresh {
        url: url.instance_url,
        client_id: url.client_id,
        client_secret: url.client_secret,
        token: url.refresh_token,
    }
}

/// An address that was read before; what is wrong with it, its transport says.
pub(super) fn parsed(url: &str) -> Url {
    Url::parse(url).unwrap_or_else(|_| login_host())
}

fn login_host() -> Url {
    #[expect(clippy::expect_used, reason = "a constant, which a test reads")]
    Url::parse(PRODUCTION).expect("an address")
}

/// Where to log in.
fn login_address(
    context: &Context<'_>,
    own: &LoginArguments,
    alias: &str,
) -> Result<String, Failure> {
    if own.sandbox {
        return Ok(SANDBOX.to_owned());
    }
    let named = own.login_url.clone().or_else(|| context.globals.instance_url.clone());
    if let Some(text) = named {
        let read = address::read(&text)?;
        if let Some(note) = read.note {
            context.terminal.note(&note);
        }
        return Ok(read.url);
    }
    let Some(configured) = configuration::login_of(&context.globals, alias)? else {
        return Ok(PRODUCTION.to_owned());
    };
    let url = address::read(&configured)?.url;
    let file = configuration::path(&context.globals).display().to_string();
    if !is_salesforces(&url) {
        // A file that came with a folder must not decide who gets a secret.
        return Err(Failure::refused(format!(
            "`{file}` has {url} as the address to log in at, which is not one of Salesforce's."
        ))
        .hint(format!("If this is the right URL, confirm it: --login-url {url}")));
    }
    context.terminal.note(&format!("Logging in at {url}, as {file} says."));
    Ok(url)
}

/// Whether the address is Salesforce's, or this machine's.
fn is_salesforces(url: &str) -> bool {
    const DOMAINS: [&str; 4] =
        [".salesforce.com", ".force.com", ".salesforce.mil", ".cloudforce.com"];
    let url = parsed(url);
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    is_loopback(&url) || DOMAINS.iter().any(|domain| host.ends_with(domain))
}

/// Some flows know nothing of the hosts where everybody logs in.
fn needs_own_address(url: &str, what: &str) -> Result<(), Failure> {
    if ![PRODUCTION, SANDBOX].contains(&url) {
        return Ok(());
    }
    Err(Failure::usage(format!("{what} needs the org's own URL, and {url} is not one.")).hint(
        "Give the My Domain with --login-url, such as https://acme.my.salesforce.com: Setup > My \
         Domain shows it.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_send_secrets_to_any_address() {
        assert_eq!(login_host().as_str(), "https://login.salesforce.com/");
        for good in [
            "https://acme.my.salesforce.com",
            "https://test.salesforce.com",
            "http://127.0.0.1:8080",
        ] {
            assert!(is_salesforces(good), "{good}");
        }
        for bad in [
            "https://salesforce.com.evil.example",
            "https://evilsalesforce.com",
            "https://evil.example/.salesforce.com",
        ] {
            assert!(!is_salesforces(bad), "{bad}");
        }
    }
}
