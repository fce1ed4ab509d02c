//! JSON Lines: what happens, one event a line, and the document as the last line.

use serde::Serialize;

use super::command_report::CommandReport;
use super::document::{Document, written};
use super::reporter::Reporter;
use crate::engine::OrgEvent;
use crate::failure::Failure;
use crate::view::harmless::harmless_json;

/// Makes the lines.
#[derive(Debug)]
pub(super) struct JsonLines;

impl Reporter for JsonLines {
    fn report(&self, report: &CommandReport<'_>) -> Result<String, Failure> {
        line(&Document::of(report)?)
    }

    fn event(&self, happened: &OrgEvent) -> Result<String, Failure> {
        line(happened)
    }
}

fn line(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string(value).map_err(written)?;
    Ok(harmless_json(text + "\n"))
}
