//! Keeping an eye on a job of the org: a job goes on while nobody can see it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use salesforce_client::{Error, Obstacle};
use tokio::time::Instant;

use crate::failure::{Failure, Kind};

/// How long a job that cannot be seen is still believed to run.
#[derive(Debug)]
pub(in crate::engine) struct Sight {
    silence: Duration,
    lost: Mutex<Option<Instant>>,
}

impl Sight {
    /// Someone who sees the job, and can do without for so long.
    pub(in crate::engine) fn new(silence: Duration) -> Self {
        Self { silence, lost: Mutex::new(None) }
    }

    /// What a look brought; an error that the job survives counts as "not ended yet".
    pub(in crate::engine) fn survive<T>(
        &self,
        look: Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        match look {
            Err(error) if is_passing(&error) => {
                let since = *lost.get_or_insert_with(Instant::now);
                if since.elapsed() < self.silence { Ok(None) } else { Err(error) }
            }
            seen => {
                *lost = None;
                seen
            }
        }
    }
}

/// Whether an error says nothing of the job: the connection is gone, the org is down, a row that
/// was just made is not there yet. A login that has ended does not come back by waiting, and neither
/// does a question that the org does not take.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::SessionEnded { .. } | Error::Login(_) => false,
        error => match error.obstacle() {
            None => error.api().is_none_or(|error| error.is_passing() || !is_lasting(error.status)),
            Some(Obstacle::NoSuchHost { .. } | Obstacle::Maintenance) => true,
            Some(_) => false,
        },
    }
}

/// Whether a status says that asking again brings the same. What is not found may only be late, and
/// 408, 420 and 429 ask to come back.
fn is_lasting(status: u16) -> bool {
    (400..500).contains(&status) && !matches!(status, 404 | 408 | 420 | 429)
}

/// The job could not be seen any more. `job` is what people call it: `deploy 0Af…`.
pub(in crate::engine) fn out_of_sight(job: &str, error: Error) -> Failure {
    let passing = is_passing(&error);
    let failure = Failure::from(error);
    let kind = if passing { Kind::Unreachable } else { failure.kind };
    let begun = format!("The {job} is still running in the org, but its status could not be read:");
    Failure { kind, ..failure.after(begun) }.hint(GOES_ON)
}

/// The job is still running after all the time allowed.
pub(in crate::engine) fn still_running(job: &str, elapsed: Duration) -> Failure {
    let minutes = elapsed.as_secs() / 60;
    let message = format!("The {job} is still running after {minutes} minutes.");
    Failure::new(Kind::Unreachable, message).hint(GOES_ON)
}

/// The job is listed as running after all the time allowed, and may have been for ever.
pub(super) fn never_ended(job: &str, elapsed: Duration) -> Failure {
    let minutes = elapsed.as_secs() / 60;
    let message = format!(
        "The org still lists the {job} as running after {minutes} minutes but does not say when it started."
    );
    Failure::new(Kind::Unreachable, message).hint(
        "It may have ended long ago: the next run does not wait for it, and starts its own. If it is still \
         running then, the org refuses a second one.",
    )
}

/// What to do about a job that goes on by itself.
const GOES_ON: &str = "It continues in the org by itself. Run the same command again later: it \
        waits for what is still running and does only what is left.";

#[cfg(test)]
mod tests {
    use salesforce_client::{ApiError, wire};

    use super::*;

    fn gone() -> Error {
        Error::Wire(wire::Error::TimedOut {
            operation: "look at the deploy",
            host: "acme".to_owned(),
            after: Duration::from_secs(30),
            tries: 5,
        })
    }

    #[test]
    fn a_refusal_is_no_silence() {
        let answered = |status: u16| Error::Api {
            operation: "look at the deploy",
            error: ApiError::new(status, "MALFORMED_ID", "no such id"),
        };
        let sight = Sight::new(Duration::from_secs(60));
        for status in [400, 403, 405, 422] {
            sight.survive::<()>(Err(answered(status))).unwrap_err();
            let failure = out_of_sight("deploy 0Af1", answered(status));
            assert_ne!(failure.kind, Kind::Unreachable, "{status}");
        }
        for status in [0, 404, 408, 429, 500, 503] {
            assert!(matches!(sight.survive::<()>(Err(answered(status))), Ok(None)), "{status}");
        }
        // That the org is busy says nothing of the job, whatever the status.
        for (status, code) in [(403, "REQUEST_LIMIT_EXCEEDED"), (400, "UNABLE_TO_LOCK_ROW")] {
            let busy = Error::Api {
                operation: "look at the deploy",
                error: ApiError::new(status, code, "Come back later"),
            };
            assert!(matches!(sight.survive::<()>(Err(busy)), Ok(None)), "{code}");
        }
    }

    #[test]
    fn a_silence_is_survived_until_it_is_too_long() {
        let sight = Sight::new(Duration::from_secs(60));
        assert!(matches!(sight.survive::<()>(Err(gone())), Ok(None)));
        assert!(matches!(sight.survive(Ok(Some(7))), Ok(Some(7))));
        let impatient = Sight::new(Duration::ZERO);
        let error = impatient.survive::<()>(Err(gone())).unwrap_err();
        let failure = out_of_sight("deploy 0Af1", error);
        assert_eq!(failure.kind, Kind::Unreachable);
        assert!(
            failure.message().starts_with("The deploy 0Af1 is still running in the org"),
            "{failure}"
        );
    }
}
