//! All of it as CSV, one file a table.

use std::io;

use salesforce_client::{Client, Error, Pages};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::model::{DataTable, Records};

use super::row::{self, Record};
use super::{Part, Sink, query};

/// A table after its export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// The object's API name.
    pub object: String,
    /// The file's name; none where nothing could be read.
    pub file: Option<String>,
    /// How many records it holds.
    pub records: u64,
    /// What is to be said about it: that it holds another number of records than were counted, or
    /// why there is no file.
    pub warning: Option<String>,
}

/// Writes every table into a file of its own: UTF-8, API names in the first line, no value changed.
///
/// `progress` hears after each page how many of a table's records were looked at. A page that was
/// lost is asked for again; where the org has forgotten the query, reading goes on behind the last
/// record. An error leaves whole files of the tables before, and an unfinished one.
pub async fn export(
    client: &Client,
    tables: &[DataTable],
    sink: &dyn Sink,
    progress: &(dyn Fn(&DataTable, u64) + Sync),
) -> Result<Vec<Exported>, Failure> {
    let mut done = Vec::new();
    for table in tables {
        done.push(if table.is_readable() {
            one(client, table, sink, progress).await?
        } else {
            not_read(table)
        });
    }
    Ok(done)
}

fn not_read(table: &DataTable) -> Exported {
    let why = match &table.records {
        Records::Unknown(why) => why.as_str(),
        Records::Exactly(_) | Records::AtMost(_) => "the calling user sees none of its fields",
    };
    Exported {
        object: table.object.clone(),
        file: None,
        records: 0,
        warning: Some(format!("{} is not exported: {why}", table.object)),
    }
}

async fn one(
    client: &Client,
    table: &DataTable,
    sink: &dyn Sink,
    progress: &(dyn Fn(&DataTable, u64) + Sync),
) -> Result<Exported, Failure> {
    let file = format!("{}.csv", table.object);
    let failed = |error: io::Error| unwritten(&file, error);
    let mut out = csv::Writer::from_writer(sink.begin(&file).map_err(failed)?);
    out.write_record(&table.columns).map_err(|error| failed(error.into()))?;
    let mut reading = Reading { client, table, pages: pages(client, table, None)?, last: None };
    let (mut seen, mut records) = (0, 0);
    progress(table, seen);
    while let Some(page) = reading.next().await? {
        seen += count(&page);
        for record in page.iter().filter(|record| row::holds_something(table, record)) {
            out.write_record(row::cells(table, record)).map_err(|error| failed(error.into()))?;
            records += 1;
        }
        progress(table, seen);
    }
    let part: Box<dyn Part> = out.into_inner().map_err(|error| failed(error.into_error()))?;
    part.finish().map_err(failed)?;
    let warning = difference(table, &file, records);
    Ok(Exported { object: table.object.clone(), file: Some(file), records, warning })
}

/// A table's records on their way.
struct Reading<'a> {
    client: &'a Client,
    table: &'a DataTable,
    pages: Pages<'a>,
    /// Id of the last record that came.
    last: Option<String>,
}

impl Reading<'_> {
    async fn next(&mut self) -> Result<Option<Vec<Record>>, Failure> {
        let page = match self.pages.next().await {
            Err(error) if is_forgotten(&error) => {
                self.pages = pages(self.client, self.table, self.last.as_deref())?;
                self.pages.next().await
            }
            page => page,
        };
        let page: Option<Vec<Record>> = page.map_err(|error| unread(self.table, error))?;
        let last = page.as_ref().and_then(|page| page.last()).and_then(|record| record.get("Id"));
        if let Some(id) = last.and_then(|id| id.as_str()) {
            self.last = Some(id.to_owned());
        }
        Ok(page)
    }
}

fn pages<'a>(
    client: &'a Client,
    table: &DataTable,
    after: Option<&str>,
) -> Result<Pages<'a>, Failure> {
    let query = query::records(table, after)?;
    Ok(client.pages(query, query::scope(table), query::page_size(table)))
}

/// Orgs keep a query's place for a while, and for a few queries at a time.
fn is_forgotten(error: &Error) -> bool {
    error.api().is_some_and(|api| api.code == "INVALID_QUERY_LOCATOR")
}

fn unread(table: &DataTable, error: Error) -> Failure {
    Failure::from(error).after(format!("{} could not be exported.", table.object))
}

fn unwritten(file: &str, error: io::Error) -> Failure {
    let full = error.kind() == io::ErrorKind::StorageFull;
    let failure = Failure::new(Kind::Failed, format!("`{file}` could not be written: {error}"));
    let failure = failure.because(error);
    if full {
        failure.hint("Make room on the disk, or export to a folder on another one.")
    } else {
        failure.hint("Export to another folder.")
    }
}

/// What to say where another number of records came than were counted.
fn difference(table: &DataTable, file: &str, records: u64) -> Option<String> {
    let counted = match table.records {
        Records::Exactly(counted) if counted != records => counted.to_string(),
        Records::AtMost(counted) if counted < records => format!("at most {counted}"),
        _ => return None,
    };
    Some(format!(
        "{} had {counted} records, but `{file}` holds {records}: somebody created or deleted \
        records in the meantime. Compare the file with the org before anything is deleted.",
        table.object
    ))
}

fn count(page: &[Record]) -> u64 {
    u64::try_from(page.len()).unwrap_or(u64::MAX)
}
