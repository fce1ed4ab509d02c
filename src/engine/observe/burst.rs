//! What is asked at once: one batch of data queries, one Tooling composite, and calls of their own.

use std::pin::Pin;

use futures_util::future::join_all;
use salesforce_client::composite::MAX_QUERIES;
use salesforce_client::packages::OfferedPackage;
use salesforce_client::{Batch, Client, Composite, Soql};
use secrecy::SecretString;

use super::Answers;
use super::observation::Taking;
use super::refusals::Refusals;
use crate::failure::Failure;
use crate::model::PackageVersionId;

/// Takes the answer of a call in.
pub(super) type OnAnswer<'a> = Box<dyn FnOnce(&mut Taking<'_>) -> Result<(), Failure> + Send + 'a>;

type Call<'a> = Pin<Box<dyn Future<Output = OnAnswer<'a>> + Send + 'a>>;

/// Another form of a question, made once the others were answered; none where it cannot be asked.
type Plainer<'a> = Box<dyn FnOnce(&Answers<'_>) -> Option<Soql> + Send + 'a>;

/// Requests that are under way at the same time: the slowest answer ends them.
pub(super) struct Burst<'a> {
    client: &'a Client,
    refusals: Refusals,
    data: Batch,
    setup: Composite,
    /// What has no place among the five queries of the other composite.
    more_setup: Composite,
    /// Whether the wanted version is asked about beside the setup.
    offers: bool,
    calls: Vec<Call<'a>>,
    /// Plainer forms of questions that an org may refuse for their form.
    plainer: Vec<(String, Place, Plainer<'a>)>,
}

/// Where a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Among the data.
    Data,
    /// In the setup.
    Setup,
    /// In the other request of the setup.
    MoreSetup,
}

impl<'a> Burst<'a> {
    /// Nothing is asked yet.
    pub(super) fn new(client: &'a Client, refusals: Refusals) -> Self {
        Self {
            client,
            refusals,
            data: Batch::new(),
            setup: Composite::new(),
            more_setup: Composite::new(),
            offers: false,
            calls: Vec::new(),
            plainer: Vec::new(),
        }
    }

    /// The org that is asked, for calls.
    pub(super) fn client(&self) -> &'a Client {
        self.client
    }

    /// Asks a query of the data.
    pub(super) fn query(&mut self, name: impl Into<String>, soql: Soql) {
        self.data = std::mem::take(&mut self.data).query(name, soql);
    }

    /// Asks for the description of an object.
    pub(super) fn describe(&mut self, name: impl Into<String>, object: &str) {
        self.data = std::mem::take(&mut self.data).describe(name, object);
    }

    /// Asks for the org's allowances.
    pub(super) fn limits(&mut self, name: impl Into<String>) {
        self.data = std::mem::take(&mut self.data).limits(name);
    }

    /// Has a question asked once more in a plainer form where the org refuses this one: not every
    /// org takes every semi-join, order and filter.
    pub(super) fn or_plainer(
        &mut self,
        name: impl Into<String>,
        place: Place,
        form: impl FnOnce(&Answers<'_>) -> Option<Soql> + Send + 'a,
    ) {
        self.plainer.push((name.into(), place, Box::new(form)));
    }

    /// Asks a query of the org's setup: five of them are the limit.
    pub(super) fn setup(&mut self, name: &str, soql: Soql) {
        self.setup = std::mem::take(&mut self.setup).query(name, soql);
    }

    /// Asks a query of the org's setup in another request, for the other one may be full.
    pub(super) fn more_setup(&mut self, name: &str, soql: Soql) {
        self.more_setup = std::mem::take(&mut self.more_setup).query(name, soql);
    }

    /// Asks what the org says of a package version, beside the queries of the setup. Whether there
    /// is a request with room for it; after all of them.
    pub(super) fn offer(&mut self, version: &PackageVersionId, key: Option<&SecretString>) -> bool {
        let travels = (1..MAX_QUERIES).contains(&self.setup.len());
        if travels {
            let setup = std::mem::take(&mut self.setup);
            self.setup = OfferedPackage::ask(setup, version.as_str(), key);
            self.offers = true;
        }
        travels
    }

    /// Makes a call of its own, however many requests it takes one after another.
    pub(super) fn call<T: Send + 'a>(
        &mut self,
        request: impl Future<Output = T> + Send + 'a,
        take: impl FnOnce(T, &mut Taking<'_>) -> Result<(), Failure> + Send + 'a,
    ) {
        self.calls.push(Box::pin(async move {
            let answer = request.await;
            Box::new(move |taking: &mut Taking<'_>| take(answer, taking)) as OnAnswer<'a>
        }));
    }

    /// Sends everything at once, and what was refused for its form once more in a plainer one. Only
    /// a batch that is not answered at all is a failure; what is refused of it is among the answers.
    pub(super) async fn send(self) -> Result<Answers<'a>, Failure> {
        let (client, tooling) = (self.client, self.client.tooling());
        let (data, setup, more_setup, on_answers) = tokio::join!(
            when(!self.data.is_empty(), client.batch(&self.data)),
            when(!self.setup.is_empty(), tooling.composite(&self.setup)),
            when(!self.more_setup.is_empty(), tooling.composite(&self.more_setup)),
            join_all(self.calls),
        );
        let mut answers = Answers::new(self.refusals, data.transpose()?, setup, more_setup);
        answers.calls = on_answers;
        answers.offers = self.offers;
        let (mut data, mut setup) = (Batch::new(), Composite::new());
        for (name, place, form) in self.plainer {
            if !answers.is_refused(&name, place) {
                continue;
            }
            let Some(soql) = form(&answers) else { continue };
            match place {
                Place::Data => data = data.query(name, soql),
                Place::Setup | Place::MoreSetup => setup = setup.query(name, soql),
            }
        }
        let (data, setup) = tokio::join!(
            when(!data.is_empty(), client.batch(&data)),
            when(!setup.is_empty(), tooling.composite(&setup)),
        );
        // What was refused twice is told in the words of the first time.
        answers.plainer = data.and_then(Result::ok).unwrap_or_default();
        answers.plainer_setup = setup.and_then(Result::ok).unwrap_or_default();
        Ok(answers)
    }
}

/// Sends a request only where there is something to ask.
async fn when<F: Future>(asks: bool, request: F) -> Option<F::Output> {
    if asks { Some(request.await) } else { None }
}
