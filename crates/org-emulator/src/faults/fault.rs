//! A fault: what goes wrong, with which requests, and how often.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::edit::Edit;
use super::effect::Effect;
use super::pattern::Pattern;
use super::written;
use crate::error::Error;
use crate::files;
use crate::world::jobs::DeployFailure;

/// Something that goes wrong, with the next request that fits.
///
/// ```
/// use std::time::Duration;
///
/// use org_emulator::{Emulator, Fault};
///
/// let emulator = Emulator::builder()
///     // The second and the third query are refused.
///     .fault(Fault::status(503, "SERVER_UNAVAILABLE", "Busy").operation("query").skip(1).times(2))
///     // The next deploy is answered late.
///     .fault(Fault::delay(Duration::from_secs(2)).operation("metadata/deployRequest"))
///     .start()?;
/// # Ok::<(), org_emulator::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use = "nothing goes wrong before an emulator has it"]
pub struct Fault {
    pub(super) pattern: Pattern,
    /// How many such requests pass before it happens.
    pub(super) skip: u32,
    /// How many requests it happens to.
    pub(super) times: u32,
    pub(super) effect: Effect,
}

impl Fault {
    /// Reads a script of faults: JSON where it starts with a brace, else TOML.
    pub fn parse_script(text: &str) -> Result<Vec<Self>, Error> {
        written::parse(text).map_err(Error::Faults)
    }

    /// Reads a script of faults from a file.
    pub fn read_script(path: &Path) -> Result<Vec<Self>, Error> {
        let text = files::read(path)
            .map_err(|source| Error::FaultFile { path: path.to_owned(), source })?;
        Self::parse_script(&text)
    }

    /// Refused with this status and an error in the API's own shape, and not carried out.
    pub fn status(status: u16, code: &str, message: &str) -> Self {
        Self::of(Effect::Status {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
            retry_after: None,
        })
    }

    /// The connection is closed, and the request not carried out.
    pub fn drop_before() -> Self {
        Self::of(Effect::DropBefore)
    }

    /// The request is carried out, and the connection closed without an answer.
    pub fn drop_after() -> Self {
        Self::of(Effect::DropAfter)
    }

    /// The request is carried out, and the connection breaks after so many bytes of the answer.
    pub fn truncate(bytes: usize) -> Self {
        Self::of(Effect::Truncate(bytes))
    }

    /// The request is carried out at once, and answered that much later.
    pub fn delay(time: Duration) -> Self {
        Self::of(Effect::Delay(time))
    }

    /// A web page with that status instead of the API, and nothing carried out.
    pub fn html(status: u16) -> Self {
        Self::of(Effect::Html(status))
    }

    /// The client is sent elsewhere (302), and nothing carried out.
    pub fn redirect(url: &str) -> Self {
        Self::of(Effect::Redirect(url.to_owned()))
    }

    /// The token is refused, with this request and from then on.
    pub fn expire_session() -> Self {
        Self::of(Effect::ExpireSession)
    }

    /// What the request writes is locked by somebody else.
    pub fn lock() -> Self {
        Self::of(Effect::Lock)
    }

    /// The org's daily requests are used up, for this request.
    pub fn limit() -> Self {
        Self::of(Effect::Limit)
    }

    /// The install that the request starts ends with this error.
    pub fn fail_install(message: &str) -> Self {
        Self::of(Effect::FailInstall(message.to_owned()))
    }

    /// The uninstall that the request starts ends with this error.
    pub fn fail_uninstall(message: &str) -> Self {
        Self::of(Effect::FailUninstall(message.to_owned()))
    }

    /// The deploy that the request starts fails at this component: its full name, or its type.
    pub fn fail_deploy(component: &str, problem: &str) -> Self {
        Self::of(Effect::FailDeploy(DeployFailure {
            component: component.to_owned(),
            problem: problem.to_owned(),
        }))
    }

    /// So many reads after the request still show what was there before it.
    pub fn lag(reads: u32) -> Self {
        Self::of(Effect::Lag(reads))
    }

    /// The request is carried out, and answered later by so much for each row that it writes.
    pub fn delay_per_row(time: Duration) -> Self {
        Self::of(Effect::DelayPerRow(time))
    }

    /// The request is carried out, and answered with null.
    pub fn null() -> Self {
        Self::of(Effect::Edit(Edit::Null))
    }

    /// The request is carried out, and answered as if there were no records.
    pub fn empty() -> Self {
        Self::of(Effect::Edit(Edit::Empty))
    }

    /// The request is carried out, and in its answer each record has this value in that field, which
    /// may be one that it otherwise lacks. `Profile.Name` is a field of the parent, `*` every text.
    pub fn set(field: &str, value: impl Into<Value>) -> Self {
        Self::of(Effect::Edit(Edit::Set([(field.to_owned(), value.into())].into_iter().collect())))
    }

    /// The request is carried out, and in its answer the records lack that field; `*` is all.
    pub fn unset(field: &str) -> Self {
        Self::of(Effect::Edit(Edit::Unset(vec![field.to_owned()])))
    }

    /// Only requests of this operation, as [`crate::RecordedRequest::operation`] names it.
    pub fn operation(mut self, operation: &str) -> Self {
        self.pattern.operation = Some(operation.to_owned());
        self
    }

    /// Only requests of this method.
    pub fn method(mut self, method: &str) -> Self {
        self.pattern.method = Some(method.to_owned());
        self
    }

    /// Only requests with this text in their path and query, as they came or decoded.
    pub fn path(mut self, part: &str) -> Self {
        self.pattern.path = Some(part.to_owned());
        self
    }

    /// Only requests with this text in their body.
    pub fn body(mut self, part: &str) -> Self {
        self.pattern.body = Some(part.to_owned());
        self
    }

    /// Only single requests about this object, alone or in a composite or a batch: queries from it,
    /// reads and writes of its records; over SOAP, requests that name this metadata type.
    ///
    /// Effects that end the whole connection never hit a single request.
    pub fn object(mut self, name: &str) -> Self {
        self.pattern.object = Some(name.to_owned());
        self
    }

    /// Only single queries with this in their text, alone or in a composite or a batch.
    pub fn query(mut self, part: &str) -> Self {
        self.pattern.query = Some(part.to_owned());
        self
    }

    /// Only rows of writes that are about this: the beginning of a record's id, or of the name of
    /// the user whom the row is, or whom it gives something to. Nothing (`""`) is every row.
    pub fn record(mut self, beginning: &str) -> Self {
        self.pattern.record = Some(beginning.to_owned());
        self
    }

    /// Lets so many such requests pass first.
    pub fn skip(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// Happens to so many requests instead of one.
    pub fn times(mut self, requests: u32) -> Self {
        self.times = requests;
        self
    }

    /// Happens to every such request.
    pub fn always(self) -> Self {
        self.times(u32::MAX)
    }

    fn of(effect: Effect) -> Self {
        Self { pattern: Pattern::default(), skip: 0, times: 1, effect }
    }
}
