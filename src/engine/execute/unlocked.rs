//! Waiting until nobody else holds the org's setup.

use salesforce_client::Error;
use salesforce_client::wire::Schedule;

use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;

/// Sends a request again while the org says that another change has locked what it needs: it has
/// done nothing then, so that sending it again is safe.
pub(super) async fn unlocked<T, F>(
    run: &OrgRun<'_>,
    mut request: impl FnMut() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    let schedule = Schedule::lock();
    let mut looks = 0;
    loop {
        looks += 1;
        let error = match request().await {
            Err(error) if error.api().is_some_and(salesforce_client::ApiError::is_lock) => error,
            answer => return answer,
        };
        if looks > run.patience().lock_waits {
            return Err(error);
        }
        run.tell(Event::Note {
            warning: true,
            text: format!("Somebody else changes the org's setup; waiting for it. {error}"),
        });
        tokio::time::sleep(schedule.wait(looks)).await;
    }
}
