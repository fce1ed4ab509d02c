//! The state of an org, and its rules. No HTTP here.
//!
//! Records are plain structs whose JSON has Salesforce's own field names, so one struct serves as
//! stored state, as a row of a query and as an entry of the export.
//! Rules stand beside what they rule: `install_request`, `install` and `unpack`,
//! `uninstall_request`, `blockers` and `uninstall`, `writes` and `checks`, `access`.

pub(crate) mod access;
mod blockers;
pub(crate) mod call_center;
pub(crate) mod checks;
pub(crate) mod components;
pub(crate) mod custom_metadata;
pub(crate) mod dependencies;
pub(crate) mod export;
pub(crate) mod fields;
pub(crate) mod install;
mod install_request;
pub(crate) mod jobs;
mod languages;
mod licenses;
pub(crate) mod logins;
pub(crate) mod names;
pub(crate) mod package;
pub(crate) mod pages;
mod part;
pub(crate) mod people;
pub(crate) mod record_access;
pub(crate) mod refusal;
pub(crate) mod setup_pages;
pub(crate) mod softphone;
pub(crate) mod stored;
pub(crate) mod things;
pub(crate) mod uninstall;
mod uninstall_request;
mod unpack;
mod values;
pub(crate) mod writes;

#[cfg(test)]
mod install_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod uninstall_tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::call_center::CallCenter;
use self::components::Component;
use self::custom_metadata::CustomMetadataType;
use self::fields::{CustomField, CustomObject};
use self::jobs::Jobs;
use self::logins::{ConnectedApp, LoginPolicy, RefreshToken, Session};
use self::package::{
    InstalledPackage, PackageLicense, PackageVersion, RemoteSite, UserPackageLicense,
};
use self::pages::{Layout, ProfileLayout, RecordType};
use self::people::{
    PermissionSet, PermissionSetAssignment, PermissionSetGroup, Profile, SetupEntityAccess, User,
};
use self::setup_pages::SetupPages;
use self::softphone::SoftphoneLayout;
use self::stored::Stored;
use self::things::{ApexClass, App, PresenceStatus, Report, ReportFolder, ScheduledJob};
use super::clock::Millis;
use super::ids::{Id, IdSource};
use super::soql::catalog::Row;

/// The organization itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the real fields have these names")]
pub(crate) struct Organization {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) organization_type: String,
    pub(crate) is_sandbox: bool,
    pub(crate) trial_expiration_date: Option<String>,
    pub(crate) instance_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) language_locale_key: String,
    pub(crate) default_locale_sid_key: String,
    pub(crate) time_zone_sid_key: String,
}

/// What is switched on, and how much may be used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent features, each on or off")]
pub(crate) struct Features {
    /// The Call Center feature (Open CTI); new orgs no longer have it.
    pub(crate) call_center: bool,
    pub(crate) omni_channel: bool,
    /// API requests a day.
    pub(crate) daily_api_requests: u64,
    /// Queries for dependencies fail, as they do in orgs with old leftovers.
    #[serde(default)]
    pub(crate) untidy_dependencies: bool,
    /// Queries for installed packages fail, because of one that is broken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) broken_package: bool,
    /// How many Salesforce licences the org has; by default enough for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) salesforce_licenses: Option<usize>,
    /// How many licences for Salesforce Voice the org has; by default none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) voice_licenses: Option<usize>,
    /// Megabytes for records, and how many of them are free.
    #[serde(rename = "DataStorageMB", default = "storage")]
    pub(crate) data_storage: u64,
    #[serde(rename = "DataStorageMBRemaining", default = "storage")]
    pub(crate) data_storage_remaining: u64,
}

/// Megabytes of an org without any records.
pub(crate) fn storage() -> u64 {
    10_240
}

/// An org.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct World {
    pub(crate) organization: Organization,
    pub(crate) features: Features,
    pub(crate) users: Vec<User>,
    pub(crate) profiles: Vec<Profile>,
    pub(crate) permission_sets: Vec<PermissionSet>,
    pub(crate) permission_set_assignments: Vec<PermissionSetAssignment>,
    pub(crate) setup_entity_access: Vec<SetupEntityAccess>,
    pub(crate) record_types: Vec<RecordType>,
    pub(crate) layouts: Vec<Layout>,
    pub(crate) profile_layouts: Vec<ProfileLayout>,
    pub(crate) package_versions: Vec<PackageVersion>,
    pub(crate) installed_packages: Vec<InstalledPackage>,
    pub(crate) package_licenses: Vec<PackageLicense>,
    pub(crate) user_package_licenses: Vec<UserPackageLicense>,
    pub(crate) remote_sites: Vec<RemoteSite>,
    pub(crate) call_centers: Vec<CallCenter>,
    pub(crate) custom_metadata_types: Vec<CustomMetadataType>,
    #[serde(default)]
    pub(crate) custom_objects: Vec<CustomObject>,
    pub(crate) custom_fields: Vec<CustomField>,
    pub(crate) apex_classes: Vec<ApexClass>,
    pub(crate) apps: Vec<App>,
    pub(crate) report_folders: Vec<ReportFolder>,
    pub(crate) reports: Vec<Report>,
    /// Components of the org's own that refer to others.
    #[serde(default)]
    pub(crate) components: Vec<Component>,
    #[serde(default)]
    pub(crate) scheduled_jobs: Vec<ScheduledJob>,
    pub(crate) presence_statuses: Vec<PresenceStatus>,
    pub(crate) softphone_layouts: Vec<SoftphoneLayout>,
    /// What the pages of Setup look like.
    #[serde(default)]
    pub(crate) setup_pages: SetupPages,
    /// Metadata of any other type, and what files say of that of the types above.
    #[serde(default)]
    pub(crate) stored: Stored,
    /// Rows of ordinary objects (`Task`, `Case`…), by object.
    pub(crate) records: BTreeMap<String, Vec<Row>>,
    /// Access tokens and whose they are.
    pub(crate) sessions: BTreeMap<String, Session>,
    /// How tokens and logins are dealt with.
    #[serde(default)]
    pub(crate) login_policy: LoginPolicy,
    /// Apps that an administrator made, beside those that every org knows.
    #[serde(default)]
    pub(crate) connected_apps: Vec<ConnectedApp>,
    #[serde(default)]
    pub(crate) refresh_tokens: BTreeMap<String, RefreshToken>,
    /// By language and label: what people entered in the Translation Workbench.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) translations: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) permission_set_groups: Vec<PermissionSetGroup>,
    pub(crate) jobs: Jobs,
    pub(crate) ids: IdSource,
    /// When the org was made.
    pub(crate) born: Millis,
}

impl World {
    /// The next id of that kind.
    pub(crate) fn new_id(&mut self, prefix: &str) -> Id {
        self.ids.next(prefix)
    }

    /// The user of that id.
    pub(crate) fn user(&self, id: &Id) -> Option<&User> {
        // Ids grow, so users stand in their order, but for those whom a seed gives another.
        let place = self.users.binary_search_by(|user| user.id.cmp(id));
        let known = place.ok().and_then(|place| self.users.get(place));
        known.or_else(|| self.users.iter().find(|user| user.id == *id))
    }

    /// The profile of that id, hidden ones included.
    pub(crate) fn profile(&self, id: &Id) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == *id)
    }

    /// The profile that the Metadata API calls so (decoded name), unless it is hidden.
    pub(crate) fn profile_by_full_name(&self, full_name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| !profile.hidden && profile.full_name == full_name)
    }

    /// The permission set that a profile owns.
    pub(crate) fn own_permission_set(&self, profile: &Id) -> Option<&PermissionSet> {
        self.permission_sets.iter().find(|set| set.profile_id.as_ref() == Some(profile))
    }

    /// The layout of that full name (`Task-ns__Name`), whichever of its characters are percent codes.
    pub(crate) fn layout_by_full_name(&self, full_name: &str) -> Option<&Layout> {
        self.layouts.iter().find(|layout| names::same(&layout.full_name(), full_name))
    }

    /// The call center of that internal name, whatever its letters' case.
    pub(crate) fn call_center(&self, internal_name: &str) -> Option<&CallCenter> {
        self.call_centers
            .iter()
            .find(|center| center.internal_name.eq_ignore_ascii_case(internal_name))
    }

    /// The version of that id, on offer or installed.
    pub(crate) fn package_version(&self, id: &Id) -> Option<&PackageVersion> {
        self.package_versions.iter().find(|version| version.id == *id)
    }

    /// The installed package of that namespace.
    pub(crate) fn installed_package(&self, namespace: &str) -> Option<&InstalledPackage> {
        self.installed_packages.iter().find(|package| {
            self.package_version(&package.subscriber_package_version_id)
                .is_some_and(|version| version.namespace_prefix.as_deref() == Some(namespace))
        })
    }

    /// Assigns a layout to a profile for a record type (`None`: the master), and says whether
    /// that changed anything.
    pub(crate) fn assign_layout(
        &mut self,
        profile: &Id,
        record_type: Option<&Id>,
        layout: &Id,
        object: &str,
    ) -> bool {
        let cell = self.profile_layouts.iter_mut().find(|cell| {
            cell.profile_id == *profile
                && cell.record_type_id.as_ref() == record_type
                && cell.table_enum_or_id == object
        });
        if let Some(cell) = cell {
            let changed = cell.layout_id.as_ref() != Some(layout);
            cell.layout_id = Some(layout.clone());
            return changed;
        }
        let id = self.new_id("01G");
        self.profile_layouts.push(ProfileLayout {
            id,
            profile_id: profile.clone(),
            record_type_id: record_type.cloned(),
            layout_id: Some(layout.clone()),
            table_enum_or_id: object.to_owned(),
        });
        true
    }
}
