//! What the caller must be allowed to do, to carry an operation out.

use super::{Operation, Target};
use crate::model::Permission;

impl Operation {
    /// The permissions that it needs, besides those that every run needs.
    pub fn permissions(&self) -> &'static [Permission] {
        use Permission::{
            AssignPermissionSets, AuthorApex, CustomizeApplication, InstallPackages,
            ManageCallCenters, ManageProfiles, ManageUsers, ModifyMetadata,
        };
        match &self.target {
            Target::Package(_) => &[InstallPackages],
            Target::CallCenter(_) | Target::CallCenterField(..) => {
                &[ModifyMetadata, CustomizeApplication, ManageCallCenters]
            }
            Target::TaskLayout { .. }
            | Target::ProfileAccess(..)
            | Target::PermissionSet(_)
            | Target::PermissionSetAccess(..) => &[ModifyMetadata, ManageProfiles],
            Target::CustomMetadata(_) | Target::RegionalValue(..) | Target::UtilityItem(..) => {
                &[ModifyMetadata, CustomizeApplication]
            }
            Target::ApexClass(_) | Target::ApexStatus(_) => &[ModifyMetadata, AuthorApex],
            Target::UserCallCenter(_) => &[ManageUsers],
            Target::PermissionSetAssignment { .. } => &[AssignPermissionSets],
            // Only people change one.
            // Webex asks for roles of its own, which its refusal names.
            Target::SoftphoneField { .. }
            | Target::SoftphoneAssignment { .. }
            | Target::Unknown(..)
            | Target::Tenant { .. } => &[],
        }
    }
}
