//! What is looked at, and which items need it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Order, is_omni_sync_asked_for};
use crate::model::{Baseline, Desired, Look, OmniAccess};

/// What a run looks at, each with the items that need it; what no item needs is the run's own.
pub fn looks(
    desired: &Desired,
    baseline: &Baseline,
    order: Order,
) -> BTreeMap<Look, BTreeSet<Item>> {
    let always = BOTH.iter().chain(match order {
        Order::Building => BUILDING,
        Order::Removing => REMOVING,
    });
    let mut looks: BTreeMap<Look, BTreeSet<Item>> =
        always.map(|(look, items)| (*look, items.iter().copied().collect())).collect();
    if order == Order::Building {
        for (look, item) in wanted(desired, baseline) {
            looks.entry(look).or_default().insert(item);
        }
    }
    looks
}

/// What every run looks at.
const BOTH: &[(Look, &[Item])] = &[
    (Look::Organization, &[]),
    (Look::Permissions, &[]),
    (Look::CallCenters, &[Item::CallCenter, Item::Users]),
    (Look::Profiles, &[Item::Package, Item::Users, Item::TaskLayout, Item::OmniSync]),
    (Look::RecordTypes, &[Item::TaskLayout]),
    (Look::Users, &[Item::Users, Item::PermissionSet]),
    (Look::PresenceStatuses, &[Item::CtiSettings, Item::OmniSync]),
    (Look::Packages, &[Item::Package, Item::CtiSettings, Item::DataCenter]),
    (Look::Layouts, &[Item::Package, Item::TaskLayout]),
    (Look::LayoutAssignments, &[Item::TaskLayout]),
    (Look::Deploys, &[]),
    (Look::Installs, &[Item::Package]),
    (Look::Softphone, &[Item::CtiSettings, Item::SoftphoneLayout]),
];

/// What else is looked at when the connector is to be there.
const BUILDING: &[(Look, &[Item])] = &[
    (Look::PackageContents, &[Item::Package, Item::DataCenter]),
    (Look::Objects, &[Item::CtiSettings]),
    (Look::RegionalValues, &[Item::DataCenter]),
    (
        Look::CallCenter,
        &[Item::CallCenter, Item::CtiSettings, Item::SoftphoneLayout, Item::OmniSync],
    ),
];

/// What else is looked at when it is to go, whatever is configured.
const REMOVING: &[(Look, &[Item])] = &[
    (Look::PermissionSets, &[Item::Package, Item::OmniSync, Item::PermissionSet]),
    (Look::OmniSync, &[Item::OmniSync]),
    (Look::References, &[Item::Package]),
    (Look::Uninstalls, &[Item::Package]),
    (Look::Added, &[Item::Package]),
];

/// What is looked at only where the configuration asks for it, or the baseline: what earlier runs
/// gave may have to be taken back.
fn wanted(desired: &Desired, baseline: &Baseline) -> Vec<(Look, Item)> {
    let mut wanted = Vec::new();
    let omni = is_omni_sync_asked_for(desired);
    if omni {
        wanted.push((Look::OmniSync, Item::OmniSync));
    }
    if omni && desired.omni_sync.access == OmniAccess::PermissionSet {
        wanted.push((Look::PermissionSets, Item::OmniSync));
    }
    let given = baseline.of_item(Item::PermissionSet.id()).next().is_some();
    let assigned =
        !desired.permission_sets.is_empty() || !desired.recipe.permission_sets.is_empty();
    if assigned || given {
        wanted.push((Look::PermissionSets, Item::PermissionSet));
    }
    if !desired.users.permission_sets.is_empty() {
        wanted.push((Look::PermissionSets, Item::Users));
    }
    wanted
}
