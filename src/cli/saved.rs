//! Plans in files.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::files;
use crate::engine::{Event, Outcome, Report, SavedPlan};
use crate::failure::Failure;
use crate::model::{Command, Hint};
use crate::view::RunView;

/// The largest plan that is read: thousands of users fit into it.
const MAX_SIZE: usize = 64 * 1024 * 1024;

/// Reads a saved plan.
pub(super) fn read(path: &Path) -> Result<SavedPlan, Failure> {
    let shown = path.display();
    let unreadable = |error| {
        Failure::usage(format!("The saved plan `{shown}` cannot be read."))
            .because(error)
            .hint(Hint::command("Make one with:", Command::of_org("plan --save FILE"), ""))
    };
    let bytes = files::read(path, MAX_SIZE).map_err(unreadable)?;
    if bytes.len() > MAX_SIZE {
        return Err(Failure::usage(format!("`{shown}` is too large to be a saved plan.")));
    }
    let not_text =
        |_| unreadable(io::Error::new(ErrorKind::InvalidData, "it is not text in UTF-8"));
    SavedPlan::read(std::str::from_utf8(&bytes).map_err(not_text)?)
}

/// Saves what a plan found, where nothing keeps it from being carried out.
pub(super) fn keep(path: &Path, hash: &str, report: &mut Report, view: &RunView<'_>) {
    if report.failure.is_some() {
        return;
    }
    let Some(plan) = SavedPlan::of(report, hash) else { return };
    match fs::write(path, plan.write()) {
        Ok(()) => view.event(Event::Note {
            warning: false,
            text: format!(
                "Saved. Carry it out with: {}",
                view.command(Command::of_org("apply").argument(&path.display().to_string()))
            ),
        }),
        Err(error) => {
            let failure = Failure::usage(format!("`{}` cannot be written.", path.display()));
            report.outcome = Outcome::of(failure.kind);
            report.failure = Some(failure.because(error));
        }
    }
}
