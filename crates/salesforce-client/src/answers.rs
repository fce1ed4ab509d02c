//! Results of several questions asked in one request.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ApiError, Error, decode};

/// The answers to the subrequests of one request, by their names.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    operation: &'static str,
    by_name: BTreeMap<String, Result<Value, ApiError>>,
}

impl Answers {
    pub(super) fn new(operation: &'static str) -> Answers {
        Answers { operation, by_name: BTreeMap::new() }
    }

    pub(super) fn insert(&mut self, name: String, answer: Result<Value, ApiError>) {
        let answer = answer.map(|mut value| {
            strip(&mut value);
            value
        });
        self.by_name.insert(name, answer);
    }

    pub(super) fn extend(&mut self, other: Answers) {
        self.by_name.extend(other.by_name);
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.by_name.values_mut().filter_map(|answer| answer.as_mut().ok())
    }

    /// Whether a subrequest of this name was asked.
    pub fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// All answers, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Result<&Value, &ApiError>)> {
        self.by_name.iter().map(|(name, answer)| (name.as_str(), answer.as_ref()))
    }

    /// One answer as it came; none when nothing of this name was asked.
    pub fn get(&self, name: &str) -> Option<Result<&Value, &ApiError>> {
        self.by_name.get(name).map(Result::as_ref)
    }

    /// Takes those refusals out, as if nobody had asked.
    pub fn take_refusals(
        &mut self,
        which: impl Fn(&str, &ApiError) -> bool,
    ) -> Vec<(String, ApiError)> {
        let taken: Vec<String> = self
            .iter()
            .filter_map(|(name, answer)| {
                answer.err().filter(|error| which(name, error)).map(|_| name)
            })
            .map(str::to_owned)
            .collect();
        taken
            .into_iter()
            .filter_map(|name| {
                let error = self.by_name.remove(&name)?.err()?;
                Some((name, error))
            })
            .collect()
    }

    /// One answer, read into a type; a refusal is an error.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        match self.by_name.get(name) {
            Some(Ok(value)) => decode::reference(self.operation, value),
            Some(Err(error)) => Err(Error::Api { operation: self.operation, error: error.clone() }),
            None => {
                Err(Error::protocol(self.operation, format!("there is no answer named \"{name}\"")))
            }
        }
    }

    /// The records of one query.
    pub fn records<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, Error> {
        #[derive(Deserialize)]
        struct Found<T> {
            records: Vec<T>,
        }
        self.value::<Found<T>>(name).map(|found| found.records)
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
}

/// Takes out of a query's records what each of them says of its type and its address: nobody asks for
/// it, and it takes more room than the record.
pub(super) fn strip(page: &mut Value) {
    let records = page.get_mut("records").and_then(Value::as_array_mut);
    for record in records.into_iter().flatten().filter_map(Value::as_object_mut) {
        record.remove("attributes");
    }
}
