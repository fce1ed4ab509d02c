//! The data centre of a Webex Contact Center tenant, the one knob for everything regional.

use serde::Serialize;

/// A data centre and the addresses that follow from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    /// `us1`, `eu1` …
    pub name: String,
    /// Cisco's name for it.
    pub title: String,
    /// The Agent Desktop, which is the adapter URL of a Version 1 call center.
    pub desktop_url: String,
    /// The API base.
    pub api_url: String,
    /// Where recordings are played from, which the package's custom metadata holds.
    pub audio_url: String,
    /// Whether Cisco names that address, or it follows the pattern of the one that Cisco names.
    pub audio_listed: bool,
    /// The host that carries the voice of agents who take calls in the browser, where it is known. It
    /// follows no pattern, so that nobody makes one up. What is wanted holds it as a value of the call
    /// center.
    #[serde(skip)]
    pub webrtc_domain: Option<String>,
    /// Whether Cisco lists the desktop URL for this connector, or it follows the pattern only.
    pub listed: bool,
}
