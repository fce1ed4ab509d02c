//! Waiting for a job of the org.

use std::time::Duration;

use salesforce_client::Error;
use salesforce_client::wire::{PollError, Schedule, Waiting, poll};

use super::items;
use super::sight::{Sight, never_ended, out_of_sight, still_running};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::observe::read_moment;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::model::OrgState;

/// Looks at a job until it has ended; `what` is what people call it, `deploy 0Af…`.
pub(super) async fn until_ended<T, F>(
    run: &OrgRun<'_>,
    what: &str,
    schedule: &Schedule,
    changes: &[Change],
    look: impl FnMut() -> F,
) -> Result<T, Failure>
where
    F: Future<Output = Result<Option<T>, Error>>,
{
    match watch(run, what, schedule, changes, look).await? {
        Watched::Ended(ended) => Ok(ended),
        Watched::StillRunning(elapsed) => Err(still_running(what, elapsed)),
    }
}

/// Waits for the end of an installation or uninstallation, which people call `word`. If the org does not say when it
/// began, it may be an old row that never ends: then it is given up, and later runs do not wait for it.
pub(super) async fn until_request_ended<T, F>(
    run: &mut OrgRun<'_>,
    word: &str,
    id: &str,
    changes: &[Change],
    look: impl FnMut() -> F,
) -> Result<T, Failure>
where
    F: Future<Output = Result<Option<T>, Error>>,
{
    let what = format!("{word} {id}");
    match watch(run, &what, &Schedule::install(), changes, look).await? {
        Watched::Ended(ended) => Ok(ended),
        Watched::StillRunning(elapsed) if is_undated(&*run.state()?, id) => {
            run.give_up_job(id).await;
            Err(never_ended(&what, elapsed))
        }
        Watched::StillRunning(elapsed) => Err(still_running(&what, elapsed)),
    }
}

/// Whether the org lists a request without saying when it was made.
fn is_undated(state: &OrgState, id: &str) -> bool {
    let installs = state.installs.iter().map(|it| (&it.id, &it.since));
    let uninstalls = state.removal.uninstalls.iter().map(|it| (&it.id, &it.since));
    let mut all = installs.chain(uninstalls);
    let is_it = |(known, _): &(&String, &Option<String>)| known.as_str() == id;
    all.find(is_it).is_some_and(|(_, since)| since.as_deref().and_then(read_moment).is_none())
}

/// How a job was left.
enum Watched<T> {
    Ended(T),
    /// All the time allowed is over.
    StillRunning(Duration),
}

async fn watch<T, F>(
    run: &OrgRun<'_>,
    what: &str,
    schedule: &Schedule,
    changes: &[Change],
    mut look: impl FnMut() -> F,
) -> Result<Watched<T>, Failure>
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
    let schedule = run.patience().job_schedule(schedule);
    match poll(&schedule, look, waiting).await {
        Ok(ended) => Ok(Watched::Ended(ended)),
        Err(PollError::Look(error)) => Err(out_of_sight(what, error)),
        Err(PollError::StillRunning { elapsed, .. }) => Ok(Watched::StillRunning(elapsed)),
    }
}
