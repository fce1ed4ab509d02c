//! A query read page by page, for results that need not fit into memory.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Client, Error, Soql, batch, client, rest, soql};
use crate::wire::{Call, size};

const OPERATION: &str = "read records";

/// The largest page, which is also what the org sends unless it is told otherwise.
pub const MAX_PAGE: u16 = 2_000;
/// The smallest page that can be asked for.
pub const MIN_PAGE: u16 = 200;

/// Which records a query looks among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those that people see.
    Live,
    /// Deleted and archived ones too.
    All,
}

impl Scope {
    pub(super) fn resource(self) -> &'static str {
        match self {
            Scope::Live => "query",
            Scope::All => "queryAll",
        }
    }
}

/// The pages of one query.
#[derive(Debug)]
pub struct Pages<'a> {
    client: &'a Client,
    next: Next,
    rows: u16,
    seen: u64,
}

#[derive(Debug)]
enum Next {
    First(Soql, Scope),
    At(String),
    Nothing,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page<T> {
    #[serde(default)]
    total_size: u64,
    #[serde(default)]
    done: bool,
    next_records_url: Option<String>,
    records: Vec<T>,
}

impl Client {
    /// The pages of a query; `rows` is how many records a page may hold at most.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_queryall.htm>
    pub fn pages(&self, soql: Soql, scope: Scope, rows: u16) -> Pages<'_> {
        let rows = rows.clamp(MIN_PAGE, MAX_PAGE);
        Pages { client: self, next: Next::First(soql, scope), rows, seen: 0 }
    }
}

impl Pages<'_> {
    /// The next page; none after the last. After an error it may be asked for again.
    pub async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<Vec<T>>, Error> {
        let page: Page<T> = match &self.next {
            Next::Nothing => return Ok(None),
            Next::At(path) => self.get(path.clone()).await?,
            Next::First(soql, scope) if soql.fits_an_address() => {
                let path = rest::query_path(OPERATION, scope.resource(), soql)?;
                self.get(self.client.path(&path)).await?
            }
            // What no address can hold travels in a body.
            Next::First(soql, scope) => {
                let question = batch::Question::Query(soql.clone(), *scope);
                let answers = self.client.one_batch(&[("page".to_owned(), question)]).await?;
                answers.value("page")?
            }
        };
        self.seen += u64::try_from(page.records.len()).unwrap_or(u64::MAX);
        if !page.done && self.seen >= page.total_size {
            let reason = "the org's pages hold more records than it says there are";
            return Err(Error::protocol(OPERATION, reason));
        }
        let next = page.next_records_url.as_deref();
        self.next = match client::next_address(OPERATION, page.done, next)? {
            Some(path) => Next::At(path),
            None => Next::Nothing,
        };
        Ok(Some(page.records))
    }

    async fn get<T: DeserializeOwned>(&self, path: String) -> Result<Page<T>, Error> {
        let call = Call::get(path, OPERATION).at_most(size::TEXTS);
        let call = if self.rows == MAX_PAGE {
            call
        } else {
            call.with_header("Sforce-Query-Options", format!("batchSize={}", self.rows))
        };
        self.client.json(call).await
    }
}

impl Soql {
    fn fits_an_address(&self) -> bool {
        self.encoded().len() <= soql::MAX_ENCODED
    }
}
