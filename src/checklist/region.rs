//! Every place where the data centre stands, and whether all of them name the same one.
//!
//! One place that differs is why agents sign in in vain, or recordings do not play; each half of a run
//! and `doctor` gather their places, and all ask here.

use std::collections::BTreeSet;

use crate::definitions::desktop_layout::LayoutDocument;
use crate::definitions::regions;
use crate::model::{ConnectorWish, TenantState, TenantWish};

/// Domains of Cisco whose addresses have a data centre in them.
const DOMAINS: [&str; 3] = [".cisco.com", ".ciscoccservice.com", ".rtmsprod.net"];

/// A place where a data centre stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::checklist) struct RegionPlace {
    /// Which place, as the subject of a sentence: `the call center`.
    pub(in crate::checklist) place: String,
    /// The data centre, in small letters: `us1`.
    pub(in crate::checklist) region: String,
}

impl RegionPlace {
    /// A place and the data centre that it names.
    pub(in crate::checklist) fn new(place: impl Into<String>, region: &str) -> Self {
        Self { place: place.into(), region: region.trim().to_lowercase() }
    }

    /// A place with an address; nothing where that is no data centre's.
    pub(in crate::checklist) fn of_address(place: &str, address: &str) -> Option<Self> {
        region_of(address).map(|region| Self::new(place, region))
    }
}

/// The data centre in an address of Cisco's: `eu1` of `https://desktop.wxcc-eu1.cisco.com`.
pub(in crate::checklist) fn region_of(address: &str) -> Option<&'static str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    if !DOMAINS.iter().any(|domain| host.ends_with(domain)) {
        return None;
    }
    let names = host.split(['.', '-']).map(|part| part.strip_prefix("prod").unwrap_or(part));
    let known = |name: &str| regions().iter().find(|region| region.name == name);
    names.filter_map(known).map(|region| region.name.as_str()).next()
}

/// What a connector's call center will name: its address, or its data centre, and where calls of the
/// browser go.
pub(in crate::checklist) fn of_connector(connector: &ConnectorWish) -> Vec<RegionPlace> {
    let effective = connector.call_center.effective(None);
    let value = |key: &str| {
        let setting = connector.call_center.definition.setting(key)?;
        let value = effective.item(&setting.item)?.value.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let region = value("region").map(|name| RegionPlace::new("the call center", &name));
    let address = value("adapter_url")
        .and_then(|address| RegionPlace::of_address("the call center's address", &address));
    let domain = value("webrtc_domain").and_then(|domain| {
        RegionPlace::of_address("the WebRTC domain", &format!("https://{domain}"))
    });
    region.into_iter().chain(address).chain(domain).collect()
}

/// What the Webex half names.
pub(in crate::checklist) fn of_tenant(wish: &TenantWish, state: &TenantState) -> Vec<RegionPlace> {
    let mut places: BTreeSet<RegionPlace> = BTreeSet::new();
    places.extend(RegionPlace::of_address("the login to Webex", &state.tenant.api_url));
    if let Some(layout) = &wish.desktop_layout
        && let Ok(document) = LayoutDocument::read(&layout.content)
    {
        let place = "the desktop layout";
        let addresses = document.addresses();
        places.extend(addresses.iter().filter_map(|it| RegionPlace::of_address(place, it)));
    }
    places.into_iter().collect()
}

/// What to say where the places do not agree: `the call center says us1, the login to Webex says eu1`.
pub(in crate::checklist) fn disagreement(places: &[RegionPlace]) -> Option<String> {
    let first = places.first()?;
    if places.iter().all(|it| it.region == first.region) {
        return None;
    }
    let said = places.iter().map(|it| format!("{} says {}", it.place, it.region));
    Some(said.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_cisco_name_their_data_centre() {
        for (address, region) in [
            ("https://desktop.wxcc-eu1.cisco.com", Some("eu1")),
            ("https://API.wxcc-us1.cisco.com/organization", Some("us1")),
            ("https://audioconnector.prodanz1.ciscoccservice.com/auth", Some("anz1")),
            ("https://rtw.prod-us1.rtmsprod.net", Some("us1")),
            ("https://cx-crmconnector.ciscoccservice.com/salesforce/v1.1.9/dist/index.js", None),
            ("https://desktop.wxcc-mars1.cisco.com", None),
            ("https://eu1.example.com", None),
            ("http://127.0.0.1:8080", None),
            ("eu1", None),
            ("", None),
        ] {
            assert_eq!(region_of(address), region, "{address}");
        }
    }

    #[test]
    fn one_place_that_differs_is_told_with_all_of_them() {
        let places =
            [RegionPlace::new("the call center", "US1 "), RegionPlace::new("the login", "us1")];
        assert_eq!(disagreement(&places), None);
        let places = [places[0].clone(), RegionPlace::new("the login", "eu1")];
        assert_eq!(
            disagreement(&places).as_deref(),
            Some("the call center says us1, the login says eu1")
        );
        assert_eq!(disagreement(&[]), None);
    }
}
