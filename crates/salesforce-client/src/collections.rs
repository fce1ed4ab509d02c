//! The same change to many records: `composite/sobjects`.
//!
//! An answer of 200 says nothing: each row has a result of its own.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::composite::{MAX_QUERIES, time_limit};
use super::{Answers, ApiError, Client, Composite, Error, Soql, decode};
use crate::wire::{Call, Class, Method, size};

/// How many rows one collection takes.
pub const MAX_ROWS: usize = 200;

/// How many rows one request takes, with a query behind them.
pub const MAX_ROWS_WITH_QUERY: usize = MAX_ROWS * (MAX_QUERIES - 1);

const OPERATION: &str = "change records";
/// The name of that query.
pub(super) const READ_BACK: &str = "readBack";

/// The new values of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct RowUpdate {
    /// The record's id.
    pub id: String,
    /// The fields to change; null empties a field.
    pub fields: Map<String, Value>,
}

impl RowUpdate {
    /// A change of one field.
    pub fn one_field(id: impl Into<String>, field: &str, value: impl Into<Value>) -> RowUpdate {
        let fields = Map::from_iter([(field.to_owned(), value.into())]);
        RowUpdate { id: id.into(), fields }
    }
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowResult {
    /// The record's id, as it was sent; that of a new record is the org's.
    pub id: String,
    /// Whether it was changed.
    pub success: bool,
    /// Why not.
    pub errors: Vec<RowError>,
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RowError {
    /// The error code.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub status_code: String,
    /// What the org says.
    #[serde(default, deserialize_with = "decode::words")]
    pub message: String,
    /// The fields it names.
    #[serde(default, deserialize_with = "decode::list")]
    pub fields: Vec<String>,
}

impl RowError {
    /// Whether another change holds the row. A lock that a trigger has met is told under the trigger's code,
    /// and names its own in its words.
    pub fn is_lock(&self) -> bool {
        crate::error::is_lock(&self.status_code, &self.message)
    }
}

/// The rows of one request and what the org holds after it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UpdatedAndRead<T> {
    /// What became of each row, in the order sent.
    pub rows: Vec<RowResult>,
    /// The records that the query found after the changes, or why it could not be read.
    pub records: Result<Vec<T>, Error>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default, deserialize_with = "decode::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "decode::flag")]
    success: bool,
    #[serde(default, deserialize_with = "decode::list")]
    errors: Vec<RowError>,
}

impl Client {
    /// Changes up to 200 records of one object; each succeeds or fails by itself.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_update.htm>
    pub async fn update_collection(
        &self,
        object: &str,
        rows: &[RowUpdate],
    ) -> Result<Vec<RowResult>, Error> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        refuse_more_than(MAX_ROWS, rows)?;
        let path = self.path("composite/sobjects");
        let mut call = Call::new(Method::PATCH, path, OPERATION, Class::Write)
            .with_json(&body(object, rows))
            .at_most(size::RECORD);
        call.timeout = Some(time_limit(rows.len()));
        let results = match self.json::<Vec<Row>>(call).await {
            Ok(results) => pair(&ids(rows), results)?,
            // None of them was changed, and each may be tried again as a single locked row is.
            Err(Error::Api { error, .. }) if error.is_lock() => refused_rows(&ids(rows), error),
            Err(other) => return Err(other),
        };
        Ok(self.masked(results))
    }

    /// Changes up to 800 records of one object and reads back what the org holds then, all in one request.
    /// Without a query nothing is read back: of several requests the last one can tell for all.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm>
    pub async fn update_and_read<T: DeserializeOwned>(
        &self,
        object: &str,
        rows: &[RowUpdate],
        read_back: Option<Soql>,
    ) -> Result<UpdatedAndRead<T>, Error> {
        refuse_more_than(MAX_ROWS_WITH_QUERY, rows)?;
        let mut composite = Composite::new();
        for (number, chunk) in rows.chunks(MAX_ROWS).enumerate() {
            composite = composite.update_collection(part(number), body(object, chunk));
        }
        let answers = self.composite(&with_read_back(composite, read_back)).await?;
        let mut results = Vec::new();
        for (number, chunk) in rows.chunks(MAX_ROWS).enumerate() {
            results.extend(rows_of(&answers, &part(number), &ids(chunk))?);
        }
        let results = self.masked(results);
        Ok(UpdatedAndRead { rows: results, records: read_back_of(&answers) })
    }
}

/// The changes with the query behind them.
pub(super) fn with_read_back(changes: Composite, read_back: Option<Soql>) -> Composite {
    match read_back {
        Some(soql) => changes.query(READ_BACK, soql),
        None => changes,
    }
}

/// What the query behind the changes found, or why that could not be read: the changes stand all the same.
pub(super) fn read_back_of<T: DeserializeOwned>(answers: &Answers) -> Result<Vec<T>, Error> {
    if answers.contains(READ_BACK) { answers.records(READ_BACK) } else { Ok(Vec::new()) }
}

fn ids(rows: &[RowUpdate]) -> Vec<&str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

fn part(number: usize) -> String {
    format!("rows{number}")
}

/// What became of the rows of one collection; `ids` are those that were sent, empty for new rows.
pub(super) fn rows_of(
    answers: &Answers,
    name: &str,
    ids: &[&str],
) -> Result<Vec<RowResult>, Error> {
    match answers.value::<Vec<Row>>(name) {
        Ok(results) => pair(ids, results),
        // A collection that was refused as a whole changed none of its rows; the others stand.
        Err(Error::Api { error, .. }) => Ok(refused_rows(ids, error)),
        Err(other) => Err(other.in_doubt("")),
    }
}

/// Rows of a collection that was refused as a whole.
fn refused_rows(ids: &[&str], error: ApiError) -> Vec<RowResult> {
    let why = RowError { status_code: error.code, message: error.message, fields: error.fields };
    let refused =
        |id: &&str| RowResult { id: (*id).to_owned(), success: false, errors: vec![why.clone()] };
    ids.iter().map(refused).collect()
}

fn refuse_more_than(limit: usize, rows: &[RowUpdate]) -> Result<(), Error> {
    if rows.len() <= limit {
        return Ok(());
    }
    Err(Error::protocol(OPERATION, format!("{} rows are more than {limit}", rows.len())))
}

fn body(object: &str, rows: &[RowUpdate]) -> Value {
    let record = |row: &RowUpdate| {
        let mut record = json!({ "attributes": { "type": object }, "id": row.id });
        for (field, value) in &row.fields {
            record[field] = value.clone();
        }
        record
    };
    json!({ "allOrNone": false, "records": rows.iter().map(record).collect::<Vec<_>>() })
}

/// Results come in the order of the rows, and a failed one without its id.
fn pair(ids: &[&str], results: Vec<Row>) -> Result<Vec<RowResult>, Error> {
    if ids.len() != results.len() {
        let reason = format!("{} rows got {} results", ids.len(), results.len());
        return Err(Error::protocol(OPERATION, reason).in_doubt(""));
    }
    let result = |(id, result): (&&str, Row)| RowResult {
        id: if id.is_empty() { result.id.unwrap_or_default() } else { (*id).to_owned() },
        success: result.success,
        errors: result.errors,
    };
    Ok(ids.iter().zip(results).map(result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_rows_get_more_time() {
        let seconds = |rows: usize| time_limit(rows).as_secs();
        assert_eq!((seconds(0), seconds(200), seconds(800)), (120, 220, 520));
        assert_eq!(seconds(usize::MAX), seconds(2_000));
    }
}
