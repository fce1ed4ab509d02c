//! Asking for an uninstall: who may, and what is checked before it is queued.

use serde_json::{Map, Value};

use super::World;
use super::access::Act;
use super::jobs::{UninstallError, UninstallJob, UninstallStatus};
use super::package::PackageVersion;
use super::refusal::Refusal;
use crate::clock::{JobTime, Millis, Timer};
use crate::guesses::Guesses;
use crate::ids::Id;

const VERSION: &str = "SubscriberPackageVersionId";

impl World {
    /// Checks an uninstall request and queues it.
    pub(crate) fn request_uninstall(
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
        let given = fields.get(VERSION).and_then(Value::as_str).filter(|text| !text.is_empty());
        let given = given.ok_or_else(|| {
            let message = format!("Required fields are missing: [{VERSION}]");
            Refusal::new("REQUIRED_FIELD_MISSING", message).about(VERSION)
        })?;
        let version = Id::parse(given).filter(|id| id.prefix() == "04t").ok_or_else(|| {
            let message =
                format!("Subscriber Package Version ID: id value of incorrect type: {given}");
            Refusal::new("MALFORMED_ID", message).about(VERSION)
        })?;
        let mut installed = self.installed_packages.iter();
        let known = installed.any(|package| package.subscriber_package_version_id == version)
            && self.package_version(&version).is_some_and(|version| {
                version.is_second_generation() || guesses.uninstall_request_takes_first_generation
            });
        if !known {
            return Err(Refusal::invalid_reference(VERSION));
        }
        if self.is_setup_busy() && guesses.second_install_refused {
            return Err(Refusal::setup_locked());
        }
        let id = self.new_id("06y");
        let mut timer = Timer::waiting(time);
        timer.start(at);
        self.jobs.uninstalls.push(UninstallJob {
            id: id.clone(),
            created: at,
            created_by: caller.clone(),
            version,
            status: UninstallStatus::Queued,
            errors: Vec::new(),
            failure: None,
            finished: None,
            timer,
        });
        Ok(id)
    }

    /// Ends the uninstall at that place of the list: the package is gone, or errors are there.
    pub(crate) fn finish_uninstall(&mut self, place: usize, at: Millis, guesses: Guesses) {
        let Some(job) = self.jobs.uninstalls.get(place).cloned() else {
            return;
        };
        let result = match job.failure {
            Some(message) => Err(vec![message]),
            None => self.uninstall_version(&job.version, guesses),
        };
        let problems = result.err().unwrap_or_default();
        let errors: Vec<UninstallError> = problems
            .into_iter()
            .map(|message| UninstallError { id: self.new_id("1vp"), message })
            .collect();
        if let Some(job) = self.jobs.uninstalls.get_mut(place) {
            job.finished = Some(at);
            job.status =
                if errors.is_empty() { UninstallStatus::Success } else { UninstallStatus::Error };
            job.errors = errors;
        }
    }

    fn uninstall_version(&mut self, version: &Id, guesses: Guesses) -> Result<(), Vec<String>> {
        let namespace = self.package_version(version).and_then(|it| it.namespace_prefix.clone());
        let installed = namespace.filter(|namespace| {
            self.installed_package(namespace)
                .is_some_and(|package| package.subscriber_package_version_id == *version)
        });
        match installed {
            Some(namespace) => self.uninstall(&namespace, guesses),
            None => Err(vec!["The package version is not installed in this org.".to_owned()]),
        }
    }

    /// Whether some version of this package is on its way out.
    pub(super) fn is_being_uninstalled(&self, version: &PackageVersion) -> bool {
        let running = self.jobs.uninstalls.iter().filter(|job| job.is_running());
        running
            .filter_map(|job| self.package_version(&job.version))
            .any(|leaving| leaving.subscriber_package_id == version.subscriber_package_id)
    }
}
