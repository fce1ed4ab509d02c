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
    /// Users of other call centers than the connector's.
    Memberships,
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
    /// What agents may do with records, and which apps they see.
    AgentAccess,
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
    /// The values of the call center that a new one takes over from.
    Predecessor,
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
    /// Remote sites and certificates, where Salesforce Voice is being set up.
    VoiceParts,
    /// Labels of the objects that a softphone layout names, as its page has them.
    ObjectLabels,
    /// What the Setup Audit Trail tells of softphone layouts: a hint, and no more.
    AuditTrail,
    /// Who is calling.
    Caller,
}

impl Look {
    /// What it asks for, as a person calls it; the object of the API where that helps to find out
    /// what is wrong.
    pub fn subject(self) -> &'static str {
        match self {
            Self::Organization => "the org's own record",
            Self::Permissions => "what the calling user may do (UserPermissionAccess)",
            Self::CallCenters => "the call centers (CallCenter)",
            Self::Profiles => "the profiles",
            Self::RecordTypes => "the record types of Task",
            Self::Users => "the chosen users and those in call centers (User)",
            Self::Memberships => "the users of other call centers (User)",
            Self::Outsiders => "users who are in no call center",
            Self::Namesakes => "users of similar names",
            Self::PackageContents => {
                "what the package brings (AppDefinition, Report, EntityDefinition)"
            }
            Self::PresenceStatuses => "the presence statuses (ServicePresenceStatus)",
            Self::Objects => "the objects that mappings write to",
            Self::PermissionSets => "the permission sets and who has them",
            Self::OmniSync => {
                "the classes of state sync and the access to them (ApexClass, SetupEntityAccess)"
            }
            Self::RegionalValues | Self::CustomMetadata => "the package's custom metadata",
            Self::Added => "what people put into the package's folders",
            Self::Allowance => "the daily allowance of API calls",
            Self::Licences => "the licences of packages",
            Self::Apps => "the apps",
            Self::Agent => "the user who was asked about",
            Self::AgentAccess => {
                "what agents may do (FieldPermissions, ObjectPermissions, SetupEntityAccess)"
            }
            Self::Packages => "the installed packages (InstalledSubscriberPackage)",
            Self::Layouts => "the page layouts of Task (Layout)",
            Self::LayoutAssignments => "who uses which page layout of Task (ProfileLayout)",
            Self::Deploys => "running deploys (DeployRequest)",
            Self::Installs => "running installations (PackageInstallRequest)",
            Self::OfferedVersion => "the wanted package version (SubscriberPackageVersion)",
            Self::References => "what refers to the package (MetadataComponentDependency)",
            Self::Uninstalls => {
                "running uninstallations (SubscriberPackageVersionUninstallRequest)"
            }
            Self::CallCenter => "the values of the call center (readMetadata)",
            Self::Predecessor => {
                "the values of the call center of an older definition (readMetadata)"
            }
            Self::Softphone => "the softphone layout (describeSoftphoneLayout)",
            Self::ProfileNames => "the API names of profiles (listMetadata)",
            Self::LeavingCallCenters => {
                "the values of the call centers that are to go (readMetadata)"
            }
            Self::PackageData => "the data that goes with the package",
            Self::UtilityBars => "the utility bars",
            Self::VoiceParts => "the remote sites and certificates (listMetadata)",
            Self::ObjectLabels => "the labels of objects (EntityDefinition)",
            Self::AuditTrail => "the changes to softphone layouts (SetupAuditTrail)",
            Self::Caller => "who is logged in",
        }
    }

    /// Whether an org that says that it has no such thing has answered: it lacks the feature, and
    /// the items know what that means.
    pub fn may_be_missing(self) -> bool {
        matches!(self, Self::CallCenters | Self::PresenceStatuses | Self::Objects)
    }
}
