//! The options of a deploy, and what production orgs allow.

use serde_json::Value;

use crate::ids::Id;
use crate::world::World;
use crate::world::jobs::DeployFailure;
use crate::world::jobs::DeployJob;

/// Deploy options that matter here.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the service has that many switches")]
pub(super) struct Options {
    pub(super) allow_missing_files: bool,
    pub(super) check_only: bool,
    pub(super) ignore_warnings: bool,
    pub(super) purge_on_delete: bool,
    pub(super) rollback_on_error: bool,
    pub(super) single_package: bool,
    /// `NoTestRun`, `RunSpecifiedTests`…
    pub(super) test_level: Option<String>,
    /// Names of test classes.
    pub(super) run_tests: Vec<String>,
    /// Who deploys.
    pub(super) caller: Id,
    /// Whether its tests have been run already, by a validation.
    pub(super) validated: bool,
    /// What a fault makes fail.
    pub(super) failure: Option<DeployFailure>,
}

impl Options {
    /// The options of a job.
    pub(super) fn of(job: &DeployJob) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let run_tests = match job.options.get("runTests") {
            Some(Value::Array(names)) => names.iter().filter_map(text).collect(),
            Some(Value::String(name)) => vec![name.clone()],
            _ => Vec::new(),
        };
        Self {
            allow_missing_files: job.option("allowMissingFiles"),
            check_only: job.option("checkOnly"),
            ignore_warnings: job.option("ignoreWarnings"),
            purge_on_delete: job.option("purgeOnDelete"),
            rollback_on_error: job.option("rollbackOnError"),
            single_package: job.option("singlePackage"),
            test_level: job.options.get("testLevel").and_then(text),
            run_tests,
            caller: job.created_by.clone(),
            validated: job.validation.is_some(),
            failure: job.failure.clone(),
        }
    }

    /// Refuses what a production org does not do.
    pub(super) fn check_production(&self, world: &World, apex: bool) -> Result<(), String> {
        if !world.is_production() {
            return Ok(());
        }
        if !self.rollback_on_error {
            return Err("rollbackOnError must be set to true for production organizations".into());
        }
        if self.purge_on_delete {
            return Err("purgeOnDelete cannot be used in production organizations".into());
        }
        if apex && self.test_level.as_deref() == Some("NoTestRun") {
            return Err("testLevel of NoTestRun cannot be used in production organizations".into());
        }
        Ok(())
    }
}
