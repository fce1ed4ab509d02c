//! The options of `provision login webex`.

use clap::{ArgGroup, Args};

use crate::cli::commands::login::arguments::VaultChoice;
use crate::vault::Place;

const EXAMPLES: &str = "\
Examples:
  # In the browser, with your own integration (docs/webex.md: how to register one)
  provision login webex acme --data-center us1 --client-id C1a2b3...
  # With a service app, whose refresh token Control Hub or developer.webex.com showed
  provision login webex acme --data-center us1 --client-id C1a2b3... --refresh-token-stdin < token.txt
  # With a personal access token, for a look
  provision login webex acme --data-center us1 --access-token-stdin < token.txt";

/// Log in to a Webex organization, for the Webex side of the connector
///
/// Without any other option, a browser opens: whoever logs in there lets provision read and change the
/// configuration of the contact center as them. The integration that it uses is your own:
/// --client-id names it, its secret comes from `PROVISION_WEBEX_CLIENT_SECRET` or is asked for, and
/// docs/webex.md says how to register it.
///
/// `plan`, `apply` and `verify` take the login whose organization is `org_id` of `[webex]`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES, group = ArgGroup::new("way").multiple(false))]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(in crate::cli::commands::login) struct WebexLoginArguments {
    /// What you call the login from now on: `logout ALIAS`
    #[arg(value_name = "ALIAS")]
    pub(super) alias: String,
    /// Where the contact center is: us1, eu1, eu2, anz1, ca1, jp1, sg1 or in1
    ///
    /// Without it, `data_center` of the configuration holds.
    #[arg(long, value_name = "NAME", conflicts_with = "api_url")]
    pub(super) data_center: Option<String>,
    /// The address of the contact center's API, where the data centre is none of these
    #[arg(long, value_name = "URL")]
    pub(super) api_url: Option<String>,
    /// Where Webex gives tokens out [default: <https://webexapis.com>]
    #[arg(long, value_name = "URL")]
    pub(super) login_url: Option<String>,
    /// Client id of your integration or service app
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,
    /// Take the app's client secret from standard input
    ///
    /// Without it, it comes from `PROVISION_WEBEX_CLIENT_SECRET`, or is asked for.
    #[arg(long, group = "way", requires = "client_id")]
    pub(super) client_secret_stdin: bool,
    /// Where the browser comes back to, exactly as the integration was registered
    #[arg(long, value_name = "URL", default_value = "http://localhost:1717/OauthRedirect")]
    pub(super) redirect_uri: String,
    /// Print the link of the web login instead of opening a browser
    #[arg(long)]
    pub(super) no_browser: bool,
    /// Ask for the right to look only
    #[arg(long)]
    pub(super) read_only: bool,
    /// Log in as a service app, whose refresh token comes from standard input
    #[arg(long, group = "way", requires = "client_id")]
    pub(super) refresh_token_stdin: bool,
    /// Log in as a service app whose tokens are minted; its id
    ///
    /// A token with the scope `spark:applications_token` comes from standard input.
    #[arg(long, value_name = "APPLICATION_ID", group = "way", requires = "client_id")]
    pub(super) mint: Option<String>,
    /// Take an access token from standard input
    ///
    /// It cannot be renewed. A personal one from developer.webex.com is good for 12 hours.
    #[arg(long, group = "way", conflicts_with = "client_id")]
    pub(super) access_token_stdin: bool,
    /// The organization, where the token is of another: a partner's
    #[arg(long, value_name = "ID")]
    pub(super) org_id: Option<String>,
    /// Where the secret goes [default: the keyring, where there is one, else a sealed file]
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
