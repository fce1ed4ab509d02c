//! Waiting for a person, where somebody at a terminal wants that and the org shows the result.

use std::collections::BTreeSet;
use std::time::Duration;

use salesforce_client::wire::Schedule;
use tokio::time::Instant;

use super::OrgRun;
use crate::checklist::Word;
use crate::engine::event::Event;
use crate::engine::report::{ItemOutcome, ItemReport};
use crate::failure::Failure;
use crate::model::Look;

/// A forgotten terminal does not ask the org for ever.
const TOTAL: Duration = Duration::from_secs(2 * 60 * 60);

impl OrgRun<'_> {
    /// Looks again and again, until the softphone layout is as configured. Whatever goes wrong on
    /// the way only ends the watching: everything else is done by then.
    pub(in crate::engine) async fn watch(&mut self) {
        let Some(left) = self.left_to_see() else { return };
        // What nobody will ever see is waited for by nobody: the report says who can check it.
        if left.unseen.is_some() {
            return;
        }
        let Some(first_wait) = self.context.host.watch(&left) else { return };
        if left.doubt.is_some() {
            let text = "If your own profile has a softphone layout assigned to it, the org keeps showing you that \
                one and this wait never ends. Press Ctrl-C, and add the login of a user who gets the layout to \
                `softphone_layout.check_users`.";
            self.tell(Event::Note { warning: false, text: text.to_owned() });
        }
        let schedule = Schedule {
            first_wait,
            factor: 1.1,
            cap: first_wait * 6,
            total: TOTAL,
            looks: u32::MAX,
        };
        // Watching only reads: whoever wants to change the org meanwhile may.
        self.records.lock = None;
        self.work.watching = true;
        let begun = Instant::now();
        let mut looks = 0;
        while begun.elapsed() < schedule.total {
            looks += 1;
            self.tell(Event::Waiting {
                item: left.id,
                what: "you; Ctrl-C stops waiting".to_owned(),
                elapsed_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
            });
            tokio::time::sleep(schedule.wait(looks)).await;
            if let Err(failure) = self.look_for_people().await {
                let text = format!("provision has stopped watching the org. {}", failure.message());
                self.tell(Event::Note { warning: true, text });
                break;
            }
            if self.left_to_see().is_none_or(|left| left.unseen.is_some()) {
                break;
            }
        }
        self.work.watching = false;
        self.findings.watched += begun.elapsed();
        if let Some(report) = self.items().iter().find(|report| report.id == left.id) {
            let (item, outcome) = (report.id, report.outcome);
            self.tell(Event::ItemDone { item, outcome, message: None });
        }
    }

    /// Whether everything is done and only a person is waited for.
    pub(in crate::engine) fn is_watching(&self) -> bool {
        self.work.watching
    }

    /// What is left to a person and can be seen once it is done.
    fn left_to_see(&self) -> Option<ItemReport> {
        let left = |report: &&ItemReport| {
            let word = report.id.about().map(|about| about.word);
            word == Some(Word::AskedWhereUnseen) && report.outcome == ItemOutcome::NeedsHuman
        };
        self.items().iter().find(left).cloned()
    }

    async fn look_for_people(&mut self) -> Result<(), Failure> {
        self.observer.look(&BTreeSet::from([Look::Softphone])).await?;
        let plan = self.ask_afterwards().await?;
        self.findings.progress.left_to_people(&plan);
        Ok(())
    }
}
