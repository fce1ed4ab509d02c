//! Documents for scripts, with the keys in the documented order.

use serde::Serialize;
use serde_json::{Map, Value};

use super::command_report::{CommandReport, Content};
use crate::engine::{OrgReport, Outcome, Report};
use crate::failure::{Failure, Kind};
use crate::lint::Verdict;
use crate::model::{Diagnostic, Excerpt, Hint, Severity};
use crate::view::status::TenantStatus;

/// The version of these shapes.
const FORMAT: u32 = 1;

/// The document that a command's report becomes.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Document<'a> {
    /// A run's, which has items.
    Run(&'a Report),
    /// That of `lint`, which has findings.
    Lint(LintDocument<'a>),
    /// Any other, with data in a shape of the command's own.
    Other(DataDocument<'a>),
}

/// What every command without items answers with.
#[derive(Debug, Serialize)]
pub(super) struct DataDocument<'a> {
    format: u32,
    command: &'static str,
    org: Option<&'a OrgReport>,
    outcome: Outcome,
    data: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a Failure>,
}

/// What `lint` answers with.
#[derive(Debug, Serialize)]
pub(super) struct LintDocument<'a> {
    format: u32,
    command: &'static str,
    file: &'a str,
    kind: &'static str,
    findings: Vec<Finding<'a>>,
    outcome: &'static str,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: Severity,
    line: Option<usize>,
    column: Option<usize>,
    path: &'a str,
    message: String,
    hints: &'a [Hint],
}

impl<'a> Document<'a> {
    /// The document of a report.
    pub(super) fn of(report: &CommandReport<'a>) -> Result<Self, Failure> {
        let data = match report.content {
            Content::Run { report, .. } => return Ok(Self::Run(report)),
            Content::Lint { file, verdict } => {
                return Ok(Self::Lint(LintDocument::of(report.command, file, verdict)));
            }
            Content::Diagnosis { found, .. } => serde_json::to_value(found).map_err(written)?,
            Content::Status { inventory, tenant } => {
                let mut data = match inventory {
                    Some(inventory) => inventory.document().map_err(written)?,
                    None => Value::Object(Map::new()),
                };
                if let (TenantStatus::Seen(tenant), Some(data)) = (tenant, data.as_object_mut()) {
                    let webex = serde_json::to_value(tenant).map_err(written)?;
                    data.insert("webex".to_owned(), webex);
                }
                data
            }
            Content::Answer(answer) => answer.data.clone(),
            Content::Nothing => Value::Null,
        };
        Ok(Self::Other(DataDocument {
            format: FORMAT,
            command: report.command,
            org: report.org,
            outcome: report.outcome,
            data,
            failure: report.failure,
        }))
    }
}

impl<'a> LintDocument<'a> {
    fn of(command: &'static str, file: &'a str, verdict: &'a Verdict) -> Self {
        Self {
            format: FORMAT,
            command,
            file,
            kind: verdict.kind.name(),
            findings: verdict.findings.iter().map(Finding::of).collect(),
            outcome: if verdict.is_clean() { "ok" } else { "findings" },
        }
    }
}

impl<'a> Finding<'a> {
    fn of(found: &'a Diagnostic) -> Self {
        let excerpt = found.excerpt();
        let position = excerpt.map(Excerpt::position);
        Self {
            rule: found.code.unwrap_or_default(),
            severity: found.severity,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            path: excerpt.map_or("", |excerpt| &excerpt.path),
            message: found.text(),
            hints: &found.hints,
        }
    }
}

/// What is told where a document cannot be made.
pub(super) fn written(error: serde_json::Error) -> Failure {
    Failure::new(Kind::Bug, "The document cannot be written.").because(error)
}
