//! What can be looked at, and by which request.

use std::collections::BTreeSet;

use crate::checklist::Question;
use crate::model::{Wave, Way};

/// One thing to look at. Those of one request are fetched together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::engine) enum Look {
    /// The org's own record.
    Organization,
    /// What the calling user may do.
    Permissions,
    /// Every call center.
    CallCenters,
    /// Every profile.
    Profiles,
    /// Record types of Task.
    RecordTypes,
    /// Chosen users and members of the connector's call centers.
    Users,
    /// What the package brings: app, report, custom metadata types.
    Contents,
    /// Objects that mappings write to, and presence statuses.
    Objects,
    /// Permission sets, and who has the wanted ones; only where the configuration needs them.
    PermissionSets,
    /// What state sync needs: classes and access to them; only where it is on.
    OmniSync,
    /// The remembered places of the region's values in the package's custom metadata.
    RegionalValues,
    /// Installed packages.
    Packages,
    /// Page layouts of Task.
    Layouts,
    /// Who uses which of them.
    Assignments,
    /// Running deploys.
    Deploys,
    /// Installations.
    Installs,
    /// The wanted call center with its values.
    CallCenter,
    /// The caller's softphone layout.
    Softphone,
    /// API names of profiles.
    ProfileNames,
    /// What the org says of the wanted package version.
    OfferedVersion,
    /// Every record of the package's custom metadata types: a list, and then a read.
    CustomMetadata,
    /// What refers to the package, and uninstallations that are under way.
    References,
    /// What people put into the package's folders.
    Added,
    /// What the call centers hold that go with the connector.
    LeavingCallCenters,
    /// How much data goes with the package.
    PackageData,
}

/// Looks of one batch of data queries.
pub(super) const DATA: [Look; 12] = [
    Look::Organization,
    Look::Permissions,
    Look::CallCenters,
    Look::Profiles,
    Look::RecordTypes,
    Look::Users,
    Look::Contents,
    Look::Objects,
    Look::PermissionSets,
    Look::OmniSync,
    Look::RegionalValues,
    Look::Added,
];

/// Looks of one Tooling composite: five queries are its limit.
pub(super) const TOOLING: [Look; 5] =
    [Look::Packages, Look::Layouts, Look::Assignments, Look::Deploys, Look::Installs];

/// Looks that not every configuration needs.
pub(super) const OPTIONAL: [Look; 4] =
    [Look::PermissionSets, Look::OmniSync, Look::References, Look::Added];

/// What only an observation needs that builds something up.
const BUILDING: [Look; 3] = [Look::Contents, Look::RegionalValues, Look::CallCenter];

/// What every observation needs: four requests. One that takes the connector out needs all that is
/// optional instead of what only matters to who builds it up.
pub(super) fn everything(order: Way) -> BTreeSet<Look> {
    let all = DATA.into_iter().chain(TOOLING).chain([Look::CallCenter, Look::Softphone]);
    match order {
        Way::Build => all.filter(|look| !OPTIONAL.contains(look)).collect(),
        Way::Remove => all.chain(OPTIONAL).filter(|look| !BUILDING.contains(look)).collect(),
    }
}

/// What a wave may have changed.
pub(super) fn touched_by(order: Way, wave: Wave) -> BTreeSet<Look> {
    let looks: &[Look] = match (wave, order) {
        (Wave::Package, Way::Remove) => {
            &[Look::Packages, Look::Layouts, Look::Assignments, Look::PermissionSets]
        }
        (Wave::Deploy, Way::Remove) => &[
            Look::CallCenters,
            Look::Profiles,
            Look::Assignments,
            Look::PermissionSets,
            Look::OmniSync,
        ],
        (Wave::Package, Way::Build) => &[
            Look::Contents,
            Look::Objects,
            Look::PermissionSets,
            Look::Packages,
            Look::Layouts,
            Look::Assignments,
            Look::Installs,
            // Left out of the first look where its query was needed for something else.
            Look::Deploys,
            Look::CustomMetadata,
        ],
        (Wave::Deploy, Way::Build) => &[
            Look::CallCenters,
            // A deploy can make profiles, which would be a mistake to be seen.
            Look::Profiles,
            Look::Assignments,
            Look::CallCenter,
            Look::PermissionSets,
            Look::OmniSync,
            Look::RegionalValues,
        ],
        (Wave::Records, _) => &[Look::Users, Look::PermissionSets],
    };
    looks.iter().copied().collect()
}

/// What answers a question.
pub(in crate::engine) fn answering(question: Question) -> Look {
    match question {
        Question::OfferedVersion => Look::OfferedVersion,
        Question::ProfileNames => Look::ProfileNames,
        Question::OmniSync => Look::OmniSync,
        Question::PermissionSets => Look::PermissionSets,
        Question::CustomMetadata => Look::CustomMetadata,
        Question::LeavingCallCenters => Look::LeavingCallCenters,
        Question::PackageData => Look::PackageData,
    }
}

/// What a wave writes over, and what decides where: it must not be old news when it is written.
pub(in crate::engine) fn written_by(order: Way, wave: Wave) -> BTreeSet<Look> {
    let looks: &[Look] = match (wave, order) {
        (Wave::Package, Way::Build) => &[Look::Packages, Look::Installs],
        (Wave::Package, Way::Remove) => &[
            Look::Packages,
            Look::Assignments,
            Look::PermissionSets,
            Look::References,
            Look::Added,
        ],
        (Wave::Deploy, Way::Build) => {
            &[Look::CallCenters, Look::CallCenter, Look::Profiles, Look::Assignments, Look::Deploys]
        }
        (Wave::Deploy, Way::Remove) => {
            &[Look::CallCenters, Look::Profiles, Look::Assignments, Look::Deploys, Look::OmniSync]
        }
        (Wave::Records, _) => &[Look::CallCenters, Look::Users, Look::PermissionSets],
    };
    looks.iter().copied().collect()
}
