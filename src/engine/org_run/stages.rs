//! One wave: keep what was there, change it, make sure that the org kept the change.

use salesforce_client::wire::Schedule;

use super::OrgRun;
use crate::checklist::{Change, ChangeRow, Places, Plan, PlannedItem, Stage, moved_elsewhere};
use crate::engine::event::Event;
use crate::engine::execute::{self, Carried};
use crate::engine::progress::UnderWay;
use crate::engine::stage_clock::StageClock;
use crate::engine::start;
use crate::engine::written::written;
use crate::failure::Failure;
use crate::journal::{Entry, Rejection};
use crate::model::{LockedPlace, Look, Target, Wave, in_full};

impl OrgRun<'_> {
    /// A plan that knows what a wave is about to replace: people take their time to agree, and a
    /// package its time to install, while others go on working in the org.
    pub(super) async fn fresh(&mut self, stage: Stage, plan: Plan) -> Result<Plan, Failure> {
        let changes = plan.changes().filter(|change| change.stage() == Some(stage));
        let rests_on = self.observer.needed(changes.flat_map(Change::rests_on));
        let mut old = self.observer.older_than(self.context.patience.fresh_for, rests_on);
        if old.is_empty() {
            return Ok(plan);
        }
        let starts_a_job = stage.wave != Wave::Records;
        if starts_a_job {
            // Jobs of others are asked for in the same look.
            old.extend([Look::Deploys, Look::Installs, Look::Uninstalls]);
        }
        self.observer.look(&old).await?;
        let mut plan = self.ask().await?;
        if starts_a_job {
            // Somebody may have begun something since the plan was made.
            plan = self.until_idle(plan).await?;
        }
        self.findings.progress.heard(&plan);
        start::nothing_stops_midway(&plan)?;
        Ok(plan)
    }

    /// Keeps what was there, carries out a wave, and makes sure that the org kept it.
    pub(super) async fn stage(
        &mut self,
        stage: Stage,
        changes: &[Change],
    ) -> Result<Plan, Failure> {
        let Stage { wave, .. } = stage;
        let begun = UnderWay::of(changes);
        let (clock, begins) = StageClock::begin(
            self.context,
            self.records.store.as_ref(),
            (wave, stage.way),
            begun.items.iter().copied().collect(),
            begun.values,
        );
        self.tell(begins);
        self.remember(changes).await?;
        self.work.under_way = begun.clone();
        self.work.wave = Some(wave);
        let result = self.try_stage(stage, changes, begun.values).await;
        let failed = result.is_err();
        // The step has ended: what interrupts from now on breaks none off.
        self.work.wave = None;
        let rejected = self.rejections();
        let recorded = self.settle_given_back().await;
        let made = match &result {
            Ok(_) => {
                self.work.under_way = UnderWay::default();
                let made = self.findings.progress.made();
                self.note_down(Entry::Done { wave: execute::word(wave), made, rejected }).await?;
                made
            }
            Err(failure) => {
                let message = in_full(&failure.message()).into_owned();
                let lost = std::mem::take(&mut self.work.under_way);
                let blamed = std::mem::take(&mut self.work.blamed);
                self.findings.progress.failed(&lost, &blamed);
                let made = self.findings.progress.made();
                let wave = execute::word(wave);
                // The org's words matter more than a journal that cannot be written any more.
                self.note_down(Entry::Failed { wave, made, message, rejected }).await.ok();
                made
            }
        };
        for report in self.findings.progress.items() {
            if changes.iter().any(|change| change.item == report.id) {
                self.tell(Event::ItemDone {
                    item: report.id,
                    outcome: report.outcome,
                    message: report.message.clone(),
                });
            }
        }
        let (report, ends) = clock.end(made, failed);
        self.findings.stages.push(report);
        self.tell(ends);
        let plan = result?;
        recorded?;
        Ok(plan)
    }

    /// What the org has rejected of the step, for the journal.
    pub(super) fn rejections(&mut self) -> Vec<Rejection> {
        let recipe = self.recipe_name().to_owned();
        let rejection = |(change, words): (Change, String)| Rejection {
            change: written([&change], Some(&recipe)),
            message: in_full(&words).into_owned(),
        };
        std::mem::take(&mut self.work.rejected).into_iter().map(rejection).collect()
    }

    pub(super) async fn try_stage(
        &mut self,
        stage: Stage,
        changes: &[Change],
        values: usize,
    ) -> Result<Plan, Failure> {
        let Stage { wave, .. } = stage;
        // Only a deploy is compared with what was there before it.
        let before = if wave == Wave::Deploy { Some(self.state()?) } else { None };
        let mut carried = execute::carry_out(self, stage, changes).await?;
        self.observer.refuses(&carried.locked);
        self.observer.lock(carried.locked.iter().filter_map(|(change, words)| {
            let Target::CustomMetadata(place) = change.target() else { return None };
            let value = change.operation.texts().1;
            Some(LockedPlace { place: place.clone(), words: words.clone(), value })
        }));
        self.work.refused.extend(carried.refused.iter().map(|(change, _)| change.target().clone()));
        self.work.rejected.clone_from(&carried.refused);
        if let Some(failure) = carried.failure.take() {
            // What was sent before it failed stays, as far as the org still shows it.
            if self.look_at_what(changes).await.is_ok() {
                let again = start::planned_again(&self.ask().await?, stage.way, changes);
                self.settle(changes, &again, &carried);
            } else {
                // What the org has said of single rows is known all the same.
                self.tell_rejected(values, &carried);
            }
            return Err(failure);
        }
        if !carried.seen {
            self.look_at_what(changes).await?;
        }
        if self.request.aim.takes_back() {
            // Nobody is left to do it by hand where the configuration does not ask for it.
            let locked = carried.locked.iter().map(|(change, _)| change.target().clone());
            self.work.refused.extend(locked);
        }
        let (plan, again) = self.kept(stage, changes).await?;
        if !carried.refused.is_empty() {
            let waiting = self.waiting(&self.whole_answer()?);
            let on = execute::items(carried.refused.iter().map(|(change, _)| change));
            self.findings.progress.waits(&waiting, &on);
        }
        self.settle(changes, &again, &carried);
        let lost = start::lost(&plan, wave, &again);
        if !lost.is_empty() {
            if again.is_empty() {
                // What did not come along has remedies of its own.
                start::no_problems(&plan)?;
            }
            return Err(start::not_kept(&lost));
        }
        if let Some(before) = before {
            start::nothing_else_moved(&moved_elsewhere(&before, &*self.state()?, changes))?;
        }
        self.findings.progress.left_out(&plan, &by_row(&carried.locked));
        Ok(plan)
    }

    /// A change that is planned again right after it was made was not kept. Reads may lag behind
    /// writes, so the org is looked at some more before that is said.
    pub(super) async fn kept(
        &mut self,
        Stage { wave, way }: Stage,
        changes: &[Change],
    ) -> Result<(Plan, Vec<ChangeRow>), Failure> {
        let schedule = Schedule::read_back();
        let mut looks = 0;
        loop {
            let plan = self.ask().await?;
            let again = start::planned_again(&plan, way, changes);
            looks += 1;
            // What could not be seen again right after it was changed is not known to be kept.
            let items = execute::items(changes);
            let blind =
                |planned: &PlannedItem| planned.verdict.is_held() && items.contains(&planned.item);
            let seen = !plan.items.iter().any(blind);
            let fine = seen && start::lost(&plan, wave, &again).is_empty();
            if fine || looks > self.context.patience.read_backs {
                return Ok((plan, again));
            }
            tokio::time::sleep(schedule.wait(looks)).await;
            self.look_at_what(changes).await?;
        }
    }

    /// Tells the changes that the org has kept from those that it has not.
    pub(super) fn settle(&mut self, changes: &[Change], again: &[ChangeRow], carried: &Carried) {
        let rows = |left: &[(Change, String)]| -> Vec<ChangeRow> {
            left.iter().flat_map(|(change, _)| change.rows()).collect()
        };
        let (rejected, locked) = (rows(&carried.refused), rows(&carried.locked));
        let (of_again, of_rejected, of_locked) =
            (Places::of(again), Places::of(&rejected), Places::of(&locked));
        let (mut taken, mut has_rejected) = (0, false);
        let kept = changes.iter().flat_map(Change::rows).filter(|row| {
            if !of_again.same(again, row).is_empty() {
                return false;
            }
            taken += 1;
            let is_rejected = !of_rejected.same(&rejected, row).is_empty();
            has_rejected |= is_rejected;
            !is_rejected && of_locked.same(&locked, row).is_empty()
        });
        // This goes through all of them.
        self.findings.progress.changed(kept);
        if has_rejected {
            self.tell_rejected(taken, carried);
        }
        self.work.under_way = UnderWay::of_rows(again);
    }

    /// Tells which of so many changes the org has rejected one by one.
    fn tell_rejected(&mut self, of: usize, carried: &Carried) {
        let (rejected, way) = (by_row(&carried.refused), self.request.aim.way());
        if !rejected.is_empty() {
            self.findings.progress.refused(of, &rejected, &carried.hints, way);
        }
    }

    /// The end of a step that a person has broken off: the org's words on single rows are kept.
    pub(super) async fn break_off(&mut self, message: String) {
        let Some(wave) = self.work.wave.take() else { return };
        let carried = Carried { refused: self.work.rejected.clone(), ..Carried::default() };
        self.tell_rejected(self.work.under_way.values, &carried);
        let (wave, made) = (execute::word(wave), self.findings.progress.made());
        let rejected = self.rejections();
        self.note_down(Entry::Failed { wave, made, message, rejected }).await.ok();
    }
}

/// What was left of a step, value by value, with the org's words.
fn by_row(left: &[(Change, String)]) -> Vec<(ChangeRow, String)> {
    let rows = |(change, words): &(Change, String)| {
        change.rows().into_iter().map(|row| (row, words.clone())).collect::<Vec<_>>()
    };
    left.iter().flat_map(rows).collect()
}
