//! What of an org can be looked at.

/// One thing that can be looked at by itself: it is unasked, seen or refused.
///
/// What travels in one request is asked and taken in in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
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
    /// Of each profile one active user who is not in a call center.
    Outsiders,
    /// Users whose names begin like others'.
    Namesakes,
    /// What the package brings: app, report, custom metadata types.
    PackageContents,
    /// Presence statuses of Omni-Channel.
    PresenceStatuses,
    /// Objects that mappings write to.
    Objects,
    /// Permission sets, and who has the wanted ones.
    PermissionSets,
    /// What state sync needs: classes and access to them and to presence statuses.
    OmniSync,
    /// The remembered places of the region's values in the package's custom metadata.
    RegionalValues,
    /// What people put into the package's folders.
    Added,
    /// How many API calls are left of the daily allowance.
    Allowance,
    /// Licences of packages.
    Licences,
    /// Apps and their utility bars' names.
    Apps,
    /// The user who is asked about.
    Agent,
    /// Installed packages.
    Packages,
    /// Page layouts of Task.
    Layouts,
    /// Who uses which of them.
    LayoutAssignments,
    /// Running deploys.
    Deploys,
    /// Installations.
    Installs,
    /// What the org says of the wanted package version.
    OfferedVersion,
    /// What refers to the package.
    References,
    /// Uninstallations that are under way.
    Uninstalls,
    /// The values of one call center.
    CallCenter,
    /// The caller's softphone layout.
    Softphone,
    /// API names of profiles.
    ProfileNames,
    /// Every record of the package's custom metadata types.
    CustomMetadata,
    /// What the call centers hold that go with the connector.
    LeavingCallCenters,
    /// How much data goes with the package, and the records that the org made of its types.
    PackageData,
    /// Utility bars of Lightning apps, and the components in them.
    UtilityBars,
    /// Who is calling.
    Caller,
}
