//! The options that every command takes, and what everybody needs of them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::model::Invocation;
use crate::view::Format;

/// Options that every command takes, before or after its name.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// The org, by its alias; `demo` is an org emulator inside this program
    ///
    /// `demo` needs no configuration and no account: it brings its own, and keeps what is done in
    /// it in the state directory. `demo-v2` is another, for Version 2 of the connector. Another alias also chooses the table `[orgs.ALIAS]` of the
    /// configuration.
    #[arg(long, value_name = "ALIAS", global = true)]
    pub(super) org: Option<String>,
    /// The org, by its address; the token comes from `PROVISION_ACCESS_TOKEN`
    ///
    /// For example <https://acme.my.salesforce.com>. Plain HTTP is for this machine only.
    #[arg(long, value_name = "URL", global = true)]
    pub(super) instance_url: Option<String>,
    /// Configuration file [default: ./provision.toml]
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Where baselines, journals and the demo org are kept
    ///
    /// Without it, `PROVISION_STATE_DIR` says where, else the platform's folder for such files.
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) state_dir: Option<PathBuf>,
    /// What standard output carries; everything else goes to standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Output::Text, global = true)]
    pub(super) output: Output,
    /// Make the planned changes without asking
    ///
    /// Not enough for a production org: `--confirm` names it.
    #[arg(long, short, global = true)]
    pub(super) yes: bool,
    /// Certificates (PEM) of authorities to trust beside those of this machine
    ///
    /// For a private authority, or a proxy that opens TLS connections; one or many in a file.
    /// Without it, `SSL_CERT_FILE` may name such a file. Nothing turns the check off.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) ca_cert: Option<PathBuf>,
    /// Write every request and its answer into a file, without secrets
    ///
    /// One JSON object a line. It holds what the org answers, names of users included, so only its
    /// owner may read it. A file that is there is replaced where it is such a trace, and left alone
    /// otherwise.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) trace: Option<PathBuf>,
}

/// What standard output carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// Text for people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// Events as they happen, one JSON object a line, and the document as the last line
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
