//! The deployable part of a plan as files in a folder.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::engine::{Goal, Outcome, Report, SourceOf};
use crate::failure::Failure;
use crate::view::{RunView, Source};

/// Makes sure that nothing of somebody's work is in the way.
pub(super) fn is_free(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::usage(format!("The folder `{shown}` is not empty."))
            .hint("Choose a new folder, so that files of an earlier export are not mixed in.")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => {
            Err(Failure::usage(format!("The folder `{shown}` cannot be used.")).because(error))
        }
    }
}

/// Writes what is to be deployed, where nothing keeps it from being deployed.
pub(super) fn write(folder: &Path, goal: Goal, report: &mut Report, view: &RunView<'_>) {
    if report.failure.is_some() {
        return;
    }
    if let Err(error) = write_all(folder, &report.files) {
        let message = format!("`{}` cannot be written.", folder.display());
        let failure = Failure::usage(message).because(error);
        report.outcome = Outcome::of(failure.kind);
        report.failure = Some(failure);
        return;
    }
    view.written(Source {
        folder: folder.display().to_string(),
        files: report.files.iter().map(|(path, _)| path.clone()).collect(),
        changes: goal == Goal::Export(SourceOf::Changes),
    });
}

fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
