//! What `status` says of the region in the package's custom metadata.

use serde::Serialize;

use super::find;
use crate::model::{CustomMetadataPlace, OrgState, Recipe, RegionalValue};

/// What the package's custom metadata says of the region.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RegionalSettings {
    /// The data centre.
    pub data_center: Option<RegionalSetting>,
    /// Where recordings are played from.
    pub api_url: Option<RegionalSetting>,
    /// Where a sign-in for that comes back to.
    pub redirect_uri: Option<RegionalSetting>,
    /// What looks like one of them where nobody can tell.
    pub look_alikes: Vec<LookAlike>,
}

/// One of the three values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionalSetting {
    /// What it is.
    pub value: String,
    /// Where it stands: `ns__Type__mdt.ns__Record.ns__Field__c`.
    pub place: String,
}

/// A value that may be one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookAlike {
    /// Which it looks like: `data_center`, `api_url`, `redirect_uri`.
    pub kind: &'static str,
    /// What it is.
    pub value: String,
    /// Where it stands.
    pub place: String,
}

/// What the package's custom metadata says, as far as the org shows it.
pub(in crate::checklist) fn read_settings(state: &OrgState, recipe: &Recipe) -> RegionalSettings {
    let mut found = find(recipe, &state.custom_metadata);
    let mut take = |value: RegionalValue| {
        let (place, value): (CustomMetadataPlace, String) = found.values.remove(&value)?;
        Some(RegionalSetting { value, place: place.to_string() })
    };
    RegionalSettings {
        data_center: take(RegionalValue::DataCenter),
        api_url: take(RegionalValue::ApiUrl),
        redirect_uri: take(RegionalValue::RedirectUri),
        look_alikes: found
            .look_alikes
            .into_iter()
            .map(|(kind, place, value)| LookAlike {
                kind: kind.key(),
                value,
                place: place.to_string(),
            })
            .collect(),
    }
}
