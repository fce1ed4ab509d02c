//! What a burst was answered.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::packages::OfferedPackage;
use salesforce_client::{Answers as Answered, ApiError, Error};
use serde::de::DeserializeOwned;

use super::burst::{OnAnswer, ReadRefusals};
use super::refusals::{Refusals, of_org, refused, unanswered};
use crate::engine::trouble;
use crate::failure::Failure;
use crate::model::{Look, Observed, Refused};

type Setup = Option<Result<Answered, Error>>;

/// The answers to a burst, by the names of the questions.
pub(super) struct Answers<'a> {
    refusals: Refusals,
    data: Answered,
    setup: Setup,
    more_setup: Setup,
    /// Whether the wanted version was asked about beside the setup.
    pub(super) offers: bool,
    /// What takes in the answers of calls.
    pub(super) calls: Vec<OnAnswer<'a>>,
    /// Questions that the org refused, where refusals are written down.
    refused: BTreeMap<String, Refused>,
    /// The same by looks: the first refusal speaks for its look.
    pub(super) refused_looks: BTreeMap<Look, Refused>,
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
            offers: false,
            calls: Vec::new(),
            refused: BTreeMap::new(),
            refused_looks: BTreeMap::new(),
        }
    }

    /// Takes out what the org refused, and remembers whose question it was.
    pub(super) fn take_refusals(
        &mut self,
        asked_by: &BTreeMap<String, Look>,
        refusals_read: &BTreeMap<String, ReadRefusals>,
        setup_looks: &BTreeSet<Look>,
    ) {
        let tells = |name: &str, error: &ApiError| match refusals_read.get(name) {
            Some(ReadRefusals::All) => true,
            Some(ReadRefusals::IfMissing) => error.is_missing(),
            None => false,
        };
        let mut found = self.data.take_refusals(|name, error| !tells(name, error));
        match &mut self.setup {
            Some(Ok(setup)) => found.extend(setup.take_refusals(|_, _| true)),
            Some(Err(error)) => {
                let refused = setup_looks.iter().map(|look| (*look, unanswered(error)));
                self.refused_looks.extend(refused);
            }
            None => {}
        }
        for (name, error) in found {
            if let Some(look) = asked_by.get(&name) {
                self.refused_looks.entry(*look).or_insert_with(|| refused(&error));
            }
            self.refused.insert(name, refused(&error));
        }
    }

    /// The records of a query of the data.
    pub(super) fn rows<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        self.records(&self.data, name)
    }

    /// The records of a query of the org's setup.
    pub(super) fn setup_rows<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        match &self.setup {
            None => Ok(Observed::Unasked),
            Some(Err(error)) if self.refusals == Refusals::WriteDown => {
                Ok(Observed::Refused(unanswered(error)))
            }
            Some(Err(error)) => Err(error.clone().into()),
            Some(Ok(answers)) => {
                let first = answers.iter().find_map(|(_, answer)| answer.err());
                if let Some(error) = first.filter(|error| error.is_missing()) {
                    return Err(trouble::no_setup(error));
                }
                self.records(answers, name)
            }
        }
    }

    fn records<T: DeserializeOwned>(
        &self,
        answers: &Answered,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        if let Some(refused) = self.refused.get(name) {
            return Ok(Observed::Refused(refused.clone()));
        }
        if !answers.contains(name) {
            return Ok(Observed::Unasked);
        }
        Ok(Observed::Seen(answers.records(name)?))
    }

    /// The records of a query of the data that the org may refuse without ending anything.
    pub(super) fn rows_if_shown<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        if !self.data.contains(name) {
            return Ok(Observed::Unasked);
        }
        if_shown(self.data.records(name))
    }

    /// The same of a query that went with [`super::burst::Burst::more_setup`].
    pub(super) fn more_setup_if_shown<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Observed<Vec<T>>, Failure> {
        match &self.more_setup {
            None => Ok(Observed::Unasked),
            Some(Err(error)) => Err(error.clone().into()),
            Some(Ok(answers)) => if_shown(answers.records(name)),
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

    /// What a question of the data was answered, or the org's words.
    pub(super) fn told<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Answered) -> Result<T, Failure>,
    ) -> Observed<T> {
        match self.data.get(name) {
            None => Observed::Unasked,
            Some(Err(error)) => Observed::Refused(refused(error)),
            Some(Ok(_)) => match read(&self.data) {
                Ok(found) => Observed::Seen(found),
                Err(failure) => Observed::refused(failure.message()),
            },
        }
    }

    /// The answers of the data as they came.
    pub(super) fn data(&self) -> &Answered {
        &self.data
    }

    /// Why a question of the data was refused, where refusals end the observation, or the question
    /// is one whose refusal is an answer.
    pub(super) fn refusal(&self, name: &str) -> Option<&ApiError> {
        self.data.get(name)?.err()
    }
}

/// What was seen, or the org's words.
pub(super) fn if_shown<T>(answer: Result<T, Error>) -> Result<Observed<T>, Failure> {
    match answer {
        Ok(found) => Ok(Observed::Seen(found)),
        Err(error) => of_org(error).map(Observed::Refused),
    }
}
