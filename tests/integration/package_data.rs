//! What is lost with the package, measured and exported from an emulated org.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use org_emulator::{Changes, Emulator, Fault};
use provision::engine::package_data::{Exported, Part, Sink, export, measure};
use provision::model::{DataTable, Records};
use salesforce_client::soql::Name;
use salesforce_client::{MAX_PAGE, Scope, Soql};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::desk::Desk;
use crate::support::{Org, demo, wait};

const NAMESPACE: &str = "ciscocjs";
const SEGMENT: &str = "ciscocjs__Call_Segment__c";

/// An org with the package, in which so many tasks were written, and a tenth as many segments.
fn org(tasks: usize) -> Org {
    let installed = "installed = [\"04tHp000000wXcZIAU\"]";
    let org =
        Org::from_file(&format!("[changes]\n{installed}\ntasks = {tasks}"), Emulator::builder());
    org.forget_requests();
    org
}

/// A folder that keeps what was finished.
struct Folder(TempDir);

impl Folder {
    fn file(&self, object: &str) -> PathBuf {
        self.0.path().join(format!("{object}.csv"))
    }
}

impl Sink for Folder {
    fn begin(&self, file: &str) -> io::Result<Box<dyn Part>> {
        Ok(Box::new(Table(File::create_new(self.0.path().join(file))?)))
    }
}

struct Table(File);

impl Write for Table {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Part for Table {
    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

fn measured(org: &Org) -> Vec<DataTable> {
    wait(measure(&org.client(), NAMESPACE)).expect("the org is measured")
}

fn exported(org: &Org, tables: &[DataTable]) -> (Folder, Vec<Exported>) {
    let folder = Folder(TempDir::new().expect("a folder"));
    let done = wait(export(&org.client(), tables, &folder, &|_, _| {})).expect("all is exported");
    (folder, done)
}

/// The rows of a table by their ids, and its columns.
fn rows(file: &Path) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
    let mut reader = csv::Reader::from_path(file).expect("a table");
    let texts = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<String>>();
    let columns = texts(reader.headers().expect("a header"));
    let rows = reader.records().map(|row| texts(&row.expect("a row")));
    let rows: Vec<Vec<String>> = rows.collect();
    let by_id: BTreeMap<_, _> = rows.iter().map(|row| (row[0].clone(), row.clone())).collect();
    assert_eq!(by_id.len(), rows.len(), "every record is there once");
    (by_id, columns)
}

/// What the org holds in these columns, deleted records left out, as the table should show it.
fn held(
    org: &Org,
    object: &str,
    columns: &[String],
    counts: impl Fn(&Map<String, Value>) -> bool,
) -> BTreeMap<String, Vec<String>> {
    let name = |text: &str| Name::parse(text).expect("a name");
    let mut names: Vec<Name> = columns.iter().map(|column| name(column)).collect();
    if !columns.iter().any(|column| column == "IsDeleted") {
        names.push(name("IsDeleted"));
    }
    let query = Soql::new("SELECT ").names(&names).text(" FROM ").name(&name(object));
    let records: Vec<Map<String, Value>> = wait(async {
        let client = org.client();
        let mut pages = client.pages(query, Scope::All, MAX_PAGE);
        let mut records = Vec::new();
        while let Some(page) = pages.next().await.expect("a page") {
            records.extend(page);
        }
        records
    });
    let row = |record: &Map<String, Value>| -> Vec<String> {
        let text = |column: &String| match &record[column] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        columns.iter().map(text).collect()
    };
    let records = records.iter().filter(|it| it["IsDeleted"] == false && counts(it));
    records.map(row).map(|row| (row[0].clone(), row)).collect()
}

fn operations(org: &Org) -> Vec<String> {
    let requests = org.requests();
    requests.iter().filter_map(|it| it["operation"].as_str().map(str::to_owned)).collect()
}

#[test]
fn every_value_of_the_package_is_in_a_file_archived_ones_too_and_nothing_else() {
    let org = org(5_000);
    let tables = measured(&org);
    assert_eq!(operations(&org), ["composite/batch", "composite/batch"]);
    org.forget_requests();
    let (folder, done) = exported(&org, &tables);
    let operations = operations(&org);
    assert_eq!(operations, ["queryAll", "queryAll", "queryAll", "query"], "2,000 a page");
    assert!(done.iter().all(|table| table.warning.is_none()), "{done:#?}");

    let (tasks, columns) = rows(&folder.file("Task"));
    assert!(!columns.contains(&"Description".to_owned()), "it stays in the org");
    let fields = columns.iter().filter(|it| it.starts_with("ciscocjs__") && !it.contains("Label"));
    let fields: Vec<&String> = fields.collect();
    assert!(fields.iter().any(|field| *field == "ciscocjs__Call_Notes__c"), "{fields:?}");
    let something = |record: &Map<String, Value>| {
        fields.iter().any(|field| !record[*field].is_null() && record[*field] != false)
    };
    let expected = held(&org, "Task", &columns, something);
    assert!((3_000..3_600).contains(&expected.len()), "{}", expected.len());
    assert_eq!(tasks, expected);
    let archived = columns.iter().position(|it| it == "IsArchived").expect("a column");
    assert!(tasks.values().filter(|row| row[archived] == "true").count() > 500);
    assert!(fs::read_to_string(folder.file("Task")).expect("text").contains("折り返し電話"));

    let (segments, columns) = rows(&folder.file(SEGMENT));
    assert_eq!(segments.len(), 500);
    assert_eq!(segments, held(&org, SEGMENT, &columns, |_| true));
    assert_eq!(done[1].records, 500);
    assert_eq!(tables[1].records, Records::Exactly(500));
    let looked_at = held(&org, "Task", &["Id".to_owned()], |_| true).len() as u64;
    assert_eq!(tables[0].records, Records::AtMost(looked_at), "no org filters by long texts");
}

#[test]
fn a_package_that_is_not_there_has_no_data() {
    let org = Org::new();
    org.forget_requests();
    assert_eq!(measured(&org), []);
    assert_eq!(operations(&org), ["composite/batch"]);
}

#[test]
fn a_forgotten_query_and_a_broken_line_change_nothing_in_the_file() {
    let org = org(5_000);
    let tables = measured(&org);
    let (undisturbed, _) = exported(&org, &tables);
    let forget = json!({"status": 400, "code": "INVALID_QUERY_LOCATOR", "message": "gone"});
    org.back_door_with(
        "PUT",
        &format!("orgs/{}/faults", org.id),
        &json!({"faults": [
            {"match": {"path": "-2000"}, "times": 1, "effect": forget},
            {"match": {"path": "Id > '"}, "times": 1, "effect": {"truncate": 3_000}},
        ]}),
    );
    org.forget_requests();
    let (disturbed, done) = exported(&org, &tables);
    assert!(operations(&org).len() > 4, "{:?}", operations(&org));
    assert!(done.iter().all(|table| table.warning.is_none()), "{done:#?}");
    let text = |folder: &Folder| fs::read_to_string(folder.file("Task")).expect("text");
    assert!(text(&disturbed) == text(&undisturbed), "the files differ");
}

#[test]
fn records_made_in_between_are_told() {
    let org = org(100);
    let tables = measured(&org);
    wait(org.client().create(SEGMENT, &json!({"ciscocjs__Call_Key__c": "late"})))
        .expect("a segment");
    let progress = Mutex::new(Vec::new());
    let folder = Folder(TempDir::new().expect("a folder"));
    let note = |table: &DataTable, done| {
        progress.lock().expect("a lock").push((table.object.clone(), done));
    };
    let done = wait(export(&org.client(), &tables, &folder, &note)).expect("an export");
    let warning = done[1].warning.as_deref().expect("a warning");
    insta::assert_snapshot!(warning, @"ciscocjs__Call_Segment__c had 10 records, but `ciscocjs__Call_Segment__c.csv` holds 11: somebody created or deleted records in the meantime. Compare the file with the org before anything is deleted.");
    let last = progress.into_inner().expect("a lock").pop();
    assert_eq!(last, Some((SEGMENT.to_owned(), 11)));
}

#[test]
fn an_uninstall_that_failed_while_it_exported_goes_on_in_its_folder() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    desk.run(&["--instance-url", &org.url, "apply"]).exits(0);
    org.emulated.change(&Changes::new().tasks(3_000)).expect("people worked");
    let fault = Fault::status(500, "UNKNOWN_EXCEPTION", "An error").operation("queryAll").skip(1);
    org.emulated.set_faults([fault.always()]);
    let id = org.id.as_str();
    let uninstall =
        ["--instance-url", &org.url, "uninstall", "--yes-delete-data", id, "--export", "data"];
    let failed = desk.run(&uninstall);
    failed.exits(1);
    assert!(desk.has("data/Task.csv.part") && !desk.has("data/Task.csv"), "{failed}");
    org.emulated.set_faults([]);
    let done = desk.run(&uninstall);
    assert!(desk.has("data/Task.csv") && !desk.has("data/Task.csv.part"), "{}", done.exits(0));
    assert!(desk.read("data/Task.csv").lines().count() > 1_000);
    // What is in the folder of another org stays there.
    desk.write("data/.provision-export", "00D000000000002EAA");
    let other = Org::new();
    let desk_of_other = ["--instance-url", &other.url, "apply"];
    let mut command = desk.command(&desk_of_other);
    command.env("PROVISION_ACCESS_TOKEN", &other.token).output().expect("it starts");
    other.emulated.change(&Changes::new().tasks(30)).expect("people worked");
    let refused = [
        "--instance-url",
        &other.url,
        "uninstall",
        "--yes-delete-data",
        &other.id,
        "--export",
        "data",
    ];
    let mut command = desk.command(&refused);
    let refused = command.env("PROVISION_ACCESS_TOKEN", &other.token).output();
    let refused = crate::desk::Outcome::of(refused.expect("it starts"));
    assert!(refused.exits(2).err.contains("is not empty"), "{refused}");
}
