//! The journal of one run while it is written: each line is synced before what it announces happens.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::DiskFile;
use super::files::{Files, append_all};
use super::{Entry, Error, Record, document};

/// Name of the journal in a run's folder.
pub(super) const FILE: &str = "journal.jsonl";

/// A journal being written.
#[derive(Debug)]
pub struct RunLog {
    id: String,
    path: PathBuf,
    file: Box<dyn DiskFile>,
    /// Whether the last line may be there in part. It is forgiven as long as it stays the last.
    cut_short: bool,
}

impl RunLog {
    /// Begins a journal in a folder of its own.
    pub(super) fn create(files: &Files, runs: &Path, id: &str) -> Result<Self, Error> {
        let folder = runs.join(id);
        files.private_folder(&folder)?;
        let path = folder.join(FILE);
        let file = files.begin(&path)?;
        Ok(Self { id: id.to_owned(), path, file, cut_short: false })
    }

    /// The run's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Writes a line of that moment and waits until it is on the disk.
    pub fn record(&mut self, at: Timestamp, entry: Entry) -> Result<(), Error> {
        let failed = |error| Error::io("write", &self.path, error);
        if self.cut_short {
            return Err(failed(std::io::Error::other("an earlier line could not be written")));
        }
        let record = Record { at, entry };
        let written = append_all(&mut *self.file, |file| document::write_line(&record, file));
        self.cut_short = written.is_err();
        written.map_err(failed)
    }
}
