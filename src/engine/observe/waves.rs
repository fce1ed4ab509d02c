//! What is looked at before and after a wave.

use std::collections::BTreeSet;

use crate::model::Look;
use crate::model::{Wave, Way};

/// Looks that not every run needs.
pub(super) const OPTIONAL: [Look; 5] =
    [Look::PermissionSets, Look::OmniSync, Look::References, Look::Uninstalls, Look::Added];

/// What a wave may have changed.
pub(super) fn touched_by(order: Way, wave: Wave) -> BTreeSet<Look> {
    let looks: &[Look] = match (wave, order) {
        (Wave::Package, Way::Remove) => {
            &[Look::Packages, Look::Layouts, Look::LayoutAssignments, Look::PermissionSets]
        }
        (Wave::Deploy, Way::Remove) => &[
            Look::CallCenters,
            Look::Profiles,
            Look::LayoutAssignments,
            Look::PermissionSets,
            Look::OmniSync,
        ],
        (Wave::Package, Way::Build) => &[
            Look::PackageContents,
            Look::PresenceStatuses,
            Look::Objects,
            Look::PermissionSets,
            Look::Packages,
            Look::Layouts,
            Look::LayoutAssignments,
            Look::Installs,
            // Left out of the first look where its query was needed for something else.
            Look::Deploys,
            Look::CustomMetadata,
        ],
        (Wave::Deploy, Way::Build) => &[
            Look::CallCenters,
            // A deploy can make profiles, which would be a mistake to be seen.
            Look::Profiles,
            Look::LayoutAssignments,
            Look::CallCenter,
            Look::PermissionSets,
            Look::OmniSync,
            Look::RegionalValues,
        ],
        (Wave::Records, _) => &[Look::Users, Look::PermissionSets],
    };
    looks.iter().copied().collect()
}

/// What a wave writes over, and what decides where: it must not be old news when it is written.
pub(super) fn written_by(order: Way, wave: Wave) -> BTreeSet<Look> {
    let looks: &[Look] = match (wave, order) {
        (Wave::Package, Way::Build) => &[Look::Packages, Look::Installs],
        (Wave::Package, Way::Remove) => &[
            Look::Packages,
            Look::LayoutAssignments,
            Look::PermissionSets,
            Look::References,
            Look::Uninstalls,
            Look::Added,
        ],
        (Wave::Deploy, Way::Build) => &[
            Look::CallCenters,
            Look::CallCenter,
            Look::Profiles,
            Look::LayoutAssignments,
            Look::Deploys,
        ],
        (Wave::Deploy, Way::Remove) => &[
            Look::CallCenters,
            Look::Profiles,
            Look::LayoutAssignments,
            Look::Deploys,
            Look::OmniSync,
        ],
        (Wave::Records, _) => &[Look::CallCenters, Look::Users, Look::PermissionSets],
    };
    looks.iter().copied().collect()
}
