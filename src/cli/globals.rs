//! The options that every command takes, and what everybody needs of them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::model::Invocation;
use crate::view::Format;

/// Options that every command takes, before or after its name.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// Alias of the org; `demo` is an emulated org inside this program
    ///
    /// `demo` needs no account and no configuration: it comes with its own and keeps its state in
    /// the state directory. `demo-v2` is the same for Version 2 of the connector. Any other alias
    /// also selects the table `[orgs.ALIAS]` of the configuration.
    #[arg(long, value_name = "ALIAS", global = true)]
    pub(super) org: Option<String>,
    /// URL of the org; the access token comes from `PROVISION_ACCESS_TOKEN`
    ///
    /// For example <https://acme.my.salesforce.com>. Plain HTTP is accepted for this machine only.
    #[arg(long, value_name = "URL", global = true)]
    pub(super) instance_url: Option<String>,
    /// Configuration file [default: ./provision.toml]
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Folder for baselines, journals and the demo org
    ///
    /// Defaults to `PROVISION_STATE_DIR`, then to the platform's folder for application state.
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) state_dir: Option<PathBuf>,
    /// Format of standard output; everything else goes to standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Output::Text, global = true)]
    pub(super) output: Output,
    /// Apply the planned changes without asking
    ///
    /// A production org also needs `--confirm`.
    #[arg(long, short, global = true)]
    pub(super) yes: bool,
    /// PEM file with certificate authorities to trust, in addition to this machine's
    ///
    /// For a private certificate authority, or a proxy that inspects TLS. The file may hold several
    /// certificates. Defaults to `SSL_CERT_FILE`. Certificate checks cannot be turned off.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) ca_cert: Option<PathBuf>,
    /// Write every request and response to a file, without secrets
    ///
    /// One JSON object per line. The file contains what the org returns, including user names, so
    /// only you can read it. An earlier trace is replaced; any other existing file is left alone.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) trace: Option<PathBuf>,
}

/// What standard output carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// Text to read
    #[default]
    Text,
    /// One JSON document
    Json,
    /// Events as they happen, one JSON object per line; the last line is the document
    Jsonl,
}

impl From<Output> for Format {
    fn from(output: Output) -> Self {
        match output {
            Output::Text => Self::Text,
            Output::Json => Self::Json,
            Output::Jsonl => Self::Jsonl,
        }
    }
}

impl Globals {
    /// Those that a command for the same org, from the same machine, needs again.
    pub(super) fn invocation(&self) -> Invocation {
        let shown = |path: &PathBuf| path.display().to_string();
        Invocation {
            org: self.org.clone(),
            instance_url: self.instance_url.clone(),
            config: self.config.as_ref().map(shown),
            state_dir: self.state_dir.as_ref().map(shown),
            ca_cert: self.ca_cert.as_ref().map(shown),
        }
    }
}

#[cfg(test)]
impl Globals {
    /// No options at all.
    pub(super) fn bare() -> Self {
        Self {
            org: None,
            instance_url: None,
            config: None,
            state_dir: None,
            output: Output::Text,
            yes: false,
            ca_cert: None,
            trace: None,
        }
    }
}
