//! Permissions of the calling user, as far as the checklist needs them.

use std::collections::BTreeMap;

/// A permission of Salesforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Calling the API at all.
    ApiEnabled,
    /// Looking at the org's setup.
    ViewSetup,
    /// Changing what the org is made of.
    CustomizeApplication,
    /// Deploying.
    ModifyMetadata,
    /// Installing and uninstalling packages.
    InstallPackages,
    /// Making and changing call centers.
    ManageCallCenters,
    /// Changing profiles and permission sets.
    ManageProfiles,
    /// Changing users.
    ManageUsers,
    /// Giving permission sets to users.
    AssignPermissionSets,
    /// Deploying Apex classes.
    AuthorApex,
    /// Changing users of the org, without those of its sites.
    ManageInternalUsers,
    /// Changing everything.
    ModifyAllData,
}

impl Permission {
    /// Those that the checklist needs, in the order in which it needs them.
    pub const CHECKLIST: [Self; 10] = [
        Self::ApiEnabled,
        Self::ViewSetup,
        Self::CustomizeApplication,
        Self::ModifyMetadata,
        Self::InstallPackages,
        Self::ManageCallCenters,
        Self::ManageProfiles,
        Self::ManageUsers,
        Self::AssignPermissionSets,
        Self::AuthorApex,
    ];

    /// All of them: those of the checklist, and those that take the place of one.
    pub const ALL: [Self; 12] = [
        Self::ApiEnabled,
        Self::ViewSetup,
        Self::CustomizeApplication,
        Self::ModifyMetadata,
        Self::InstallPackages,
        Self::ManageCallCenters,
        Self::ManageProfiles,
        Self::ManageUsers,
        Self::AssignPermissionSets,
        Self::AuthorApex,
        Self::ManageInternalUsers,
        Self::ModifyAllData,
    ];

    /// The field of `UserPermissionAccess`, `Profile` and `PermissionSet`.
    pub fn field(self) -> &'static str {
        match self {
            Self::ApiEnabled => "PermissionsApiEnabled",
            Self::ViewSetup => "PermissionsViewSetup",
            Self::CustomizeApplication => "PermissionsCustomizeApplication",
            Self::ModifyMetadata => "PermissionsModifyMetadata",
            Self::InstallPackages => "PermissionsInstallPackaging",
            Self::ManageCallCenters => "PermissionsManageCallCenters",
            Self::ManageProfiles => "PermissionsManageProfilesPermissionsets",
            Self::ManageUsers => "PermissionsManageUsers",
            Self::AssignPermissionSets => "PermissionsAssignPermissionSets",
            Self::AuthorApex => "PermissionsAuthorApex",
            Self::ManageInternalUsers => "PermissionsManageInternalUsers",
            Self::ModifyAllData => "PermissionsModifyAllData",
        }
    }

    /// What Setup calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::ApiEnabled => "API Enabled",
            Self::ViewSetup => "View Setup and Configuration",
            Self::CustomizeApplication => "Customize Application",
            Self::ModifyMetadata => "Modify Metadata Through Metadata API Functions",
            Self::InstallPackages => "Download AppExchange Packages",
            Self::ManageCallCenters => "Manage Call Centers",
            Self::ManageProfiles => "Manage Profiles and Permission Sets",
            Self::ManageUsers => "Manage Users",
            Self::AssignPermissionSets => "Assign Permission Sets",
            Self::AuthorApex => "Author Apex",
            Self::ManageInternalUsers => "Manage Internal Users",
            Self::ModifyAllData => "Modify All Data",
        }
    }

    /// What the checklist needs it for, to be read behind "for".
    pub fn purpose(self) -> &'static str {
        match self {
            Self::ApiEnabled => "every request",
            Self::ViewSetup => "looking at packages, page layouts and call centers",
            Self::CustomizeApplication => "call centers, page layouts and the package's settings",
            Self::ModifyMetadata | Self::ModifyAllData => "the deploy",
            Self::InstallPackages => "installing and uninstalling the package",
            Self::ManageCallCenters => "the call center and its settings",
            Self::ManageProfiles => "page layout assignments and access of profiles",
            Self::ManageUsers | Self::ManageInternalUsers => "the call center's users",
            Self::AssignPermissionSets => "giving permission sets to users",
            Self::AuthorApex => "the Apex class of Omni-Channel state sync",
        }
    }

    /// Others that do instead of it.
    pub fn instead(self) -> &'static [Self] {
        match self {
            Self::ModifyMetadata => &[Self::ModifyAllData],
            Self::ManageProfiles | Self::AssignPermissionSets => &[Self::ManageUsers],
            Self::ManageUsers => &[Self::ManageInternalUsers],
            _ => &[],
        }
    }
}

/// What the calling user may do, by the user's row of `UserPermissionAccess`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions(BTreeMap<Permission, bool>);

impl Permissions {
    /// Whether the user has it, or one that does instead; `None` where the org does not tell.
    pub fn has(&self, permission: Permission) -> Option<bool> {
        let own = self.0.get(&permission).copied();
        let any = permission.instead().iter().any(|other| self.0.get(other) == Some(&true));
        if any { Some(true) } else { own }
    }
}

impl FromIterator<(Permission, bool)> for Permissions {
    fn from_iter<I: IntoIterator<Item = (Permission, bool)>>(found: I) -> Self {
        Self(found.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_does_instead_is_as_good() {
        let only = |permission| -> Permissions {
            Permission::ALL.into_iter().map(|each| (each, each == permission)).collect()
        };
        assert_eq!(only(Permission::ModifyAllData).has(Permission::ModifyMetadata), Some(true));
        assert_eq!(only(Permission::ManageInternalUsers).has(Permission::ManageUsers), Some(true));
        assert_eq!(only(Permission::ManageUsers).has(Permission::AuthorApex), Some(false));
        assert_eq!(Permissions::default().has(Permission::AuthorApex), None);
    }

    #[test]
    fn those_of_the_checklist_come_first_among_all() {
        assert!(Permission::ALL.starts_with(&Permission::CHECKLIST));
    }
}
