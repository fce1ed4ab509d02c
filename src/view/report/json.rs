//! One JSON document, over several lines for people who look.

use super::command_report::CommandReport;
use super::document::{Document, written};
use super::reporter::Reporter;
use crate::failure::Failure;
use crate::view::harmless::harmless_json;

/// Makes the document.
#[derive(Debug)]
pub(super) struct Json;

impl Reporter for Json {
    fn report(&self, report: &CommandReport<'_>) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(&Document::of(report)?).map_err(written)?;
        Ok(harmless_json(text + "\n"))
    }
}
