//! Tests on values, and against servers that play what an emulated org does not do.

mod exporting;
mod measuring;
mod queries;
mod rows;
mod tables;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use salesforce_client::rest::Describe;
use salesforce_client::wire::{Options, Transport, Url};
use salesforce_client::{Client, Session};
use scripted_server::{Reply, Server};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{Part, Sink, table};
use crate::model::{DataTable, Records};

/// A client of a server that plays these replies.
async fn org(script: Vec<Reply>) -> (Server, Client) {
    let server = Server::start(script).await;
    let session = Session::new(Url::parse(&server.url).unwrap(), SecretString::from("00D!x"));
    let mut options = Options::new(&server.url, "tests");
    options.retry.base = Duration::from_millis(2);
    let client = Client::new(Transport::new(options).unwrap(), session);
    (server, client)
}

fn reply(body: &Value) -> Reply {
    Reply::json(200, body.to_string())
}

/// A field as a describe shows it.
fn field(name: &str, kind: &str) -> Value {
    json!({"name": name, "type": kind, "filterable": kind != "textarea", "length": 40})
}

/// An object as its describe shows it.
fn object(name: &str, fields: &[Value]) -> Value {
    json!({"name": name, "label": format!("{name} label"), "queryable": true, "fields": fields})
}

fn described(name: &str, fields: &[Value]) -> Describe {
    serde_json::from_value(object(name, fields)).unwrap()
}

/// Tasks with one text and one checkbox of the package, and archived ones among them.
fn task() -> Value {
    object(
        "Task",
        &[
            field("Id", "id"),
            field("Subject", "combobox"),
            field("Description", "textarea"),
            field("IsDeleted", "boolean"),
            field("IsArchived", "boolean"),
            field("ns__ANI__c", "phone"),
            field("ns__Done__c", "boolean"),
            field("other__Field__c", "string"),
        ],
    )
}

/// The table of the tasks above, with that many records.
fn tasks(records: u64) -> DataTable {
    let described: Describe = serde_json::from_value(task()).unwrap();
    let mut table = table::with_fields_of("ns", &described).unwrap();
    table.records = Records::Exactly(records);
    table
}

/// What was begun, and whether it was finished.
type Files = Arc<Mutex<BTreeMap<String, (Vec<u8>, bool)>>>;

/// A sink in memory.
#[derive(Default)]
struct Memory {
    files: Files,
    full: bool,
}

impl Memory {
    /// The text of a finished table.
    fn text(&self, file: &str) -> String {
        let files = self.files.lock().unwrap();
        let (bytes, whole) = &files[file];
        assert!(whole, "{file} was not finished");
        String::from_utf8(bytes.clone()).unwrap()
    }

    /// The rows of a finished table, the header too.
    fn rows(&self, file: &str) -> Vec<Vec<String>> {
        let text = self.text(file);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}

impl Sink for Memory {
    fn begin(&self, file: &str) -> io::Result<Box<dyn Part>> {
        let old = self.files.lock().unwrap().insert(file.to_owned(), (Vec::new(), false));
        assert!(old.is_none(), "{file} was begun twice");
        let (files, full) = (Arc::clone(&self.files), self.full);
        Ok(Box::new(Table { name: file.to_owned(), files, full }))
    }
}

struct Table {
    name: String,
    files: Files,
    full: bool,
}

impl io::Write for Table {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.files.lock().unwrap().get_mut(&self.name).unwrap().0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Part for Table {
    fn finish(self: Box<Self>) -> io::Result<()> {
        self.files.lock().unwrap().get_mut(&self.name).unwrap().1 = true;
        Ok(())
    }
}
