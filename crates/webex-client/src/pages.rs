//! Lists, page by page.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use serde::Deserialize;
use serde_json::Value;
use wire::Call;

use crate::{Client, Error, Query};

/// No list is longer; a service that says so is mistaken.
const MOST_PAGES: u32 = 10_000;

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    meta: Meta,
    data: Vec<Value>,
}

/// A list to its end.
pub(crate) struct List {
    pub(crate) records: Vec<Value>,
    /// The kinds of records in a list of references.
    pub(crate) referenced_entities: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Meta {
    referenced_entities: Vec<String>,
    total_pages: Option<u32>,
    total_records: Option<u64>,
    links: Option<Links>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Links {
    next: Option<String>,
}

impl Client {
    /// Reads a list to its end. Where the first page tells how many there are, the others are asked for
    /// at once.
    pub(crate) async fn list(
        &self,
        operation: &'static str,
        list: &str,
        query: &Query,
        more: &[(&str, &str)],
    ) -> Result<List, Error> {
        let page = async |number: u32| {
            let path = self.path(&format!("{list}{}", query.page(number, more)));
            self.json::<Page>(Call::get(path, operation)).await
        };
        let first = page(0).await?;
        let size = first.data.len();
        let told = first.meta.total_pages.or_else(|| pages_of(first.meta.total_records?, size));
        let goes_on = first.meta.goes_on();
        let referenced_entities = first.meta.referenced_entities;
        let mut records = first.data;
        if let Some(pages) = told {
            if pages > MOST_PAGES {
                return Err(Error::protocol(
                    operation,
                    "the list has more pages than any list has",
                ));
            }
            for page in try_join_all((1..pages).map(page)).await? {
                records.extend(page.data);
            }
        } else if goes_on {
            // Only the next page is told.
            for number in 1.. {
                let next = page(number).await?;
                if number > MOST_PAGES || next.data.is_empty() && next.meta.goes_on() {
                    return Err(Error::protocol(operation, "the list's pages come to no end"));
                }
                let goes_on = next.meta.goes_on();
                records.extend(next.data);
                if !goes_on {
                    break;
                }
            }
        }
        Ok(List { records: without_repetitions(records), referenced_entities })
    }
}

impl Meta {
    fn goes_on(&self) -> bool {
        let next = self.links.as_ref().and_then(|links| links.next.as_deref());
        next.is_some_and(|next| !next.is_empty())
    }
}

fn pages_of(records: u64, size: usize) -> Option<u32> {
    let size = u64::try_from(size).ok().filter(|size| *size > 0)?;
    u32::try_from(records.div_ceil(size)).ok()
}

/// A record that somebody makes meanwhile moves others on to the next page, where they come once more.
fn without_repetitions(records: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut is_new = |record: &Value| match record["id"].as_str() {
        Some(id) => seen.insert(id.to_owned()),
        None => true,
    };
    records.into_iter().filter(|record| is_new(record)).collect()
}
