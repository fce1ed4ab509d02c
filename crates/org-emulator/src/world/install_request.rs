//! Asking for an install: who may, and what is checked before it is queued.

use serde_json::{Map, Value};

use super::World;
use super::access::Act;
use super::jobs::{InstallJob, InstallStatus, UninstallJob};
use super::package::PackageVersion;
use super::refusal::Refusal;
use crate::clock::{JobTime, Millis, Timer};
use crate::guesses::Guesses;
use crate::ids::Id;

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

    /// Whether any version of the same package is being installed.
    pub(crate) fn is_being_installed(&self, version: &PackageVersion) -> bool {
        let running = self.jobs.installs.iter().filter(|job| job.is_running());
        running
            .filter_map(|job| self.package_version(&job.version))
            .any(|other| other.subscriber_package_id == version.subscriber_package_id)
    }

    /// The value of `InstallValidationStatus`: `NO_ERRORS_DETECTED`, or what is in the way.
    pub(crate) fn install_validation(&self, version: &PackageVersion) -> String {
        let status = if let Some(obstacle) = &version.obstacle {
            obstacle
        } else if self.is_being_uninstalled(version) {
            "UNINSTALL_IN_PROGRESS"
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

    /// Whether a package is being installed or uninstalled.
    pub(super) fn is_setup_busy(&self) -> bool {
        self.jobs.installs.iter().any(InstallJob::is_running)
            || self.jobs.uninstalls.iter().any(UninstallJob::is_running)
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
        if !self.may(caller, Act::InstallPackages) {
            return Err(Refusal::no_access());
        }
        let text =
            |name: &str| fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let key = text("SubscriberPackageVersionKey").ok_or_else(|| {
            Refusal::new(
                "REQUIRED_FIELD_MISSING",
                "Required fields are missing: [SubscriberPackageVersionKey]",
            )
            .about("SubscriberPackageVersionKey")
        })?;
        let version_id = Id::parse(key).filter(|id| id.prefix() == "04t").ok_or_else(|| {
            Refusal::new(
                "MALFORMED_ID",
                format!("Subscriber Package Version Key: id value of incorrect type: {key}"),
            )
            .about("SubscriberPackageVersionKey")
        })?;
        let security_type =
            picked("Security Type", "SecurityType", text("SecurityType"), &AUDIENCES)?;
        let conflicts = picked(
            "Name Conflict Resolution",
            "NameConflictResolution",
            text("NameConflictResolution"),
            &["Block", "RenameMetadata"],
        )?;
        let mappings = fields.get("ProfileMappings").filter(|value| !value.is_null()).cloned();
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
        if self.is_setup_busy() && guesses.second_install_refused {
            return Err(Refusal::setup_locked());
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
            left_over: false,
            foreign: false,
            errors: Vec::new(),
            failure: None,
            finished: None,
            timer,
        });
        Ok(id)
    }

    /// Profiles that a custom audience names; each must exist.
    pub(super) fn mapped_profiles(&self, mappings: Option<&Value>) -> Result<Vec<Id>, Refusal> {
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
                let target = row.get("target").and_then(Value::as_str).unwrap_or_default();
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
    let value = values.iter().find(|value| value.eq_ignore_ascii_case(given));
    value.map(|value| (*value).to_owned()).ok_or_else(|| {
        Refusal::new(
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            format!("{label}: bad value for restricted picklist field: {given}"),
        )
        .about(field)
    })
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(set) => *set,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}
