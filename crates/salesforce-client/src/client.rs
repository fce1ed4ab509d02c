//! The way into an org.

use std::sync::Arc;

use secrecy::SecretString;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::metadata::Metadata;
use super::packages::Packages;
use super::tooling::Tooling;
use super::{ApiError, ApiVersion, Error, RowResult, Session, decode};
use crate::obstacle::salesforce_origin;
use crate::rest::USERINFO;
use crate::wire::{Answer, Call, Class, Options, Transport, Url, size};

/// A client of one org; clones share everything.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug, Clone)]
struct Inner {
    transport: Transport,
    session: Session,
    version: ApiVersion,
}

impl Client {
    /// A client that speaks the newest version known here.
    pub fn new(transport: Transport, session: Session) -> Client {
        let version = ApiVersion::NEWEST_KNOWN;
        Client { inner: Arc::new(Inner { transport, session, version }) }
    }

    /// A client of the session's org with a transport of its own, at the usual limits.
    /// `user_agent` is how the program calls itself, such as `acme/1.0`.
    pub fn connect(session: Session, user_agent: &str) -> Result<Client, Error> {
        let transport = Transport::new(Options::new(session.instance_url.as_str(), user_agent))?;
        Ok(Client::new(transport, session))
    }

    /// The same client, speaking another version.
    #[must_use]
    pub fn with_version(&self, version: ApiVersion) -> Client {
        Client { inner: Arc::new(Inner { version, ..(*self.inner).clone() }) }
    }

    /// The version it speaks.
    pub fn version(&self) -> ApiVersion {
        self.inner.version
    }

    /// The org's address and token.
    pub fn session(&self) -> &Session {
        &self.inner.session
    }

    /// The transport, for its counters.
    pub fn transport(&self) -> &Transport {
        &self.inner.transport
    }

    /// The versions that the org offers.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm>
    pub async fn versions(&self) -> Result<Vec<ApiVersion>, Error> {
        #[derive(Deserialize)]
        struct Offered {
            version: String,
        }
        let operation = "list the API versions";
        let offered: Vec<Offered> =
            self.json(Call::get("/services/data/", operation).at_most(size::WORD)).await?;
        Ok(offered.iter().filter_map(|offered| offered.version.parse().ok()).collect())
    }

    /// The Tooling API.
    pub fn tooling(&self) -> Tooling<'_> {
        Tooling::new(self)
    }

    /// The Metadata API.
    pub fn metadata(&self) -> Metadata<'_> {
        Metadata::new(self)
    }

    /// Packages.
    pub fn packages(&self) -> Packages<'_> {
        Packages::new(self)
    }

    /// A path of the REST API in this version.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/services/data/v{}/{rest}", self.inner.version)
    }

    /// Sends a call with the token; any status is an answer but one that asks for another token.
    pub(super) async fn answer(&self, call: Call) -> Result<Answer, Error> {
        let operation = call.operation;
        let sent = self.with_token(operation, |token| {
            Ok(Call { bearer: Some(token.clone()), ..call.clone() })
        });
        // Every request of a run is made here: its future is better not a part of all of theirs.
        Box::pin(sent).await
    }

    /// Sends a call that is made with the token. Where the org no longer accepts it, and the login
    /// brings another, it is sent once more: a request that was refused so did nothing.
    pub(super) async fn with_token(
        &self,
        operation: &'static str,
        call: impl Fn(&SecretString) -> Result<Call, Error>,
    ) -> Result<Answer, Error> {
        let session = &self.inner.session;
        let (token, number) = session.bearer().await?;
        let answer = self.inner.transport.send(&call(&token)?).await?;
        let Some(refused) = refused_token(&answer) else { return Ok(answer) };
        let ended =
            |error| Error::SessionEnded { operation, error, remedy: session.remedy().into() };
        if !refused.asks_for_another_token() {
            return Err(ended(refused));
        }
        let Some((token, _)) = session.renewed(number).await? else { return Err(ended(refused)) };
        let answer = self.inner.transport.send(&call(&token)?).await?;
        match refused_token(&answer) {
            Some(refused) => Err(ended(refused)),
            None => Ok(answer),
        }
    }

    /// An error without the token: an org may quote it in what it calls a success.
    pub(super) fn without_token(&self, error: Error) -> Error {
        error.map_words(|text| self.mask(text))
    }

    /// A text of the org without the token.
    pub(super) fn mask(&self, text: &str) -> String {
        self.inner.transport.mask(text, self.inner.session.token().as_ref())
    }

    /// Results of rows, whose words are without the token.
    pub(super) fn masked(&self, mut rows: Vec<RowResult>) -> Vec<RowResult> {
        for error in rows.iter_mut().flat_map(|row| &mut row.errors) {
            error.message = self.mask(&error.message);
            error.status_code = self.mask(&error.status_code);
        }
        rows
    }

    /// Sends a call; a refusal is an error.
    pub(super) async fn send(&self, call: Call) -> Result<Answer, Error> {
        let operation = call.operation;
        let answer = self.answer(call).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let mut error = ApiError::from_answer(&answer);
        if error.asks_for_own_address() {
            error = error.with_own_address(self.own_address().await);
        }
        Err(Error::Api { operation, error })
    }

    /// The org's own address, as the host that gave out the token tells it. A login host answers that
    /// although it has no API; nothing where it does not, or names no host of Salesforce's.
    async fn own_address(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Told {
            urls: Urls,
        }
        #[derive(Deserialize)]
        struct Urls {
            custom_domain: Option<String>,
            rest: Option<String>,
        }
        let call = Call::get(USERINFO, "ask for the org's own address").at_most(size::WORD);
        let answer = self.answer(call).await.ok().filter(|answer| answer.status.is_success())?;
        let urls = serde_json::from_slice::<Told>(&answer.bytes).ok()?.urls;
        let told = urls.custom_domain.or(urls.rest)?;
        // The version in `rest` is for the caller to fill in, and no part of an address.
        let address = Url::parse(told.split('{').next()?).ok()?;
        let is_another = address.host_str() != Some(answer.host.as_str());
        salesforce_origin(&address).filter(|_| is_another)
    }

    /// Sends a call and reads the JSON it brings.
    pub(super) async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        let (operation, class) = (call.operation, call.class);
        let answer = self.send(call).await?;
        if class == Class::Write {
            // The org has accepted the change; what came of it stands in an answer that nobody can read.
            return decode::bytes(operation, &answer.bytes)
                .map_err(|error| self.without_token(error.in_doubt(&answer.host)));
        }
        if is_page(&answer) {
            // A login page or a maintenance notice with status 200 would only confuse as a decode error.
            let error = Error::Api { operation, error: ApiError::from_answer(&answer) };
            return Err(self.without_token(error));
        }
        decode::bytes(operation, &answer.bytes).map_err(|error| self.without_token(error))
    }

    /// Reads on where an answer is only the first page of a query.
    pub(super) async fn complete(
        &self,
        operation: &'static str,
        pages: &mut Vec<Box<RawValue>>,
    ) -> Result<(), Error> {
        let mut seen = Vec::new();
        while let Some(next) = pages.last().map_or(Ok(None), |last| next_page(operation, last))? {
            if seen.contains(&next) {
                return Err(Error::protocol(operation, "the org's pages go round in a circle"));
            }
            pages.push(self.json(Call::get(next.clone(), operation)).await?);
            seen.push(next);
        }
        Ok(())
    }
}

/// The address of a query's next page, when there is one.
fn next_page(operation: &'static str, page: &RawValue) -> Result<Option<String>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Head {
        #[serde(default)]
        done: Value,
        #[serde(default)]
        next_records_url: Value,
    }
    // What is no page has none after it.
    let Ok(head) = serde_json::from_str::<Head>(page.get()) else { return Ok(None) };
    let next = head.next_records_url.as_str();
    // Only `done: true` ends a list that names a next page.
    let is_done = match &head.done {
        Value::Bool(is_done) => *is_done,
        _ => next.is_none(),
    };
    next_address(operation, is_done, next)
}

/// The same from the page's parts.
pub(super) fn next_address(
    operation: &'static str,
    done: bool,
    next: Option<&str>,
) -> Result<Option<String>, Error> {
    match next {
        _ if done => Ok(None),
        Some(next) if next.starts_with("/services/data/") => Ok(Some(next.to_owned())),
        _ => Err(Error::protocol(operation, "the result goes on, but the org does not say where")),
    }
}

/// The refusal of an answer that does not accept the token.
fn refused_token(answer: &Answer) -> Option<ApiError> {
    // SOAP faults come with status 500, the identity service says 403, everything else 401.
    if !matches!(answer.status.as_u16(), 401 | 403 | 500) {
        return None;
    }
    Some(ApiError::from_answer(answer)).filter(ApiError::is_session_expired)
}

fn is_page(answer: &Answer) -> bool {
    let start = answer.bytes.iter().position(|byte| !byte.is_ascii_whitespace());
    start.is_some_and(|start| answer.bytes[start] == b'<')
}
