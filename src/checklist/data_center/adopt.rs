//! What the package's custom metadata says of the data centre in an org.

use super::status::RegionalSetting;
use crate::checklist::Adoptee;
use crate::model::{Draft, RegionalValue, redirect_of};

/// What the item would have a configuration say: values that do not follow from the data centre.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    if adoptee.connector().recipe.custom_metadata_types == 0 {
        return draft;
    }
    let Adoptee { inventory, region, .. } = adoptee;
    let found = &inventory.custom_metadata;
    let values = [
        (RegionalValue::DataCenter, &found.data_center),
        (RegionalValue::ApiUrl, &found.api_url),
        (RegionalValue::RedirectUri, &found.redirect_uri),
    ];
    let text =
        |setting: &Option<RegionalSetting>| setting.as_ref().map(|setting| setting.value.clone());
    let url = text(&found.api_url).unwrap_or_else(|| region.audio_url.clone());
    let others: Vec<(RegionalValue, String)> = values
        .into_iter()
        .filter_map(|(value, setting)| Some((value, text(setting)?)))
        .filter(|(value, now)| {
            let follows = match value {
                RegionalValue::RedirectUri => redirect_of(&url),
                other => other.of(region),
            };
            now != &follows
        })
        .collect();
    if !others.is_empty() {
        draft.table("custom_metadata.values");
        draft.comment(format!(
            "The package's custom metadata does not match the data centre {}: recordings play only \
             where both agree. Remove this table to have provision correct it.",
            region.name
        ));
        for (value, now) in others {
            draft.text(value.key(), now);
        }
    }
    if !found.look_alikes.is_empty() {
        draft.beside("custom_metadata");
        draft.left_out(
            "The data centre in the package's custom metadata, because several values could be it; \
             `provision plan` lists them and says what to do.",
        );
    }
    draft
}
