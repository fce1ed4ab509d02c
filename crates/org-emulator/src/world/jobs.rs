//! Work that the org does in its own time: package installs, uninstalls and deploys.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::{Millis, Timer};
use crate::ids::Id;

/// All jobs, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Jobs {
    pub(crate) installs: Vec<InstallJob>,
    #[serde(default)]
    pub(crate) uninstalls: Vec<UninstallJob>,
    pub(crate) deploys: Vec<DeployJob>,
    #[serde(default)]
    pub(crate) retrieves: Vec<RetrieveJob>,
}

/// A `PackageInstallRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct InstallJob {
    pub(crate) id: Id,
    pub(crate) created: Millis,
    pub(crate) created_by: Id,
    pub(crate) version: Id,
    pub(crate) name_conflict_resolution: String,
    pub(crate) security_type: String,
    pub(crate) package_install_source: Option<String>,
    pub(crate) profile_mappings: Option<Value>,
    pub(crate) enable_rss: bool,
    pub(crate) upgrade_type: Option<String>,
    pub(crate) apex_compile_type: Option<String>,
    pub(crate) skip_handlers: Option<String>,
    pub(crate) status: InstallStatus,
    /// Begun by somebody who does not ask how far it is: every look at such jobs is a poll of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) foreign: bool,
    /// Left over from long ago: it says what it says for ever, and is in nobody's way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) left_over: bool,
    /// Messages of an install that failed.
    pub(crate) errors: Vec<String>,
    /// What a fault makes it end with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
    pub(crate) finished: Option<Millis>,
    pub(crate) timer: Timer,
}

impl InstallJob {
    /// Whether it goes on in the org.
    pub(crate) fn is_running(&self) -> bool {
        self.status == InstallStatus::InProgress && !self.left_over
    }
}

/// How far an install is, spelt as REST spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum InstallStatus {
    /// Running.
    InProgress,
    /// The package is there.
    Success,
    /// Nothing changed.
    Error,
    /// The org does not know how it ended.
    Unknown,
}

impl InstallStatus {
    /// The value of the field `Status`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Success => "SUCCESS",
            Self::Error => "ERROR",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// A `SubscriberPackageVersionUninstallRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct UninstallJob {
    pub(crate) id: Id,
    pub(crate) created: Millis,
    pub(crate) created_by: Id,
    pub(crate) version: Id,
    pub(crate) status: UninstallStatus,
    /// What stood in the way, each a record of its own.
    pub(crate) errors: Vec<UninstallError>,
    /// What a fault makes it end with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
    pub(crate) finished: Option<Millis>,
    pub(crate) timer: Timer,
}

impl UninstallJob {
    /// Whether it has not ended yet.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.status, UninstallStatus::Queued | UninstallStatus::InProgress)
    }
}

/// A `PackageVersionUninstallRequestError`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct UninstallError {
    pub(crate) id: Id,
    pub(crate) message: String,
}

/// How far an uninstall is, spelt as REST spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum UninstallStatus {
    /// Accepted; nobody has asked how far it is.
    Queued,
    /// Running.
    InProgress,
    /// The package is gone.
    Success,
    /// Nothing changed.
    Error,
}

impl UninstallStatus {
    /// The value of the field `Status`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::InProgress => "InProgress",
            Self::Success => "Success",
            Self::Error => "Error",
        }
    }
}

/// A deploy: the world keeps it, `emulator::metadata` knows what is in it.
///
/// Deploys run one after another. The archive is checked and applied when the job's time is up
/// (`emulator::jobs`), so a deploy sees what was there when it ran, not when it was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DeployJob {
    pub(crate) id: Id,
    pub(crate) created: Millis,
    pub(crate) created_by: Id,
    /// The archive, base64; emptied when the job has finished, unless it is a validation.
    pub(crate) archive: String,
    /// Deploy options by their Metadata API names (`checkOnly`, `rollbackOnError`…).
    pub(crate) options: Value,
    pub(crate) status: DeployStatus,
    /// Begun by somebody who does not ask how far it is: every look at such jobs is a poll of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) foreign: bool,
    /// The validation that it deploys, whose tests are not run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) validation: Option<Id>,
    /// How a fault makes it fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<DeployFailure>,
    /// What came of it; set when the job has finished.
    pub(crate) outcome: Option<DeployOutcome>,
    pub(crate) finished: Option<Millis>,
    pub(crate) timer: Timer,
}

/// How far a deploy is, spelt as the Metadata API spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum DeployStatus {
    /// Waiting for another deploy.
    Pending,
    /// Running.
    InProgress,
    /// Everything deployed.
    Succeeded,
    /// Some components deployed, without rollback.
    SucceededPartial,
    /// Nothing deployed.
    Failed,
    /// Stopping, as somebody asked.
    Canceling,
    /// Stopped before it changed anything.
    Canceled,
}

impl DeployStatus {
    /// The value of the field `status`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::InProgress => "InProgress",
            Self::Succeeded => "Succeeded",
            Self::SucceededPartial => "SucceededPartial",
            Self::Failed => "Failed",
            Self::Canceling => "Canceling",
            Self::Canceled => "Canceled",
        }
    }

    /// Whether nothing more will happen.
    pub(crate) fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::InProgress | Self::Canceling)
    }
}

/// A retrieve: it shows what is there when its time is up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RetrieveJob {
    pub(crate) id: Id,
    pub(crate) created_by: Id,
    /// What was asked for, in a form that `metadata` chooses.
    pub(crate) request: Value,
    /// What came of it; set when the job has finished.
    pub(crate) outcome: Option<RetrieveOutcome>,
    pub(crate) timer: Timer,
}

/// What a finished retrieve brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RetrieveOutcome {
    /// The zip file, base64; nothing where it failed, or where many others came after it.
    pub(crate) zip: Option<String>,
    /// The rest of the answer, in a form that `metadata` chooses.
    pub(crate) details: Value,
}

/// What a finished deploy reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DeployOutcome {
    /// `Succeeded`, `SucceededPartial` or `Failed`.
    pub(crate) status: DeployStatus,
    pub(crate) components_total: u32,
    pub(crate) components_deployed: u32,
    pub(crate) component_errors: u32,
    pub(crate) tests_total: u32,
    pub(crate) tests_completed: u32,
    pub(crate) test_errors: u32,
    /// Whatever the status answer needs beyond the counts, in a form that `metadata` chooses.
    pub(crate) details: Value,
}

impl DeployJob {
    /// Whether it was asked to run tests.
    pub(crate) fn runs_tests(&self) -> bool {
        let level = self.options.get("testLevel").and_then(Value::as_str);
        self.validation.is_none() && level.is_some_and(|level| level != "NoTestRun")
    }

    /// Whether an option is set; absent options are false.
    pub(crate) fn option(&self, name: &str) -> bool {
        match self.options.get(name) {
            Some(Value::Bool(set)) => *set,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }
}

/// How a deploy is made to fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeployFailure {
    /// Full name of a component, or the name of a type, as the manifest has them.
    pub(crate) component: String,
    /// What the org says of it.
    pub(crate) problem: String,
}

impl DeployFailure {
    /// Whether it is about a component.
    pub(crate) fn is_of(&self, kind: &str, full_name: &str) -> bool {
        self.component == full_name || self.component == kind
    }
}
