//! What refusals of the org, and troubles with the state directory, mean for a run: the one place
//! where they become failures.

use salesforce_client::metadata::BundleError;
use salesforce_client::wire::{self, ErrorKind};
use salesforce_client::{ApiError, Error, Obstacle, oauth};

use crate::advice;
use crate::failure::{Failure, Kind};
use crate::journal;
use crate::model::{Command, Hint, Permission};

impl From<Error> for Failure {
    /// What a request that did not work means for the run.
    fn from(error: Error) -> Self {
        let message = error.to_string();
        if let Some(obstacle) = error.obstacle() {
            let hints = advice::after_obstacle(&obstacle);
            return Failure::new(kept_out(&obstacle), message).hints(hints).because(error);
        }
        match &error {
            Error::Wire(lost) => match lost.kind() {
                ErrorKind::Unreachable
                | ErrorKind::TimedOut
                | ErrorKind::Tls
                | ErrorKind::Proxy => told(Failure::new(Kind::Unreachable, message), lost),
                ErrorKind::Address | ErrorKind::Setup => told(Self::usage(message), lost),
                _ => Failure::new(Kind::Failed, message).hint(AGAIN),
            },
            Error::Api { operation, error: api } => refused(api, &could_not(operation)),
            Error::SessionEnded { operation, error: api, remedy } => {
                Failure::new(Kind::Authentication, could_not(operation))
                    .words(&api.to_string())
                    .hint(&**remedy)
            }
            Error::Login(login) => Failure::from(login.clone()),
            _ => Failure::new(Kind::Failed, message).hint(NO_SUCH_ANSWER),
        }
    }
}

impl From<oauth::Error> for Failure {
    /// What it means that there is no access token to be had.
    fn from(error: oauth::Error) -> Self {
        let kind = match error {
            oauth::Error::Wire(lost) => return Failure::from(Error::Wire(lost)),
            oauth::Error::WrongOrg { .. } => Kind::Refused,
            oauth::Error::Busy(_) => Kind::Unreachable,
            _ => Kind::Authentication,
        };
        let hints = advice::after_login_error(&error);
        Failure::new(kind, error.to_string()).hints(hints).because(Error::Login(error))
    }
}

/// What it means for the run that the org lets the caller do nothing at all.
fn kept_out(obstacle: &Obstacle) -> Kind {
    match obstacle {
        Obstacle::NoSuchHost { .. } | Obstacle::Maintenance | Obstacle::OrgNotReady => {
            Kind::Unreachable
        }
        Obstacle::ApiNotEnabled | Obstacle::LedElsewhere { .. } => Kind::Refused,
        _ => Kind::Authentication,
    }
}

/// The failure with what to do next, as the transport knows it.
fn told(failure: Failure, lost: &wire::Error) -> Failure {
    failure.hints(advice::after_network_error(lost))
}

/// The operation that did not work; the org's words end the sentence.
fn could_not(operation: &str) -> String {
    format!("Could not {operation}")
}

fn refused(error: &ApiError, message: &str) -> Failure {
    let failed = |kind| Failure::new(kind, message).words(&error.to_string());
    if error.is_unavailable() {
        return failed(Kind::Unreachable)
            .hint("The org is currently unavailable; run this again later.");
    }
    if error.is_limit() {
        return failed(Kind::Unreachable).hint("The org's limit is used up; run this again later.");
    }
    if error.is_permission() {
        return failed(Kind::Refused).hints(permissions());
    }
    if error.is_lock() {
        return failed(Kind::Failed)
            .hint("Somebody else is changing the org's setup; run this again in a minute.");
    }
    if (400..500).contains(&error.status) {
        return failed(Kind::Failed).hint(SAME_AGAIN).hint(see_doctor());
    }
    failed(Kind::Failed).hint(AGAIN)
}

/// What an answer that no org gives may mean.
const NO_SUCH_ANSWER: &str = "Check that this is the URL of a Salesforce org; a proxy or a login page may have answered instead.";

/// What helps wherever nothing more is known.
const AGAIN: &str = "Run this again: it checks the org first and does only what is left.";

/// What helps where the org has understood the request and refused it.
const SAME_AGAIN: &str = "Another run would fail in the same way. Fix what the org reports, in the org or in the configuration.";

/// The command that tells more.
pub(super) fn see_doctor() -> Hint {
    let doctor = Command::of_org("doctor");
    Hint::command("To see all obstacles at once, run", doctor, ".")
}

/// What the calling user needs.
pub(super) fn permissions() -> [Hint; 2] {
    let labels: Vec<&str> = Permission::CHECKLIST.iter().map(|each| each.label()).collect();
    let needed =
        format!("The calling user lacks a permission. provision needs: {}.", labels.join(", "));
    [Hint::text(needed), see_doctor()]
}

/// What the org says of a query, without the query and the caret below it.
pub(super) fn gist(error: &ApiError) -> String {
    let text = error.to_string();
    text.split_once("ERROR at Row")
        .and_then(|(_, rest)| rest.split_once('\n'))
        .map_or_else(|| text.clone(), |(_, gist)| gist.trim().to_owned())
}

impl From<BundleError> for Failure {
    /// What cannot be packed cannot be sent.
    fn from(error: BundleError) -> Self {
        Self::usage(format!("The deploy could not be packed: {error}.")).because(error)
    }
}

impl From<journal::Error> for Failure {
    /// What a trouble with the state directory means for the run: nothing more is begun, for what
    /// is there before each change must be written down first.
    fn from(error: journal::Error) -> Self {
        let text = error.to_string();
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string());
        let message = format!("{}{}.", first.unwrap_or_default(), letters.as_str());
        Self::refused(message).hints(error.hints())
    }
}
