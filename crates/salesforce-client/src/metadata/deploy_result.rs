//! What became of a deploy.

use std::fmt;

use serde::{Deserialize, Deserializer};

use super::DeployId;
use crate::decode;

/// How a deploy stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the API's own words")]
pub enum DeployStatus {
    #[default]
    Pending,
    InProgress,
    Finalizing,
    FinalizingFailed,
    Succeeded,
    SucceededPartial,
    Failed,
    Canceling,
    Canceled,
    /// A word that is not known here.
    Other(String),
}

impl DeployStatus {
    /// Reads a status, whatever its case.
    pub fn parse(text: &str) -> DeployStatus {
        match text.to_ascii_lowercase().as_str() {
            "pending" => DeployStatus::Pending,
            "inprogress" => DeployStatus::InProgress,
            "finalizing" => DeployStatus::Finalizing,
            "finalizingfailed" => DeployStatus::FinalizingFailed,
            "succeeded" => DeployStatus::Succeeded,
            "succeededpartial" => DeployStatus::SucceededPartial,
            "failed" => DeployStatus::Failed,
            "canceling" => DeployStatus::Canceling,
            "canceled" => DeployStatus::Canceled,
            _ => DeployStatus::Other(text.to_owned()),
        }
    }
}

impl<'de> Deserialize<'de> for DeployStatus {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Option::<String>::deserialize(d).map(|text| DeployStatus::parse(&text.unwrap_or_default()))
    }
}

impl fmt::Display for DeployStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeployStatus::Other(text) => f.write_str(text),
            known => write!(f, "{known:?}"),
        }
    }
}

/// A deploy's result, so far or final.
///
/// Trust `done`, then `success`: a failed deploy can have no component errors, and a status may be new.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "the API's own fields")]
#[non_exhaustive]
pub struct DeployResult {
    /// The deploy's id.
    pub id: DeployId,
    /// How it stands.
    #[serde(default)]
    pub status: DeployStatus,
    /// Whether it has ended.
    #[serde(default, deserialize_with = "decode::flag")]
    pub done: bool,
    /// Whether it has ended well.
    #[serde(default, deserialize_with = "decode::flag")]
    pub success: bool,
    /// Whether it only checked.
    #[serde(default, deserialize_with = "decode::flag")]
    pub check_only: bool,
    /// Whether one error undoes everything.
    #[serde(default, deserialize_with = "decode::flag")]
    pub rollback_on_error: bool,
    /// What it is working on.
    #[serde(default, deserialize_with = "decode::text")]
    pub state_detail: Option<String>,
    /// Why it failed as a whole.
    #[serde(default, deserialize_with = "decode::text")]
    pub error_message: Option<String>,
    /// The code of that reason.
    #[serde(default, deserialize_with = "decode::text")]
    pub error_status_code: Option<String>,
    /// Components deployed so far.
    #[serde(default, deserialize_with = "decode::count")]
    pub number_components_deployed: u64,
    /// Components in all.
    #[serde(default, deserialize_with = "decode::count")]
    pub number_components_total: u64,
    /// Components that failed.
    #[serde(default, deserialize_with = "decode::count")]
    pub number_component_errors: u64,
    /// Tests run so far.
    #[serde(default, deserialize_with = "decode::count")]
    pub number_tests_completed: u64,
    /// Tests in all.
    #[serde(default, deserialize_with = "decode::count")]
    pub number_tests_total: u64,
    /// Tests that failed.
    #[serde(default, deserialize_with = "decode::count")]
    pub number_test_errors: u64,
    #[serde(default, deserialize_with = "decode::or_default")]
    details: Details,
    /// Where very old versions put the components.
    #[serde(default, deserialize_with = "decode::list")]
    messages: Vec<Component>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    #[serde(default, deserialize_with = "decode::list")]
    component_failures: Vec<Component>,
    #[serde(default, deserialize_with = "decode::list")]
    component_successes: Vec<Component>,
    #[serde(default, alias = "runTestResults", deserialize_with = "decode::or_default")]
    run_test_result: TestRun,
}

/// What became of one component.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "the API's own fields")]
#[non_exhaustive]
pub struct Component {
    /// The metadata type; empty for the manifest.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub component_type: String,
    /// The full name.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub full_name: String,
    /// The file in the archive.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub file_name: String,
    /// The component's id in the org.
    #[serde(default, deserialize_with = "decode::text")]
    pub id: Option<String>,
    /// What is wrong with it, in the org's own words.
    #[serde(default, deserialize_with = "decode::text")]
    pub problem: Option<String>,
    /// `Error` or `Warning`.
    #[serde(default, deserialize_with = "decode::text")]
    pub problem_type: Option<String>,
    /// The line of the problem.
    #[serde(default, deserialize_with = "decode::number")]
    pub line_number: Option<u64>,
    /// The column of the problem.
    #[serde(default, deserialize_with = "decode::number")]
    pub column_number: Option<u64>,
    /// Whether it was taken.
    #[serde(default, deserialize_with = "decode::flag")]
    pub success: bool,
    /// Whether it is new.
    #[serde(default, deserialize_with = "decode::flag")]
    pub created: bool,
    /// Whether it differs from before.
    #[serde(default, deserialize_with = "decode::flag")]
    pub changed: bool,
    /// Whether it is gone.
    #[serde(default, deserialize_with = "decode::flag")]
    pub deleted: bool,
}

/// What became of the tests.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TestRun {
    /// Tests run.
    #[serde(default, deserialize_with = "decode::count")]
    pub num_tests_run: u64,
    /// Tests that failed.
    #[serde(default, deserialize_with = "decode::list")]
    pub failures: Vec<TestFailure>,
    #[serde(default, deserialize_with = "decode::list")]
    code_coverage_warnings: Vec<CoverageWarning>,
}

/// A test that failed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TestFailure {
    /// The class.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub name: String,
    /// The method.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub method_name: String,
    /// What it says.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub message: String,
    /// Where it failed.
    #[serde(default, deserialize_with = "decode::text")]
    pub stack_trace: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct CoverageWarning {
    #[serde(default, deserialize_with = "decode::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "decode::or_default")]
    message: String,
}

impl DeployResult {
    /// Changes the org's words: the reasons of its own and those of components and tests.
    pub(super) fn map_words(&mut self, change: impl Fn(&str) -> String) {
        let details = &mut self.details;
        let components = details.component_failures.iter_mut();
        let components =
            components.chain(&mut details.component_successes).chain(&mut self.messages);
        let problems = components.filter_map(|component| component.problem.as_mut());
        let tests = &mut details.run_test_result;
        let failures = tests.failures.iter_mut();
        let of_tests =
            failures.flat_map(|failure| [Some(&mut failure.message), failure.stack_trace.as_mut()]);
        let coverage = tests.code_coverage_warnings.iter_mut().map(|warning| &mut warning.message);
        let of_all = [&mut self.error_message, &mut self.error_status_code, &mut self.state_detail];
        let of_all = of_all.into_iter().filter_map(Option::as_mut);
        for text in of_all.chain(problems).chain(of_tests.flatten()).chain(coverage) {
            *text = change(text);
        }
    }

    /// The components that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Component> {
        let old = self.messages.iter().filter(|component| !component.success);
        self.details.component_failures.iter().chain(old)
    }

    /// The components that were taken, those with a warning included.
    pub fn successes(&self) -> impl Iterator<Item = &Component> {
        let old = self.messages.iter().filter(|component| component.success);
        self.details.component_successes.iter().chain(old)
    }

    /// What became of the tests.
    pub fn tests(&self) -> &TestRun {
        &self.details.run_test_result
    }
}

impl TestRun {
    /// What the org says about code that its tests do not reach.
    pub fn coverage_warnings(&self) -> impl Iterator<Item = String> {
        self.code_coverage_warnings.iter().map(|warning| match warning.name.as_deref() {
            None | Some("") => warning.message.clone(),
            Some(name) => format!("{name}: {}", warning.message),
        })
    }
}

impl fmt::Display for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.component_type.is_empty() {
            write!(f, "{} ", self.component_type)?;
        }
        f.write_str(&self.full_name)?;
        if let Some(problem) = &self.problem {
            write!(f, ": {problem}")?;
        }
        match (self.line_number, self.column_number) {
            (Some(line), Some(column)) => {
                write!(f, " ({}, line {line}, column {column})", self.file_name)
            }
            (Some(line), None) => write!(f, " ({}, line {line})", self.file_name),
            _ if self.file_name.is_empty() => Ok(()),
            _ => write!(f, " ({})", self.file_name),
        }
    }
}
