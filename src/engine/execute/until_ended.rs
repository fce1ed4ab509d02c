//! Waiting for a job that works on the package.

use salesforce_client::Error;
use salesforce_client::wire::{PollError, Schedule, Waiting, poll};

use super::items;
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::{Failure, Kind};

/// Looks at a job until it has ended; `what` is what people call it, `uninstallation 06y…`.
pub(super) async fn until_ended<T, F>(
    run: &OrgRun<'_>,
    what: &str,
    changes: &[Change],
    look: impl FnMut() -> F,
) -> Result<T, Failure>
where
    F: Future<Output = Result<Option<T>, Error>>,
{
    let waiting = |waited: Waiting| {
        for item in items(changes) {
            run.tell(Event::Waiting {
                item,
                what: what.to_owned(),
                elapsed_ms: waited.elapsed.as_millis().try_into().unwrap_or(u64::MAX),
            });
        }
    };
    match poll(&Schedule::install(), look, waiting).await {
        Ok(ended) => Ok(ended),
        Err(PollError::Look(error)) => Err(error.into()),
        Err(PollError::StillRunning { elapsed, .. }) => Err(Failure::new(
            Kind::Unreachable,
            format!("The {what} is still running after {} minutes.", elapsed.as_secs() / 60),
        )
        .hint("It goes on in the org. Run this again later: it is joined, not started anew.")),
    }
}
