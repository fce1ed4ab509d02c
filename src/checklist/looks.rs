//! What is looked at, and which items need it.

use std::collections::{BTreeMap, BTreeSet};

use super::{ItemId, omni_sync};
use crate::model::{Baseline, Desired, Look, OmniAccess, Way};

/// What a run looks at, each with the items that need it; what no item needs is the run's own.
pub fn looks(desired: &Desired, baseline: &Baseline, way: Way) -> BTreeMap<Look, BTreeSet<ItemId>> {
    let always = BOTH.iter().chain(match way {
        Way::Build => BUILDING,
        Way::Remove => REMOVING,
    });
    let mut looks: BTreeMap<Look, BTreeSet<ItemId>> =
        always.map(|(look, items)| (*look, items.iter().copied().collect())).collect();
    if way == Way::Build {
        for (look, item) in wanted(desired, baseline) {
            looks.entry(look).or_default().insert(item);
        }
    }
    looks
}

/// What every run looks at.
const BOTH: &[(Look, &[ItemId])] = &[
    (Look::Organization, &[]),
    (Look::Permissions, &[]),
    (Look::CallCenters, &[ItemId::CALL_CENTER, ItemId::USERS]),
    (Look::Profiles, &[ItemId::PACKAGE, ItemId::USERS, ItemId::TASK_LAYOUT, ItemId::OMNI_SYNC]),
    (Look::RecordTypes, &[ItemId::TASK_LAYOUT]),
    (Look::Users, &[ItemId::USERS, ItemId::PERMISSION_SET]),
    (Look::PresenceStatuses, &[ItemId::CTI_SETTINGS, ItemId::OMNI_SYNC]),
    (Look::Packages, &[ItemId::PACKAGE, ItemId::CTI_SETTINGS, ItemId::DATA_CENTER]),
    (Look::Layouts, &[ItemId::PACKAGE, ItemId::TASK_LAYOUT]),
    (Look::LayoutAssignments, &[ItemId::TASK_LAYOUT]),
    (Look::Deploys, &[]),
    (Look::Installs, &[ItemId::PACKAGE]),
    (Look::Softphone, &[ItemId::CTI_SETTINGS, ItemId::SOFTPHONE_LAYOUT]),
];

/// What else is looked at when the connector is to be there.
const BUILDING: &[(Look, &[ItemId])] = &[
    (Look::PackageContents, &[ItemId::PACKAGE, ItemId::DATA_CENTER]),
    (Look::Objects, &[ItemId::CTI_SETTINGS]),
    (Look::RegionalValues, &[ItemId::DATA_CENTER]),
    (
        Look::CallCenter,
        &[ItemId::CALL_CENTER, ItemId::CTI_SETTINGS, ItemId::SOFTPHONE_LAYOUT, ItemId::OMNI_SYNC],
    ),
];

/// What else is looked at when it is to go, whatever is configured.
const REMOVING: &[(Look, &[ItemId])] = &[
    (Look::PermissionSets, &[ItemId::PACKAGE, ItemId::OMNI_SYNC, ItemId::PERMISSION_SET]),
    (Look::OmniSync, &[ItemId::OMNI_SYNC]),
    (Look::References, &[ItemId::PACKAGE]),
    (Look::Uninstalls, &[ItemId::PACKAGE]),
    (Look::Added, &[ItemId::PACKAGE]),
];

/// What is looked at only where the configuration asks for it, or the baseline: what earlier runs
/// gave may have to be taken back.
fn wanted(desired: &Desired, baseline: &Baseline) -> Vec<(Look, ItemId)> {
    let mut wanted = Vec::new();
    let omni = omni_sync::is_asked_for(desired);
    if omni {
        wanted.push((Look::OmniSync, ItemId::OMNI_SYNC));
    }
    if omni && desired.omni_sync.access == OmniAccess::PermissionSet {
        wanted.push((Look::PermissionSets, ItemId::OMNI_SYNC));
    }
    let given = baseline.of_item(ItemId::PERMISSION_SET.as_str()).next().is_some();
    let assigned =
        !desired.permission_sets.is_empty() || !desired.recipe.permission_sets.is_empty();
    if assigned || given {
        wanted.push((Look::PermissionSets, ItemId::PERMISSION_SET));
    }
    if !desired.users.permission_sets.is_empty() {
        wanted.push((Look::PermissionSets, ItemId::USERS));
    }
    wanted
}
