//! What is wanted of Version 2, by what an org has of Version 1.

use std::collections::BTreeMap;

use crate::definitions::{RecipeData, recipe, templates};
use crate::model::{
    AgentAccessWish, Approval, CallCenter, CallCenterRow, CallCenterWish, CallKind, CallTypeWish,
    ConnectorWish, CustomMetadataWish, Definition, ItemKey, OmniSyncWish, OnConflict, PackageWish,
    Region, ScreenPop, SoftphoneLayoutWish, TaskLayoutWish, UnnamedValues, UserSelection, Wanted,
};

use super::convert::TO;
use super::{Conversion, Movers};

/// What the wish for Version 2 is made from, besides the configuration of Version 1.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// What became of the settings of Version 1.
    pub conversion: &'a Conversion,
    /// The call center of Version 2 that is there already: its settings are the org's.
    pub there: Option<&'a CallCenterRow>,
    /// The same with all that is in it, where it was read.
    pub found: Option<&'a CallCenter>,
    /// The WebRTC domain of the data centre, where somebody has named it.
    pub webrtc_domain: Option<&'a str>,
}

/// The wish for Version 2 that follows from one for Version 1 and what became of its settings; `None`
/// where the program lacks a part of Version 2.
pub fn to_version_2(
    version_1: &ConnectorWish,
    movers: &Movers,
    beside: Beside<'_>,
) -> Option<ConnectorWish> {
    let data = recipe(TO)?;
    // A call center keeps the items that it was imported with: one that is there may be of an older
    // version, and what is wanted of it is what it has.
    let as_found = beside.there.and(beside.found).and_then(of_found);
    let mut definition = match as_found {
        Some(definition) => definition,
        None => data.newest_definition()?,
    };
    let mut values = match beside.there {
        Some(there) => {
            definition.call_center.internal_name.clone_from(&there.internal_name);
            BTreeMap::new()
        }
        None => first_values(data, &definition, beside.conversion, &version_1.region),
    };
    let webrtc = data.webrtc_setting.as_ref().and_then(|key| definition.setting(key));
    if let (Some(setting), Some(domain)) = (webrtc, beside.webrtc_domain) {
        values.insert(setting.item.clone(), wanted("data_center", domain));
    }
    let layout = version_1.softphone_layout.clone();
    Some(ConnectorWish {
        recipe: data.recipe.clone(),
        region: version_1.region.clone(),
        package: PackageWish {
            version: data.package_version?,
            audience: data.audience.clone(),
            sites: Approval::None,
            upgrade: None,
        },
        call_center: CallCenterWish {
            definition,
            display_name: None,
            values,
            unnamed: UnnamedValues::Stay,
            delete_old: false,
        },
        users: chosen(stay_or_move_forth(movers)),
        softphone_layout: layout.map(|wish| opening(wish, beside.conversion)),
        task_layout: TaskLayoutWish::default(),
        webex_org: version_1.webex_org.clone(),
        // By the permission set, whatever Version 1 does: what profiles have goes with it.
        omni_sync: OmniSyncWish {
            presence_statuses: version_1.omni_sync.presence_statuses.clone(),
            ..OmniSyncWish::default()
        },
        agent_access: version_1.agent_access.as_ref().map(|wish| access(wish, version_1)),
        permission_sets: version_1.permission_sets.clone(),
        custom_metadata: CustomMetadataWish::of(&version_1.region, "data_center"),
        uninstall: version_1.uninstall.clone(),
    })
}

/// A call center of Version 2 that is there as the definition that it was made from.
fn of_found(found: &CallCenter) -> Option<Definition> {
    let template = templates().iter().find(|template| template.recipe == TO)?;
    Some(template.define(&found.internal_name, found.clone()))
}

/// Agents who have what they need by a permission set of ours get that of Version 2, which is another
/// one: the set of Version 1 goes with it. Names of the old package are left out.
fn access(wish: &AgentAccessWish, version_1: &ConnectorWish) -> AgentAccessWish {
    let namespace = format!("{}__", version_1.recipe.namespace).to_lowercase();
    let stays = |name: &&String| !name.to_lowercase().contains(&namespace);
    let names = |names: &[String]| names.iter().filter(stays).cloned().collect();
    AgentAccessWish {
        manage: wish.manage,
        app: wish.app.as_ref().filter(stays).cloned(),
        also: names(&wish.also),
        except: names(&wish.except),
    }
}

/// The values of a call center that is yet to be made: those of Version 1, and the data centre's.
fn first_values(
    data: &RecipeData,
    definition: &Definition,
    conversion: &Conversion,
    region: &Region,
) -> BTreeMap<ItemKey, Wanted> {
    let converted = conversion.values.iter().map(|(item, value)| {
        let key = definition.setting_of(item).map_or("", |setting| setting.key.as_str());
        (item.clone(), wanted(&format!("call_center.{key}"), value))
    });
    converted.chain(of_region(data, definition, region)).collect()
}

fn of_region(
    data: &RecipeData,
    definition: &Definition,
    region: &Region,
) -> impl Iterator<Item = (ItemKey, Wanted)> {
    let values = data.values_of_region(definition, region).into_iter();
    values.map(|(item, value)| (item, wanted("data_center", &value)))
}

fn wanted(asked_by: &str, value: &str) -> Wanted {
    Wanted { value: value.to_owned(), asked_by: asked_by.to_owned() }
}

/// The same wish for Version 2 with those in it who do not move back to Version 1: the others go where
/// they were. The softphone layout is for both.
#[must_use]
pub fn moving_back(mut version_2: ConnectorWish, movers: &Movers) -> ConnectorWish {
    version_2.softphone_layout = None;
    let call_center = &mut version_2.call_center;
    if let (true, Some(data)) = (call_center.values.is_empty(), recipe(TO)) {
        // Nobody has read what it holds, and nothing of it changes: it is of the configured data centre.
        call_center.values = of_region(data, &call_center.definition, &version_2.region).collect();
    }
    let stay = movers.waiting.iter().chain(&movers.staying).chain(&movers.inactive);
    ConnectorWish { users: chosen(stay), ..version_2 }
}

/// A wish for Version 2 that somebody has written, with those in it who move.
#[must_use]
pub fn moving_forth(version_2: ConnectorWish, movers: &Movers) -> ConnectorWish {
    let users = chosen(stay_or_move_forth(movers));
    ConnectorWish { users, ..version_2 }
}

/// Whoever is to be in Version 2. Who is there and inactive stays too: whoever is not chosen goes back.
fn stay_or_move_forth(movers: &Movers) -> impl Iterator<Item = &String> {
    movers.arrived.iter().chain(&movers.arrived_inactive).chain(&movers.moving)
}

/// These users, and nobody else, wherever they were found to be.
fn chosen<'a>(names: impl Iterator<Item = &'a String>) -> UserSelection {
    UserSelection {
        usernames: names.cloned().collect(),
        on_conflict: OnConflict::Migrate,
        ..UserSelection::default()
    }
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
