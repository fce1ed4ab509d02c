//! What a user may do: one table, from what is done to the permissions that let it happen.

use super::World;
use crate::ids::Id;

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Call any API.
    CallApi,
    /// See the objects of Setup, and how much of the org's limits is used.
    ViewSetup,
    /// See custom metadata types and their records.
    ViewCustomMetadata,
    /// Install and uninstall packages.
    InstallPackages,
    /// Use the Metadata API.
    UseMetadata,
    /// Deploy code.
    WriteCode,
    /// Deploy what apps and pages are made of.
    CustomizeApplication,
    /// Deploy or create call centers.
    WriteCallCenters,
    /// Create and change users.
    WriteUsers,
    /// See who is frozen.
    ViewLogins,
    /// Freeze users.
    FreezeUsers,
    /// Give people permission sets.
    AssignPermissionSets,
    /// Change profiles and permission sets, and what they give access to.
    WritePermissionSets,
    /// Give people licences of packages.
    AssignLicenses,
    /// Log in through an app that nobody installed.
    ApproveUninstalledApps,
}

/// The permissions of each act: any of them is enough.
///
/// Who has "Manage Users" has what it depends on.
const NEEDED: [(Act, &[&str]); 15] = [
    (Act::CallApi, &["ApiEnabled"]),
    (Act::ViewSetup, &["ViewSetup"]),
    (Act::ViewCustomMetadata, &["CustomizeApplication"]),
    (Act::InstallPackages, &["InstallPackaging"]),
    (Act::UseMetadata, &["ModifyMetadata", "ModifyAllData"]),
    (Act::WriteCode, &["AuthorApex"]),
    (Act::CustomizeApplication, &["CustomizeApplication"]),
    (Act::WriteCallCenters, &["ManageCallCenters"]),
    (Act::WriteUsers, &["ManageUsers", "ManageInternalUsers"]),
    (Act::ViewLogins, &["ManageUsers"]),
    (Act::FreezeUsers, &["ManageUsers", "FreezeUsers"]),
    (Act::AssignPermissionSets, &["AssignPermissionSets", "ManageUsers"]),
    (Act::WritePermissionSets, &["ManageProfilesPermissionsets", "ManageUsers"]),
    (Act::AssignLicenses, &["ManagePackageLicenses"]),
    (Act::ApproveUninstalledApps, &["ApproveUninstalledConnectedApps"]),
];

/// What writing a record of an object is; everybody may write the others.
const RECORDS: [(&str, Act); 7] = [
    ("CallCenter", Act::WriteCallCenters),
    ("PermissionSet", Act::WritePermissionSets),
    ("PermissionSetAssignment", Act::AssignPermissionSets),
    ("SetupEntityAccess", Act::WritePermissionSets),
    ("User", Act::WriteUsers),
    ("UserLogin", Act::FreezeUsers),
    ("UserPackageLicense", Act::AssignLicenses),
];

/// What deploying a component of a type is, beside using the Metadata API.
const COMPONENTS: [(&str, Act); 17] = [
    ("ApexClass", Act::WriteCode),
    ("ApexComponent", Act::WriteCode),
    ("ApexPage", Act::WriteCode),
    ("ApexTrigger", Act::WriteCode),
    ("CallCenter", Act::WriteCallCenters),
    ("CustomApplication", Act::CustomizeApplication),
    ("CustomField", Act::CustomizeApplication),
    ("CustomMetadata", Act::CustomizeApplication),
    ("CustomObject", Act::CustomizeApplication),
    ("CustomTab", Act::CustomizeApplication),
    ("FlexiPage", Act::CustomizeApplication),
    ("InstalledPackage", Act::InstallPackages),
    ("Layout", Act::CustomizeApplication),
    ("PermissionSet", Act::WritePermissionSets),
    ("Profile", Act::WritePermissionSets),
    ("RecordType", Act::CustomizeApplication),
    ("RemoteSiteSetting", Act::CustomizeApplication),
];

impl Act {
    /// What writing a record of that object is.
    pub(crate) fn of_record(object: &str) -> Self {
        let known = RECORDS.iter().find(|(name, _)| *name == object);
        known.map_or(Self::CallApi, |(_, act)| *act)
    }

    /// What deploying or deleting a component of that type is.
    pub(crate) fn of_component(kind: &str) -> Self {
        let known = COMPONENTS.iter().find(|(name, _)| *name == kind);
        known.map_or(Self::UseMetadata, |(_, act)| *act)
    }

    /// Permissions of which one is enough.
    fn needed(self) -> &'static [&'static str] {
        NEEDED.iter().find(|(act, _)| *act == self).map_or(&[], |(_, needed)| needed)
    }
}

impl World {
    /// Whether the user's profile or one of their permission sets permits this.
    pub(crate) fn permits(&self, user: &Id, permission: &str) -> bool {
        let Some(user) = self.user(user) else {
            return false;
        };
        let assigned = |set: &Id| {
            let mut given = self.permission_set_assignments.iter();
            given.any(|given| {
                given.assignee_id == user.id
                    && (given.permission_set_id == *set
                        || self
                            .group_of(&given.permission_set_id)
                            .is_some_and(|group| group.permission_set_ids.contains(set)))
            })
        };
        self.permission_sets
            .iter()
            .filter(|set| set.permissions.contains(permission))
            .any(|set| set.profile_id.as_ref() == Some(&user.profile_id) || assigned(&set.id))
    }

    /// Whether the user may do this.
    pub(crate) fn may(&self, user: &Id, act: Act) -> bool {
        act.needed().iter().any(|permission| self.permits(user, permission))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::people::PERMISSIONS;

    #[test]
    fn every_act_needs_permissions_that_there_are() {
        let acts = RECORDS.iter().chain(&COMPONENTS).map(|(_, act)| act);
        for act in acts.chain([&Act::CallApi]) {
            assert!(!act.needed().is_empty(), "{act:?}");
        }
        for (act, needed) in NEEDED {
            for permission in needed {
                assert!(PERMISSIONS.contains(permission), "{act:?}: {permission}");
            }
        }
    }
}
