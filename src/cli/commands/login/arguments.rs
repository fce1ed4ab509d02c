//! The options of `provision login`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use super::webex::WebexLoginArguments;
use crate::failure::Failure;
use crate::vault::Place;

const EXAMPLES: &str = "\
Examples:
  # In the browser, with your own app (docs/logins.md: how to make one)
  provision login uat --sandbox --client-id 3MVG9...
  # In a pipeline: the app's private key, and nobody to click
  provision login prod --login-url https://acme.my.salesforce.com --client-id 3MVG9... --jwt-key server.key --username deploy@acme.example
  # With the login that the Salesforce CLI has
  provision login uat --from-sf uat
  # With a token from elsewhere
  provision login uat --login-url https://acme--uat.sandbox.my.salesforce.com --access-token-stdin < token.txt";

/// Log in to an org, and call it by an alias from then on
///
/// Without any other option, a browser opens: whoever logs in there lets provision work in the org
/// as them. The app that it uses is your own: --client-id names it, and docs/logins.md says how
/// to make one in five minutes. Other ways: a signed assertion (--jwt-key), the app's own credentials
/// (--client-credentials), tokens from elsewhere on standard input, and the Salesforce CLI.
///
/// The login's secret goes to the operating system's keyring; where there is none, into a file that
/// a passphrase opens. User name with password, SOAP's `login()` and the device flow are not offered:
/// Salesforce blocks them in new orgs, or retires them.
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
    /// What you call the org from now on: `--org ALIAS`
    #[arg(value_name = "ALIAS")]
    pub(super) alias: Option<String>,
    /// Log in at test.salesforce.com
    #[arg(long, group = "host")]
    pub(super) sandbox: bool,
    /// Log in at this address: the org's own (My Domain) always works
    ///
    /// Without it and --sandbox, the configuration's `login` or `instance_url` for the alias holds, else
    /// <https://login.salesforce.com>.
    #[arg(long, value_name = "URL", group = "host")]
    pub(super) login_url: Option<String>,
    /// Consumer key of your connected app or external client app
    #[arg(long, value_name = "KEY")]
    pub(super) client_id: Option<String>,
    /// Print the link of the web login instead of opening a browser
    #[arg(long)]
    pub(super) no_browser: bool,
    /// Port of this machine that the browser comes back to
    ///
    /// The app's Callback URL names it: <http://localhost:1717/OauthRedirect>
    #[arg(long, value_name = "PORT", default_value_t = 1717)]
    pub(super) port: u16,
    /// Log in with the app's private key: JWT bearer
    ///
    /// An RSA key in PEM format, without a passphrase. It stays where it is, and is read again
    /// whenever an access token is needed.
    #[arg(
        long,
        value_name = "FILE",
        group = "flow",
        requires = "username",
        requires = "client_id"
    )]
    pub(super) jwt_key: Option<PathBuf>,
    /// The user to log in as, with --jwt-key
    #[arg(long, value_name = "NAME", requires = "jwt_key")]
    pub(super) username: Option<String>,
    /// Log in as the app itself; the secret comes from `PROVISION_CLIENT_SECRET`
    ///
    /// Works at the org's own address (My Domain) only.
    #[arg(long, group = "flow", requires = "client_id")]
    pub(super) client_credentials: bool,
    /// Take an access token from standard input
    ///
    /// It cannot be renewed: once it ends, log in again. Needs the org's own address.
    #[arg(long, group = "flow")]
    pub(super) access_token_stdin: bool,
    /// Take a refresh token from standard input
    #[arg(long, group = "flow", requires = "client_id")]
    pub(super) refresh_token_stdin: bool,
    /// Take an auth URL (`force://…`) from standard input
    #[arg(long, group = "flow", conflicts_with_all = ["host", "client_id"])]
    pub(super) auth_url_stdin: bool,
    /// Use a login of the Salesforce CLI, by its user name or alias
    ///
    /// The CLI is asked for an access token whenever one is needed.
    #[arg(
        long,
        value_name = "USER_OR_ALIAS",
        group = "flow",
        conflicts_with_all = ["host", "client_id"]
    )]
    pub(super) from_sf: Option<String>,
    /// Copy the Salesforce CLI's login, so that the CLI is no longer needed
    ///
    /// The two then share a refresh token: `logout` ends both, `logout --local` only this one.
    #[arg(long, requires = "from_sf")]
    pub(super) copy: bool,
    /// Where the secret goes [default: the keyring, where there is one, else a sealed file]
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
    /// Nowhere: every command takes it from the environment, for pipelines
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
            "With --vault none nothing is kept, so that this login would end with the command.",
        )
        .hint(
            "In a pipeline use --jwt-key, --client-credentials, or a token that the pipeline keeps. \
             To try without a keyring, use --vault file.",
        ))
    }
}
