//! Data centres, and where their services are.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A data centre of Webex Contact Center; the one knob that tells where the API is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Region {
    /// North America.
    Us1,
    /// United Kingdom.
    Eu1,
    /// European Union (Germany).
    Eu2,
    /// Australia.
    Anz1,
    /// Canada.
    Ca1,
    /// Japan.
    Jp1,
    /// Singapore.
    Sg1,
    /// India.
    In1,
}

/// A region, or an address in a region, that nobody here knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegionError {
    /// The text names no region.
    #[error(
        "\"{text}\" is no known region of Webex Contact Center ({}); give the address of its API instead",
        Region::names()
    )]
    Unknown {
        /// What was given.
        text: String,
    },
    /// Cisco publishes the address for other regions only, and its form differs from one to another.
    #[error(
        "The address of {what} in {region} is not published; ask Cisco or Control Hub, and give it"
    )]
    Unpublished {
        /// Of what.
        what: &'static str,
        /// Where.
        region: Region,
    },
}

impl Region {
    /// All of them.
    pub const ALL: [Region; 8] = [
        Region::Us1,
        Region::Eu1,
        Region::Eu2,
        Region::Anz1,
        Region::Ca1,
        Region::Jp1,
        Region::Sg1,
        Region::In1,
    ];

    /// The name, such as `us1`.
    pub const fn name(self) -> &'static str {
        match self {
            Region::Us1 => "us1",
            Region::Eu1 => "eu1",
            Region::Eu2 => "eu2",
            Region::Anz1 => "anz1",
            Region::Ca1 => "ca1",
            Region::Jp1 => "jp1",
            Region::Sg1 => "sg1",
            Region::In1 => "in1",
        }
    }

    /// Where the configuration API is.
    pub const fn api_url(self) -> &'static str {
        match self {
            Region::Us1 => "https://api.wxcc-us1.cisco.com",
            Region::Eu1 => "https://api.wxcc-eu1.cisco.com",
            Region::Eu2 => "https://api.wxcc-eu2.cisco.com",
            Region::Anz1 => "https://api.wxcc-anz1.cisco.com",
            Region::Ca1 => "https://api.wxcc-ca1.cisco.com",
            Region::Jp1 => "https://api.wxcc-jp1.cisco.com",
            Region::Sg1 => "https://api.wxcc-sg1.cisco.com",
            Region::In1 => "https://api.wxcc-in1.cisco.com",
        }
    }

    /// The domain of calls in the browser (`WebRTC`). Only that of `us1` is published, and those of other
    /// regions are known not to follow its pattern, so that none is ever computed.
    pub fn webrtc_domain(self) -> Result<&'static str, RegionError> {
        match self {
            Region::Us1 => Ok("rtw.prod-us1.rtmsprod.net"),
            region => Err(RegionError::Unpublished { what: "calls in the browser", region }),
        }
    }

    /// Where recordings are played from. Only that of `us1` is published.
    pub fn recordings_url(self) -> Result<&'static str, RegionError> {
        match self {
            Region::Us1 => Ok("https://audioconnector.produs1.ciscoccservice.com"),
            region => Err(RegionError::Unpublished { what: "recordings", region }),
        }
    }

    fn names() -> String {
        Region::ALL.map(Region::name).join(", ")
    }
}

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Region, RegionError> {
        Region::ALL
            .into_iter()
            .find(|region| region.name().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| RegionError::Unknown { text: text.to_owned() })
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_own_address() {
        for region in Region::ALL {
            assert_eq!(region.name().to_uppercase().parse(), Ok(region));
            assert_eq!(region.api_url(), format!("https://api.wxcc-{region}.cisco.com"));
            assert_eq!(serde_json::to_value(region).unwrap(), region.name());
        }
    }

    #[test]
    fn what_nobody_knows_is_asked_for() {
        let error = "us2".parse::<Region>().unwrap_err().to_string();
        assert!(error.contains("us1, eu1") && error.contains("give the address"), "{error}");
        assert!(Region::Us1.webrtc_domain().is_ok() && Region::Us1.recordings_url().is_ok());
        for region in Region::ALL.into_iter().skip(1) {
            let error = region.webrtc_domain().unwrap_err().to_string();
            assert!(error.contains(region.name()) && error.contains("give it"), "{error}");
            assert!(region.recordings_url().is_err());
        }
    }
}
