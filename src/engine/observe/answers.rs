//! What a burst was answered.

use salesforce_client::packages::OfferedPackage;
use salesforce_client::soql::{Literal, in_list};
use salesforce_client::{Answers as Answered, ApiError, Error};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::burst::{OnAnswer, Place};
use super::refusals::{Refusals, refused, unanswered};
use crate::failure::Failure;
use crate::model::Observed;

type Setup = Option<Result<Answered, Error>>;

/// The answers to a burst, by the names of the questions.
pub(super) struct Answers<'a> {
    refusals: Refusals,
    data: Answered,
    setup: Setup,
    more_setup: Setup,
    /// Answers to plainer forms of questions of the data that were refused.
    pub(super) plainer: Answered,
    /// The same of questions of the setup.
    pub(super) plainer_setup: Answered,
    /// Whether the wanted version was asked about beside the setup.
    pub(super) offers: bool,
    /// What takes in the answers of calls.
    pub(super) calls: Vec<OnAnswer<'a>>,
}

impl Answers<'_> {
    pub(super) fn new(
        refusals: Refusals,
        data: Option<Answered>,
        setup: Setup,
        more_setup: Setup,
    ) -> Self {
        Self {
            refusals,
            data: data.unwrap_or_default(),
            setup,
            more_setup,
            plainer: Answered::default(),
            plainer_setup: Answered::default(),
            offers: false,
            calls: Vec::new(),
        }
    }

    /// The records of a query of the data.
    pub(super) fn rows<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        self.records(of(&self.data, &self.plainer, name), name)
    }

    /// The same, of which there is at least one in every org: an answer without any is odd.
    pub(super) fn rows_of_every_org<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        Ok(some(self.rows(name)?))
    }

    /// The records of a query of the org's setup.
    pub(super) fn setup_rows<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        self.of_composite(self.setup.as_ref(), name)
    }

    /// The same, of which there is at least one in every org.
    pub(super) fn setup_rows_of_every_org<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        Ok(some(self.setup_rows(name)?))
    }

    /// The same of a query that went with [`super::burst::Burst::more_setup`].
    pub(super) fn more_setup_rows<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        self.of_composite(self.more_setup.as_ref(), name)
    }

    fn of_composite<T: DeserializeOwned>(
        &self,
        composite: Option<&Result<Answered, Error>>,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        match composite {
            None => Ok(Observed::Unasked),
            Some(Err(error)) => self.refusals.read(error.clone()).map(Observed::Refused),
            Some(Ok(answers)) => self.records(of(answers, &self.plainer_setup, name), name),
        }
    }

    fn records<T: DeserializeOwned>(
        &self,
        answers: &Answered,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        if !answers.contains(name) {
            return Ok(Observed::Unasked);
        }
        match answers.records(name) {
            Ok(rows) => Ok(Observed::Seen(rows)),
            Err(error) => self.refusals.read(error).map(Observed::Refused),
        }
    }

    /// What the org says of the wanted version, where that was asked beside the setup.
    pub(super) fn offered(&self) -> Option<Result<Option<OfferedPackage>, Error>> {
        if !self.offers {
            return None;
        }
        Some(match self.setup.as_ref()? {
            Ok(answers) => OfferedPackage::answered(answers),
            Err(error) => Err(error.clone()),
        })
    }

    /// What a question of the data was answered, or the org's words: nothing ends with that.
    pub(super) fn told<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Answered) -> Result<T, Error>,
    ) -> Observed<T> {
        if !self.data.contains(name) {
            return Observed::Unasked;
        }
        if let Some(error) = self.data.refusal(name) {
            return Observed::Refused(refused(error));
        }
        match read(&self.data) {
            Ok(found) => Observed::Seen(found),
            Err(error) => Observed::Refused(unanswered(&error)),
        }
    }

    /// One answer of the data, read into a type.
    pub(super) fn value<T: DeserializeOwned>(&self, name: &str) -> Result<Observed<T>, Failure> {
        if !self.data.contains(name) {
            return Ok(Observed::Unasked);
        }
        match self.data.value(name) {
            Ok(value) => Ok(Observed::Seen(value)),
            Err(error) => self.refusals.read(error).map(Observed::Refused),
        }
    }

    /// The answers of the data as they came.
    pub(super) fn data(&self) -> &Answered {
        &self.data
    }

    /// Why a question of the data was refused.
    pub(super) fn refusal(&self, name: &str) -> Option<&ApiError> {
        self.data.refusal(name)
    }

    /// Whether a question of the data was answered in its plainer form.
    pub(super) fn is_plainer(&self, name: &str) -> bool {
        self.plainer.is_answered(name)
    }

    /// The ids that another query of the data has found, as a list for a condition; `None` where that
    /// query was not answered.
    pub(super) fn ids(&self, found_by: &str) -> Option<Literal> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Row {
            id: String,
        }
        let found: Vec<Row> = self.data.records(found_by).ok()?;
        id_list(found.iter().map(|row| &row.id))
    }

    /// Whether a question was refused in a way that another form of it may not be.
    pub(super) fn is_refused(&self, name: &str, place: Place) -> bool {
        let setup = match place {
            Place::Data => None,
            Place::Setup => Some(&self.setup),
            Place::MoreSetup => Some(&self.more_setup),
        };
        let answers = match setup {
            None => &self.data,
            Some(Some(Ok(answers))) => answers,
            Some(_) => return false,
        };
        answers.refusal(name).is_some_and(|error| {
            !error.is_missing()
                && !error.is_permission()
                && !error.is_session_expired()
                && !error.is_limit()
        })
    }
}

/// Ids as a list for a condition, which must not be empty: no id is like the one that stands for none.
pub(super) fn id_list<S: AsRef<str>>(ids: impl IntoIterator<Item = S>) -> Option<Literal> {
    in_list(ids).or_else(|| in_list(["000000000000000AAA"]))
}

/// Where the answer to a question is: a plainer form of it may have been answered where it was not.
fn of<'a>(answers: &'a Answered, plainer: &'a Answered, name: &str) -> &'a Answered {
    if plainer.is_answered(name) { plainer } else { answers }
}

/// An answer without anything, where every org has something, was none.
pub(super) fn some<T>(found: Observed<Vec<T>>) -> Observed<Vec<T>> {
    match found {
        Observed::Seen(rows) if rows.is_empty() => {
            Observed::refused("the org answers with none, and every org has some")
        }
        found => found,
    }
}
