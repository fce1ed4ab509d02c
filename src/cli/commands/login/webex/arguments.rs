//! The options of `provision login webex`.

use clap::{ArgGroup, Args};

use crate::cli::commands::login::arguments::VaultChoice;
use crate::vault::Place;

const EXAMPLES: &str = "\
Examples:
  # In the browser, with your own integration (see docs/webex.md)
  provision login webex acme --data-center us1 --client-id C1a2b3...
  # With a service app and its refresh token
  provision login webex acme --data-center us1 --client-id C1a2b3... --refresh-token-stdin < token.txt
  # With a personal access token, for a quick look
  provision login webex acme --data-center us1 --access-token-stdin < token.txt";

/// Log in to a Webex organization, for the Webex part of the setup
///
/// By default a browser opens, and provision then reads and changes the contact center's
/// configuration as the user who logs in there. It uses an integration of your own, given by
/// --client-id; its secret comes from `PROVISION_WEBEX_CLIENT_SECRET` or is asked for.
/// docs/webex.md shows how to register one.
///
/// `plan`, `apply` and `verify` use the login whose organization is `org_id` in `[webex]`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES, group = ArgGroup::new("way").multiple(false))]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(in crate::cli::commands::login) struct WebexLoginArguments {
    /// Alias for the login, used as `logout ALIAS`
    #[arg(value_name = "ALIAS")]
    pub(super) alias: String,
    /// Data centre: us1, eu1, eu2, anz1, ca1, jp1, sg1 or in1
    ///
    /// Defaults to `data_center` in the configuration.
    #[arg(long, value_name = "NAME", conflicts_with = "api_url")]
    pub(super) data_center: Option<String>,
    /// URL of the contact center's API, if the data centre is none of these
    #[arg(long, value_name = "URL")]
    pub(super) api_url: Option<String>,
    /// URL of the Webex token service [default: <https://webexapis.com>]
    #[arg(long, value_name = "URL")]
    pub(super) login_url: Option<String>,
    /// Client id of your integration or service app
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,
    /// Read the app's client secret from standard input
    ///
    /// Otherwise it comes from `PROVISION_WEBEX_CLIENT_SECRET` or is asked for.
    #[arg(long, group = "way", requires = "client_id")]
    pub(super) client_secret_stdin: bool,
    /// Redirect URI, exactly as registered for the integration
    #[arg(long, value_name = "URL", default_value = "http://localhost:1717/OauthRedirect")]
    pub(super) redirect_uri: String,
    /// Print the login link instead of opening a browser
    #[arg(long)]
    pub(super) no_browser: bool,
    /// Request read-only access
    #[arg(long)]
    pub(super) read_only: bool,
    /// Log in as a service app; read its refresh token from standard input
    #[arg(long, group = "way", requires = "client_id")]
    pub(super) refresh_token_stdin: bool,
    /// Log in as the service app with this id, whose tokens are created on demand
    ///
    /// Reads a token with the scope `spark:applications_token` from standard input.
    #[arg(long, value_name = "APPLICATION_ID", group = "way", requires = "client_id")]
    pub(super) mint: Option<String>,
    /// Read an access token from standard input
    ///
    /// It cannot be renewed. A personal token from developer.webex.com is valid for 12 hours.
    #[arg(long, group = "way", conflicts_with = "client_id")]
    pub(super) access_token_stdin: bool,
    /// Organization to use, if the token belongs to another one (a partner's)
    #[arg(long, value_name = "ID")]
    pub(super) org_id: Option<String>,
    /// Where to store the secret [default: the keyring if there is one, else a sealed file]
    #[arg(long, value_enum, value_name = "PLACE")]
    vault: Option<VaultChoice>,
    /// Point an existing alias at a different organization
    #[arg(long)]
    pub(super) replace: bool,
}

impl WebexLoginArguments {
    /// The place that was asked for.
    pub(super) fn vault(&self) -> Option<Place> {
        self.vault.map(VaultChoice::place)
    }
}
