//! Results of several questions asked in one request.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{ApiError, Error, decode};

/// The answers to the subrequests of one request, by their names.
///
/// They are kept as the text that came, and read when they are asked for: thousands of records take a multiple
/// of it as untyped JSON values.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    operation: &'static str,
    by_name: BTreeMap<String, Result<Pages, ApiError>>,
    /// Why the next page of an answer could not be read.
    cut_short: BTreeMap<String, Error>,
}

/// An answer, which may have come in pages: at least one.
type Pages = Vec<Box<RawValue>>;

impl Answers {
    pub(super) fn new(operation: &'static str) -> Answers {
        Answers { operation, by_name: BTreeMap::new(), cut_short: BTreeMap::new() }
    }

    pub(super) fn insert(&mut self, name: String, answer: Result<Box<RawValue>, ApiError>) {
        self.by_name.insert(name, answer.map(|page| vec![page]));
    }

    pub(super) fn extend(&mut self, other: Answers) {
        self.by_name.extend(other.by_name);
        self.cut_short.extend(other.cut_short);
    }

    /// What was asked for: `read the org`.
    pub(super) fn operation(&self) -> &'static str {
        self.operation
    }

    /// The pages of each answer, to be completed.
    pub(super) fn pages_mut(&mut self) -> impl Iterator<Item = (&String, &mut Pages)> {
        self.by_name.iter_mut().filter_map(|(name, answer)| Some((name, answer.as_mut().ok()?)))
    }

    /// An answer of which not every page could be read is none.
    pub(super) fn cut_short(&mut self, name: String, why: Error) {
        self.cut_short.insert(name, why);
    }

    /// Whether a subrequest of this name was asked.
    pub fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The names of all subrequests, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Whether a subrequest of this name was answered, and not refused.
    pub fn is_answered(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(Result::is_ok)
    }

    /// Why a subrequest was refused; none where it was answered, or nothing of this name was asked.
    pub fn refusal(&self, name: &str) -> Option<&ApiError> {
        self.by_name.get(name)?.as_ref().err()
    }

    /// Takes those refusals out, as if nobody had asked.
    pub fn take_refusals(
        &mut self,
        which: impl Fn(&str, &ApiError) -> bool,
    ) -> Vec<(String, ApiError)> {
        let (mut kept, mut taken) = (BTreeMap::new(), Vec::new());
        for (name, answer) in std::mem::take(&mut self.by_name) {
            match answer {
                Err(error) if which(&name, &error) => taken.push((name, error)),
                answer => {
                    kept.insert(name, answer);
                }
            }
        }
        self.by_name = kept;
        taken
    }

    /// One answer, read into a type; a refusal is an error.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        let first = self.pages(name)?.first().ok_or_else(|| self.missing(name))?;
        decode::raw(self.operation, first)
    }

    /// The records of one query.
    pub fn records<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, Error> {
        #[derive(Deserialize)]
        struct Found<T> {
            records: Vec<T>,
        }
        let mut records = Vec::new();
        for page in self.pages(name)? {
            let mut found: Found<T> = decode::raw(self.operation, page)?;
            records.append(&mut found.records);
        }
        Ok(records)
    }

    /// How many records one query found, for a query that only counts.
    pub fn total(&self, name: &str) -> Result<u64, Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Found {
            total_size: u64,
        }
        self.value::<Found>(name).map(|found| found.total_size)
    }

    fn pages(&self, name: &str) -> Result<&[Box<RawValue>], Error> {
        if let Some(why) = self.cut_short.get(name) {
            return Err(why.clone());
        }
        match self.by_name.get(name) {
            Some(Ok(pages)) => Ok(pages),
            Some(Err(error)) => Err(Error::Api { operation: self.operation, error: error.clone() }),
            None => Err(self.missing(name)),
        }
    }

    fn missing(&self, name: &str) -> Error {
        Error::protocol(self.operation, format!("there is no answer named \"{name}\""))
    }
}
