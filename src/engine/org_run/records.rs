//! What a run writes down: its journal, the baseline that an uninstall goes by, and hints.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::OrgRun;
use crate::checklist::{
    Change, Past, Plan, already_ours, baseline_entries, complete, unknown_entry,
};
use crate::engine::blocking::blocking;
use crate::engine::{Aim, execute};
use crate::failure::{Failure, Kind};
use crate::journal::{Entry, Hints, Lock, OrgStore, RunHead, RunLog};
use crate::model::{Baseline, OrgState};

/// What is written down of a run, and what was written down before it.
#[derive(Debug, Default)]
pub(in crate::engine) struct Records {
    /// The org's part of the state directory, once it is known which org it is.
    pub(in crate::engine) store: Option<OrgStore>,
    /// Held while the run may write to the org.
    pub(in crate::engine) lock: Option<Arc<Lock>>,
    /// What is known of the org's past.
    pub(in crate::engine) past: Past,
    /// Whether the baseline knows more ids than the state directory has.
    pub(super) completed: bool,
    /// The hints as the state directory has them.
    pub(super) hints: Hints,
    /// The journal, once there is something to write.
    pub(in crate::engine) log: Option<Arc<Mutex<RunLog>>>,
}

impl Records {
    /// Writes to the journal, durably.
    pub(in crate::engine) async fn note_down(
        &self,
        at: Timestamp,
        entry: Entry,
    ) -> Result<(), Failure> {
        let Some(log) = self.log.clone() else { return Ok(()) };
        blocking(move || log.lock().unwrap_or_else(PoisonError::into_inner).record(at, entry)).await
    }

    /// Where this org's records go. Without a place for them nothing may be changed.
    pub(in crate::engine) fn place(&self) -> Result<OrgStore, Failure> {
        self.store.clone().ok_or_else(|| {
            Failure::new(
                Kind::Bug,
                "Nothing was changed: the run has no place for its records yet.",
            )
        })
    }

    /// Keeps the baseline as it is now, durably.
    pub(in crate::engine) async fn keep_baseline(&self) -> Result<(), Failure> {
        let store = self.place()?;
        let baseline = self.past.baseline.clone();
        blocking(move || store.keep_baseline(&baseline)).await
    }

    /// Puts the baseline away that an uninstall went by; `rest` is what is left of it.
    pub(in crate::engine) async fn retire(
        &mut self,
        run: &str,
        rest: &Baseline,
    ) -> Result<(), Failure> {
        let store = self.place()?;
        let (run, kept) = (run.to_owned(), rest.clone());
        blocking(move || store.retire_baseline(&run, &kept)).await?;
        self.past.baseline.clone_from(rest);
        Ok(())
    }

    /// Keeps what saves the next run some requests. Hints only save time: a state directory that
    /// cannot be written is no trouble here.
    pub(super) async fn keep_hints(&mut self, known: Hints) {
        let Some(store) = self.store.clone() else { return };
        if known != self.hints {
            let hints = known.clone();
            blocking(move || store.keep_hints(&hints)).await.ok();
            self.hints = known;
        }
    }
}

impl OrgRun<'_> {
    /// Opens the journal, unless an earlier part of this run has.
    pub(super) async fn begin(&mut self, state: &OrgState, plan: &Plan) -> Result<(), Failure> {
        let changes = execute::written(plan.changes());
        if self.records.log.is_some() {
            return self.note_down(Entry::Planned { changes }).await;
        }
        let store = self.records.place()?;
        let command = self.request.goal.command(&self.request.aim);
        let configuration = self.request.configuration.to_owned();
        let (id, organization) = (self.id.clone(), state.organization.clone());
        let at = self.context.host.now();
        let log = blocking(move || {
            let head = RunHead {
                at,
                command,
                organization: Some(&organization),
                tenant: None,
                configuration: &configuration,
            };
            store.begin(&id, &head)
        });
        self.records.log = Some(Arc::new(Mutex::new(log.await?)));
        self.note_down(Entry::Planned { changes }).await
    }

    /// Records what is the connector's already and in no baseline.
    pub(super) async fn remember_what_is_ours(&mut self) -> Result<(), Failure> {
        let state = self.state()?;
        let baseline = &mut self.records.past.baseline;
        let own = baseline.of_recipe(&self.connector.recipe.name);
        let known = baseline.entries.len();
        for kept in already_ours(self.connector, &state, &own) {
            if own.entry(&kept.target).is_none() {
                baseline.record(unknown_entry(kept, self.connector, &self.id));
            }
        }
        if baseline.entries.len() > known {
            self.records.keep_baseline().await?;
        }
        Ok(())
    }

    /// Fills in the ids of records that the baseline knows by name alone.
    pub(super) fn complete_baseline(&mut self) -> Result<(), Failure> {
        let completed = complete(&self.records.past.baseline, &*self.state()?);
        self.records.completed |= completed != self.records.past.baseline;
        self.records.past.baseline = completed;
        Ok(())
    }

    /// Keeps the ids that were filled in.
    pub(super) async fn keep_completed_baseline(&mut self) -> Result<(), Failure> {
        self.complete_baseline()?;
        if std::mem::take(&mut self.records.completed) {
            self.records.keep_baseline().await?;
        }
        Ok(())
    }

    /// Records what is there before it changes.
    ///
    /// What an uninstall replaces is our own work, and no new past.
    pub(super) async fn remember(&mut self, changes: &[Change]) -> Result<(), Failure> {
        if self.request.aim != Aim::Installed {
            return Ok(());
        }
        for change in changes {
            for entry in baseline_entries(change, self.connector, &self.id) {
                self.records.past.baseline.record(entry);
            }
        }
        self.records.keep_baseline().await
    }

    /// Writes to the journal, durably.
    pub(in crate::engine) async fn note_down(&self, entry: Entry) -> Result<(), Failure> {
        self.records.note_down(self.context.host.now(), entry).await
    }
}
