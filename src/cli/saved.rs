//! Plans in files.

use std::fs;
use std::path::Path;

use super::again::word;
use crate::engine::{Event, Outcome, Report, SavedPlan};
use crate::failure::Failure;
use crate::view::RunView;

/// The largest plan that is read: thousands of users fit into it.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// Reads a saved plan.
pub(super) fn read(path: &Path) -> Result<SavedPlan, Failure> {
    let shown = path.display();
    let unreadable = |error| {
        Failure::usage(format!("The saved plan `{shown}` cannot be read."))
            .because(error)
            .hint("Make one with: provision plan --save FILE")
    };
    if fs::metadata(path).map_err(unreadable)?.len() > MAX_SIZE {
        return Err(Failure::usage(format!("`{shown}` is too large to be a saved plan.")));
    }
    SavedPlan::read(&fs::read_to_string(path).map_err(unreadable)?)
}

/// Saves what a plan found, where nothing keeps it from being carried out.
pub(super) fn keep(path: &Path, hash: &str, report: &mut Report, view: &RunView<'_>, again: &str) {
    if report.failure.is_some() {
        return;
    }
    let Some(plan) = SavedPlan::of(report, hash) else { return };
    match fs::write(path, plan.write()) {
        Ok(()) => view.event(&Event::Note {
            warning: false,
            text: format!(
                "Saved. Carry it out with: {again} apply {}",
                word(&path.display().to_string())
            ),
        }),
        Err(error) => {
            let failure = Failure::usage(format!("`{}` cannot be written.", path.display()));
            report.outcome = Outcome::of(failure.kind);
            report.failure = Some(failure.because(error));
        }
    }
}
