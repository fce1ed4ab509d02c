//! The folder that a package's data is exported into.
//!
//! It holds customers' data, so only its owner looks into it. A table is written under another name
//! (`Task.csv.part`) and renamed when it is whole: an export that was interrupted is not taken for
//! a whole one. The same command goes on in the folder of an export that was interrupted, which a file
//! in it tells; whatever was whole by then stays (`Task.csv.1`), unless it is just the same.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::export::is_free;
use super::files;
use crate::engine::OrgReport;
use crate::engine::package_data::{Part, Sink};
use crate::failure::Failure;

/// The file that says which org's data a folder is for.
const MARK: &str = ".provision-export";

/// More than any mark has, in bytes.
const MARK_SIZE: usize = 1024;

/// A folder for one export.
#[derive(Debug)]
pub(super) struct DataFolder {
    path: PathBuf,
}

impl DataFolder {
    /// Makes the folder that was named, or one called after the org and the time. One that holds
    /// something else than an export of the same org is refused.
    pub(super) fn make(
        named: Option<&Path>,
        org: &OrgReport,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let path = named.map_or_else(|| usual(org, now), Path::to_owned);
        let folder = Self { path };
        if !folder.is_of(org) {
            // A mark that nobody came to finish is in nobody's way.
            fs::remove_file(folder.path.join(format!("{MARK}.part"))).ok();
            is_free(&folder.path)?;
        }
        folder.create(org).map_err(|error| {
            let message = format!("The folder `{}` cannot be made.", folder.path.display());
            Failure::usage(message).because(error).hint("Name a folder where you may write.")
        })?;
        Ok(folder)
    }

    /// Whether an export of that org has begun in it.
    fn is_of(&self, org: &OrgReport) -> bool {
        let known = files::read_plain(&self.path.join(MARK), MARK_SIZE);
        known.is_ok_and(|known| known.trim_ascii() == org.id.as_str().as_bytes())
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn create(&self, org: &OrgReport) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder.create(&self.path)?;
        // A mark that was cut short is that of no org, so that it takes its place as a whole.
        let mark = self.path.join(format!("{MARK}.part"));
        let mut file = private(&mark)?;
        writeln!(file, "{}", org.id.as_str())?;
        file.sync_all()?;
        fs::rename(mark, self.path.join(MARK))
    }
}

/// A new file, or one begun anew, that only its owner reads.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

impl Sink for DataFolder {
    fn begin(&self, file: &str) -> io::Result<Box<dyn Part>> {
        let whole = self.path.join(file);
        let begun = self.path.join(format!("{file}.part"));
        Ok(Box::new(Unfinished { file: private(&begun)?, begun, whole }))
    }
}

/// A table that is not whole yet.
struct Unfinished {
    file: File,
    begun: PathBuf,
    whole: PathBuf,
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Part for Unfinished {
    fn finish(self: Box<Self>) -> io::Result<()> {
        // What the org holds is deleted next, so it must be on the disk and not on its way there.
        self.file.sync_all()?;
        if self.whole.exists() && !are_same(&self.begun, &self.whole)? {
            keep(&self.whole)?;
        }
        fs::rename(&self.begun, &self.whole)
    }
}

/// So often the same data are exported differently, and then somebody should look.
const MOST_KEPT: u32 = 100;

/// Gives a table of an earlier export another name: `Task.csv.1`.
fn keep(whole: &Path) -> io::Result<()> {
    let named = |number: u32| {
        let mut name = whole.as_os_str().to_owned();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    };
    let free = (1..=MOST_KEPT).map(named).find(|path| !path.exists());
    free.map_or_else(|| Err(ErrorKind::AlreadyExists.into()), |free| fs::rename(whole, free))
}

/// Whether two files hold the same.
fn are_same(one: &Path, other: &Path) -> io::Result<bool> {
    let bytes = |path| Ok::<_, io::Error>(BufReader::new(File::open(path)?).bytes());
    let (mut one, mut other) = (bytes(one)?, bytes(other)?);
    loop {
        match (one.next().transpose()?, other.next().transpose()?) {
            (None, None) => return Ok(true),
            (one, other) if one != other => return Ok(false),
            _ => {}
        }
    }
}

/// `provision-export-Northwind-Traders-20261122T153000Z`
fn usual(org: &OrgReport, now: Timestamp) -> PathBuf {
    let words: Vec<&str> =
        org.name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Some file systems take 255 bytes in a name; a letter may have four.
    let name: String = words.join("-").chars().take(40).collect();
    let name = if name.is_empty() { org.id.to_string() } else { name };
    PathBuf::from(format!("provision-export-{name}-{}", now.strftime("%Y%m%dT%H%M%SZ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::exit;
    use crate::model::{OrgId, OrgKind};

    fn org(name: &str) -> OrgReport {
        OrgReport {
            alias: None,
            id: OrgId::parse("00D000000000001EAA").unwrap(),
            name: name.to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "https://northwind.my.salesforce.com".to_owned(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> =
            entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_is_called_after_the_org_and_the_time() {
        let now: Timestamp = "2026-11-22T15:30:00Z".parse().unwrap();
        for (name, called) in [
            ("Northwind Traders", "Northwind-Traders"),
            ("Müller & Söhne / Test..", "Müller-Söhne-Test"),
            ("../..", "00D000000000001EAA"),
            (&"x".repeat(300), &*"x".repeat(40)),
        ] {
            let expected = format!("provision-export-{called}-20261122T153000Z");
            assert_eq!(usual(&org(name), now), PathBuf::from(expected));
        }
    }

    #[test]
    fn a_table_has_its_name_only_when_it_is_whole() {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("new/data");
        let folder = DataFolder::make(Some(&path), &org("x"), Timestamp::UNIX_EPOCH).unwrap();
        let mut part = folder.begin("Task.csv").unwrap();
        part.write_all(b"Id\n").unwrap();
        assert_eq!(names(folder.path()), [MARK, "Task.csv.part"]);
        part.finish().unwrap();
        assert_eq!(names(folder.path()), [MARK, "Task.csv"]);
        assert_eq!(fs::read_to_string(path.join("Task.csv")).unwrap(), "Id\n");
        drop(folder.begin("Event.csv").unwrap());
        assert_eq!(names(folder.path()), [MARK, "Event.csv.part", "Task.csv"]);
    }

    #[test]
    fn an_export_of_the_same_org_goes_on_and_loses_nothing() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = || DataFolder::make(Some(temporary.path()), &org("x"), Timestamp::UNIX_EPOCH);
        let export = |rows: &str| {
            let mut part = folder().unwrap().begin("Task.csv").unwrap();
            part.write_all(rows.as_bytes()).unwrap();
            part.finish().unwrap();
        };
        export("Id\n1\n");
        drop(folder().unwrap().begin("Task.csv").unwrap());
        export("Id\n1\n");
        assert_eq!(names(temporary.path()), [MARK, "Task.csv"]);
        export("Id\n");
        assert_eq!(names(temporary.path()), [MARK, "Task.csv", "Task.csv.1"]);
        assert_eq!(fs::read_to_string(temporary.path().join("Task.csv.1")).unwrap(), "Id\n1\n");
        fs::write(temporary.path().join(MARK), "00D000000000002EAA\n").unwrap();
        assert!(folder().unwrap_err().message().contains("not empty"));
    }

    #[test]
    #[cfg(unix)]
    fn only_its_owner_looks_into_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("data");
        let folder = DataFolder::make(Some(&path), &org("x"), Timestamp::UNIX_EPOCH).unwrap();
        folder.begin("Task.csv").unwrap().finish().unwrap();
        assert_eq!((mode(&path), mode(&path.join("Task.csv"))), (0o700, 0o600));
    }

    #[test]
    fn a_folder_with_something_in_it_is_refused() {
        let temporary = tempfile::tempdir().unwrap();
        let make = || DataFolder::make(Some(temporary.path()), &org("x"), Timestamp::UNIX_EPOCH);
        fs::write(temporary.path().join("Task.csv"), "Id\n").unwrap();
        let failure = make().unwrap_err();
        assert_eq!(exit::code_of(failure.kind), 2);
        assert!(failure.message().contains("not empty"), "{failure}");
    }
}
