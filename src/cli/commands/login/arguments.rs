//! The options of `provision login`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use super::webex::WebexLoginArguments;
use crate::failure::Failure;
use crate::vault::Place;

const EXAMPLES: &str = "\
Examples:
  # In the browser, with your own app (see docs/logins.md)
  provision login uat --sandbox --client-id 3MVG9...
  # In a pipeline, with the app's private key
  provision login prod --login-url https://acme.my.salesforce.com --client-id 3MVG9... --jwt-key server.key --username deploy@acme.example
  # With a login of the Salesforce CLI
  provision login uat --from-sf uat
  # With an access token
  provision login uat --login-url https://acme--uat.sandbox.my.salesforce.com --access-token-stdin < token.txt";

/// Log in to an org and give it an alias
///
/// By default a browser opens, and provision then works in the org as the user who logs in there.
/// It uses an app of your own, given by --client-id; docs/logins.md shows how to create one in five
/// minutes. You can also log in with a private key (--jwt-key), the app's own credentials
/// (--client-credentials), a token on standard input, or a login of the Salesforce CLI.
///
/// The secret is stored in the operating system's keyring or, if there is none, in a file protected
/// by a passphrase. Username and password, SOAP `login()` and the device flow are not supported:
/// Salesforce blocks or retires them.
#[derive(Debug, Clone, Args)]
#[command(
    after_long_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    group = ArgGroup::new("flow").multiple(false),
    group = ArgGroup::new("host").multiple(false)
)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(in crate::cli) struct LoginArguments {
    #[command(subcommand)]
    pub(super) elsewhere: Option<Elsewhere>,
    /// Alias for the org, used as `--org ALIAS`
    #[arg(value_name = "ALIAS")]
    pub(super) alias: Option<String>,
    /// Log in at test.salesforce.com
    #[arg(long, group = "host")]
    pub(super) sandbox: bool,
    /// Log in at this URL; the org's own (My Domain) always works
    ///
    /// Without this and --sandbox: `login` or `instance_url` of the alias in the configuration,
    /// else <https://login.salesforce.com>.
    #[arg(long, value_name = "URL", group = "host")]
    pub(super) login_url: Option<String>,
    /// Consumer key of your connected app or external client app
    #[arg(long, value_name = "KEY")]
    pub(super) client_id: Option<String>,
    /// Print the login link instead of opening a browser
    #[arg(long)]
    pub(super) no_browser: bool,
    /// Port on this machine that the browser returns to
    ///
    /// It is part of the app's Callback URL: <http://localhost:1717/OauthRedirect>
    #[arg(long, value_name = "PORT", default_value_t = 1717)]
    pub(super) port: u16,
    /// Log in with the app's private key (JWT bearer flow)
    ///
    /// An RSA key in PEM format, without a passphrase. It stays where it is and is read whenever an
    /// access token is needed.
    #[arg(
        long,
        value_name = "FILE",
        group = "flow",
        requires = "username",
        requires = "client_id"
    )]
    pub(super) jwt_key: Option<PathBuf>,
    /// Username to log in as, with --jwt-key
    #[arg(long, value_name = "NAME", requires = "jwt_key")]
    pub(super) username: Option<String>,
    /// Log in as the app itself; its secret comes from `PROVISION_CLIENT_SECRET`
    ///
    /// Works only with the org's own URL (My Domain).
    #[arg(long, group = "flow", requires = "client_id")]
    pub(super) client_credentials: bool,
    /// Read an access token from standard input
    ///
    /// It cannot be renewed: when it expires, log in again. Needs the org's own URL.
    #[arg(long, group = "flow")]
    pub(super) access_token_stdin: bool,
    /// Read a refresh token from standard input
    #[arg(long, group = "flow", requires = "client_id")]
    pub(super) refresh_token_stdin: bool,
    /// Read an auth URL (`force://…`) from standard input
    #[arg(long, group = "flow", conflicts_with_all = ["host", "client_id"])]
    pub(super) auth_url_stdin: bool,
    /// Use a login of the Salesforce CLI, given by username or alias
    ///
    /// The CLI is asked for an access token whenever one is needed.
    #[arg(
        long,
        value_name = "USER_OR_ALIAS",
        group = "flow",
        conflicts_with_all = ["host", "client_id"]
    )]
    pub(super) from_sf: Option<String>,
    /// Copy the Salesforce CLI's login so that the CLI is no longer needed
    ///
    /// Both then share a refresh token: `logout` ends both, `logout --local` only this one.
    #[arg(long, requires = "from_sf")]
    pub(super) copy: bool,
    /// Where to store the secret [default: the keyring if there is one, else a sealed file]
    #[arg(long, value_enum, value_name = "PLACE")]
    vault: Option<VaultChoice>,
    /// Point an existing alias at a different org
    #[arg(long)]
    pub(super) replace: bool,
}

/// What else there is to log in to.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Elsewhere {
    Webex(Box<WebexLoginArguments>),
}

/// Where a secret goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum VaultChoice {
    /// The operating system's keyring
    Keyring,
    /// A file in the state directory, sealed with a passphrase
    File,
    /// Nowhere: every command reads it from the environment, for pipelines
    None,
}

impl VaultChoice {
    pub(super) fn place(self) -> Place {
        match self {
            Self::Keyring => Place::Keyring,
            Self::File => Place::File,
            Self::None => Place::None,
        }
    }
}

impl LoginArguments {
    /// The place that was asked for.
    pub(super) fn vault(&self) -> Option<Place> {
        self.vault.map(VaultChoice::place)
    }

    /// Whether the browser is needed.
    pub(super) fn is_web(&self) -> bool {
        self.jwt_key.is_none()
            && self.from_sf.is_none()
            && !self.client_credentials
            && !self.access_token_stdin
            && !self.refresh_token_stdin
            && !self.auth_url_stdin
    }

    /// A login whose secret only this command would know ends with it.
    pub(super) fn can_be_kept(&self, place: Place) -> Result<(), Failure> {
        if place != Place::None || !(self.is_web() || self.copy) {
            return Ok(());
        }
        Err(Failure::usage(
            "With --vault none nothing is stored, so this login would be lost when the command ends.",
        )
        .hint(
            "In a pipeline use --jwt-key, --client-credentials, or a token that the pipeline keeps. \
             To try it without a keyring, use --vault file.",
        ))
    }
}
