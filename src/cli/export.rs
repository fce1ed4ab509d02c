//! The deployable part of a plan as files in a folder.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::engine::{Event, Goal, Outcome, Report, SourceOf};
use crate::failure::Failure;
use crate::view::RunView;

/// Makes sure that nothing of somebody's work is in the way.
pub(super) fn is_free(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::usage(format!("The folder `{shown}` is not empty."))
            .hint("Name a new folder: files of an earlier export would be mixed with these.")),
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
    let note = |text| view.event(Event::Note { warning: false, text });
    if report.files.is_empty() {
        let text = match goal {
            Goal::Export(SourceOf::Changes) => {
                "Nothing is to be deployed, so nothing was written. Without --changes, all that is \
                 configured is."
            }
            _ => "Nothing that is configured can be deployed, so nothing was written.",
        };
        note(text.to_owned());
        return;
    }
    match write_all(folder, &report.files) {
        Ok(()) => note(format!(
            "{} files were written. Deploy them with: sf project deploy start --source-dir \
             force-app, in {}",
            report.files.len(),
            folder.display()
        )),
        Err(error) => {
            let message = format!("`{}` cannot be written.", folder.display());
            let failure = Failure::usage(message).because(error);
            report.outcome = Outcome::of(failure.kind);
            report.failure = Some(failure);
        }
    }
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
