//! Several steps in one request: `composite`, of the data API and of the Tooling API.
//!
//! Takes 25 subrequests, of which 5 may be queries or collections, runs them in order and counts as one call.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::batch::MAX_SUBREQUESTS;
use super::{Answers, Client, Error, Soql, encode, rest};
use crate::wire::{Call, Class, Method};

/// How many of the subrequests may be queries or collections.
pub const MAX_QUERIES: usize = 5;

/// How long a change of so many records may take. Triggers and sharing rules run for each: 800 users
/// are known to have taken two minutes in a slow org.
pub(super) fn time_limit(rows: usize) -> Duration {
    const LEAST: Duration = Duration::from_secs(120);
    const PER_ROW: Duration = Duration::from_millis(500);
    LEAST + PER_ROW * u32::try_from(rows).unwrap_or(u32::MAX).min(2_000)
}

/// Named steps; a later one may use an earlier one's result as `@{name.id}`.
#[derive(Debug, Clone, Default)]
pub struct Composite {
    steps: Vec<Step>,
    all_or_none: bool,
}

#[derive(Debug, Clone)]
struct Step {
    name: String,
    method: Method,
    target: Target,
    body: Option<Value>,
}

#[derive(Debug, Clone)]
enum Target {
    Query(Soql),
    Collection,
    /// Records to delete, by their ids.
    Deletion(Vec<String>),
    Record(String),
}

impl Composite {
    /// No steps yet.
    pub fn new() -> Composite {
        Composite::default()
    }

    /// Undoes all steps when one fails.
    #[must_use]
    pub fn all_or_none(mut self) -> Composite {
        self.all_or_none = true;
        self
    }

    /// Adds a query.
    #[must_use]
    pub fn query(self, name: impl Into<String>, soql: Soql) -> Composite {
        self.step(name, Method::GET, Target::Query(soql), None)
    }

    /// Adds an object's description.
    #[must_use]
    pub fn describe(self, name: impl Into<String>, object: &str) -> Composite {
        let path = format!("sobjects/{}/describe", encode::component(object));
        self.step(name, Method::GET, Target::Record(path), None)
    }

    /// Adds the reading of one record.
    #[must_use]
    pub fn get(self, name: impl Into<String>, object: &str, id: &str) -> Composite {
        self.step(name, Method::GET, Target::Record(rest::record_path(object, id)), None)
    }

    /// Adds the reading of the record whose id an earlier step finds, as in `found.records[0].Id`.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm>
    #[must_use]
    pub(super) fn get_found(
        self,
        name: impl Into<String>,
        object: &str,
        reference: &str,
    ) -> Composite {
        let path = format!("sobjects/{}/@{{{reference}}}", encode::component(object));
        self.step(name, Method::GET, Target::Record(path), None)
    }

    /// Adds the creation of a record.
    #[must_use]
    pub fn create(self, name: impl Into<String>, object: &str, fields: Value) -> Composite {
        let path = format!("sobjects/{}", encode::component(object));
        self.step(name, Method::POST, Target::Record(path), Some(fields))
    }

    /// Adds a change of a record.
    #[must_use]
    pub fn update(
        self,
        name: impl Into<String>,
        object: &str,
        id: &str,
        fields: Value,
    ) -> Composite {
        self.step(name, Method::PATCH, Target::Record(rest::record_path(object, id)), Some(fields))
    }

    /// Adds the deletion of a record.
    #[must_use]
    pub fn delete(self, name: impl Into<String>, object: &str, id: &str) -> Composite {
        self.step(name, Method::DELETE, Target::Record(rest::record_path(object, id)), None)
    }

    /// Adds a change of many records at once; the body is that of the collections resource.
    #[must_use]
    pub(super) fn update_collection(self, name: impl Into<String>, body: Value) -> Composite {
        self.step(name, Method::PATCH, Target::Collection, Some(body))
    }

    /// Adds the creation of many records at once; the body is that of the collections resource.
    #[must_use]
    pub(super) fn create_collection(self, name: impl Into<String>, body: Value) -> Composite {
        self.step(name, Method::POST, Target::Collection, Some(body))
    }

    /// Adds the deletion of many records at once; each is deleted or not by itself.
    #[must_use]
    pub(super) fn delete_collection(
        self,
        name: impl Into<String>,
        ids: impl IntoIterator<Item = String>,
    ) -> Composite {
        self.step(name, Method::DELETE, Target::Deletion(ids.into_iter().collect()), None)
    }

    fn step(
        mut self,
        name: impl Into<String>,
        method: Method,
        target: Target,
        body: Option<Value>,
    ) -> Composite {
        self.steps.push(Step { name: name.into(), method, target, body });
        self
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there are no steps.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many records its changes have.
    fn rows(&self) -> usize {
        let rows = |step: &Step| match (&step.target, &step.body) {
            (Target::Query(_), _) => 0,
            (Target::Deletion(ids), _) => ids.len(),
            (Target::Collection, Some(body)) => body["records"].as_array().map_or(1, Vec::len),
            _ => 1,
        };
        self.steps.iter().map(rows).sum()
    }

    /// What breaks a rule of the API, if anything does.
    fn broken_rule(&self) -> Option<String> {
        if self.steps.len() > MAX_SUBREQUESTS {
            return Some(format!("{} steps are more than {MAX_SUBREQUESTS}", self.steps.len()));
        }
        let counted = |step: &&Step| !matches!(step.target, Target::Record(_));
        let queries = self.steps.iter().filter(counted).count();
        if queries > MAX_QUERIES {
            return Some(format!("{queries} queries and collections are more than {MAX_QUERIES}"));
        }
        let is_reference = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        let mut names = BTreeSet::new();
        if let Some(twice) = self.steps.iter().find(|step| !names.insert(&step.name)) {
            return Some(format!("two steps are called \"{}\"", twice.name));
        }
        let bad = self.steps.iter().find(|step| !is_reference(&step.name));
        bad.map(|step| format!("\"{}\" cannot name a step", step.name))
    }

    fn body(&self, operation: &'static str, root: &str) -> Result<Value, Error> {
        let mut requests = Vec::new();
        for step in &self.steps {
            let path = match &step.target {
                Target::Query(soql) => rest::query_path(operation, "query", soql)?,
                Target::Collection => "composite/sobjects".to_owned(),
                Target::Deletion(ids) => {
                    let ids: Vec<String> = ids.iter().map(|id| encode::component(id)).collect();
                    format!("composite/sobjects?ids={}&allOrNone=false", ids.join(","))
                }
                Target::Record(path) => path.clone(),
            };
            let mut request = json!({
                "method": step.method.as_str(),
                "url": format!("{root}{path}"),
                "referenceId": step.name,
            });
            if let Some(body) = &step.body {
                request["body"] = body.clone();
            }
            requests.push(request);
        }
        Ok(json!({ "allOrNone": self.all_or_none, "compositeRequest": requests }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    composite_response: Vec<SubResponse>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubResponse {
    #[serde(default)]
    body: Box<RawValue>,
    http_status_code: u16,
    reference_id: String,
}

impl Client {
    /// Runs the steps in one request and reads every query to its last record.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm>
    pub async fn composite(&self, composite: &Composite) -> Result<Answers, Error> {
        self.run_composite(composite, "").await
    }

    /// Runs the steps below `area` (`tooling/` or nothing).
    pub(super) async fn run_composite(
        &self,
        steps: &Composite,
        area: &str,
    ) -> Result<Answers, Error> {
        let reads_only = steps.steps.iter().all(|step| step.method == Method::GET);
        let operation = if reads_only { "read the org" } else { "change records" };
        let class = if reads_only { Class::Read } else { Class::Write };
        if let Some(rule) = steps.broken_rule() {
            return Err(Error::protocol(operation, rule));
        }
        let root = self.path(area);
        let body = steps.body(operation, &root)?;
        let mut call =
            Call::new(Method::POST, format!("{root}composite"), operation, class).with_json(&body);
        if !reads_only {
            call.timeout = Some(time_limit(steps.rows()));
        }
        let response: Response = self.json(call).await?;
        let mut answers = Answers::new(operation);
        for answer in response.composite_response {
            let outcome = self.outcome(answer.http_status_code, answer.body);
            answers.insert(answer.reference_id, outcome);
        }
        if let Some(step) = steps.steps.iter().find(|step| !answers.contains(&step.name)) {
            let error = Error::protocol(operation, format!("step \"{}\" got no answer", step.name));
            return Err(if reads_only { error } else { error.in_doubt("") });
        }
        if reads_only {
            self.complete_all(&mut answers).await?;
        } else {
            self.complete_each(&mut answers).await;
        }
        Ok(answers)
    }
}
