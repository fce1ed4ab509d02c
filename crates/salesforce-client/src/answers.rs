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
}

/// An answer, which may come in pages.
#[derive(Debug, Clone)]
pub(super) struct Pages {
    /// Those that were read: at least one.
    pub(super) read: Vec<Box<RawValue>>,
    /// Why the next one could not be: then the answer is none.
    pub(super) cut_short: Option<Error>,
}

impl Answers {
    pub(super) fn new(operation: &'static str) -> Answers {
        Answers { operation, by_name: BTreeMap::new() }
    }

    pub(super) fn insert(&mut self, name: String, answer: Result<Box<RawValue>, ApiError>) {
        self.by_name.insert(name, answer.map(|page| Pages { read: vec![page], cut_short: None }));
    }

    pub(super) fn extend(&mut self, other: Answers) {
        self.by_name.extend(other.by_name);
    }

    /// What was asked for: `read the org`.
    pub(super) fn operation(&self) -> &'static str {
        self.operation
    }

    /// The pages of each answer, to be completed.
    pub(super) fn pages_mut(&mut self) -> impl Iterator<Item = &mut Pages> {
        self.by_name.values_mut().filter_map(|answer| answer.as_mut().ok())
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
        match self.by_name.get(name) {
            Some(Ok(Pages { cut_short: Some(why), .. })) => Err(why.clone()),
            Some(Ok(pages)) => Ok(&pages.read),
            Some(Err(error)) => Err(Error::Api { operation: self.operation, error: error.clone() }),
            None => Err(self.missing(name)),
        }
    }

    fn missing(&self, name: &str) -> Error {
        Error::protocol(self.operation, format!("there is no answer named \"{name}\""))
    }
}
