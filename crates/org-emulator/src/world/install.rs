//! What the org has when an install ends.

use super::World;
use super::jobs::{InstallJob, InstallStatus};
use super::package::{InstalledPackage, PackageLicense, PackageVersion, RemoteSite};
use crate::clock::Millis;
use crate::ids::Id;

impl World {
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
            return Err("The requested package doesn't yet exist or has been deleted. If this is \
                        a recently created package version, try again in a few minutes, or \
                        contact the package publisher."
                .to_owned());
        };
        match self.install_validation(&version).as_str() {
            "NO_ERRORS_DETECTED" => {}
            "CANNOT_INSTALL_EARLIER_VERSION" => {
                return Err("You can't install this version because a later version of this \
                            package is already installed."
                    .to_owned());
            }
            "PACKAGE_UNAVAILABLE" => {
                return Err("This package is not yet available".to_owned());
            }
            other => return Err(format!("This package can't be installed: {other}")),
        }
        if let Some(missing) = self.missing_package(&version) {
            return Err(missing);
        }
        if let Some(error) = job.failure.as_ref().or(version.install_error.as_ref()) {
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
        self.bring(&version, &job.security_type, job.enable_rss, &granted);
        Ok(())
    }

    /// Adds a package and all that it brings, for some profiles.
    pub(crate) fn bring(
        &mut self,
        version: &PackageVersion,
        security_type: &str,
        enable_rss: bool,
        granted: &[Id],
    ) {
        self.record_package(version, security_type, enable_rss);
        self.record_sites(version, enable_rss);
        self.unpack(version.brought());
        self.grant(version.namespace_prefix.as_deref(), granted);
    }

    /// What the org says of a package that must be there first and is not.
    fn missing_package(&self, version: &PackageVersion) -> Option<String> {
        let installed =
            |id: &Id| self.installed_packages.iter().any(|it| it.subscriber_package_id == *id);
        let missing = version.depends_on.iter().find(|id| !installed(id))?;
        let mut known = self.package_versions.iter();
        let name = known.find(|it| it.subscriber_package_id == *missing)?.package_name.clone();
        Some(format!("A required package is missing: Package \"{name}\" must be installed first."))
    }

    /// Profiles that people can have: all, or those of administrators.
    pub(crate) fn shown_profiles(&self, administrators_only: bool) -> Vec<Id> {
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

    fn record_package(&mut self, version: &PackageVersion, security_type: &str, enable_rss: bool) {
        let id = self.new_id("0A3");
        self.installed_packages
            .retain(|package| package.subscriber_package_id != version.subscriber_package_id);
        self.installed_packages.push(InstalledPackage {
            id,
            subscriber_package_id: version.subscriber_package_id.clone(),
            subscriber_package_version_id: version.id.clone(),
            security_type: security_type.to_owned(),
            enable_rss,
        });
        let Some((seats, namespace)) = version.seats.zip(version.namespace_prefix.clone()) else {
            return;
        };
        if self.package_licenses.iter().all(|license| license.namespace_prefix != namespace) {
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
        let trusted = version.csp_trusted_sites.iter().map(|url| (url, "CspTrustedSite"));
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
}
