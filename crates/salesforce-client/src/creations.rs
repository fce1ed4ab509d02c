//! Many records created and deleted: `composite/sobjects`, with a query behind it.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::collections::{MAX_ROWS, read_back_of, rows_of, with_read_back};
use super::{Client, Composite, Error, RowResult, Soql};

/// The fields of a record that is to be created.
pub type Fields = Map<String, Value>;

/// What became of records that were created and deleted, and what the org holds after that.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MadeAndRead<T> {
    /// What became of each new record, in the order sent.
    pub created: Vec<RowResult>,
    /// What became of each record that was to go, in the order sent.
    pub deleted: Vec<RowResult>,
    /// The records that the query found after that, or why it could not be read.
    pub records: Result<Vec<T>, Error>,
}

impl Client {
    /// Creates and deletes records of one object, each by itself, and reads back what the org holds
    /// then, all in one request: it takes four chunks of up to 200.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_create.htm>
    pub async fn make_and_read<T: DeserializeOwned>(
        &self,
        object: &str,
        creates: &[Fields],
        deletes: &[String],
        read_back: Option<Soql>,
    ) -> Result<MadeAndRead<T>, Error> {
        let record = |fields: &Fields| {
            let mut record = Value::Object(fields.clone());
            record["attributes"] = json!({ "type": object });
            record
        };
        let mut composite = Composite::new();
        for (number, chunk) in creates.chunks(MAX_ROWS).enumerate() {
            let records: Vec<Value> = chunk.iter().map(record).collect();
            let body = json!({ "allOrNone": false, "records": records });
            composite = composite.create_collection(created(number), body);
        }
        for (number, chunk) in deletes.chunks(MAX_ROWS).enumerate() {
            composite = composite.delete_collection(deleted(number), chunk.to_vec());
        }
        let answers = self.composite(&with_read_back(composite, read_back)).await?;
        let mut made = MadeAndRead {
            created: Vec::new(),
            deleted: Vec::new(),
            records: read_back_of(&answers),
        };
        for (number, chunk) in creates.chunks(MAX_ROWS).enumerate() {
            made.created.extend(rows_of(&answers, &created(number), &vec![""; chunk.len()])?);
        }
        for (number, chunk) in deletes.chunks(MAX_ROWS).enumerate() {
            let ids: Vec<&str> = chunk.iter().map(String::as_str).collect();
            made.deleted.extend(rows_of(&answers, &deleted(number), &ids)?);
        }
        made.created = self.masked(made.created);
        made.deleted = self.masked(made.deleted);
        Ok(made)
    }
}

fn created(number: usize) -> String {
    format!("created{number}")
}

fn deleted(number: usize) -> String {
    format!("deleted{number}")
}
