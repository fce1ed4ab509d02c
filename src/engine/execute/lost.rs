//! After the answer to the start of a job was lost: looking for what the org began all the same.

use salesforce_client::Error;
use salesforce_client::wire::Schedule;

use super::sight::Sight;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;

/// Finds the job. Whoever could not look has not learnt that nothing was begun: it is looked for as long
/// as a job is believed to run unseen, and what remains then is the doubt.
pub(super) async fn begun_unseen<T, F>(
    run: &OrgRun<'_>,
    lost: Error,
    mut look: impl FnMut() -> F,
) -> Result<T, Failure>
where
    F: Future<Output = Result<Option<T>, Error>>,
{
    let sight = Sight::new(run.patience().silence);
    let mut looks = 0;
    loop {
        let unseen = match look().await {
            Ok(Some(job)) => return Ok(job),
            Ok(None) => return Err(lost.into()),
            Err(error) => error,
        };
        let words = unseen.to_string();
        if stays(&unseen) || sight.survive::<T>(Err(unseen)).is_err() {
            return Err(doubtful(lost, &words));
        }
        if looks == 0 {
            let text = format!(
                "It is not known yet whether the org has begun the job; provision keeps looking. {words}"
            );
            run.tell(Event::Note { warning: true, text });
        }
        looks += 1;
        tokio::time::sleep(Schedule::lock().wait(looks)).await;
    }
}

/// Whether the org refuses the question itself, as it will the next time.
fn stays(unseen: &Error) -> bool {
    unseen.api().is_some_and(|error| (400..500).contains(&error.status) && !error.is_passing())
}

/// The job may run, and nobody could look whether it does.
fn doubtful(lost: Error, words: &str) -> Failure {
    Failure::from(lost).hint(format!(
        "The org may have begun it, and may still be working on it; that could not be checked: \
         {words}"
    ))
}
