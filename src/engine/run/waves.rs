//! One wave: keep what was there, change it, make sure that the org kept the change.

use salesforce_client::wire::Schedule;

use super::Run;
use crate::checklist::{Change, Plan, Wave, moved_elsewhere};
use crate::engine::event::Event;
use crate::engine::execute::{self, Carried};
use crate::engine::start;
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{CustomMetadataPlace, LockedPlace, OrgState};

impl Run<'_> {
    /// A plan that knows what a wave is about to replace: people take their time to agree, and a
    /// package its time to install, while others go on working in the org.
    pub(super) async fn fresh(&mut self, wave: Wave, plan: Plan) -> Result<Plan, Failure> {
        let old = self
            .observer
            .older_than(self.parties.patience.fresh_for, self.observer.written_by(wave));
        if old.is_empty() {
            return Ok(plan);
        }
        self.observer.look(&old).await?;
        let plan = self.ask().await?;
        self.progress.heard(&plan);
        start::nothing_stops_midway(&plan)?;
        Ok(plan)
    }

    /// Keeps what was there, carries out a wave, and makes sure that the org kept it.
    pub(super) async fn wave(&mut self, wave: Wave, changes: &[Change]) -> Result<Plan, Failure> {
        let before = self.state()?;
        let items: Vec<_> = execute::items(changes).into_iter().collect();
        self.tell(&Event::WaveStarted { wave, items, changes: changes.len() });
        self.remember(changes)?;
        self.under_way = changes.to_vec();
        let result = self.try_wave(wave, changes, &before).await;
        match &result {
            Ok(_) => {
                self.under_way.clear();
                let made = self.progress.made();
                self.note_down(Entry::Done { wave: execute::word(wave), made })?;
            }
            Err(failure) => {
                let message = failure.message.clone();
                let lost = std::mem::take(&mut self.under_way);
                self.progress.failed(&lost, &message);
                let made = self.progress.made();
                // The org's words matter more than a journal that cannot be written any more.
                self.note_down(Entry::Failed { wave: execute::word(wave), made, message }).ok();
            }
        }
        for report in self.progress.items() {
            if changes.iter().any(|change| change.item == report.id) {
                self.tell(&Event::ItemDone {
                    item: report.id,
                    outcome: report.outcome,
                    message: report.message.clone(),
                });
            }
        }
        result
    }

    pub(super) async fn try_wave(
        &mut self,
        wave: Wave,
        changes: &[Change],
        before: &OrgState,
    ) -> Result<Plan, Failure> {
        let mut carried = execute::carry_out(self, wave, changes).await?;
        self.observer.cannot_delete(&carried.locked);
        self.observer.lock(carried.locked.iter().filter_map(|(change, words)| {
            let place = CustomMetadataPlace::in_member(&change.subject.name, &change.field)?;
            Some(LockedPlace { place, words: words.clone() })
        }));
        if let Some(failure) = carried.failure.take() {
            // What was sent before it failed stays, as far as the org still tells.
            if self.look_at_what(wave).await.is_ok() {
                let again = start::planned_again(&self.ask().await?, changes);
                self.settle(changes, &again, &carried);
            }
            return Err(failure);
        }
        if !carried.seen {
            self.look_at_what(wave).await?;
        }
        self.refused.extend(carried.refused.iter().map(|(change, _)| change.clone()));
        let (plan, again) = self.kept(wave, changes).await?;
        self.settle(changes, &again, &carried);
        let lost = start::lost(&plan, wave, &again);
        if !lost.is_empty() {
            if again.is_empty() {
                // What did not come along has remedies of its own.
                start::no_problems(&plan)?;
            }
            return Err(start::not_kept(&lost));
        }
        if wave == Wave::Deploy {
            let asked: Vec<&Change> = changes.iter().collect();
            start::nothing_else_moved(&moved_elsewhere(before, &self.state()?, &asked))?;
        }
        self.progress.left_out(&plan, &carried.locked);
        Ok(plan)
    }

    /// A change that is planned again right after it was made was not kept. Reads may lag behind
    /// writes, so the org is looked at some more before that is said.
    pub(super) async fn kept(
        &mut self,
        wave: Wave,
        changes: &[Change],
    ) -> Result<(Plan, Vec<Change>), Failure> {
        let schedule = Schedule::read_back();
        let mut looks = 0;
        loop {
            let plan = self.ask().await?;
            let again = start::planned_again(&plan, changes);
            looks += 1;
            let fine = start::lost(&plan, wave, &again).is_empty();
            if fine || looks > self.parties.patience.read_backs {
                return Ok((plan, again));
            }
            tokio::time::sleep(schedule.wait(looks)).await;
            self.look_at_what(wave).await?;
        }
    }

    /// Tells the changes that the org has kept from those that it has not.
    pub(super) fn settle(&mut self, changes: &[Change], again: &[Change], carried: &Carried) {
        let is_lost = |change: &&Change| again.iter().any(|lost| lost.same_place(change));
        let kept: Vec<Change> = changes.iter().filter(|change| !is_lost(change)).cloned().collect();
        self.done(&kept, carried);
        self.under_way = again.to_vec();
    }

    pub(super) fn done(&mut self, changes: &[Change], carried: &Carried) {
        let is_refused =
            |change: &Change| carried.refused.iter().any(|(refused, _)| refused.same_place(change));
        let (refused, kept): (Vec<Change>, Vec<Change>) =
            changes.iter().cloned().partition(is_refused);
        let is_locked =
            |change: &Change| carried.locked.iter().any(|(locked, _)| locked.same_place(change));
        let kept: Vec<Change> = kept.into_iter().filter(|change| !is_locked(change)).collect();
        self.progress.changed(&kept);
        if !refused.is_empty() {
            self.progress.refused(changes.len(), &carried.refused, &carried.hints);
        }
    }
}
