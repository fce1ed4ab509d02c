//! How much there is.

use salesforce_client::rest::Describe;
use salesforce_client::soql::quote;
use salesforce_client::{Answers, ApiError, Batch, Client, Soql};

use crate::failure::Failure;
use crate::model::{DataTable, Records};

use super::{query, table};

/// Objects that stay and on which the package has fields: a custom field of activities is one of
/// tasks and of events.
const STAYING: [&str; 2] = ["Task", "Event"];

/// Names of the questions.
mod name {
    pub(super) const OBJECTS: &str = "objects";
    pub(super) const DESCRIBE: &str = "describe:";
    pub(super) const COUNT: &str = "count:";
}

/// What goes when the package of that namespace goes, in two requests (more from a dozen objects
/// on). What cannot be counted says why; only an org that answers nothing is a failure.
pub async fn measure(client: &Client, namespace: &str) -> Result<Vec<DataTable>, Failure> {
    let found = client.batch(&first_look(namespace)).await?;
    let mut tables = staying(namespace, &found)?;
    let objects = objects(namespace, &found)?;
    let asked = second_look(&tables, &objects)?;
    if !asked.is_empty() {
        let found = client.batch(&asked).await?;
        for object in &objects {
            tables.push(own(object, &found));
        }
        for table in tables.iter_mut().filter(|table| table.is_readable()) {
            table.records = counted(table, &found);
        }
    }
    Ok(tables)
}

/// What fields the package has on objects that stay, and what objects of its own.
fn first_look(namespace: &str) -> Batch {
    let batch = STAYING.iter().fold(Batch::new(), |batch, object| {
        batch.describe(format!("{}{object}", name::DESCRIBE), *object)
    });
    batch.query(
        name::OBJECTS,
        Soql::new("SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = ")
            .value(&quote(namespace))
            .text(" AND QualifiedApiName LIKE '%__c'"),
    )
}

/// How much there is in the former, and what the latter look like and hold.
fn second_look(tables: &[DataTable], objects: &[String]) -> Result<Batch, Failure> {
    let mut batch = Batch::new();
    for table in tables {
        let question = format!("{}{}", name::COUNT, table.object);
        batch = batch.query_in(query::scope(table), question, query::count(table)?);
    }
    for object in objects {
        let count = query::count(&table::unreadable(object, object, ""))?;
        batch = batch
            .describe(format!("{}{object}", name::DESCRIBE), object)
            .query(format!("{}{object}", name::COUNT), count);
    }
    Ok(batch)
}

fn staying(namespace: &str, found: &Answers) -> Result<Vec<DataTable>, Failure> {
    let mut tables = Vec::new();
    for object in STAYING {
        let question = format!("{}{object}", name::DESCRIBE);
        // An org without the object has no values in its fields.
        if found.refusal(&question).is_some_and(ApiError::is_missing) {
            continue;
        }
        let described: Describe = found.value(&question)?;
        tables.extend(table::with_fields_of(namespace, &described));
    }
    Ok(tables)
}

/// The package's own objects with records of people: no custom metadata, platform events or big
/// objects, and none of the objects that come with each (shares, histories, feeds).
fn objects(namespace: &str, found: &Answers) -> Result<Vec<String>, Failure> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Row {
        qualified_api_name: String,
    }
    let prefix = format!("{namespace}__");
    let rows: Vec<Row> = found.records(name::OBJECTS)?;
    // In the query's pattern `_` stands for any letter.
    let mut names: Vec<String> = rows
        .into_iter()
        .map(|row| row.qualified_api_name)
        .filter(|name| name.starts_with(&prefix) && name.ends_with("__c"))
        .collect();
    names.sort();
    Ok(names)
}

fn own(object: &str, found: &Answers) -> DataTable {
    match found.value::<Describe>(&format!("{}{object}", name::DESCRIBE)) {
        Ok(described) => table::of_object(&described),
        Err(error) => table::unreadable(object, object, error.to_string()),
    }
}

fn counted(table: &DataTable, found: &Answers) -> Records {
    match found.total(&format!("{}{}", name::COUNT, table.object)) {
        Ok(number) if table.is_found_by_query() || number == 0 => Records::Exactly(number),
        Ok(number) => Records::AtMost(number),
        Err(error) => Records::Unknown(error.to_string()),
    }
}
