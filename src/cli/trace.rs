//! The file of `--trace`: every try of every request with its answer, one JSON object a line.
//!
//! The first line says what the file is, so that only such a file is ever replaced.

use std::cell::OnceCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use salesforce_client::wire::{Entry, Trace};
use serde_json::json;

use super::files;
use crate::failure::Failure;

/// How the first line of every trace begins.
const MARK: &str = r#"{"format":1,"kind":"provision-trace""#;

/// The trace of a command, once something is to be traced.
#[derive(Debug, Default)]
pub(super) struct Tracing {
    file: OnceCell<Arc<TraceFile>>,
}

/// A trace that is being written.
#[derive(Debug)]
pub(super) struct TraceFile {
    path: PathBuf,
    writing: Mutex<Writing>,
}

#[derive(Debug)]
struct Writing {
    file: File,
    trouble: Option<io::Error>,
}

impl Tracing {
    /// The trace in that file, begun on first use; none where nobody wants one.
    pub(super) fn to(&self, path: Option<&Path>) -> Result<Option<Arc<TraceFile>>, Failure> {
        let Some(path) = path else { return Ok(None) };
        if let Some(file) = self.file.get() {
            return Ok(Some(Arc::clone(file)));
        }
        let file = Arc::new(TraceFile::begin(path)?);
        Ok(Some(Arc::clone(self.file.get_or_init(|| file))))
    }

    /// What to tell at the end where the trace is incomplete.
    pub(super) fn trouble(&self) -> Option<String> {
        let file = self.file.get()?;
        let writing = file.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let error = writing.trouble.as_ref()?;
        let path = file.path.display();
        Some(format!(
            "warning: the trace `{path}` is incomplete: {error}. The run itself went on without it.\n"
        ))
    }
}

impl TraceFile {
    /// Begins a new file that only its owner may read.
    fn begin(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let failed = |error: io::Error| {
            let failure = Failure::usage(format!("The trace `{shown}` cannot be written."));
            match error.kind() {
                ErrorKind::NotFound => failure.hint("Its folder does not exist."),
                _ => failure.because(error).hint("Name a file where you may write with --trace."),
            }
        };
        match path.symlink_metadata() {
            Ok(_) if is_trace(path) => fs::remove_file(path).map_err(failed)?,
            Ok(_) => {
                return Err(Failure::usage(format!(
                    "`{shown}` already exists and is not a trace of provision, so it is left alone."
                ))
                .hint("Choose another file with --trace, or move that one."));
            }
            Err(_) => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(path).map_err(failed)?;
        let version = json!(env!("CARGO_PKG_VERSION"));
        writeln!(file, "{MARK},\"version\":{version}}}").map_err(failed)?;
        let writing = Mutex::new(Writing { file, trouble: None });
        Ok(Self { path: path.to_owned(), writing })
    }
}

/// Whether a file is a trace of an earlier run.
fn is_trace(path: &Path) -> bool {
    let begins =
        files::read_plain(path, MARK.len()).is_ok_and(|read| read.starts_with(MARK.as_bytes()));
    begins && path.symlink_metadata().is_ok_and(|it| it.is_file())
}

impl Trace for TraceFile {
    fn record(&self, entry: &Entry) {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if writing.trouble.is_some() {
            return;
        }
        let written = serde_json::to_vec(entry).map_err(io::Error::from).and_then(|mut line| {
            line.push(b'\n');
            // Whole lines at once: whoever reads along, or a run that is ended, leaves no half.
            writing.file.write_all(&line)
        });
        writing.trouble = written.err();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::exit;

    #[test]
    fn another_trace_is_replaced_and_any_other_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.jsonl");
        let tracing = Tracing::default();
        assert!(tracing.to(None).unwrap().is_none());
        let first = tracing.to(Some(&path)).unwrap().unwrap();
        let second = tracing.to(Some(&path)).unwrap().unwrap();
        assert!(Arc::ptr_eq(&first, &second), "one file for a command");
        let line = fs::read_to_string(&path).unwrap();
        let head: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&head["format"], &head["kind"]), (&json!(1), &json!("provision-trace")));
        fs::write(&path, format!("{line}more")).unwrap();
        Tracing::default().to(Some(&path)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), line);

        fs::write(&path, "mine").unwrap();
        let failure = Tracing::default().to(Some(&path)).unwrap_err();
        assert!(failure.message().contains("not a trace of provision"), "{failure}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        let nowhere = folder.path().join("none/trace.jsonl");
        let failure = Tracing::default().to(Some(&nowhere)).unwrap_err();
        assert_eq!(
            (exit::code_of(failure.kind), &*failure.advice()[0]),
            (2, "Its folder does not exist.")
        );
        assert!(Tracing::default().to(Some(folder.path())).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it_and_no_link_is_followed() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("trace.jsonl"), folder.path().join("link"));
        Tracing::default().to(Some(&path)).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        symlink(&path, &link).unwrap();
        assert!(Tracing::default().to(Some(&link)).is_err());
        assert!(Tracing::default().to(Some(Path::new("/dev/full"))).is_err());
    }
}
