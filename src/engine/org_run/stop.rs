//! What happens to work that is under way when a person interrupts.

use std::collections::BTreeMap;

use super::OrgRun;
use crate::failure::{Failure, Kind};
use crate::journal::Entry;
use crate::model::Way;

impl OrgRun<'_> {
    /// Stops a deploy that is under way, for a person has interrupted the run.
    pub(in crate::engine) async fn stop(&mut self) -> Failure {
        let failure = Failure::new(Kind::Interrupted, "The run was interrupted.");
        let running = self.work.deploying.take();
        let failure = match (running, self.work.installing.take()) {
            (Some(id), _) => {
                self.note_down(Entry::Cancel { id: id.to_string() }).await.ok();
                match self.observer.client.metadata().cancel(&id).await {
                    Ok(()) => failure.hint(format!(
                        "The org was asked to cancel the deploy {id}; Setup > Deployment Status \
                         shows whether it could."
                    )),
                    Err(error) => failure.hint(format!(
                        "The deploy {id} may still be running: {}",
                        Failure::from(error).message()
                    )),
                }
            }
            (None, Some(id)) => failure.hint(format!(
                "The package {} {id} goes on in the org; the next run joins it.",
                match self.request.aim.way() {
                    Way::Build => "installation",
                    Way::Remove => "uninstallation",
                }
            )),
            (None, None) => {
                failure.hint("What was done so far is kept; run this again to continue.")
            }
        };
        self.break_off(failure.message()).await;
        let begun = std::mem::take(&mut self.work.under_way);
        self.findings.progress.failed(&begun, &BTreeMap::new());
        failure
    }
}
