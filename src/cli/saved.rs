//! Plans in files.

use std::io::{self, ErrorKind};
use std::path::Path;

use jiff::Timestamp;

use super::globals::Globals;
use super::{configuration, files, new_file};
use crate::checklist::Selection;
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

/// Makes sure, before an org is called, that a plan may be saved there: only an earlier plan is
/// replaced, and no link is followed.
pub(super) fn is_free(path: &Path) -> Result<(), Failure> {
    let Ok(there) = path.symlink_metadata() else { return Ok(()) };
    let is_plan = || {
        let bytes = files::read_plain(path, MAX_SIZE).unwrap_or_default();
        std::str::from_utf8(&bytes).is_ok_and(SavedPlan::is_one)
    };
    if there.is_file() && is_plan() {
        return Ok(());
    }
    let what = if there.is_symlink() { "a link" } else { "not a saved plan" };
    Err(Failure::usage(format!(
        "`{}` already exists and is {what}, so it is left alone.",
        path.display()
    ))
    .hint("Choose another file with --save, or move that one."))
}

/// Saves what a plan of a configuration, by its hash, and of these items found, where nothing keeps it from being carried out; says whether it did.
pub(super) fn write(
    path: &Path,
    globals: &Globals,
    (hash, selection): (&str, &Selection),
    report: &Report,
) -> Result<bool, Failure> {
    let plan = SavedPlan::of(report, hash, Timestamp::now()).filter(|_| report.failure.is_none());
    let Some(plan) = plan else { return Ok(false) };
    let file = configuration::file(globals).map(|file| file.display().to_string());
    let plan = plan.from_file(file).about(selection);
    is_free(path)?;
    new_file::write_private(path, &plan.write(), true)?;
    Ok(true)
}

/// The same for a run, which tells it.
pub(super) fn keep(
    path: &Path,
    globals: &Globals,
    made_for: (&str, &Selection),
    report: &mut Report,
    view: &RunView<'_>,
) {
    match write(path, globals, made_for, report) {
        Ok(true) => view.event(Event::Note {
            warning: false,
            text: format!("The plan is saved in {}.", path.display()),
        }),
        Ok(false) => view.event(Event::Note {
            warning: true,
            text: "The plan was not saved, because it cannot be applied yet.".to_owned(),
        }),
        Err(failure) => {
            report.outcome = Outcome::of(failure.kind);
            report.failure = Some(failure);
        }
    }
}
