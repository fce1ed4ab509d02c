//! Managed packages: the versions on offer, what each brings, and what is installed.

use serde::{Deserialize, Serialize};

use super::custom_metadata::CustomMetadataType;
use super::fields::{CustomField, CustomObject};
use super::pages::Layout;
use super::people::PermissionSet;
use super::things::{ApexClass, App, Report, ReportFolder};
use crate::ids::Id;

/// A version of a package: one that this org could install, or has installed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the real object has them")]
pub(crate) struct PackageVersion {
    /// `04t…`
    pub(crate) id: Id,
    /// `033…`
    pub(crate) subscriber_package_id: Id,
    pub(crate) package_name: String,
    /// Name of the version.
    pub(crate) name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) publisher_name: Option<String>,
    pub(crate) major_version: u32,
    pub(crate) minor_version: u32,
    pub(crate) patch_version: u32,
    pub(crate) build_number: u32,
    pub(crate) release_state: String,
    pub(crate) is_managed: bool,
    pub(crate) is_beta: bool,
    pub(crate) is_deprecated: bool,
    pub(crate) is_security_reviewed: bool,
    /// `Managed` or `Unlocked` for the second generation, nothing for the first.
    pub(crate) package2_container_options: Option<String>,
    pub(crate) installation_key: Option<String>,
    /// Whether it can be installed from here at all, or is only known because it is installed.
    pub(crate) on_offer: bool,
    /// A reason why this org may not install it, e.g. `PACKAGE_UNAVAILABLE`.
    pub(crate) obstacle: Option<String>,
    /// What an install ends with instead of success.
    pub(crate) install_error: Option<String>,
    /// Seats that come with it; -1 for the whole org, nothing where it is not licensed.
    pub(crate) seats: Option<i64>,
    pub(crate) remote_sites: Vec<String>,
    pub(crate) csp_trusted_sites: Vec<String>,
    /// Packages that must be there before it, `033…`.
    #[serde(default)]
    pub(crate) depends_on: Vec<Id>,
    /// What it does not bring after all, as `Type:FullName`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) absent: Vec<String>,
    pub(crate) content: PackageContent,
}

impl PackageVersion {
    /// What it brings.
    pub(crate) fn brought(&self) -> PackageContent {
        let mut content = self.content.clone();
        let absent = |kind: &str, name: &str| self.absent.contains(&format!("{kind}:{name}"));
        content.apps.retain(|it| !absent("CustomApplication", &it.developer_name));
        content.layouts.retain(|it| !absent("Layout", &it.name));
        content.reports.retain(|it| !absent("Report", &it.developer_name));
        content.report_folders.retain(|it| !absent("ReportFolder", &it.developer_name));
        content.permission_sets.retain(|it| !absent("PermissionSet", &it.name));
        content
    }

    /// Whether it is of the second generation, which has a container.
    pub(crate) fn is_second_generation(&self) -> bool {
        self.package2_container_options.is_some()
    }

    /// Major, minor, patch and build: what makes one version newer than another.
    pub(crate) fn order(&self) -> (u32, u32, u32, u32) {
        (self.major_version, self.minor_version, self.patch_version, self.build_number)
    }

    /// `4.2`, or `4.2.1` where there is a patch.
    pub(crate) fn number(&self) -> String {
        match self.patch_version {
            0 => format!("{}.{}", self.major_version, self.minor_version),
            patch => format!("{}.{}.{patch}", self.major_version, self.minor_version),
        }
    }
}

/// The components that a package version brings; their ids are replaced on installation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct PackageContent {
    pub(crate) apps: Vec<App>,
    pub(crate) layouts: Vec<Layout>,
    pub(crate) report_folders: Vec<ReportFolder>,
    pub(crate) reports: Vec<Report>,
    #[serde(default)]
    pub(crate) objects: Vec<CustomObject>,
    pub(crate) fields: Vec<CustomField>,
    pub(crate) custom_metadata_types: Vec<CustomMetadataType>,
    pub(crate) permission_sets: Vec<PermissionSet>,
    pub(crate) apex_classes: Vec<ApexClass>,
}

/// A package that is in the org.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct InstalledPackage {
    pub(crate) id: Id,
    pub(crate) subscriber_package_id: Id,
    pub(crate) subscriber_package_version_id: Id,
    /// Who was given access: `None` (administrators), `Full` (everybody) or `Custom`.
    pub(crate) security_type: String,
    /// Whether the sites it wants to call were approved.
    pub(crate) enable_rss: bool,
}

/// The licence of an installed package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct PackageLicense {
    pub(crate) id: Id,
    pub(crate) namespace_prefix: String,
    pub(crate) status: String,
    /// -1: the whole org.
    pub(crate) allowed_licenses: i64,
}

/// A seat of a licence given to a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct UserPackageLicense {
    pub(crate) id: Id,
    pub(crate) package_license_id: Id,
    pub(crate) user_id: Id,
}

/// A site that code in the org may call, or that pages may load from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct RemoteSite {
    pub(crate) id: Id,
    pub(crate) site_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) endpoint_url: String,
    /// `RemoteSite` or `CspTrustedSite`.
    pub(crate) kind: String,
    pub(crate) is_active: bool,
}
