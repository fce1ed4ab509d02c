//! What an org has of the parts that Salesforce Voice needs beside a package.

/// Sites that the org's code may call, and its certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VoiceParts {
    /// Addresses of the remote sites that are switched on.
    pub sites: Vec<String>,
    /// How many more remote sites the org has that nobody looked into.
    pub unread_sites: usize,
    /// Names of the certificates.
    pub certificates: Vec<String>,
}

/// Namespace of Cisco's package for Salesforce Voice.
pub const VOICE_NAMESPACE: &str = "cisco_wxcc_scv";
