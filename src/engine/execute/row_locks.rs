//! Rows that another change holds for a moment: sent again, each by itself, a few times.

use salesforce_client::wire::Schedule;
use salesforce_client::{Error, RowError, RowResult};

use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;

/// Sends those rows again that were locked. `resend` gets their places among the rows, and gives one
/// result for each. Says whether any was sent again. On an error nobody knows what became of those that were sent
/// again: they are marked as successful, so that no caller tells of them as rejected.
pub(super) async fn resend_locked<F>(
    run: &OrgRun<'_>,
    results: &mut [RowResult],
    mut resend: impl FnMut(Vec<usize>) -> F,
) -> Result<bool, Error>
where
    F: Future<Output = Result<Vec<RowResult>, Error>>,
{
    let schedule = Schedule::rows();
    let mut tried = 0;
    loop {
        let locked: Vec<usize> = results
            .iter()
            .enumerate()
            .filter(|(_, row)| is_locked(row))
            .map(|(at, _)| at)
            .collect();
        if locked.is_empty() || tried == schedule.looks {
            return Ok(tried > 0);
        }
        tried += 1;
        // Once is enough, however long the lock is held.
        if tried == 1 {
            let text = match locked.len() {
                1 => "One record is locked by somebody else; retrying.".to_owned(),
                many => format!("{many} records are locked by somebody else; retrying."),
            };
            run.tell(Event::Note { warning: true, text });
        }
        tokio::time::sleep(schedule.spread_wait(tried)).await;
        match resend(locked.clone()).await {
            Ok(again) => {
                for (at, row) in locked.iter().zip(again) {
                    results[*at] = row;
                }
            }
            Err(error) => {
                for at in locked {
                    results[at].success = true;
                }
                return Err(error);
            }
        }
    }
}

/// Whether another change held the row.
fn is_locked(row: &RowResult) -> bool {
    !row.success && row.errors.iter().any(RowError::is_lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_known_by_its_code_and_in_the_words_of_a_trigger() {
        let row = |code: &str, words: &str| {
            let error = serde_json::json!({"statusCode": code, "message": words});
            serde_json::from_value::<RowError>(error).unwrap().is_lock()
        };
        assert!(row("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record"));
        assert!(row(
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            "UserTrigger: execution of AfterUpdate caused by: System.DmlException: Update failed. First \
             exception on row 0; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access"
        ));
        assert!(!row("FIELD_CUSTOM_VALIDATION_EXCEPTION", "No."));
    }
}
