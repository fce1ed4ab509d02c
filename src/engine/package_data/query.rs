//! The queries of a table: counting it, and reading it from any record on.

use salesforce_client::soql::{Name, quote};
use salesforce_client::{MAX_PAGE, MIN_PAGE, Scope, Soql};

use crate::failure::{Failure, Kind};
use crate::model::{DataTable, Extent};

/// What a page should weigh at most: far below the largest answer that is accepted, for a character
/// may take several bytes.
const PAGE_CHARACTERS: u64 = 16 * 1024 * 1024;

/// Which records queries of the table look among. Archived records are found only among all, and
/// deleted ones are then left out by the condition.
pub(super) fn scope(table: &DataTable) -> Scope {
    if table.archives { Scope::All } else { Scope::Live }
}

/// How many records a page may hold.
pub(super) fn page_size(table: &DataTable) -> u16 {
    let most = PAGE_CHARACTERS.checked_div(table.long_text).unwrap_or(u64::from(MAX_PAGE));
    u16::try_from(most).map_or(MAX_PAGE, |rows| rows.clamp(MIN_PAGE, MAX_PAGE))
}

/// How many records hold something; or how many there are, where the org cannot tell them apart.
pub(super) fn count(table: &DataTable) -> Result<Soql, Failure> {
    let query = Soql::new("SELECT COUNT() FROM ").name(&name(&table.object)?);
    condition(query, table, None)
}

/// The records after that one, in the order of their ids: the order in which reading can be resumed.
pub(super) fn records(table: &DataTable, after: Option<&str>) -> Result<Soql, Failure> {
    let columns: Vec<Name> =
        table.columns.iter().map(|column| name(column)).collect::<Result<_, _>>()?;
    let query = Soql::new("SELECT ").names(&columns).text(" FROM ").name(&name(&table.object)?);
    Ok(condition(query, table, after)?.text(" ORDER BY Id"))
}

fn condition(mut query: Soql, table: &DataTable, after: Option<&str>) -> Result<Soql, Failure> {
    let mut word = " WHERE ";
    if table.archives {
        query = query.text(word).text("IsDeleted = false");
        word = " AND ";
    }
    if let Some(id) = after {
        query = query.text(word).text("Id > ").value(&quote(id));
        word = " AND ";
    }
    if let Extent::Fields(fields) = &table.extent
        && table.is_found_by_query()
    {
        query = query.text(word).text("(");
        for (place, field) in fields.iter().enumerate() {
            let or = if place == 0 { "" } else { " OR " };
            let holds = if field.checkbox { " = true" } else { " != null" };
            query = query.text(or).name(&name(&field.name)?).text(holds);
        }
        query = query.text(")");
    }
    Ok(query)
}

fn name(text: &str) -> Result<Name, Failure> {
    Name::parse(text).ok_or_else(|| {
        Failure::new(Kind::Failed, format!("The org names a field or object \"{text}\"."))
            .hint("That is not an API name; a proxy between here and the org may have changed it.")
    })
}
