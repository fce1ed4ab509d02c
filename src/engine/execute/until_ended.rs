//! Waiting for a job of the org.

use salesforce_client::Error;
use salesforce_client::wire::{PollError, Schedule, Waiting, poll};

use super::items;
use super::sight::{Sight, out_of_sight, still_running};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;

/// Looks at a job until it has ended; `what` is what people call it, `uninstallation 06y…`.
pub(super) async fn until_ended<T, F>(
    run: &OrgRun<'_>,
    what: &str,
    schedule: &Schedule,
    changes: &[Change],
    mut look: impl FnMut() -> F,
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
    let sight = Sight::new(run.patience().silence);
    let look = || {
        let looked = look();
        async { sight.survive(looked.await) }
    };
    match poll(schedule, look, waiting).await {
        Ok(ended) => Ok(ended),
        Err(PollError::Look(error)) => Err(out_of_sight(what, error)),
        Err(PollError::StillRunning { elapsed, .. }) => Err(still_running(what, elapsed)),
    }
}
