//! Taking the connector out: what must be known before the first thing goes, and what is forgotten
//! after the last.

use serde_json::Value;

use super::OrgRun;
use super::records::held;
use crate::checklist::package::installed;
use crate::checklist::{
    Change, ItemId, Lookup, Plan, PlannedItem, forget_undone, package_parts, retire,
};
use crate::engine::blocking::blocking;
use crate::engine::event::Event;
use crate::engine::package_data::export;
use crate::engine::undone::{UNDO, UndoneRuns, call_center_subject};
use crate::engine::{Aim, Export, Goal};
use crate::failure::Failure;
use crate::journal::{self, Entry, OrgStore, Unfinished};
use crate::model::{
    Baseline, BaselineEntry, ByTarget, CallCenter, Command, Confirmations, DataTable, Hint,
    Observed, OrgState, Records, Target, Undoing,
};

impl OrgRun<'_> {
    /// Carries out a plan that takes the connector out. Nothing is destroyed that was not recorded first.
    pub(super) async fn take_out(&mut self, plan: Plan) -> Result<Plan, Failure> {
        let state = self.state()?;
        let takes_package = Self::takes_package(&plan);
        self.begin(&state, &plan).await?;
        self.record_what_goes(&state).await?;
        if takes_package {
            self.export_data(&state).await?;
        }
        let upgrades = self.request.aim == Aim::Installed;
        if upgrades {
            self.remember_parts(&state);
            let new = plan.carried(&self.desired().recipe.name, &self.id);
            let carried = &mut self.records.past.carried;
            let known = carried.by_target();
            let is_new = |entry: &BaselineEntry| known.about_same(entry).is_none();
            let new: Vec<BaselineEntry> = new.entries.into_iter().filter(is_new).collect();
            carried.entries.extend(new);
        }
        // Whoever takes out single items has no uninstall to go on with.
        if upgrades || !plan.leaves_out() {
            self.remember_goal(false).await?;
        }
        drop(state);
        self.carry_out(plan).await
    }

    /// Keeps what the run is about to bring about, so that another one goes on with it.
    pub(super) async fn remember_goal(&mut self, in_place: bool) -> Result<(), Failure> {
        let Some(store) = self.records.store.clone() else { return Ok(()) };
        let upgrades = self.request.aim == Aim::Installed;
        let command = self.request.goal.command(&self.request.aim);
        // What an upgrade carries stays with the upgrade, whatever is taken out since.
        let past = upgrades.then_some(&self.records.past);
        let unfinished = Unfinished {
            command: if upgrades { Unfinished::UPGRADE } else { command }.to_owned(),
            recipe: Some(self.recipe_name().to_owned()),
            run: self.id.clone(),
            began: self.context.host.now(),
            carried: past.map(|past| past.carried.clone()).unwrap_or_default(),
            undoes: self.request.aim.undone().and_then(|runs| runs.run.clone()),
            replaced: past.and_then(|past| past.replaced.clone()),
            in_place,
            confirmed: Confirmations::default(),
        };
        let uninstalls = unfinished.is_uninstall();
        blocking(store, move |store| store.begin_taking_away(&unfinished)).await?;
        self.findings.uninstalls = uninstalls;
        Ok(())
    }

    /// Before a version is installed over another: a run that goes on with it compares what both bring, too.
    pub(super) async fn begin_in_place(&mut self, state: &OrgState) -> Result<(), Failure> {
        self.remember_parts(state);
        self.remember_goal(true).await
    }

    /// What the package has before it is replaced, to be compared with what comes.
    fn remember_parts(&mut self, state: &OrgState) {
        let past = &mut self.records.past;
        if past.replaced.is_none() {
            past.replaced = package_parts(self.connector, state);
        }
    }

    /// Writes down what the call centers hold that a run deletes which builds the connector up.
    pub(super) async fn record_old_call_centers(
        &mut self,
        state: &OrgState,
        plan: &Plan,
    ) -> Result<(), Failure> {
        let going: Vec<String> = plan
            .changes()
            .filter(|change| change.operation.removes())
            .filter_map(|change| match change.target() {
                Target::CallCenter(it) => Some(it.name.clone()),
                _ => None,
            })
            .collect();
        let is_going = |it: &&CallCenter| going.contains(&it.internal_name);
        for call_center in state.removal.call_centers.iter().filter(is_going) {
            self.record_call_center(call_center).await?;
        }
        Ok(())
    }

    async fn record_call_center(&mut self, call_center: &CallCenter) -> Result<(), Failure> {
        let subject = call_center_subject(&call_center.internal_name);
        let content = serde_json::to_value(call_center).unwrap_or_default();
        self.note_down(Entry::Recorded { subject, content }).await
    }

    /// Writes down what the components hold that no API could make again.
    async fn record_what_goes(&mut self, state: &OrgState) -> Result<(), Failure> {
        for call_center in &state.removal.call_centers {
            self.record_call_center(call_center).await?;
        }
        for class in state.omni.seen().into_iter().flat_map(|omni| &omni.classes) {
            let subject = format!("ApexClass {}", class.name);
            let content = Value::String(class.body.clone());
            self.note_down(Entry::Recorded { subject, content }).await?;
        }
        Ok(())
    }

    /// Writes the data that goes with the package into files, before anything else happens.
    async fn export_data(&mut self, state: &OrgState) -> Result<(), Failure> {
        let (Observed::Seen(tables), Some(org)) = (&state.removal.data, &self.findings.org) else {
            return Ok(());
        };
        let tables: Vec<DataTable> =
            tables.iter().filter(|table| !table.is_empty()).cloned().collect();
        if tables.is_empty() {
            return Ok(());
        }
        let Some(Export { sink, place }) = self.context.host.export(org)? else { return Ok(()) };
        for table in &tables {
            if !table.is_readable() {
                return Err(unreadable(table));
            }
        }
        let item = ItemId::PACKAGE;
        self.tell(Event::Doing { item, what: format!("exporting its data to {place}") });
        let progress = |table: &DataTable, done: u64| {
            let total = table.records.most().unwrap_or(done);
            let number = |of: u64| usize::try_from(of).unwrap_or(usize::MAX);
            let (done, total) = (number(done), number(total));
            self.tell(Event::Progress { item, done, total, unit: "records" });
        };
        let exported = export(self.client(), &tables, sink.as_ref(), &progress).await?;
        for table in &exported {
            let file = table.file.clone().unwrap_or_default();
            let (warning, text) = match &table.warning {
                Some(words) => (true, words.clone()),
                None => (
                    false,
                    format!("{} records of {} are in {place}/{file}.", table.records, table.object),
                ),
            };
            self.tell(Event::Note { warning, text });
            let content = serde_json::to_value(table).unwrap_or_default();
            let subject = format!("{place}/{file}");
            self.note_down(Entry::Recorded { subject, content }).await?;
        }
        self.findings.exported = exported;
        Ok(())
    }

    /// The program has done what it can: the past that led here is put away, but for what the org
    /// refused and what a person has still to do. The goal is remembered until that is done too.
    pub(super) async fn nothing_left(&mut self, plan: &Plan) -> Result<(), Failure> {
        let Some(store) = self.records.store.clone() else { return Ok(()) };
        if !plan.is_empty() || plan.leaves_out() {
            return Ok(());
        }
        let left = self.whole_answer()?;
        let through = left.is_through();
        if !through && left.waits_for_a_word() {
            self.remember_uninstall(plan).await?;
        }
        // What was not seen may still be there: its past is still needed.
        if plan.is_held() {
            return Ok(());
        }
        let changes = left.items.iter().flat_map(|planned| &planned.verdict.changes);
        let open = ByTarget::new(changes, Change::target);
        let recipe = self.desired().recipe.name.as_str();
        let is_open = |entry: &BaselineEntry| open.has(&entry.target);
        let rest = retire(&self.records.past.baseline, recipe, &*self.state()?, is_open);
        let retires = rest != self.records.past.baseline;
        let (id, kept, recipe) = (self.id.clone(), rest.clone(), recipe.to_owned());
        drop(left);
        blocking(store, move |store| {
            if retires {
                store.retire_baseline(&id, &kept)?;
            }
            if through {
                let was_begun = retires || store.is_taking_away()?;
                if was_begun && kept.entries.is_empty() {
                    store.confirmations().forget()?;
                }
                store.finish(|begun| begun.is_of(&recipe))?;
            }
            Ok::<(), journal::Error>(())
        })
        .await?;
        self.records.past.baseline = rest;
        Ok(())
    }

    /// Where nothing else was there to be taken out, no run has begun it yet: `confirm` has to know what is confirmed.
    async fn remember_uninstall(&mut self, plan: &Plan) -> Result<(), Failure> {
        if self.findings.uninstalls {
            return Ok(());
        }
        let state = self.state()?;
        self.begin(&state, plan).await?;
        drop(state);
        self.remember_goal(false).await
    }

    /// An upgrade is through once nothing is left to be done of the package and of what it carried.
    pub(super) async fn upgraded(&mut self, plan: &Plan) -> Result<(), Failure> {
        let Some(store) = self.records.store.clone() else { return Ok(()) };
        let carried = &self.records.past.carried;
        let is_its = |planned: &&PlannedItem| {
            let item = planned.item.as_str();
            planned.item == ItemId::PACKAGE || carried.of_item(item).next().is_some()
        };
        if !plan.is_empty() || plan.items.iter().filter(is_its).any(|it| it.verdict.stands_still())
        {
            return Ok(());
        }
        let is_rejected = |entry: &BaselineEntry| self.work.refused.has(&entry.target);
        if carried.entries.iter().any(is_rejected) {
            // The next run gives it back.
            return Ok(());
        }
        self.records.past.carried = Baseline::default();
        self.records.past.replaced = None;
        let recipe = self.recipe_name().to_owned();
        blocking(store, move |store| {
            store.finish(|begun| begun.is_upgrade() && begun.is_of(&recipe))
        })
        .await
    }

    /// Runs were taken back: the baseline is as it was before them, as far as the org is.
    pub(super) async fn forget(&mut self, runs: &UndoneRuns, plan: &Plan) -> Result<(), Failure> {
        let Some(store) = self.records.store.clone() else { return Ok(()) };
        if !plan.is_empty() || plan.is_held() {
            return Ok(());
        }
        let state = self.state()?;
        let org = Lookup::of(&state);
        let now = |entry: &BaselineEntry| held(&org, entry);
        let baseline = &self.records.past.baseline;
        let rest = forget_undone(baseline, &runs.org, &self.id, &now);
        if rest != *baseline {
            self.records.retire(&self.id, &rest).await?;
        }
        if !self.work.refused.is_empty() && runs.org.undoing() == Undoing::TakesOut {
            // The next run goes on with what the org did not take. Of values it is gone on with by the journal,
            // and whoever wants to go another way may.
            return Ok(());
        }
        // An upgrade that was broken off before these runs has still to give back what it took away. Where it
        // is one of them, all of it is back once the package is, or there was none to begin with.
        let is_back =
            installed(self.desired(), &state).is_some() || runs.org.undoing() == Undoing::TakesOut;
        let first = runs.run.clone().filter(|_| is_back);
        let recipe = self.recipe_name().to_owned();
        let is_left = move |begun: &Unfinished| {
            begun.is_upgrade() && first.as_ref().is_none_or(|first| begun.run < *first)
        };
        blocking(store, move |store| store.finish(|begun| begun.is_of(&recipe) && !is_left(begun)))
            .await
    }

    /// An `apply` after an uninstall that never ended would put back what was being taken out. Where nobody
    /// can tell what has not ended, none begins.
    pub(super) fn nothing_unfinished(&self, store: &OrgStore) -> Result<(), Failure> {
        let all = store.unfinished()?;
        if !matches!(self.request.aim, Aim::Installed | Aim::Restored(_)) {
            return Ok(());
        }
        let recipe = self.recipe_name();
        let is_it = |begun: &Unfinished| !begun.is_upgrade() && begun.is_of(recipe);
        let Some(begun) = all.into_iter().find(is_it) else { return Ok(()) };
        let command = if begun.command == UNDO { UNDO } else { "uninstall" };
        let what = format!(
            "An {command} that began at {} in this org is not finished (run {}).",
            begun.began.strftime("%Y-%m-%d %H:%M UTC"),
            begun.run
        );
        if self.request.goal != Goal::Apply {
            let text = format!("{what} The differences below may come from it.");
            self.tell(Event::Note { warning: true, text });
            return Ok(());
        }
        Err(Failure::refused(what)
            .hint(Hint::command(
                "To go on with it, run",
                Command::of_org(command),
                ": it does what is left.",
            ))
            .hint(Hint::command(
                "To abandon it and install again, run",
                Command::of_org("uninstall --abandon"),
                " first; what it has removed stays removed until then.",
            )))
    }
}

/// Nothing is deleted that could not be kept, unless a person says so.
fn unreadable(table: &DataTable) -> Failure {
    let why = match &table.records {
        Records::Unknown(words) => words.clone(),
        Records::Exactly(_) | Records::AtMost(_) => {
            "the calling user sees none of its fields".to_owned()
        }
    };
    Failure::refused(format!(
        "The data of {} ({}) goes with the package and cannot be exported: {why}",
        table.label, table.object
    ))
    .hint("Give the calling user access to it, or add --no-export to lose it. Nothing was changed.")
}
