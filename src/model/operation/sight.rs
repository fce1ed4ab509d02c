//! What an operation changes of what is seen of an org, and what it rests on.

use super::{Operation, Target, Way};
use crate::model::Look;

impl Operation {
    /// What it may have changed: this is looked at again afterwards.
    pub fn touches(&self, way: Way) -> &'static [Look] {
        match (&self.target, way) {
            (Target::Package(_), Way::Build) => &[
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
                Look::Apps,
                Look::UtilityBars,
                Look::AgentAccess,
            ],
            (Target::Package(_), Way::Remove) => {
                &[Look::Packages, Look::Layouts, Look::LayoutAssignments, Look::PermissionSets]
            }
            (Target::CallCenter(_) | Target::CallCenterField(..), Way::Build) => {
                &[Look::CallCenters, Look::CallCenter]
            }
            (Target::CallCenter(_) | Target::CallCenterField(..), Way::Remove) => {
                &[Look::CallCenters]
            }
            // A deploy can make profiles, which would be a mistake to be seen.
            (Target::TaskLayout { .. }, _) => &[Look::Profiles, Look::LayoutAssignments],
            (Target::ProfileAccess(..), _) => {
                &[Look::Profiles, Look::LayoutAssignments, Look::OmniSync]
            }
            (Target::PermissionSet(_) | Target::PermissionSetAccess(..), _) => {
                &[Look::PermissionSets, Look::OmniSync, Look::AgentAccess]
            }
            (Target::ApexClass(_) | Target::ApexStatus(_), _) => &[Look::OmniSync],
            (Target::UtilityItem(..), _) => &[Look::Apps, Look::UtilityBars],
            (Target::CustomMetadata(_) | Target::RegionalValue(..), _) => &[Look::RegionalValues],
            (Target::UserCallCenter(_), _) => &[Look::Users],
            (Target::PermissionSetAssignment { .. }, _) => {
                &[Look::PermissionSets, Look::AgentAccess]
            }
            (Target::SoftphoneField { .. } | Target::SoftphoneAssignment { .. }, _) => {
                &[Look::Softphone]
            }
            (Target::Tenant { .. } | Target::Unknown(..), _) => &[],
        }
    }

    /// What it writes over, and what decides where: this must not be old news when it is carried
    /// out.
    pub fn rests_on(&self, way: Way) -> &'static [Look] {
        match (&self.target, way) {
            (Target::Package(_), Way::Build) => &[Look::Packages, Look::Installs],
            (Target::Package(_), Way::Remove) => &[
                Look::Packages,
                Look::LayoutAssignments,
                Look::PermissionSets,
                Look::References,
                Look::Uninstalls,
                Look::Added,
            ],
            (Target::CallCenter(_) | Target::CallCenterField(..), Way::Build) => {
                &[Look::CallCenters, Look::CallCenter, Look::Deploys]
            }
            (Target::CallCenter(_) | Target::CallCenterField(..), Way::Remove) => {
                &[Look::CallCenters, Look::Deploys]
            }
            (Target::TaskLayout { .. }, _) => {
                &[Look::Profiles, Look::LayoutAssignments, Look::Deploys]
            }
            (Target::ProfileAccess(..), _) => &[Look::Profiles, Look::OmniSync, Look::Deploys],
            (Target::PermissionSet(_) | Target::PermissionSetAccess(..), _) => {
                &[Look::OmniSync, Look::AgentAccess, Look::Deploys]
            }
            (Target::ApexClass(_) | Target::ApexStatus(_), _) => &[Look::OmniSync, Look::Deploys],
            // A deploy replaces the whole bar, with whatever was put into it since.
            (Target::UtilityItem(..), _) => &[Look::Apps, Look::UtilityBars, Look::Deploys],
            (Target::CustomMetadata(_) | Target::RegionalValue(..), _) => &[Look::Deploys],
            (Target::UserCallCenter(_), _) => &[Look::CallCenters, Look::Users],
            (Target::PermissionSetAssignment { .. }, _) => &[Look::Users, Look::PermissionSets],
            (
                Target::SoftphoneField { .. }
                | Target::SoftphoneAssignment { .. }
                | Target::Tenant { .. }
                | Target::Unknown(..),
                _,
            ) => &[],
        }
    }
}
