//! What a login is allowed to do.

use std::fmt;

/// What a token may be good for, as an integration names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// To look at the configuration of the contact center.
    ReadConfiguration,
    /// To change it.
    WriteConfiguration,
    /// To get tokens for service apps.
    MintTokens,
}

impl Scope {
    /// The name that the service knows it by.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::ReadConfiguration => "cjp:config_read",
            Scope::WriteConfiguration => "cjp:config_write",
            Scope::MintTokens => "spark:applications_token",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
