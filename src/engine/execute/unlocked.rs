//! Waiting until nobody else holds the org's setup.

use salesforce_client::wire::Schedule;
use salesforce_client::{ApiError, Error};

use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;

/// Sends a request again while the org says that another change has locked what it needs: it has
/// done nothing then, so that sending it again is safe.
pub(super) async fn unlocked<T, F>(run: &OrgRun<'_>, request: impl FnMut() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    unlocked_or(run, request, || async { Ok(None) }).await
}

/// The same for a job that somebody else may have begun meanwhile: before the request is sent again,
/// the job that is there already is looked for, and taken in its place.
pub(super) async fn unlocked_or<T, F, G>(
    run: &OrgRun<'_>,
    mut request: impl FnMut() -> F,
    mut begun: impl FnMut() -> G,
) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
    G: Future<Output = Result<Option<T>, Error>>,
{
    let mut waits = Waits::default();
    loop {
        let error = match request().await {
            Err(error) if error.api().is_some_and(is_passing) => error,
            answer => return answer,
        };
        if let Some(job) = begun().await? {
            return Ok(job);
        }
        if !waits.wait(run, &error.to_string()).await {
            return Err(error);
        }
        if let Some(job) = begun().await? {
            return Ok(job);
        }
    }
}

/// How often one thing was waited for that others hold.
#[derive(Debug, Default)]
pub(super) struct Waits(u32);

impl Waits {
    /// Waits before another try, telling the org's words; false where the patience is used up.
    pub(super) async fn wait(&mut self, run: &OrgRun<'_>, words: &str) -> bool {
        if self.0 == run.patience().lock_waits {
            return false;
        }
        self.0 += 1;
        run.tell(Event::Note {
            warning: true,
            text: format!("Somebody else is changing the same setup; retrying. {words}"),
        });
        tokio::time::sleep(Schedule::lock().wait(self.0)).await;
        true
    }
}

/// Whether all that kept a job from coming to its end is over in a moment.
pub(super) fn passes(words: &[String]) -> bool {
    !words.is_empty() && words.iter().all(|words| salesforce_client::packages::is_passing(words))
}

/// Whether the org has done nothing and will be able to soon.
fn is_passing(error: &ApiError) -> bool {
    error.is_lock() || salesforce_client::packages::is_passing(&error.to_string())
}
