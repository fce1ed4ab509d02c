//! What is wanted of Version 2, by what an org has of Version 1.

use std::collections::BTreeMap;

use crate::definitions::{RecipeData, recipe};
use crate::model::{
    Approval, CallCenterWish, CallKind, CallTypeWish, ConnectorWish, CustomMetadataWish,
    Definition, ItemKey, OmniSyncWish, OnConflict, PackageWish, Region, ScreenPop, SettingKind,
    SoftphoneLayoutWish, TaskLayoutWish, UserSelection, Wanted,
};

use super::convert::TO;
use super::{Conversion, Movers};

/// The wish for Version 2 that follows from one for Version 1 and what became of its settings; `None`
/// where the program lacks a part of Version 2. `webrtc_domain` is that of the data centre, where
/// somebody has named it.
pub fn to_version_2(
    version_1: &ConnectorWish,
    conversion: &Conversion,
    movers: &Movers,
    webrtc_domain: Option<&str>,
) -> Option<ConnectorWish> {
    let data = recipe(TO)?;
    let definition = data.newest_definition()?;
    let mut values: BTreeMap<ItemKey, Wanted> = conversion
        .values
        .iter()
        .map(|(item, value)| {
            let key = definition.setting_of(item).map_or("", |setting| setting.key.as_str());
            let asked_by = format!("call_center.{key}");
            (item.clone(), Wanted { value: value.clone(), asked_by })
        })
        .collect();
    follow(&mut values, data, &definition, &version_1.region, webrtc_domain);
    Some(ConnectorWish {
        recipe: data.recipe.clone(),
        region: version_1.region.clone(),
        package: PackageWish {
            version: data.package_version.clone()?,
            audience: data.audience.clone(),
            sites: Approval::None,
            upgrade: None,
        },
        call_center: CallCenterWish { definition, display_name: None, values, delete_old: false },
        users: chosen(movers.arrived.iter().chain(&movers.moving)),
        softphone_layout: version_1.softphone_layout.clone().map(|wish| opening(wish, conversion)),
        task_layout: TaskLayoutWish::default(),
        webex_org: version_1.webex_org.clone(),
        omni_sync: OmniSyncWish::default(),
        permission_sets: version_1.permission_sets.clone(),
        custom_metadata: CustomMetadataWish::of(&version_1.region, "data_center"),
        uninstall: version_1.uninstall.clone(),
    })
}

/// The same wish for Version 2 with those in it who do not move back to Version 1: the others go where
/// they were. Of everything else the org keeps what it has.
#[must_use]
pub fn moving_back(mut version_2: ConnectorWish, movers: &Movers) -> ConnectorWish {
    version_2.call_center.values.clear();
    version_2.softphone_layout = None;
    let stay = movers.waiting.iter().chain(&movers.staying).chain(&movers.inactive);
    ConnectorWish { users: chosen(stay), ..version_2 }
}

/// A wish for Version 2 that somebody has written, with those in it who move.
#[must_use]
pub fn moving_forth(version_2: ConnectorWish, movers: &Movers) -> ConnectorWish {
    let users = chosen(movers.arrived.iter().chain(&movers.moving));
    ConnectorWish { users, ..version_2 }
}

/// These users, and nobody else; whoever is in Version 1's call center may be moved out of it.
fn chosen<'a>(names: impl Iterator<Item = &'a String>) -> UserSelection {
    UserSelection {
        usernames: names.cloned().collect(),
        on_conflict: OnConflict::Move,
        ..UserSelection::default()
    }
}

/// What follows from the data centre.
fn follow(
    values: &mut BTreeMap<ItemKey, Wanted>,
    data: &RecipeData,
    definition: &Definition,
    region: &Region,
    webrtc_domain: Option<&str>,
) {
    let mut want = |key: Option<&str>, value: Option<&str>| {
        let setting = key.and_then(|key| definition.setting(key));
        if let (Some(setting), Some(value)) = (setting, value) {
            let asked_by = "data_center".to_owned();
            values.insert(setting.item.clone(), Wanted { value: value.to_owned(), asked_by });
        }
    };
    let is_region = definition
        .setting(&data.region_setting)
        .is_some_and(|setting| setting.kind == SettingKind::Region);
    want(Some(data.region_setting.as_str()).filter(|_| is_region), Some(&region.name));
    want(data.webrtc_setting.as_deref(), webrtc_domain.or(region.webrtc_domain.as_deref()));
}

/// The softphone layout, opening the record for unknown callers that the call center has opened.
fn opening(mut wish: SoftphoneLayoutWish, conversion: &Conversion) -> SoftphoneLayoutWish {
    let Some(object) = &conversion.no_match else { return wish };
    let inbound = wish.call_types.iter().position(|(kind, _)| *kind == CallKind::Inbound);
    let place = inbound.unwrap_or_else(|| {
        wish.call_types.insert(0, (CallKind::Inbound, CallTypeWish::default()));
        0
    });
    wish.call_types[place].1.pops[0] = Some(ScreenPop::New(object.clone()));
    wish
}
