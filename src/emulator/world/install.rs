//! Installing packages: who may, what is checked, and what the org has afterwards.

use serde_json::{Map, Value};

use super::World;
use super::jobs::{InstallJob, InstallStatus};
use super::package::{
    InstalledPackage, PackageContent, PackageLicense, PackageVersion, RemoteSite,
};
use super::people::{PermissionSet, SetupEntityAccess};
use super::refusal::Refusal;
use crate::emulator::clock::{JobTime, Millis, Timer};
use crate::emulator::guesses::Guesses;
use crate::emulator::ids::Id;

/// Values of `SecurityType`, which real clients write in any case of letters.
const AUDIENCES: [&str; 4] = ["None", "Full", "Custom", "Push"];

impl World {
    /// Sites of a package that nobody has approved in this org yet.
    pub(crate) fn unapproved<'a>(
        &'a self,
        wanted: &'a [String],
        kind: &'a str,
    ) -> impl Iterator<Item = &'a String> {
        wanted.iter().filter(move |url| {
            !self
                .remote_sites
                .iter()
                .any(|site| site.is_active && site.kind == kind && site.endpoint_url == **url)
        })
    }

    /// The value of `InstallValidationStatus`: `NO_ERRORS_DETECTED`, or what is in the way.
    pub(crate) fn install_validation(&self, version: &PackageVersion) -> String {
        let status = if let Some(obstacle) = &version.obstacle {
            obstacle
        } else if !version.on_offer {
            "NO_ACCESS"
        } else if version.is_deprecated {
            "DEPRECATED_INSTALL_PACKAGE"
        } else if self.has_newer_than(version) {
            "CANNOT_INSTALL_EARLIER_VERSION"
        } else if version.is_beta && self.is_production() {
            "BETA_INSTALL_INTO_PRODUCTION_ORG"
        } else {
            "NO_ERRORS_DETECTED"
        };
        status.to_owned()
    }

    /// Whether this is neither a sandbox nor a scratch, developer or trial org.
    pub(crate) fn is_production(&self) -> bool {
        !self.organization.is_sandbox
            && self.organization.trial_expiration_date.is_none()
            && self.organization.organization_type != "Developer Edition"
    }

    fn has_newer_than(&self, version: &PackageVersion) -> bool {
        self.installed_packages
            .iter()
            .filter(|package| package.subscriber_package_id == version.subscriber_package_id)
            .filter_map(|package| self.package_version(&package.subscriber_package_version_id))
            .any(|installed| installed.order() > version.order())
    }

    /// Checks an install request and queues it.
    pub(crate) fn request_install(
        &mut self,
        caller: &Id,
        fields: &Map<String, Value>,
        time: JobTime,
        at: Millis,
        guesses: Guesses,
    ) -> Result<Id, Refusal> {
        if !self.permits(caller, "DownloadPackages") {
            return Err(Refusal::no_access());
        }
        let text = |name: &str| {
            fields
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        let key = text("SubscriberPackageVersionKey").ok_or_else(|| {
            Refusal::new(
                "REQUIRED_FIELD_MISSING",
                "Required fields are missing: [SubscriberPackageVersionKey]",
            )
            .about("SubscriberPackageVersionKey")
        })?;
        let version_id = Id::parse(key)
            .filter(|id| id.prefix() == "04t")
            .ok_or_else(|| {
                Refusal::new(
                    "MALFORMED_ID",
                    format!("Subscriber Package Version Key: id value of incorrect type: {key}"),
                )
                .about("SubscriberPackageVersionKey")
            })?;
        let security_type = picked(
            "Security Type",
            "SecurityType",
            text("SecurityType"),
            &AUDIENCES,
        )?;
        let conflicts = picked(
            "Name Conflict Resolution",
            "NameConflictResolution",
            text("NameConflictResolution"),
            &["Block", "RenameMetadata"],
        )?;
        let mappings = fields
            .get("ProfileMappings")
            .filter(|value| !value.is_null())
            .cloned();
        if security_type == "Custom" {
            self.mapped_profiles(mappings.as_ref())?;
        }
        if let Some(version) = self.package_version(&version_id)
            && let Some(wanted) = &version.installation_key
        {
            match text("Password") {
                None => {
                    return Err(Refusal::new(
                        "INSTALL_KEY_REQUIRED",
                        "An installation key is required to install this package.",
                    ));
                }
                Some(given) if given != wanted => {
                    return Err(Refusal::new(
                        "INSTALL_KEY_INVALID",
                        "The installation key is invalid.",
                    ));
                }
                Some(_) => {}
            }
        }
        let running = self
            .jobs
            .installs
            .iter()
            .any(|job| job.status == InstallStatus::InProgress);
        if running && guesses.second_install_refused {
            return Err(locked());
        }
        let id = self.new_id("0Hf");
        let mut timer = Timer::waiting(time);
        timer.start(at);
        let owned = |name: &str| text(name).map(str::to_owned);
        self.jobs.installs.push(InstallJob {
            id: id.clone(),
            created: at,
            created_by: caller.clone(),
            version: version_id,
            name_conflict_resolution: conflicts,
            security_type,
            package_install_source: owned("PackageInstallSource"),
            profile_mappings: mappings,
            enable_rss: fields.get("EnableRss").is_some_and(is_true),
            upgrade_type: owned("UpgradeType"),
            apex_compile_type: owned("ApexCompileType"),
            skip_handlers: owned("SkipHandlers"),
            status: InstallStatus::InProgress,
            errors: Vec::new(),
            finished: None,
            timer,
        });
        Ok(id)
    }

    /// Profiles that a custom audience names; each must exist.
    fn mapped_profiles(&self, mappings: Option<&Value>) -> Result<Vec<Id>, Refusal> {
        let rows = mappings
            .and_then(|value| value.get("profileMappings"))
            .and_then(Value::as_array)
            .filter(|rows| !rows.is_empty())
            .ok_or_else(|| {
                Refusal::new(
                    "REQUIRED_FIELD_MISSING",
                    "Required fields are missing: [ProfileMappings]",
                )
                .about("ProfileMappings")
            })?;
        rows.iter()
            .map(|row| {
                let target = row
                    .get("target")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                self.profiles
                    .iter()
                    .find(|profile| {
                        !profile.hidden && (profile.name == target || profile.full_name == target)
                    })
                    .map(|profile| profile.id.clone())
                    .ok_or_else(|| Refusal::invalid_reference("ProfileMappings"))
            })
            .collect()
    }

    /// Ends the install at that place of the list: the package is there, or an error is.
    pub(crate) fn finish_install(&mut self, place: usize, at: Millis) {
        let Some(job) = self.jobs.installs.get(place).cloned() else {
            return;
        };
        let result = self.install(&job);
        if let Some(job) = self.jobs.installs.get_mut(place) {
            job.finished = Some(at);
            match result {
                Ok(()) => job.status = InstallStatus::Success,
                Err(message) => {
                    job.status = InstallStatus::Error;
                    job.errors.push(message);
                }
            }
        }
    }

    fn install(&mut self, job: &InstallJob) -> Result<(), String> {
        let Some(version) = self.package_version(&job.version).cloned() else {
            return Err(
                "The requested package doesn't yet exist or has been deleted. If this is \
                        a recently created package version, try again in a few minutes, or \
                        contact the package publisher."
                    .to_owned(),
            );
        };
        match self.install_validation(&version).as_str() {
            "NO_ERRORS_DETECTED" => {}
            "CANNOT_INSTALL_EARLIER_VERSION" => {
                return Err(
                    "You can't install this version because a later version of this \
                            package is already installed."
                        .to_owned(),
                );
            }
            "PACKAGE_UNAVAILABLE" => {
                return Err("This package is not yet available".to_owned());
            }
            other => return Err(format!("This package can't be installed: {other}")),
        }
        if let Some(error) = &version.install_error {
            return Err(error.clone());
        }
        let granted = match job.security_type.as_str() {
            "Full" | "Push" => self.shown_profiles(false),
            "Custom" => {
                let mut granted = self.shown_profiles(true);
                let mapped = self.mapped_profiles(job.profile_mappings.as_ref());
                granted.extend(mapped.map_err(|refusal| refusal.message)?);
                granted.sort();
                granted.dedup();
                granted
            }
            _ => self.shown_profiles(true),
        };
        self.record_package(&version, job);
        self.record_sites(&version, job.enable_rss);
        self.unpack(version.content);
        self.grant(version.namespace_prefix.as_deref(), &granted);
        Ok(())
    }

    /// Profiles that people can have: all, or those of administrators.
    fn shown_profiles(&self, administrators_only: bool) -> Vec<Id> {
        let shown = self.profiles.iter().filter(|profile| !profile.hidden);
        shown
            .filter(|profile| {
                !administrators_only
                    || self
                        .own_permission_set(&profile.id)
                        .is_some_and(|set| set.permissions.contains("ModifyAllData"))
            })
            .map(|profile| profile.id.clone())
            .collect()
    }

    fn record_package(&mut self, version: &PackageVersion, job: &InstallJob) {
        let id = self.new_id("0A3");
        self.installed_packages
            .retain(|package| package.subscriber_package_id != version.subscriber_package_id);
        self.installed_packages.push(InstalledPackage {
            id,
            subscriber_package_id: version.subscriber_package_id.clone(),
            subscriber_package_version_id: version.id.clone(),
            security_type: job.security_type.clone(),
            enable_rss: job.enable_rss,
        });
        let Some((seats, namespace)) = version.seats.zip(version.namespace_prefix.clone()) else {
            return;
        };
        if self
            .package_licenses
            .iter()
            .all(|license| license.namespace_prefix != namespace)
        {
            let id = self.new_id("050");
            self.package_licenses.push(PackageLicense {
                id,
                namespace_prefix: namespace,
                status: "Active".to_owned(),
                allowed_licenses: seats,
            });
        }
    }

    fn record_sites(&mut self, version: &PackageVersion, approved: bool) {
        let remote = version.remote_sites.iter().map(|url| (url, "RemoteSite"));
        let trusted = version
            .csp_trusted_sites
            .iter()
            .map(|url| (url, "CspTrustedSite"));
        for (place, (url, kind)) in remote.chain(trusted).enumerate() {
            let known = self.remote_sites.iter_mut().find(|site| {
                site.endpoint_url == *url
                    && site.kind == kind
                    && site.namespace_prefix == version.namespace_prefix
            });
            if let Some(site) = known {
                site.is_active |= approved;
                continue;
            }
            let id = self.new_id(if kind == "RemoteSite" { "0rp" } else { "08y" });
            self.remote_sites.push(RemoteSite {
                id,
                site_name: format!("Site_{}", place + 1),
                namespace_prefix: version.namespace_prefix.clone(),
                endpoint_url: url.clone(),
                kind: kind.to_owned(),
                is_active: approved,
            });
        }
    }

    /// Adds what the package brings; what is there already (an upgrade) keeps its id and values.
    pub(crate) fn unpack(&mut self, content: PackageContent) {
        for mut app in content.apps {
            if !self.apps.iter().any(|it| {
                (&it.developer_name, &it.namespace_prefix)
                    == (&app.developer_name, &app.namespace_prefix)
            }) {
                app.id = self.new_id("02u");
                self.apps.push(app);
            }
        }
        for mut layout in content.layouts {
            if self.layout_by_full_name(&layout.full_name()).is_none() {
                layout.id = self.new_id("00h");
                self.layouts.push(layout);
            }
        }
        for mut folder in content.report_folders {
            if !self
                .report_folders
                .iter()
                .any(|it| it.developer_name == folder.developer_name)
            {
                folder.id = self.new_id("00l");
                self.report_folders.push(folder);
            }
        }
        for mut report in content.reports {
            if !self
                .reports
                .iter()
                .any(|it| it.developer_name == report.developer_name)
            {
                report.id = self.new_id("00O");
                self.reports.push(report);
            }
        }
        for mut field in content.fields {
            let name = field.api_name();
            if !self
                .custom_fields
                .iter()
                .any(|it| it.object == field.object && it.api_name() == name)
            {
                field.id = self.new_id("00N");
                self.custom_fields.push(field);
            }
        }
        for mut set in content.permission_sets {
            if !self.permission_sets.iter().any(|it| is_same_set(it, &set)) {
                set.id = self.new_id("0PS");
                self.permission_sets.push(set);
            }
        }
        for mut class in content.apex_classes {
            if !self.apex_classes.iter().any(|it| {
                (&it.name, &it.namespace_prefix) == (&class.name, &class.namespace_prefix)
            }) {
                class.id = self.new_id("01p");
                self.apex_classes.push(class);
            }
        }
        for mut kind in content.custom_metadata_types {
            let name = kind.api_name();
            if self
                .custom_metadata_types
                .iter()
                .any(|it| it.api_name() == name)
            {
                continue;
            }
            kind.id = self.new_id("01I");
            for field in &mut kind.fields {
                field.id = self.new_id("00N");
            }
            for record in &mut kind.records {
                record.id = self.new_id(&kind.key_prefix);
            }
            self.custom_metadata_types.push(kind);
        }
    }

    /// Gives profiles access to a namespace's apps and classes.
    fn grant(&mut self, namespace: Option<&str>, profiles: &[Id]) {
        let of_package = |prefix: &Option<String>| prefix.as_deref() == namespace;
        let apps = self
            .apps
            .iter()
            .filter(|app| of_package(&app.namespace_prefix));
        let classes = self
            .apex_classes
            .iter()
            .filter(|it| of_package(&it.namespace_prefix));
        let entities: Vec<(Id, &str)> = apps
            .map(|app| (app.id.clone(), "TabSet"))
            .chain(classes.map(|class| (class.id.clone(), "ApexClass")))
            .collect();
        let sets: Vec<Id> = profiles
            .iter()
            .filter_map(|profile| self.own_permission_set(profile).map(|set| set.id.clone()))
            .collect();
        for set in sets {
            for (entity, kind) in &entities {
                self.allow(&set, entity, kind);
            }
        }
    }

    /// Gives a permission set access to an Apex class or an app, and returns the access record.
    pub(crate) fn allow(&mut self, set: &Id, entity: &Id, kind: &str) -> Id {
        let known = self
            .setup_entity_access
            .iter()
            .find(|access| access.parent_id == *set && access.setup_entity_id == *entity);
        if let Some(access) = known {
            return access.id.clone();
        }
        let id = self.new_id("0J0");
        self.setup_entity_access.push(SetupEntityAccess {
            id: id.clone(),
            parent_id: set.clone(),
            setup_entity_id: entity.clone(),
            setup_entity_type: kind.to_owned(),
        });
        id
    }
}

fn is_same_set(one: &PermissionSet, other: &PermissionSet) -> bool {
    (&one.name, &one.namespace_prefix) == (&other.name, &other.namespace_prefix)
}

/// One of a restricted picklist's values in its real spelling; the first one where none is given.
fn picked(
    label: &str,
    field: &str,
    given: Option<&str>,
    values: &[&str],
) -> Result<String, Refusal> {
    let Some(given) = given else {
        return Ok(values[0].to_owned());
    };
    let value = values
        .iter()
        .find(|value| value.eq_ignore_ascii_case(given));
    value.map(|value| (*value).to_owned()).ok_or_else(|| {
        Refusal::new(
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            format!("{label}: bad value for restricted picklist field: {given}"),
        )
        .about(field)
    })
}

/// The org is busy with another change.
fn locked() -> Refusal {
    Refusal::new(
        "ALREADY_IN_PROCESS",
        "The changes you requested require salesforce.com to temporarily lock your \
         organization's administration setup. However, the administration setup has already been \
         locked by another change.",
    )
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(set) => *set,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}
