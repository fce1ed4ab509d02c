//! Text for people.

use anstream::ColorChoice;

use super::command_report::{CommandReport, Content};
use super::reporter::Reporter;
use crate::failure::Failure;
use crate::model::Invocation;
use crate::view::doctor::render_diagnosis;
use crate::view::lint::render_lint;
use crate::view::run_text::render_end;
use crate::view::status::render_status;
use crate::view::{Screen, Settings};

/// Makes the text.
#[derive(Debug)]
pub(super) struct Text {
    screen: Screen,
    colour: bool,
    invocation: Invocation,
}

impl Text {
    /// Text as standard output shows it.
    pub(super) fn new(settings: &Settings, invocation: &Invocation) -> Self {
        let colour = settings.out_colour != ColorChoice::Never;
        Self { screen: settings.out, colour, invocation: invocation.clone() }
    }
}

impl Reporter for Text {
    fn report(&self, report: &CommandReport<'_>) -> Result<String, Failure> {
        let screen = self.screen;
        Ok(match report.content {
            Content::Run { report, setup, shown } => render_end(report, setup, shown, screen),
            Content::Diagnosis { found, verbose } => {
                render_diagnosis(report.org, found, verbose, screen)
            }
            Content::Lint { file, verdict } => render_lint(file, verdict, screen, self.colour),
            Content::Status { inventory, tenant } => {
                render_status(report.org.zip(inventory), tenant, &self.invocation, screen)
            }
            Content::Answer(answer) => answer.text.clone(),
            Content::Nothing => String::new(),
        })
    }
}
