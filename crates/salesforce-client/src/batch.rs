//! Many questions in one request: `composite/batch`.
//!
//! Takes 25 subrequests of the data API (no Tooling), runs them one after another and answers each by itself.

use std::collections::BTreeSet;

use futures_util::future::{join_all, try_join_all};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::{Answers, ApiError, Client, Error, Scope, Soql, encode, soql};
use crate::wire::{Call, Class, Method};

/// How many subrequests one request takes.
pub const MAX_SUBREQUESTS: usize = 25;

/// Named questions; those that do not fit into one request are sent in several at once.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    questions: Vec<(String, Question)>,
}

#[derive(Debug, Clone)]
pub(super) enum Question {
    Query(Soql, Scope),
    Describe(String),
    Limits,
}

impl Batch {
    /// No questions yet.
    pub fn new() -> Batch {
        Batch::default()
    }

    /// Asks a query too.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, soql: Soql) -> Batch {
        self.questions.push((name.into(), Question::Query(soql, Scope::Live)));
        self
    }

    /// Asks a query among the records of that scope too.
    #[must_use]
    pub fn query_in(mut self, scope: Scope, name: impl Into<String>, soql: Soql) -> Batch {
        self.questions.push((name.into(), Question::Query(soql, scope)));
        self
    }

    /// Asks for an object's description too.
    #[must_use]
    pub fn describe(mut self, name: impl Into<String>, object: impl Into<String>) -> Batch {
        self.questions.push((name.into(), Question::Describe(object.into())));
        self
    }

    /// Asks for the org's allowances too.
    #[must_use]
    pub fn limits(mut self, name: impl Into<String>) -> Batch {
        self.questions.push((name.into(), Question::Limits));
        self
    }

    /// How many questions there are.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }
}

impl Question {
    fn path(&self) -> Result<String, Error> {
        match self {
            // It travels in a body, where what an address can hold is no limit.
            Question::Query(soql, scope) if soql.as_str().len() <= soql::MAX_LENGTH => {
                Ok(format!("{}?q={}", scope.resource(), soql.encoded()))
            }
            Question::Query(..) => {
                let reason = format!("a query has {} characters at most", soql::MAX_LENGTH);
                Err(Error::protocol(OPERATION, reason))
            }
            Question::Describe(object) => {
                Ok(format!("sobjects/{}/describe", encode::component(object)))
            }
            Question::Limits => Ok("limits".to_owned()),
        }
    }
}

const OPERATION: &str = "read the org";

#[derive(Deserialize)]
struct Response {
    results: Vec<SubResponse>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubResponse {
    status_code: u16,
    #[serde(default)]
    result: Box<RawValue>,
}

impl Client {
    /// Asks all questions of a batch and reads every query to its last record.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_batch.htm>
    pub async fn batch(&self, batch: &Batch) -> Result<Answers, Error> {
        let mut names = BTreeSet::new();
        if let Some((twice, _)) = batch.questions.iter().find(|(name, _)| !names.insert(name)) {
            let reason = format!("two questions are called \"{twice}\"");
            return Err(Error::protocol(OPERATION, reason));
        }
        let requests = batch.questions.chunks(MAX_SUBREQUESTS).map(|chunk| self.one_batch(chunk));
        let mut answers = Answers::new(OPERATION);
        for part in try_join_all(requests).await? {
            answers.extend(part);
        }
        self.complete_all(&mut answers).await?;
        Ok(answers)
    }

    pub(super) async fn one_batch(
        &self,
        questions: &[(String, Question)],
    ) -> Result<Answers, Error> {
        let mut requests = Vec::new();
        for (_, question) in questions {
            // Batch addresses begin after /services/data/.
            let url = format!("v{}/{}", self.version(), question.path()?);
            requests.push(json!({ "method": "GET", "url": url }));
        }
        let body = json!({ "haltOnError": false, "batchRequests": requests });
        let call = Call::new(Method::POST, self.path("composite/batch"), OPERATION, Class::Read)
            .with_json(&body)
            .counting(questions.len());
        let response: Response = self.json(call).await?;
        if response.results.len() != questions.len() {
            let reason =
                format!("{} questions got {} answers", questions.len(), response.results.len());
            return Err(Error::protocol(OPERATION, reason));
        }
        let mut answers = Answers::new(OPERATION);
        for ((name, _), answer) in questions.iter().zip(response.results) {
            let answer = self.outcome(answer.status_code, answer.result);
            answers.insert(name.clone(), answer);
        }
        Ok(answers)
    }

    /// Reads on wherever an answer is only the first page of a query.
    pub(super) async fn complete_all(&self, answers: &mut Answers) -> Result<(), Error> {
        let operation = answers.operation();
        let pages = answers.pages_mut().map(|pages| self.complete(operation, &mut pages.read));
        try_join_all(pages).await.map(drop)
    }

    /// The same behind changes that were made: what cannot be read on says nothing of them.
    pub(super) async fn complete_each(&self, answers: &mut Answers) {
        let pages = answers.pages_mut().map(async |pages| {
            pages.cut_short = self.complete(OPERATION, &mut pages.read).await.err();
        });
        join_all(pages).await;
    }
}

impl Client {
    /// A subrequest's answer by its status.
    pub(super) fn outcome(
        &self,
        status: u16,
        body: Box<RawValue>,
    ) -> Result<Box<RawValue>, ApiError> {
        if (200..300).contains(&status) {
            return Ok(body);
        }
        let body = serde_json::from_str(body.get()).unwrap_or_default();
        let mut error = ApiError::from_json(status, &body);
        error.map_words(|text| self.mask(text));
        Err(error)
    }
}
