//! The data centres that the program knows.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Region;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataFile {
    region: Vec<DataRegion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataRegion {
    name: String,
    title: String,
    desktop_url: String,
    api_url: String,
    audio_url: String,
    #[serde(default)]
    audio_listed: bool,
    webrtc_domain: Option<String>,
    listed: bool,
}

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let data: DataFile = toml::from_str(include_str!("../../metadata/regions.toml"))
        .expect("embedded data that a test loads");
    data.region
        .into_iter()
        .map(|region| Region {
            name: region.name,
            title: region.title,
            desktop_url: region.desktop_url,
            api_url: region.api_url,
            audio_url: region.audio_url,
            audio_listed: region.audio_listed,
            webrtc_domain: region.webrtc_domain,
            listed: region.listed,
        })
        .collect()
});

/// Every data centre.
pub fn regions() -> &'static [Region] {
    &REGIONS
}

/// The data centre of that name.
pub fn region(name: &str) -> Option<&'static Region> {
    regions().iter().find(|region| region.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_load_and_are_distinct() {
        let mut names: Vec<_> = regions().iter().map(|region| &region.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 8);
        assert_eq!(region("eu1").unwrap().title, "UK");
        assert!(regions().iter().all(|region| region.desktop_url.contains(&region.name)));
        assert!(region("mars1").is_none());
    }

    /// What Cisco's article names for one data centre, and the pattern for the others.
    #[test]
    fn the_three_values_of_a_region_agree() {
        use crate::model::RegionalValue;
        for region in regions() {
            let of = |value: RegionalValue| value.of(region);
            let url = format!("https://audioconnector.prod{}.ciscoccservice.com", region.name);
            assert_eq!(of(RegionalValue::DataCenter), region.name.to_uppercase());
            assert_eq!(of(RegionalValue::ApiUrl), url);
            assert_eq!(of(RegionalValue::RedirectUri), format!("{url}/auth"));
            assert_eq!(region.audio_listed, region.name == "us1");
        }
    }
}
