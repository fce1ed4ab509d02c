//! What refusals of the org, and troubles with the state directory, mean for a run: the one place
//! where they become failures.

use salesforce_client::metadata::BundleError;
use salesforce_client::wire::{self, ErrorKind};
use salesforce_client::{ApiError, Error, Obstacle, oauth};

use crate::advice;
use crate::failure::{Failure, Kind, Place};
use crate::journal;
use crate::model::Permission;

impl From<Error> for Failure {
    /// What a request that did not work means for the run.
    fn from(error: Error) -> Self {
        let message = error.to_string();
        if let Some(obstacle) = error.obstacle() {
            let hints = advice::after_obstacle(&obstacle);
            return Failure { hints, ..Failure::new(kept_out(&obstacle), message) }.because(error);
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
            Error::Api { error: api, .. } => refused(api, message),
            Error::SessionEnded { remedy, .. } => {
                Failure::new(Kind::Authentication, message).hint(&**remedy)
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
        let failure = Failure { hints, ..Failure::new(kind, error.to_string()) };
        failure.because(Error::Login(error))
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
fn told(mut failure: Failure, lost: &wire::Error) -> Failure {
    failure.hints.extend(advice::after_network_error(lost).map(str::to_owned));
    failure
}

fn refused(error: &ApiError, message: String) -> Failure {
    if error.is_unavailable() {
        return Failure::new(Kind::Unreachable, message)
            .hint("The org is not available right now; run this again later.");
    }
    if error.is_limit() {
        return Failure::new(Kind::Unreachable, message)
            .hint("The org's limit is used up for now; run this again later.");
    }
    if error.is_permission() {
        return Failure::new(Kind::Refused, message).hint(permissions());
    }
    if error.is_lock() {
        return Failure::new(Kind::Failed, message)
            .hint("Somebody else changes the org's setup right now; run this again in a minute.");
    }
    if (400..500).contains(&error.status) {
        return Failure::new(Kind::Failed, message).hint(SAME_AGAIN);
    }
    Failure::new(Kind::Failed, message).hint(AGAIN)
}

/// The caller may not look at the org's setup: objects of the Tooling API are then not there.
pub(super) fn no_setup(error: &ApiError) -> Failure {
    Failure::refused(format!("The calling user may not look at the org's setup: {}", gist(error)))
        .hint(permissions())
}

/// What an answer that no org gives may mean.
const NO_SUCH_ANSWER: &str =
    "Is this the address of a Salesforce org? A proxy or a login page answers otherwise.";

/// What helps wherever nothing more is known.
const AGAIN: &str = "Run this again: it looks at the org first and does only what is left.";

/// What helps where the org has understood the request and refused it.
const SAME_AGAIN: &str = "The org refuses this as it is, so another run meets the same. What its words name has to be \
     mended in the org or in the configuration; `provision doctor` checks both.";

/// What the calling user needs.
fn permissions() -> String {
    let labels: Vec<&str> = Permission::CHECKLIST.iter().map(|each| each.label()).collect();
    format!(
        "The calling user lacks a permission. The checklist needs: {}. The command doctor tells \
         which are missing.",
        labels.join(", ")
    )
}

/// What the org says of a query, without the query and the caret below it.
pub(super) fn gist(error: &ApiError) -> String {
    let text = error.to_string();
    text.split_once("ERROR at Row")
        .and_then(|(_, rest)| rest.split_once('\n'))
        .map_or_else(|| text.clone(), |(_, gist)| gist.trim().to_owned())
}

/// The org has no call centers at all.
pub(super) fn no_open_cti(error: &ApiError) -> Failure {
    Failure::refused(format!(
        "This org has no call centers: Open CTI is not available in it, or the calling user may \
         not see it. The org says: {error}"
    ))
    .hint(
        "Newly created Agentforce Service orgs come without Open CTI, and Salesforce retires it on \
         28 February 2028.",
    )
    .hint("If Setup shows Call Centers here, the calling user needs \"Manage Call Centers\".")
}

/// The condition that the configuration gives is no SOQL condition.
pub(super) fn condition(error: &ApiError) -> Failure {
    let message = format!("The org does not understand `users.where`: {error}");
    let mut failure = Failure::usage(&message);
    failure.places.push(Place { path: "users.where".to_owned(), message, help: None });
    failure.hint("It takes what may stand behind WHERE in a query of User: Department = 'Support'.")
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
        Self::refused(message).hint(error.hint())
    }
}
