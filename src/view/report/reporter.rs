//! Who makes output.

use super::command_report::CommandReport;
use crate::engine::OrgEvent;
use crate::failure::Failure;

/// Makes standard output of what commands report.
pub trait Reporter: std::fmt::Debug + Send + Sync {
    /// The output at the end of a command.
    fn report(&self, report: &CommandReport<'_>) -> Result<String, Failure>;

    /// The output while a run goes on; most reporters wait for its end.
    fn event(&self, _: &OrgEvent) -> Result<String, Failure> {
        Ok(String::new())
    }
}
